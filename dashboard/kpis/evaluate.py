"""From a figure's declaration to its readings: one generated statement per figure.

The statement joins the mart to a small table of spans and aggregates once per span, and once per
department of the current one. Values are bound, never written into it; numerator and denominator
stay apart, and are divided in `Reading.value` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.kpis import targets as goals
from dashboard.kpis.inputs import Inputs, Reads
from dashboard.kpis.model import Kpi, Measure, Part, Point, Reading, Result, Target
from dashboard.kpis.spans import BEFORE, NOW, Spans, spans
from dashboard.periods import Span, calendar_year

Row = Mapping[str, Any]


def evaluate(reader: Reads, kpi: Kpi, filters: Filters, targets: Iterable[Target]) -> Result:
    """One figure with its past, its trend, its departments and its target."""
    return _evaluate(reader, kpi, filters, targets, Inputs.read(reader))


def evaluate_all(
    reader: Reads, filters: Filters, targets: Iterable[Target], kpis: Iterable[Kpi]
) -> list[Result]:
    """Several figures; give a snapshot's reader, and they speak of one moment."""
    held, inputs = tuple(targets), Inputs.read(reader)
    return [_evaluate(reader, kpi, filters, held, inputs) for kpi in kpis]


def _evaluate(
    reader: Reads, kpi: Kpi, filters: Filters, targets: Iterable[Target], inputs: Inputs
) -> Result:
    looked_at = spans(filters, kpi.trend)
    narrowed = kpi.by_department and filters.department is not None
    sql = statement(kpi, looked_at, narrowed=narrowed)
    bound = looked_at.parameters | ({"department": filters.department} if narrowed else {})
    rows = reader.read(sql, bound)
    whole = {row["name"]: row for row in rows if not row["is_part"]}

    def reading(name: str, span: Span) -> Reading:
        missing = inputs.missing(kpi, span.as_of, filters.department)
        return Reading(None, missing=missing) if missing else _reading(kpi, whole[name])

    now, before = reading(NOW, filters.span), reading(BEFORE, filters.before)
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
        trend=tuple(
            Point(span, reading(name, looked_at.named[name]))
            for name, span in looked_at.months.items()
        ),
        parts=() if now.missing else _parts(kpi, rows),
        sql=sql,
        parameters=tuple(bound.items()),
    )


def _reading(kpi: Kpi, row: Row) -> Reading:
    """Nothing counted is nought; only a missing register makes a figure unknown."""
    is_ratio = kpi.denominator is not None
    return Reading(
        numerator=row["numerator"] or 0,
        denominator=(row["denominator"] or 0) if is_ratio else None,
        is_ratio=is_ratio,
        left_out=row["left_out"] or 0,
    )


def _parts(kpi: Kpi, rows: Sequence[Row]) -> tuple[Part, ...]:
    return tuple(Part(row["department"], _reading(kpi, row)) for row in rows if row["is_part"])


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
    max(left_out) as left_out
from span
left join figure using (name)
group by all
order by
    span.name,
    is_part,
    department collate zh nulls last"""

_AGGREGATES = """\
    select
        span.name,
        {department} as department,
        {is_part} as is_part,
        {numerator} as numerator,
        {denominator} as denominator,
        {left_out} as left_out
    from span
    join {mart} on {when}{where}
    group by {groups}"""


def statement(kpi: Kpi, looked_at: Spans, *, narrowed: bool) -> str:
    """The figure's SQL; `narrowed` to one department, whose name is bound as $department."""
    roles = {"numerator": kpi.numerator} | (
        {"denominator": kpi.denominator} if kpi.denominator else {}
    )
    read = dict.fromkeys((measure.mart, measure.when) for measure in roles.values())
    return _STATEMENT.format(
        spans=looked_at.values,
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
    whole = {"department": "null::varchar", "is_part": "false", "groups": "span.name"}
    return _AGGREGATES.format(
        mart=mart,
        when=when,
        where="\n    where department = $department" if narrowed else "",
        **words,
        **(split if kpi.by_department else whole),
    )


def compile_all(reader: Reads, kpis: Iterable[Kpi]) -> None:
    """Run every definition, as on an empty warehouse; raises BadDefinition with all faults."""
    day = date(2017, 12, 31)
    faults: list[str] = []
    for kpi in kpis:
        for department in (None, ""):
            try:
                evaluate(reader, kpi, Filters(calendar_year(2017), day, department), ())
            except BadDefinition as fault:
                faults.append(f"{kpi.id}: {fault.message.en}")
    if faults:
        raise BadDefinition("; ".join(faults))
