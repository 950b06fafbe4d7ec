"""Somebody who may look at a figure by every period and filter, and notes all that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, product
from random import Random
from typing import Any

from subtraction import Listener

from dashboard.choices import KINDS, offered
from dashboard.disclosure import Groups, is_small
from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.differences import telling
from dashboard.kpis.people import Telling
from dashboard.kpis.spans import NOW, Spans, spans
from dashboard.periods import Calendars, Period, Span

KPI = KPIS["participation_rate"]
Cell = tuple[tuple[str, str], ...]
View = Mapping[str, str]


@dataclass(frozen=True)
class Visit:
    """One person at one activity; `cell` is by what figures tell it."""

    who: str
    day: date
    cell: Cell


@dataclass(frozen=True)
class Register:
    """Visits as the figure's own statement would find them, without a database for each table."""

    visits: Sequence[Visit]

    def read(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        del sql
        bound = parameters or {}
        names = [name.removesuffix("_start") for name in bound if name.endswith("_start")]
        return [
            {"span_name": name, "who": [one.who], "heads": None}
            | dict.fromkeys(KPI.by)
            | dict(one.cell)
            for name in names
            for one in self.visits
            if bound[f"{name}_start"] <= one.day <= bound[f"{name}_as_of"]
        ]


@dataclass(frozen=True)
class Table:
    """Visits of two years, and what may be chosen."""

    visits: Sequence[Visit]
    values: Mapping[str, Sequence[str]]
    today: date
    calendars: Calendars

    @property
    def periods(self) -> list[Period]:
        years = range(2015, self.today.year + 1)
        kinds = [kind for kind in KINDS if kind != "range"]
        return [p for kind in kinds for p in offered(kind, years, self.today, self.calendars)]

    @property
    def views(self) -> list[dict[str, str]]:
        """Every value of up to three dimensions at once."""
        chosen = (some for n in range(4) for some in combinations(sorted(self.values), n))
        return [
            dict(zip(names, held, strict=True))
            for names in chosen
            for held in product(*(self.values[name] for name in names))
        ]

    def filters(self, period: Period, view: View, *, browsed: bool) -> Filters:
        chosen = tuple((name, view[name]) for name in KPI.by if name in view)
        return Filters(period, self.today, chosen, None, True, browsed)

    def found(self, span: Span, view: View) -> list[Visit]:
        wanted = set(view.items())
        return [v for v in self.visits if _within(v.day, span) and wanted <= set(v.cell)]


def drawn(seed: int) -> Table:
    """Some people of unequal groups, at a few activities; terms may turn within a month."""
    lot = Random(seed)  # noqa: S311 - a test school is no secret
    values = {
        "department": [str(n) for n in range(lot.randint(1, 4))],
        "sex": ["f", "m"],
        "activity_kind": [str(n) for n in range(lot.randint(1, 3))],
    }
    values = {name: values[name] for name in lot.sample(sorted(values), lot.choice((1, 2, 2, 3)))}
    marks = [name for name in values if name != "activity_kind"]
    staff = [
        (str(n), {name: lot.choice(values[name][: lot.randint(1, 9)]) for name in marks})
        for n in range(lot.choice((6, 12, 30)))
    ]
    today = lot.choice((date(2016, 12, 31), date(2016, 8, 10), date(2017, 1, 5)))
    visits = []
    for _ in range(lot.choice((2, 4, 7))):
        day = date(2015, 1, 1) + timedelta(lot.randrange((today - date(2015, 1, 1)).days + 1))
        kind = {n: lot.choice(held) for n, held in values.items() if n == "activity_kind"}
        came = lot.sample(staff, min(len(staff), lot.choice((1, 3, 4, 5, 9, 20))))
        visits += [Visit(who, day, tuple(sorted({**told, **kind}.items()))) for who, told in came]
    turn = lot.choice(((2, 1), (2, 15)))
    return Table(visits, values, today, Calendars(second_term=turn))


@dataclass
class Browser:
    """What is shown of a table: sums of days and cells, each with its number."""

    table: Table
    browsed: bool = True

    def __post_init__(self) -> None:
        self.shown: dict[tuple[Span, frozenset[tuple[str, str]]], int] = {}
        for period in self.table.periods:
            for span, view in self._told(period):
                people = self.table.found(span, view)
                self.shown[span, frozenset(view.items())] = len(people)
        ends = {day for span, _ in self.shown for day in (span.start, span.as_of + _DAY)}
        self.edges = sorted(ends | {one.day for one in self.table.visits})
        self.finest = sorted({v.cell for v in self.table.visits} | set(self._cells()))

    def _cells(self) -> Iterator[Cell]:
        names = sorted(self.table.values)
        for held in product(*(self.table.values[name] for name in names)):
            yield tuple(zip(names, held, strict=True))

    def _told(self, period: Period) -> Iterator[tuple[Span, View]]:
        """The figure's own spans, narrowed to every view, and parted by what is not chosen."""
        filters = self.table.filters(period, {}, browsed=self.browsed)
        looked_at = spans(filters, KPI.trend)
        every = telling(_register(self.table), KPI, filters, looked_at, Groups(()))
        for view in self.table.views:
            narrowed = self.table.filters(period, view, browsed=self.browsed)
            found = replace(every, filters=narrowed)
            yield from self._readings(found, looked_at, view)

    def _readings(
        self, found: Telling, looked_at: Spans, view: View
    ) -> Iterator[tuple[Span, View]]:
        for name, span in looked_at.named.items():
            if not found.hides({"name": name}):
                yield span, view
        if not found.hides({"name": NOW}):
            for by, held in self.table.values.items():
                for value in held if by not in view else ():
                    if not found.hides({"name": NOW}, (by, value)):
                        yield looked_at.named[NOW], {**view, by: value}

    def under(self, span: Span, view: View) -> frozenset[object]:
        """The unknowns a sum is of: each stretch between two edges, each finest cell."""
        days = [day for day in self.edges if _within(day, span)]
        wanted = set(view.items())
        return frozenset((d, cell) for d in days for cell in self.finest if wanted <= set(cell))

    def restored(self) -> list[tuple[Span, View]]:
        """What is of one to four people, and shown, or follows from what is shown."""
        sums = [(self.under(span, dict(view)), n) for (span, view), n in self.shown.items()]
        listener = Listener([*sums, (self._never(), 0)])
        return [
            (span, view)
            for span, view in self._targets()
            if (span, frozenset(view.items())) in self.shown
            or listener.follows(cells := self.under(span, view))
            or _is_one(*listener.bounds(cells))
        ]

    def _never(self) -> frozenset[object]:
        """The days on which nothing of a kind was held: the list of activities tells."""
        held = {(v.day, dict(v.cell).get("activity_kind")) for v in self.table.visits}
        every = ((day, cell) for day in self.edges for cell in self.finest)
        return frozenset(
            (day, cell) for day, cell in every if (day, dict(cell).get("activity_kind")) not in held
        )

    def small(self) -> int:
        return sum(1 for _ in self._targets())

    def _targets(self) -> Iterator[tuple[Span, View]]:
        """Each day something was held, and each period, by every view: of one to four people."""
        days = [Span(day, day) for day in sorted({one.day for one in self.table.visits})]
        wholes = [self.table.filters(p, {}, browsed=True).span for p in self.table.periods]
        for span in dict.fromkeys((*days, *wholes)):
            for view in self.table.views:
                if is_small(len({one.who for one in self.table.found(span, view)})):
                    yield span, view


_DAY = timedelta(1)


def _is_one(low: int, high: int | None) -> bool:
    return low == high


def _register(table: Table) -> Register:
    return Register(table.visits)


def _within(day: date, span: Span) -> bool:
    return span.start <= day <= span.as_of
