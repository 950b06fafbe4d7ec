"""Which people stand behind a reading, and which readings must not be told for it.

A figure about people is hidden where it is of one to four of them, and so are others from which
such a one would follow: decided once for all its views, from everybody it is about, on each of its
spans. A rate is about the people of its denominator; whom a denominator leaves out by rule are a
group as well. A figure about cases (proposals) is kept from small groups only where it is split or
narrowed by what people are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dashboard.dimensions import UNSAID
from dashboard.disclosure import Groups, K
from dashboard.filters import Filters
from dashboard.groups import PERSONAL
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Kpi, Measure, Part, Reading
from dashboard.kpis.spans import Spans
from dashboard.kpis.statements import expression, row_amount
from dashboard.settings import QUERIES
from dashboard.sqlfiles import load

Row = Mapping[str, Any]

_COUNTED = "counted"  # of everybody a denominator could be of: whether it is
_CROWD = """\
with span(name, start, as_of) as (
    values
{spans}
)

select distinct
    span.name as span_name,
    {who} as who,
    {heads} as heads{dimensions}
from span
join {mart} on {when}
where {counted}"""


@cache
def _persons() -> dict[str, str | None]:
    """The column of each mart that names a person."""
    return {name: query.people for name, query in load(QUERIES / "marts").items()}


def about(kpi: Kpi) -> Measure | None:
    """What tells the people of a figure: a rate's denominator; None where it is not about any."""
    found = (kpi.denominator, kpi.numerator)
    return next((m for m in found if m and (m.heads or _persons().get(m.mart))), None)


@dataclass(frozen=True, slots=True)
class Telling:
    """What may be told of one figure: by span, the people it is about.

    wholes  the spans that may be told by no part, for what the difference of two would tell
    shut    those among them that may not be told at all
    """

    kpi: Kpi
    filters: Filters
    crowds: Mapping[str, Groups]
    wholes: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()

    def hides(self, row: Row, by: tuple[str, str | None] | None = None) -> bool:
        """Whether a reading, of one value `by` of a dimension, would tell of too few people."""
        crowd = self.crowds.get(row["name"])
        if crowd is None:
            return False
        told = self._chosen() | dict([by] if by else [])
        if row["name"] in self.wholes and not parted_by(self.kpi).isdisjoint(told):
            return True
        told |= {_COUNTED: "true"} if _COUNTED in crowd.dimensions else {}
        if row["name"] in self.shut:
            return True
        finer = [told | {name: v} for name in self.kpi.tells for v in crowd.values(name)]
        return any(crowd.hides(one) for one in (told, *finer))

    def _chosen(self) -> dict[str, str | None]:
        chosen = {n: v for n, v in self.filters.chosen if n in self.kpi.by}
        return {name: None if v == UNSAID else v for name, v in chosen.items()}

    def parts(self, dimension: str, name: str, found: Sequence[Part]) -> tuple[Part, ...]:
        """With what must not be told hidden, though it were nought; of a hidden whole, nothing."""
        if name not in self.crowds:
            return tuple(found)
        if self.hides({"name": name}):
            return ()
        told = {part.name for part in found}
        absent = [v for v in self.crowds[name].values(dimension) if v not in told]
        every = (*found, *(Part(value, Reading(0)) for value in sorted(absent, key=str)))
        kept = ((part, self.hides({"name": name}, (dimension, part.name))) for part in every)
        return tuple(
            Part(part.name, hidden(part.reading)) if is_hidden else part
            for part, is_hidden in kept
            if is_hidden or part.name in told
        )


def crowds(reader: Reads, kpi: Kpi, looked_at: Spans, population: Groups) -> dict[str, Groups]:
    """Everybody a figure is about, narrowed to nothing, on each of its spans; not about people,
    or about cases that no person's marks tell apart: none.
    """
    measure = about(kpi)
    if measure is None:
        return {}
    around = dict.fromkeys(looked_at.named, population)
    if kpi.beside:
        beside = _crowds(reader, kpi, kpi.beside, looked_at, around)
        around |= {name: crowd for name, crowd in beside.items() if crowd.people}
    return _crowds(reader, kpi, measure, looked_at, around)


def _crowds(
    reader: Reads, kpi: Kpi, measure: Measure, looked_at: Spans, around: Mapping[str, Groups]
) -> dict[str, Groups]:
    found: dict[str, list[tuple[str | None, dict[str, str | None]]]]
    found = {name: [] for name in looked_at.named}
    for row in reader.read(_statement(kpi, measure, looked_at), looked_at.parameters):
        told = {name: row[name] for name in row if name not in ("span_name", "who", "heads")}
        found[row["span_name"]] += [(one, told) for one in _who(row)]
    only = frozenset(PERSONAL) if kpi.open else frozenset()
    return {
        name: Groups(
            tuple(told for _, told in held),
            tuple(who for who, _ in held),
            around[name],
            only,
            frozenset(kpi.apart),
        )
        for name, held in found.items()
    }


def parted_by(kpi: Kpi) -> frozenset[str]:
    """The dimensions by which its people are told apart."""
    return frozenset(PERSONAL if kpi.open else kpi.by)


def _told_by(kpi: Kpi) -> tuple[str, ...]:
    """Its dimensions, and what its numerator tells of people besides."""
    return tuple(dict.fromkeys((*kpi.by, *kpi.tells)))


def _statement(kpi: Kpi, measure: Measure, looked_at: Spans) -> str:
    """Who is left out of a rate for want of a mark is somebody all the same."""
    person = _persons().get(measure.mart)
    told = {name: expression(name) for name in _told_by(kpi)}
    if measure == kpi.denominator and measure.of != "true" and not measure.left_out:
        told |= {_COUNTED: f"({measure.of})::varchar"}
        measure = replace(measure, of="true")
    counted = f"({row_amount(measure)}) is not null"
    if kpi.tells and measure.left_out:
        counted = f"({counted}) or ({measure.left_out})"
    return _CROWD.format(
        spans=looked_at.values,
        who=f"[{person}]" if person else measure.who or "null",
        heads=measure.heads or "0",
        dimensions="".join(f",\n    {sql} as {name}" for name, sql in told.items()),
        mart=measure.mart,
        when=measure.when,
        counted=counted,
    )


def _who(row: Row) -> Iterator[str | None]:
    """Those a row names; else as many as it counts, as far as it matters."""
    if row["who"] is not None:
        yield from row["who"]
    else:
        yield from (f"#{n}" for n in range(min(row["heads"] or 0, K)))


def hidden(reading: Reading) -> Reading:
    """The reading without its numbers."""
    return Reading(None, is_ratio=reading.is_ratio, hidden=True)
