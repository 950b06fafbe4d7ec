"""The one statement a figure is read by, generated from its declaration.

It joins each mart to a small table of spans and aggregates once per span, and once per value of
each dimension of the current one. Values are bound, never written into it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.filters import Filters
from dashboard.kpis.cases import cases
from dashboard.kpis.model import Kpi, Measure
from dashboard.kpis.spans import NOW, Spans

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
