"""Everything a proof shows, read in one moment: the figure, its rows, and the rows' cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.filters import Filters
from dashboard.kpis import counted, targets
from dashboard.kpis.cases import cases
from dashboard.kpis.evaluate import evaluate
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Result
from dashboard.kpis.proof import Counting, proof
from dashboard.lineage import Address, Origin, origins
from dashboard.periods import Span, free_range
from dashboard.school import School
from dashboard.sqlfiles import Query


@dataclass(frozen=True, slots=True)
class Proven:
    """A figure and what it was counted from; `origins` of the rows that are shown."""

    result: Result
    filters: Filters
    countings: tuple[Counting, ...]
    origins: Mapping[Address, Origin]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One case: its own columns, and every register row that speaks for it."""

    case: Query
    row: Mapping[str, object]
    origins: tuple[Origin, ...]


def prove(
    reader: Reads,
    name: str,
    filters: Filters,
    school: School,
    *,
    unmet: bool = False,
    most: int | None = None,
) -> Proven:
    """A figure with its rows, at most `most` of each kind; with `unmet` those behind its gap."""
    kpi = counted(name, school.variants)
    result = evaluate(reader, kpi, filters, targets.of(school))
    found = () if result.now.missing else proof(reader, kpi, filters, unmet=unmet, most=most)
    addresses = [row.address for one in found for row in one.rows if row.address]
    return Proven(result, filters, found, origins(reader, addresses))


def over(filters: Filters, span: Span) -> Filters:
    """The same view over another stretch of days: a point of a trend."""
    return replace(filters, period=free_range(span.start, span.as_of), day=None)


def evidence(reader: Reads, case: str, key: str, filters: Filters) -> Evidence | None:
    """One case with all the rows that speak for it; None where the registers know it no more."""
    query = cases()[case]
    sql = f"select * from (\n{query.sql}\n) where case_key = $key"  # noqa: S608 - our own query
    rows = reader.read(sql, {"as_of": filters.as_of, "key": key})
    if not rows:
        return None
    row = rows[0]
    address = Address(row["register"], row["row_key"], row["as_of"])
    return Evidence(query, row, tuple(origins(reader, [address]).values()))
