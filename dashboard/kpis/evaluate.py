"""From a figure's declaration to its readings: one generated statement per figure.

The statement joins the mart to a small table of spans and aggregates once per span, and once per
department of the current one. Values are bound, never written into it; numerator and denominator
stay apart, and are divided in `Reading.value` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.kpis import targets as goals
from dashboard.kpis.inputs import NOT_BY_DEPARTMENT, Inputs, Reads
from dashboard.kpis.model import Kpi, Measure, Part, Point, Reading, Result, Target
from dashboard.kpis.spans import BEFORE, NOW, Spans, spans
from dashboard.periods import Span, calendar_year

Row = Mapping[str, Any]


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
    narrowed = kpi.by_department and filters.department is not None
    sql = statement(kpi, looked_at, narrowed=narrowed)
    bound = looked_at.parameters | ({"department": filters.department} if narrowed else {})
    answer = _Answer(kpi, filters, inputs, reader.read(sql, bound))
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
        trend=answer.trend(looked_at),
        parts=() if now.missing else answer.parts,
        sql=sql,
        parameters=tuple(bound.items()),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """The statement's rows: one per span, and one per department of the current span."""

    kpi: Kpi
    filters: Filters
    inputs: Inputs
    rows: Sequence[Row]

    def reading(self, name: str, span: Span) -> Reading:
        (row,) = (row for row in self.rows if row["name"] == name and not row["is_part"])
        missing = self.inputs.missing(self.kpi, span.as_of, self.filters.department)
        if self.filters.department is not None and not row["placed"]:
            missing = missing or NOT_BY_DEPARTMENT
        return Reading(None, missing=missing) if missing else self._counted(row)

    def trend(self, looked_at: Spans) -> tuple[Point, ...]:
        return tuple(
            Point(month, self.reading(name, looked_at.named[name]))
            for name, month in looked_at.months.items()
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(row["department"], self._counted(row)) for row in self.rows if row["is_part"]
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
    department,
    coalesce(is_part, false) as is_part,
    max(numerator) as numerator,
    max(denominator) as denominator,
    max(left_out) as left_out,
    {placed} as placed
from span
left join figure using (name)
group by all
order by
    span.name,
    is_part,
    department collate zh nulls last"""

_PLACED = "(select coalesce(bool_or(department is not null), true) from {mart})"

_AGGREGATES = """\
    select
        span.name,
        {department},
        {is_part} as is_part,
        {numerator} as numerator,
        {denominator} as denominator,
        {left_out} as left_out
    from span
    join {mart} on {when}{where}
    group by {groups}"""


def statement(kpi: Kpi, looked_at: Spans, *, narrowed: bool) -> str:
    """The figure's SQL; `narrowed` to one department, whose name is bound as $department.

    `placed` is false where rows are counted but none of them names a department: then a department
    has no figure, rather than nought.
    """
    roles = {"numerator": kpi.numerator} | (
        {"denominator": kpi.denominator} if kpi.denominator else {}
    )
    read = dict.fromkeys((measure.mart, measure.when) for measure in roles.values())
    base = kpi.denominator or kpi.numerator
    return _STATEMENT.format(
        spans=looked_at.values,
        placed=_PLACED.format(mart=base.mart) if narrowed else "null",
        measures="\n    union all\n".join(
            _aggregates(kpi, mart, when, _words(roles, mart, when), narrowed=narrowed)
            for mart, when in read
        ),
    )


def _words(roles: Mapping[str, Measure], mart: str, when: str) -> dict[str, str]:
    """The aggregates taken of these rows; numerator and denominator may share them."""
    words = dict.fromkeys(("numerator", "denominator", "left_out"), "null")
    for role, measure in roles.items():
        if (measure.mart, measure.when) == (mart, when):
            words[role] = measure.value
            words["left_out"] = measure.left_out or words["left_out"]
    return words


def _aggregates(kpi: Kpi, mart: str, when: str, words: Mapping[str, str], *, narrowed: bool) -> str:
    """One row per span, and one per department of the current span."""
    split = {
        "department": "department",
        "is_part": "grouping(department) = 0",
        "groups": "grouping sets ((span.name), (span.name, department))\n"
        f"    having grouping(department) = 1 or span.name = '{NOW}'",
    }
    whole = {"department": "null::varchar as department", "is_part": "false", "groups": "span.name"}
    return _AGGREGATES.format(
        mart=mart,
        when=when,
        where="\n    where department = $department" if narrowed else "",
        **words,
        **(split if kpi.by_department else whole),
    )


def compile_all(reader: Reads, kpis: Iterable[Kpi] | None = None) -> None:
    """Run every definition, best on an empty warehouse; raises BadDefinition with all faults."""
    from dashboard.kpis import KPIS  # the folder is still being read when this file is

    faults: list[str] = []
    for kpi in KPIS.values() if kpis is None else kpis:
        for department in (None, ""):
            filters = Filters(calendar_year(2017), date(2017, 12, 31), department)
            try:
                evaluate(reader, kpi, filters, ())
            except BadDefinition as fault:
                faults.append(f"{kpi.id}: {fault.message.en}")
                break
    if faults:
        raise BadDefinition("; ".join(faults))
