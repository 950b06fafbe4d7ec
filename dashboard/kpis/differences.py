"""What the difference of two periods would tell, where whoever looks chooses the periods.

A calendar year is told by its own people, whole and by its parts. Any other stretch lies within one
or two calendar years, and two of them differ by as little as a month: of these only the whole is
told, and that only where no month of those years is of too few people. So nothing is left to take
away (docs/decisions/019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dashboard.disclosure import Groups, is_small
from dashboard.filters import Filters
from dashboard.groups import PERSONAL
from dashboard.kpis.flows import is_flow
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Kpi
from dashboard.kpis.people import Telling, about, crowds
from dashboard.kpis.spans import Spans
from dashboard.periods import DAY, Span


def telling(
    reader: Reads, kpi: Kpi, filters: Filters, looked_at: Spans, population: Groups
) -> Telling:
    """What may be told of a figure on each of its spans: on a wall, and to who browses."""
    told = crowds(reader, kpi, looked_at, population)
    if not (told and filters.browsed):
        return Telling(kpi, filters, told)
    parts = {n: s for n, s in looked_at.named.items() if not is_year(s, filters.today)}
    shut = _shut(reader, kpi, filters, parts, population)
    return Telling(kpi, filters, told, frozenset(parts), shut)


def _shut(
    reader: Reads, kpi: Kpi, filters: Filters, parts: Mapping[str, Span], population: Groups
) -> frozenset[str]:
    """The stretches that touch a year one piece of which is of too few people.

    Two days of a state are no parts of each other; of the whole school it is no secret who came.
    """
    measure = about(kpi)
    if measure is None or kpi.open or not is_flow(measure):
        return frozenset()
    touched = sorted({year for span in parts.values() for year in years_of(span)})
    cut = [piece for year in touched for piece in pieces(year, parts.values(), filters.today)]
    named = {f"piece_{n}": piece for n, piece in enumerate(cut)}
    found = crowds(reader, kpi, Spans(named, {}), population) if named else {}
    small = {named[name].start.year for name, crowd in found.items() if _has_few(crowd, kpi)}
    return frozenset(name for name, span in parts.items() if not small.isdisjoint(years_of(span)))


def _has_few(crowd: Groups, kpi: Kpi) -> bool:
    """Whether what was held of one kind is of too few: which days that was, everybody knows."""
    kinds = tuple(sorted(crowd.dimensions & set(kpi.by) - set(PERSONAL)))
    return crowd.hides({}) or any(is_small(people) for people in crowd.sizes(kinds).values())


def is_year(span: Span, today: date) -> bool:
    """Whether it is a calendar year, or the running one up to today."""
    first = date(span.start.year, 1, 1)
    return span.start == first and span.as_of in (_last(first.year), min(_last(first.year), today))


def years_of(span: Span) -> range:
    """The calendar years it touches."""
    return range(span.start.year, span.as_of.year + 1)


def pieces(year: int, spans: Iterable[Span], today: date) -> Iterator[Span]:
    """The months of a year up to today, cut where one of these stretches begins or ends."""
    end = min(_last(year), today)
    cuts = {date(year, month, 1) for month in range(1, 13)}
    cuts |= {day for span in spans for day in (span.start, span.as_of + DAY)}
    firsts = sorted(day for day in cuts if date(year, 1, 1) <= day <= end)
    for first, after in zip(firsts, [*firsts[1:], end + DAY], strict=True):
        yield Span(first, after - DAY)


def _last(year: int) -> date:
    return date(year, 12, 31)
