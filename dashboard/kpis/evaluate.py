"""From a figure's declaration to its readings: one generated statement per figure.

The statement joins the mart to a small table of spans and aggregates once per span, and once per
value of each dimension of the current one. Values are bound, never written into it; numerator and
denominator stay apart, and are divided in `Reading.value` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.kpis import targets as goals
from dashboard.kpis.cases import cases
from dashboard.kpis.flows import reaches
from dashboard.kpis.inputs import UNTIL, Inputs, Reads, not_by
from dashboard.kpis.model import Kpi, Measure, Part, Point, Reading, Result, Target
from dashboard.kpis.spans import BEFORE, NOW, Spans, spans
from dashboard.periods import Span, calendar_year

Row = Mapping[str, Any]
_YEAR = calendar_year(2017)


def evaluate(reader: Reads, kpi: Kpi, filters: Filters, targets: Iterable[Target]) -> Result:
    """One figure with its past, its trend, its departments and its target."""
    return _evaluate(reader, kpi, filters, tuple(targets), Inputs.read(reader))


def evaluate_all(
    reader: Reads, filters: Filters, targets: Iterable[Target], kpis: Iterable[Kpi]
) -> list[Result]:
    """Several figures; give a snapshot's reader, and they speak of one moment."""
    held, inputs = tuple(targets), Inputs.read(reader)
    return [_evaluate(reader, kpi, filters, held, inputs) for kpi in kpis]


def _evaluate(
    reader: Reads, kpi: Kpi, filters: Filters, targets: tuple[Target, ...], inputs: Inputs
) -> Result:
    looked_at = spans(filters, kpi.trend)
    sql = statement(kpi, looked_at, filters)
    bound = looked_at.parameters | narrowing(kpi, filters)
    answer = Answered(kpi, filters, inputs, reader.read(sql, bound))
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

    def reading(self, name: str, span: Span) -> Reading:
        (row,) = (row for row in self.rows if row["name"] == name and row["dimension"] is None)
        missing = self.inputs.missing(self.kpi, span.as_of, self.filters)
        if not missing and row["untold"]:
            missing = not_by(row["untold"])
        return Reading(None, missing=missing) if missing else self._counted(row)

    def trend(self, looked_at: Spans, until: date) -> tuple[Point, ...]:
        """A register that ends in June says nothing of July: nought would be a guess."""
        return tuple(
            Point(month, self._month(name, month, over := looked_at.named[name], until), over)
            for name, month in looked_at.months.items()
        )

    def _month(self, name: str, month: Span, over: Span, until: date) -> Reading:
        if month.start > until:
            return Reading(None, missing=UNTIL.format(day=until))
        return self.reading(name, over)

    def parts(self, dimension: str) -> tuple[Part, ...]:
        """What of a dimension adds anything at all."""
        found = (row for row in self.rows if row["dimension"] == dimension)
        return tuple(
            Part(row["value"], self._counted(row))
            for row in found
            if (row["numerator"], row["denominator"]) != (None, None)
        )

    def _counted(self, row: Row) -> Reading:
        """Nothing counted is nought; only a missing register makes a figure unknown."""
        is_ratio = self.kpi.denominator is not None
        return Reading(
            numerator=row["numerator"] or 0,
            denominator=(row["denominator"] or 0) if is_ratio else None,
            is_ratio=is_ratio,
            left_out=row["left_out"] or 0,
        )


# -- the statement ----------------------------------------------------------------------------

_STATEMENT = """\
with span(name, start, as_of) as (
    values
{spans}
),

figure as (
{measures}
)

select
    span.name,
    dimension,
    value,
    max(numerator) as numerator,
    max(denominator) as denominator,
    max(left_out) as left_out,
    {untold} as untold
from span
left join figure using (name)
group by all
order by
    span.name,
    dimension nulls first,
    value collate zh nulls last"""

_MEASURES = """\
    select
        name,
        {dimension} as dimension,
        {value} as value,
        {numerator} as numerator,
        {denominator} as denominator,
        {left_out} as left_out
    from (
        select
            {rows}
        from span
        join {mart} on {when}{where}
    )
    group by {groups}"""


def statement(kpi: Kpi, looked_at: Spans, filters: Filters) -> str:
    """The figure's SQL, narrowed to what the filters choose; the values are bound by name.

    `untold` names a dimension that is chosen where rows are counted but none says anything of it:
    then there is no figure, rather than nought.
    """
    read = dict.fromkeys((m.mart, m.when) for m in kpi.measures.values())
    blocks = [_block(kpi, mart, when, filters) for mart, when in read]
    return _STATEMENT.format(
        spans=looked_at.values,
        measures="\n    union all\n".join(blocks),
        untold=_untold(kpi, filters),
    )


def narrowing(kpi: Kpi, filters: Filters) -> dict[str, object]:
    """The chosen values this figure can be narrowed to, by their names in the statement."""
    chosen = {name: value for name, value in filters.chosen if name in kpi.by}
    return {name: value for name, value in chosen.items() if value != UNSAID}


def where(kpi: Kpi, filters: Filters) -> str:
    """The conditions of those values, or nothing."""
    conditions = [
        f"{expression(name)} is null" if value == UNSAID else f"{expression(name)} = ${name}"
        for name, value in filters.chosen
        if name in kpi.by
    ]
    return f"\n        where {' and '.join(conditions)}" if conditions else ""


def expression(dimension: str) -> str:
    return f"({found})" if (found := DIMENSIONS[dimension].expression) else dimension


def row_amount(measure: Measure) -> str:
    """What one row of the mart adds; a case that counts once adds its key."""
    amount = cases()[measure.case].key if measure.once else measure.amount
    return amount if measure.of == "true" else f"case when {measure.of} then {amount} end"


def _untold(kpi: Kpi, filters: Filters) -> str:
    base = kpi.denominator or kpi.numerator
    told = [
        f"when (select bool_or({DIMENSIONS[name].told_by} is not null) from {base.mart}) = false"  # noqa: S608 - our own names
        f" then '{name}'"
        for name in narrowing(kpi, filters)
    ]
    return f"case {' '.join(told)} end" if told else "null"


def _block(kpi: Kpi, mart: str, when: str, filters: Filters) -> str:
    """One row per span, and one per value of each dimension of the current span."""
    rows = ["span.name"] + [f"{expression(name)} as {name}" for name in kpi.by]
    taken = dict.fromkeys(("numerator", "denominator", "left_out"), "null")
    for role, measure in kpi.measures.items():
        if (measure.mart, measure.when) != (mart, when):
            continue
        rows.append(f"{row_amount(measure)} as {role}_row")
        taken[role] = f"{'count(distinct ' if measure.once else 'sum('}{role}_row)"
        if measure.left_out:
            rows.append(
                f"case when {measure.left_out} then {cases()[measure.case].key} end as left_row"
            )
            taken["left_out"] = "count(distinct left_row)"
    return _MEASURES.format(
        mart=mart,
        when=when,
        where=where(kpi, filters),
        rows=",\n            ".join(rows),
        **taken,
        **_split(kpi.by),
    )


def _split(dimensions: Sequence[str]) -> dict[str, str]:
    if not dimensions:
        return {"dimension": "null::varchar", "value": "null::varchar", "groups": "name"}
    sets = ", ".join(["(name)", *(f"(name, {one})" for one in dimensions)])
    inner = " and ".join(f"grouping({one}) = 1" for one in dimensions)
    return {
        "dimension": _whichever(dimensions, "'{0}'"),
        "value": _whichever(dimensions, "{0}"),
        "groups": f"grouping sets ({sets})\n    having name = '{NOW}' or ({inner})",
    }


def _whichever(dimensions: Sequence[str], word: str) -> str:
    told = " ".join(f"when grouping({one}) = 0 then {word.format(one)}" for one in dimensions)
    return f"case {told} end"


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
