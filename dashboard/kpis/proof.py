"""The proof of a figure: the very rows it was counted from, and what each of them added.

Generated from the same declaration as the figure, over the same marts and conditions, so that the
rows recount to it. Rows of one case are one row here; a figure whose numerator and denominator
count different things (spending and budget) has a table for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.filters import Filters
from dashboard.kpis.cases import cases
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Amount, Kpi, Measure
from dashboard.kpis.statements import narrowing, row_amount, where
from dashboard.lineage import Address
from dashboard.sqlfiles import Query


@dataclass(frozen=True, slots=True)
class Counted:
    """One case: what it added to each part (None: nothing), and its columns as `values`.

    `left_out` where bad data kept it from being counted. `address` is the register row it stands
    in; None where the registers no longer say.
    """

    key: str
    numerator: Amount | None
    denominator: Amount | None
    left_out: bool
    values: Mapping[str, Any]
    address: Address | None


@dataclass(frozen=True, slots=True)
class Counting:
    """All cases of one kind: `rows` of them here, out of `total`; what all of them add up to."""

    case: Query
    roles: tuple[str, ...]  # numerator, denominator: which parts they count towards
    rows: tuple[Counted, ...]
    total: int
    counted: int  # those that add to the numerator, or to the part they are for
    left_out: int
    numerator: Amount
    denominator: Amount
    sql: str
    parameters: tuple[tuple[str, object], ...]


_STATEMENT = """\
with span(name, start, as_of) as (
    values
        ('now', $start::date, $as_of::date)
),

counted as (
{measures}
),

summed as (
    select
        case_key,
        {numerator} as numerator,
        {denominator} as denominator,
        coalesce(bool_or(left_out), false) as is_left_out
    from counted
    group by case_key
    having
        count(numerator) + count(denominator) > 0
        or is_left_out
),

described as (
{case}
),

answered as (
    select
        case_key,
        summed.numerator,
        summed.denominator,
        is_left_out,
        coalesce(summed.denominator, 0) - coalesce(summed.numerator, 0) as gap,
        described.* exclude (case_key)
    from summed
    left join described using (case_key)
)

select
    *,
    count(*) over () as all_rows,
    count(*) filter (where coalesce({counts}, 0) <> 0) over () as all_counted,
    count(*) filter (where is_left_out) over () as all_left_out,
    sum(numerator) over () as all_numerator,
    sum(denominator) over () as all_denominator
from answered{unmet}
order by
    {order}{limit}"""

_ROWS = """\
    select
        {key} as case_key,
        {numerator} as numerator,
        {denominator} as denominator,
        {left_out} as left_out
    from span
    join {mart} on {when}{where}"""


def proof(
    reader: Reads, kpi: Kpi, filters: Filters, *, unmet: bool = False, most: int | None = None
) -> tuple[Counting, ...]:
    """The rows behind a figure, at most `most` of each kind.

    With `unmet` only the cases behind the gap, what to do first at the top: those the denominator
    has and the numerator not in full, or, of a figure that should be nought, those it counts.
    """
    return tuple(
        _counting(reader, kpi, case, filters, unmet=unmet, most=most)
        for case in dict.fromkeys(measure.case for measure in kpi.measures.values())
        if not unmet or case == (kpi.denominator or kpi.numerator).case
    )


def _counting(
    reader: Reads, kpi: Kpi, case: str, filters: Filters, *, unmet: bool, most: int | None
) -> Counting:
    sql = statement(kpi, case, filters, unmet=unmet, most=most)
    bound = {"start": filters.span.start, "as_of": filters.as_of} | narrowing(kpi, filters)
    rows = reader.read(sql, bound)
    first = rows[0] if rows else {}
    return Counting(
        case=cases()[case],
        roles=tuple(role for role, measure in kpi.measures.items() if measure.case == case),
        rows=tuple(_row(row) for row in rows),
        total=first.get("all_rows", 0),
        counted=first.get("all_counted", 0),
        left_out=first.get("all_left_out", 0),
        numerator=first.get("all_numerator") or 0,
        denominator=first.get("all_denominator") or 0,
        sql=sql,
        parameters=tuple(bound.items()),
    )


def _row(row: Mapping[str, Any]) -> Counted:
    register = row["register"]
    return Counted(
        key=row["case_key"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        left_out=row["is_left_out"],
        values=row,
        address=Address(register, row["row_key"], row["as_of"]) if register else None,
    )


def statement(
    kpi: Kpi, case: str, filters: Filters, *, unmet: bool = False, most: int | None = None
) -> str:
    """The proof's SQL for one kind of case; dates and chosen values are bound by name."""
    roles = {role: measure for role, measure in kpi.measures.items() if measure.case == case}
    return _STATEMENT.format(
        measures="\n    union all\n".join(
            _rows(kpi, role, measure, filters) for role, measure in roles.items()
        ),
        numerator=_summed(roles, "numerator"),
        denominator=_summed(roles, "denominator"),
        case="\n".join(f"    {line}".rstrip() for line in cases()[case].sql.splitlines()),
        counts="numerator" if "numerator" in roles else "denominator",
        unmet=_unmet(kpi) if unmet else "",
        order=_order(kpi, case, unmet=unmet),
        limit=f"\nlimit {most:d}" if most is not None else "",
    )


def _rows(kpi: Kpi, role: str, measure: Measure, filters: Filters) -> str:
    amounts = {"numerator": "null", "denominator": "null"} | {role: row_amount(measure)}
    return _ROWS.format(
        key=cases()[measure.case].key,
        left_out=f"({measure.left_out})" if measure.left_out else "false",
        mart=measure.mart,
        when=measure.when,
        where=where(kpi, filters),
        **amounts,
    )


def _summed(roles: Mapping[str, Measure], role: str) -> str:
    """A case that counts once is one, however many of its rows do."""
    return f"count(distinct {role})" if role in roles and roles[role].once else f"sum({role})"


def _unmet(kpi: Kpi) -> str:
    if kpi.denominator is None:
        return "\nwhere coalesce(numerator, 0) <> 0"
    return "\nwhere denominator is not null and gap > 0"


def _order(kpi: Kpi, case: str, *, unmet: bool) -> str:
    """What is not counted first, where that says anything; then as the case's columns have it."""
    columns = [column.name for column in cases()[case].columns]
    is_share = {measure.case for measure in kpi.measures.values()} == {case} and kpi.denominator
    said = list(kpi.unmet.order) if unmet and kpi.unmet else ["gap desc"] if is_share else []
    return ",\n    ".join([*said, *(name for name in columns if name not in said), "case_key"])
