"""Everything a proof shows, read in one moment: the figure, its rows, and the rows' cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from dashboard import provenance
from dashboard.contracts import DATASETS
from dashboard.disclosure import Groups
from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.groups import groups, people_of, school_veil
from dashboard.kpis import counted, targets
from dashboard.kpis.cases import cases
from dashboard.kpis.evaluate import evaluate
from dashboard.kpis.inputs import Reads
from dashboard.kpis.model import Kpi, Result
from dashboard.kpis.proof import Counting, proof
from dashboard.lineage import Address, Cell, Origin, origins
from dashboard.periods import Span, free_range
from dashboard.provenance import opens, signed
from dashboard.roles import Role, names, reads
from dashboard.school import School
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, load
from dashboard.text import Text
from dashboard.veil import NOT_SHOWN, Veil

_DEPARTMENT = DATASETS["proposals"].column("department").label


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


def provable(role: Role, kpi: Kpi) -> bool:
    """Whether a role reads the rows that a figure is counted from."""
    return opens(role, *_behind(kpi))


def _behind(kpi: Kpi) -> list[Query]:
    """Its marts, and how each kind of row is told."""
    measures = kpi.measures.values()
    return [q for one in measures for q in (provenance.mart(one.mart), cases()[one.case])]


def prove(  # noqa: PLR0913 - of what, for whom, and how much of it
    reader: Reads,
    name: str,
    filters: Filters,
    school: School,
    role: Role,
    *,
    unmet: bool = False,
    most: int | None = None,
) -> Proven:
    """A figure with its rows, at most `most` of each kind; with `unmet` those behind its gap.

    Raises Denied where the role does not read such rows. Who reads them needs nothing hidden; but
    who reads them unsigned gets the figure as the tile has it, and no rows of a few people alone.
    """
    kpi = counted(name, school.variants)
    provenance.demand(role, *_behind(kpi))
    is_signed = signed(role, *_behind(kpi))
    filters = replace(filters, safe=not is_signed, browsed=filters.browsed or not is_signed)
    result = evaluate(reader, kpi, filters, targets.of(school))
    people = groups(reader, filters.span)
    if result.now.missing or (not is_signed and people.hides(people_of(filters.chosen))):
        return Proven(result, filters, (), {})
    found = proof(reader, kpi, filters, unmet=unmet, most=most)
    addresses = [row.address for one in found for row in one.rows if row.address]
    return Proven(result, filters, found, _origins(reader, addresses, role, people))


def over(filters: Filters, span: Span) -> Filters:
    """The same view over another stretch of days: a point of a trend."""
    return replace(filters, period=free_range(span.start, span.as_of), day=None)


def evidence(reader: Reads, case: str, key: str, filters: Filters, role: Role) -> Evidence | None:
    """One case with all the rows that speak for it; None where the registers know it no more.

    Raises Denied where the role does not read such cases; of what else speaks for one it gets the
    rows of its own registers.
    """
    query = cases()[case]
    provenance.demand(role, query)
    sql = f"select * from (\n{query.sql}\n) where case_key = $key"  # noqa: S608 - our own query
    known = {"start": filters.span.start, "as_of": filters.as_of, "key": key}
    rows = reader.read(sql, _bound(query, known) | {"key": key})
    if not rows:
        return None
    row = rows[0]
    address = Address(row["register"], row["row_key"], row["as_of"])
    people = groups(reader, filters.span)
    found = tuple(_origins(reader, [address], role, people).values())
    return Evidence(query, row, found, _sheets(reader, case, known, role, people))


def _origins(
    reader: Reads, addresses: Iterable[Address], role: Role, people: Groups
) -> dict[Address, Origin]:
    """Of the registers a role reads; for who needs no names with pseudonyms, and without the
    department of a few people that would tell who it is.
    """
    found = origins(reader, (one for one in addresses if reads(role, one.register)))
    if all(names(role, one.register) for one in found):
        return found
    veil = school_veil(reader)
    return {
        at: one if names(role, at.register) else _veiled(one, veil, people)
        for at, one in found.items()
    }


def _veiled(origin: Origin, veil: Veil, people: Groups) -> Origin:
    cells = (
        replace(cell, value=NOT_SHOWN, written=None)
        if cell.label == _DEPARTMENT and people.hides({"department": str(cell.value)})
        else replace(
            cell, value=_said(cell.value, veil), written=cell.written and _said_as(cell, veil)
        )
        for cell in origin.cells
    )
    return replace(
        origin,
        file=veil.over(origin.file, "zh"),
        sheet=veil.over(origin.sheet, "zh"),
        cells=tuple(cells),
    )


def _said(value: object, veil: Veil) -> object:
    return Text(veil.over(value, "zh"), veil.over(value, "en")) if isinstance(value, str) else value


def _said_as(cell: Cell, veil: Veil) -> str:
    return veil.over(cell.written or "", "zh")


@cache
def _beside() -> dict[str, Query]:
    """What else speaks for a case: queries/evidence/*.sql, by the name of the case."""
    found = load(QUERIES / "evidence")
    if odd := sorted(found.keys() - cases().keys()):
        raise BadDefinition(f"evidence for what is no case: {', '.join(odd)}")
    return found


def _bound(query: Query, known: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in known.items() if name in query.parameters}


def _sheets(
    reader: Reads, case: str, known: Mapping[str, object], role: Role, people: Groups
) -> tuple[Sheet, ...]:
    """By sheet, in the order in which the query names the registers."""
    query = _beside().get(case)
    if query is None:
        return ()
    found = reader.read(query.sql, _bound(query, known))
    addresses = [Address(row["register"], row["row_key"]) for row in found]
    registers = list(dict.fromkeys(address.register for address in addresses))
    by_sheet: dict[tuple[int, str, str], list[Origin]] = defaultdict(list)
    for address, origin in _origins(reader, addresses, role, people).items():
        by_sheet[registers.index(address.register), origin.file, origin.sheet].append(origin)
    return tuple(
        Sheet(registers[at], file, sheet, tuple(sorted(rows, key=lambda one: one.row)))
        for (at, file, sheet), rows in sorted(by_sheet.items())
    )
