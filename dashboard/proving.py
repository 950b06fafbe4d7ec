"""Everything a proof shows, read in one moment: the figure, its rows, and the rows' cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from dashboard.errors import BadDefinition
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
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, load


@dataclass(frozen=True, slots=True)
class Proven:
    """A figure and what it was counted from; `origins` of the rows that are shown."""

    result: Result
    filters: Filters
    countings: tuple[Counting, ...]
    origins: Mapping[Address, Origin]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one sheet that speak for a case, in their order: `rows` from `first` to `last`."""

    register: str
    file: str
    sheet: str
    rows: tuple[Origin, ...]

    @property
    def first(self) -> int:
        return self.rows[0].row

    @property
    def last(self) -> int:
        return self.rows[-1].row


@dataclass(frozen=True, slots=True)
class Evidence:
    """One case: its own columns, its own register row, and what other sheets say of it."""

    case: Query
    row: Mapping[str, object]
    origins: tuple[Origin, ...]
    sheets: tuple[Sheet, ...] = ()


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
    known = {"start": filters.span.start, "as_of": filters.as_of, "key": key}
    rows = reader.read(sql, _bound(query, known) | {"key": key})
    if not rows:
        return None
    row = rows[0]
    address = Address(row["register"], row["row_key"], row["as_of"])
    found = tuple(origins(reader, [address]).values())
    return Evidence(query, row, found, _sheets(reader, case, known))


@cache
def _beside() -> dict[str, Query]:
    """What else speaks for a case: queries/evidence/*.sql, by the name of the case."""
    found = load(QUERIES / "evidence")
    if odd := sorted(found.keys() - cases().keys()):
        raise BadDefinition(f"evidence for what is no case: {', '.join(odd)}")
    return found


def _bound(query: Query, known: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in known.items() if name in query.parameters}


def _sheets(reader: Reads, case: str, known: Mapping[str, object]) -> tuple[Sheet, ...]:
    """By sheet, in the order in which the query names the registers."""
    query = _beside().get(case)
    if query is None:
        return ()
    found = reader.read(query.sql, _bound(query, known))
    addresses = [Address(row["register"], row["row_key"]) for row in found]
    registers = list(dict.fromkeys(address.register for address in addresses))
    by_sheet: dict[tuple[int, str, str], list[Origin]] = defaultdict(list)
    for address, origin in origins(reader, addresses).items():
        by_sheet[registers.index(address.register), origin.file, origin.sheet].append(origin)
    return tuple(
        Sheet(registers[at], file, sheet, tuple(sorted(rows, key=lambda one: one.row)))
        for (at, file, sheet), rows in sorted(by_sheet.items())
    )
