"""The one statement a figure is read by, generated from its declaration.

It joins each mart to a small table of spans, where the current one stands once more for each
dimension it is split by, and aggregates once. Values are bound, never written into it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.filters import Filters
from dashboard.kpis.cases import cases
from dashboard.kpis.model import Kpi, Measure
from dashboard.kpis.spans import NOW, Spans

_STATEMENT = """\
with span(name, dimension, start, as_of) as (
    values
{spans}
),

figure as (
{measures}
)

select
    span.name,
    span.dimension,
    value,
    max(numerator) as numerator,
    max(denominator) as denominator,
    max(left_out) as left_out,
    {untold} as untold
from span
left join figure
    on
        figure.name = span.name
        and figure.dimension is not distinct from span.dimension
group by all
order by
    span.name,
    span.dimension nulls first,
    value collate zh nulls last"""

_MEASURES = """\
    select
        name,
        dimension,
        value,
        {numerator} as numerator,
        {denominator} as denominator,
        {left_out} as left_out
    from (
        select
            {rows}
        from span
        join {mart} on {when}{where}
    )
    group by
        name,
        dimension,
        value"""


def statement(kpi: Kpi, looked_at: Spans, filters: Filters) -> str:
    """The figure's SQL, narrowed to what the filters choose; the values are bound by name.

    `untold` names a dimension that is chosen where rows are counted but none says anything of it:
    then there is no figure, rather than nought.
    """
    read = dict.fromkeys((m.mart, m.when) for m in kpi.measures.values())
    by = kpi.by if NOW in looked_at.named else ()
    blocks = [_block(kpi, by, mart, when, filters) for mart, when in read]
    return _STATEMENT.format(
        spans=_spans(looked_at, by),
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


def _spans(looked_at: Spans, by: Sequence[str]) -> str:
    """Every span as a whole, and the current one for each dimension; marks for bound values."""
    whole = [f"('{name}', null::varchar, ${name}_start, ${name}_as_of)" for name in looked_at.named]
    parts = [f"('{NOW}', '{one}', ${NOW}_start, ${NOW}_as_of)" for one in by]
    return ",\n".join(f"        {row}" for row in whole + parts)


def _block(kpi: Kpi, by: Sequence[str], mart: str, when: str, filters: Filters) -> str:
    """One row per span, and one per value of each dimension of the current span."""
    rows = ["span.name", "span.dimension", f"{_value(by)} as value"]
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
    )


def _value(by: Sequence[str]) -> str:
    """What a row says of the dimension that is asked for."""
    if not by:
        return "null::varchar"
    told = "".join(f"\n                when '{one}' then {expression(one)}" for one in by)
    return f"case span.dimension{told}\n            end"
