"""From a figure's declaration to its readings: one generated statement per figure.

Numerator and denominator stay apart, and are divided in `Reading.value` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.disclosure import Groups
from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.groups import groups
from dashboard.kpis import targets as goals
from dashboard.kpis.differences import telling
from dashboard.kpis.flows import adds_up, reaches
from dashboard.kpis.inputs import UNTIL, Inputs, Reads, not_by
from dashboard.kpis.model import Kpi, Part, Point, Reading, Result, Target
from dashboard.kpis.people import Telling, hidden
from dashboard.kpis.spans import BEFORE, NOW, Spans, spans
from dashboard.kpis.statements import narrowing, statement
from dashboard.periods import Span, calendar_year

Row = Mapping[str, Any]
_YEAR = calendar_year(2017)


def evaluate(reader: Reads, kpi: Kpi, filters: Filters, targets: Iterable[Target]) -> Result:
    """One figure with its past, its trend, its departments and its target."""
    (result,) = evaluate_all(reader, filters, targets, [kpi])
    return result


def evaluate_all(
    reader: Reads, filters: Filters, targets: Iterable[Target], kpis: Iterable[Kpi]
) -> list[Result]:
    """Several figures; give a snapshot's reader, and they speak of one moment."""
    held, ground = tuple(targets), ground_of(reader, filters)
    return [_evaluate(reader, kpi, filters, held, ground) for kpi in kpis]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all figures of one view go by: which inputs are there; for a wall, who is in groups."""

    inputs: Inputs
    groups: Groups | None


def ground_of(reader: Reads, filters: Filters) -> Ground:
    return Ground(Inputs.read(reader), groups(reader, filters.span) if filters.safe else None)


def _evaluate(
    reader: Reads, kpi: Kpi, filters: Filters, targets: tuple[Target, ...], ground: Ground
) -> Result:
    looked_at = spans(filters, kpi.trend)
    sql = statement(kpi, looked_at, filters)
    bound = looked_at.parameters | narrowing(kpi, filters)
    telling = telling_of(reader, kpi, filters, looked_at, ground)
    answer = Answered(kpi, filters, ground.inputs, reader.read(sql, bound), telling)
    now = answer.reading(NOW, filters.span)
    before = answer.reading(BEFORE, filters.before)
    target = goals.holding(targets, kpi.id, filters.as_of)
    bar = goals.bar(target, before)
    return Result(
        kpi=kpi,
        span=filters.span,
        now=now,
        before=before,
        target=target,
        bar=bar,
        status=goals.status(target, bar, now),
        trend=answer.trend(looked_at, _known_until(reader, kpi, filters)),
        parts={} if now.missing else {name: answer.parts(name) for name in kpi.by},
        sql=sql,
        parameters=tuple(bound.items()),
    )


def telling_of(
    reader: Reads, kpi: Kpi, filters: Filters, looked_at: Spans, ground: Ground
) -> Telling | None:
    """What may be told on a wall; None where everything may."""
    if ground.groups is None:
        return None
    return telling(reader, kpi, filters, looked_at, ground.groups)


def _known_until(reader: Reads, kpi: Kpi, filters: Filters) -> date:
    """A rate has no value in a month without rows anyway; a rolling one looks back over them."""
    is_plain = kpi.trend == "monthly" and kpi.denominator is None
    return reaches(reader, kpi, filters) if is_plain else filters.as_of


@dataclass(frozen=True, slots=True)
class Answered:
    """The statement's rows: one per span, and of the current one one per value of a dimension."""

    kpi: Kpi
    filters: Filters
    inputs: Inputs
    rows: Sequence[Row]
    telling: Telling | None = None

    def reading(self, name: str, span: Span) -> Reading:
        (row,) = (row for row in self.rows if row["name"] == name and row["dimension"] is None)
        missing = self.inputs.missing(self.kpi, span.as_of, self.filters)
        if not missing and row["untold"]:
            missing = not_by(row["untold"])
        if missing:
            return Reading(None, missing=missing)
        told = self._counted(row)
        return hidden(told) if self.telling and self.telling.hides(row) else told

    def trend(self, looked_at: Spans, until: date) -> tuple[Point, ...]:
        """A register that ends in June says nothing of July: nought would be a guess."""
        points = tuple(
            Point(month, self._month(name, month, over := looked_at.named[name], until), over)
            for name, month in looked_at.months.items()
        )
        if adds_up(self.kpi) and any(point.reading.hidden for point in points):
            # one month that is hidden would follow from the others and the whole
            return tuple(replace(one, reading=hidden(one.reading)) for one in points)
        return points

    def _month(self, name: str, month: Span, over: Span, until: date) -> Reading:
        if month.start > until:
            return Reading(None, missing=UNTIL.format(day=until))
        return self.reading(name, over)

    def parts(self, dimension: str) -> tuple[Part, ...]:
        """What of a dimension adds anything at all."""
        found = (row for row in self.rows if row["dimension"] == dimension)
        told = [row for row in found if (row["numerator"], row["denominator"]) != (None, None)]
        parts = tuple(Part(row["value"], self._counted(row)) for row in told)
        return self.telling.parts(dimension, NOW, parts) if self.telling else parts

    def _counted(self, row: Row) -> Reading:
        """Nothing counted is nought; only a missing register makes a figure unknown."""
        is_ratio = self.kpi.denominator is not None
        return Reading(
            numerator=row["numerator"] or 0,
            denominator=(row["denominator"] or 0) if is_ratio else None,
            is_ratio=is_ratio,
            left_out=row["left_out"] or 0,
        )


def compile_all(reader: Reads, kpis: Iterable[Kpi] | None = None) -> None:
    """Run every definition, best on an empty warehouse; raises BadDefinition with all faults."""
    from dashboard.kpis import KPIS  # the folder is still being read when this file is

    faults: list[str] = []
    for kpi in KPIS.values() if kpis is None else kpis:
        for counted in (kpi, *(kpi.counted_as(variant.id) for variant in kpi.variants)):
            narrow = tuple((name, "?") for name in kpi.by)
            for chosen in ((), narrow):
                try:
                    evaluate(reader, counted, Filters(_YEAR, _YEAR.end, chosen), ())
                except BadDefinition as fault:
                    faults.append(f"{kpi.id}: {fault.message.en}")
    if faults:
        raise BadDefinition("; ".join(faults))
