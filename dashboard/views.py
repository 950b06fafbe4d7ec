"""What a command line asks to see, in its own words: a period, and values of dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import reports
from dashboard.dimensions import DIMENSIONS, UNSAID, Dimension
from dashboard.errors import RefusedRequest
from dashboard.filters import Filters, chosen
from dashboard.kpis.inputs import Reads
from dashboard.periods import Period, parse
from dashboard.school import School
from dashboard.text import DASH, Text


def view(
    reader: Reads, school: School, period: str | None, by: Sequence[str], today: date
) -> Filters:
    """The filters of `--period 2016-2017 --by sex=女`, by the school's calendars.

    Each of `by` is DIMENSION=VALUE; the value as it is stored, or in words of either language;
    `-` for rows that say nothing. Of one dimension named twice the last holds. Raises
    RefusedRequest for what there is not.
    """
    known = reports.values(reader)
    return Filters(
        _period(reader, school, period, today),
        today,
        chosen(dict(_chosen(told, known) for told in by)),
    )


def _period(reader: Reads, school: School, named: str | None, today: date) -> Period:
    return parse(named, school.calendars) if named else reports.default_period(reader, today)


def _chosen(told: str, known: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in told.partition("="))
    dimension = DIMENSIONS.get(name)
    if dimension is None or not equals:
        raise RefusedRequest("unknown_dimension", name=told, known=", ".join(DIMENSIONS))
    return name, _stored(dimension, value, known[name])


def _stored(dimension: Dimension, value: str, known: Sequence[str]) -> str:
    for stored in (*known, UNSAID) if known else ():
        words = dimension.value(stored)
        if value.casefold() in (stored.casefold(), words.zh.casefold(), words.en.casefold()):
            return stored
    labels = [dimension.value(stored) for stored in known]
    listed = Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
    raise RefusedRequest(
        "no_such_value",
        dimension=dimension.label,
        name=value,
        known=listed if labels else DASH,
    )
