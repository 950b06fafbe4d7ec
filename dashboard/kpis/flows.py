"""Figures that add up by the day, and how far the rows they are counted from reach."""

from __future__ import annotations

import re
from datetime import date

from dashboard.filters import Filters
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Kpi, Measure

_BY_DAY = re.compile(r"(\w+) between span\.start and span\.as_of")


def adds_up(kpi: Kpi) -> bool:
    """Whether the months of a stretch add up to it: its rows have a day, and say no more later."""
    return all(_day(measure) is not None for measure in kpi.measures.values())


def is_flow(measure: Measure) -> bool:
    """Whether its rows each have a day that alone decides: a month's are part of the year's."""
    return _day(measure) is not None


def reaches(reader: Reads, kpi: Kpi, filters: Filters) -> date:
    """The as-of day, or of a running period the last day that the figure's rows reach.

    A register that ends in June says nothing of July: nought would bring an estimate down.
    """
    if filters.as_of == filters.period.end or not adds_up(kpi):
        return filters.as_of
    told = dict.fromkeys((measure.mart, _day(measure)) for measure in kpi.measures.values())
    days = [_last(reader, mart, str(day), filters.as_of) for mart, day in told]
    return min((day for day in days if day), default=filters.as_of)


def _day(measure: Measure) -> str | None:
    """The column that says on which day a row counts, where that alone decides."""
    found = _BY_DAY.fullmatch(measure.when)
    changes = "span." in f"{measure.of} {measure.amount}"
    return found[1] if found and not measure.once and not changes else None


def _last(reader: Reads, mart: str, day: str, as_of: date) -> date | None:
    sql = f"select max({day}) as reached from {mart} where {day} <= $as_of"  # noqa: S608
    (row,) = reader.read(sql, {"as_of": as_of})
    reached: date | None = row["reached"]
    return reached
