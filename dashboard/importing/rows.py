"""The data rows of a sheet whose dataset is known: typed, keyed, and each accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.contracts import codes
from dashboard.contracts.model import Column, Dataset, Row, Surroundings
from dashboard.contracts.subjects import is_expense
from dashboard.importing import debits, surroundings, totals
from dashboard.importing.amounts import UNITS
from dashboard.importing.coerce import Reader, shown
from dashboard.importing.grids import Cell, Grid
from dashboard.importing.headers import Header
from dashboard.importing.issues import issue
from dashboard.importing.private import hint
from dashboard.importing.report import Issue, SheetReport

_NEVER_SUMMED = frozenset(("balance", "year", "dues_base"))  # their sums say nothing
_FILLED_DOWN = frozenset(("id", "name", "label", "text", "date", "period", "code"))


@dataclass(slots=True)
class _Work:
    """What one sheet needs while its rows are read."""

    report: SheetReport
    grid: Grid
    dataset: Dataset
    reader: Reader
    places: dict[str, int]
    above: dict[tuple[int, int], Cell]
    contents: dict[str, dict[tuple[Any, ...], int]] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    loaded: list[int] = field(default_factory=list)  # the grid's rows
    issues: list[Issue] = field(default_factory=list)


def read(
    report: SheetReport,
    dataset: Dataset,
    grid: Grid,
    header: Header,
    kinds: list[Any],
    around: Surroundings,
) -> list[Issue]:
    """Fill the report's rows, counts, sums and totals; return the issues."""
    around = _completed(around, header, grid, kinds)
    scales, issues = _scales(dataset, header, around)
    issues += debits.directed(report, dataset, grid, header, kinds)
    work = _Work(
        report,
        grid,
        dataset,
        Reader(around, scales),
        header.fields,
        _merged_down(dataset, grid, header),
        issues=issues,
    )
    missing = [c for c in dataset.columns if c.name in dataset.needed - header.fields.keys()]
    work.issues += [issue("column_missing", field=column.label) for column in missing]
    for at, kind in enumerate(kinds):
        if kind == "data":
            outcome = "rejected" if missing else _row(work, at)
            report.counts[outcome] += 1
    _sum_up(work, [at for at, kind in enumerate(kinds) if kind == "totals"])
    return work.issues


def _completed(around: Surroundings, header: Header, grid: Grid, kinds: list[Any]) -> Surroundings:
    data = [grid.rows[at] for at, kind in enumerate(kinds) if kind == "data"]
    year = around.year or (surroundings.years_in(" ".join(header.labels)) or (None, None))[0]
    signed = "amount" in header.fields and _is_signed(header, data, around)
    return replace(around, mapped=frozenset(header.fields), signed=signed, year=year)


def _is_signed(header: Header, data: list[list[Cell]], around: Surroundings) -> bool:
    """Whether a minus means spending: where the direction or the subject names spending, its
    amounts are negative. Where they are positive, a minus is a refund.
    """
    amount = header.fields["amount"]
    numbers = [(totals.number(row[amount]) or 0, row) for row in data]
    if not any(value < 0 for value, _ in numbers):
        return False
    spent = [value for value, row in numbers if value and _names_spending(header, row)]
    if spent:
        return sum(value < 0 for value in spent) * 2 >= len(spent)
    return is_expense(around.sheet + around.title) is None


def _names_spending(header: Header, row: list[Cell]) -> bool:
    direction, subject = header.fields.get("direction"), header.fields.get("subject")
    if direction is not None:
        return codes.DIRECTION.read(shown(row[direction])) == "expense"
    return subject is not None and bool(is_expense(shown(row[subject])))


def _scales(
    dataset: Dataset, header: Header, around: Surroundings
) -> tuple[dict[str, int], list[Issue]]:
    """Each money field's factor to yuan, from its header or the sheet's 单位 line."""
    common = surroundings.unit_in(around.title)
    scales: dict[str, int] = {}
    issues: list[Issue] = []
    for column in dataset.columns:
        if column.type != "money" or column.name not in header.fields:
            continue
        unit = surroundings.header_unit(header.labels[header.fields[column.name]]) or common
        scales[column.name] = UNITS.get(unit or "元", 1)
        if scales[column.name] != 1:
            issues.append(issue("unit_scaled", field=column.label, given=unit))
    return scales, issues


def _merged_down(dataset: Dataset, grid: Grid, header: Header) -> dict[tuple[int, int], Cell]:
    """Cells under a merged one, with its value; never amounts, which would count twice."""
    filling = {
        place for name, place in header.fields.items() if dataset.column(name).type in _FILLED_DOWN
    }
    return {
        (row, column): grid.rows[box[0]][box[1]]
        for box in grid.merged
        if box[0] > header.last and box[2] > box[0] and box[1] == box[3] and box[1] in filling
        for column in (box[1],)
        for row in range(box[0] + 1, min(box[2], len(grid.rows) - 1) + 1)
    }


def _row(work: _Work, at: int) -> str:
    """Read one row; says how it fared: loaded, rejected or duplicates."""
    row, raw, fatal = _cells(work, at)
    for code, name in [] if fatal else work.dataset.finish(row, work.reader.around):
        found = issue(code, _where(work, at, name), field=work.dataset.column(name).label)
        work.issues.append(found)
        fatal = fatal or found.severity == "error"
    if fatal:
        return "rejected"
    stored = {name: row.get(name) for name in work.dataset.stored()}
    return _placed(work, at, stored, raw)


def _where(work: _Work, at: int, name: str) -> str:
    return work.grid.where(at, work.places.get(name, 0))


def _cells(work: _Work, at: int) -> tuple[Row, dict[str, str], bool]:
    row: Row = {c.name: c.default for c in work.dataset.columns if c.name not in work.places}
    raw: dict[str, str] = {}
    fatal = False
    reader = _reader(work, at)
    for column in work.dataset.columns:
        if column.name not in work.places:
            continue
        cell = _cell(work, at, column)
        value, issues = _read(reader, column, cell, _where(work, at, column.name))
        work.issues += issues
        fatal = fatal or any(found.severity == "error" for found in issues)
        _put(row, column, value)
        if column.keep and cell is not None and (text := shown(cell)) != _plainly(value):
            raw[column.name] = text
    return row, raw, fatal


def _cell(work: _Work, at: int, column: Column) -> Cell:
    place = work.places[column.name]
    cell = work.grid.rows[at][place]
    return work.above.get((at, place)) if cell is None else cell


def _reader(work: _Work, at: int) -> Reader:
    """A row that names its own school year dates its months by that, not by the title."""
    for column in work.dataset.columns:
        if column.dates and column.name in work.places:
            years = surroundings.years_in(shown(_cell(work, at, column)))
            if years:
                around = replace(work.reader.around, year=years[0], school_year=years[1])
                return Reader(around, work.reader.scales)
    return work.reader


def _read(reader: Reader, column: Column, cell: Cell, where: str) -> tuple[Any, list[Issue]]:
    """A column that is never kept is not read, only noticed: whether it is filled may matter."""
    if not column.keep:
        return (hint(str(cell)) if cell is not None else None), []
    return reader.read(column, cell, where)


def _put(row: Row, column: Column, value: Any) -> None:
    if column.type == "period":
        row[f"{column.name}_from"], row[f"{column.name}_to"] = value or (None, None)
    else:
        row[column.name] = value


def _plainly(value: Any) -> str:
    """How the stored value would be written, to tell whether the cell was written so."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _placed(work: _Work, at: int, row: Row, raw: dict[str, str]) -> str:
    """Keep the row under its key, or say which earlier row it repeats."""
    base = key = work.dataset.key(row)
    if base in work.contents:
        outcome, key = _again(work, at, base, row)
        if outcome != "loaded":
            return outcome
    work.contents.setdefault(base, {}).setdefault(tuple(row.values()), at)
    report = work.report
    report.rows.append(row)
    report.keys.append(key)
    report.numbers.append(work.grid.number(at))
    report.raws.append(raw)
    work.loaded.append(at)
    return "loaded"


def _again(work: _Work, at: int, key: str, row: Row) -> tuple[str, str]:
    """A key seen before: a repetition, a namesake, one more line of a voucher, or a conflict."""
    earlier = work.contents[key]
    twin = earlier.get(tuple(row.values()))
    first = next(iter(earlier.values())) if twin is None else twin
    where, given = work.grid.where(at, 0), work.grid.number(first)
    outcome, code = _verdict(work.dataset, key, twin is not None)
    if code:
        work.issues.append(issue(code, where, given=given))
    return outcome, _numbered(work, key) if outcome == "loaded" else key


def _verdict(dataset: Dataset, key: str, same: bool) -> tuple[str, str | None]:
    """(how the row fares, the issue to tell)."""
    if dataset.numbered:
        return "loaded", "possible_duplicate" if same else None
    if same:
        return "duplicates", "repeated_row"
    if dataset.shape == "snapshot" and not key.startswith("#"):
        return "loaded", "ambiguous_person"
    if dataset.repeats == "ignored":
        return "duplicates", "repeated_key"
    return "rejected", "conflicting_key"


def _numbered(work: _Work, key: str) -> str:
    work.ordinals[key] = work.ordinals.get(key, 1) + 1
    return f"{key}~{work.ordinals[key]}"


def _sum_up(work: _Work, total_rows: list[int]) -> None:
    report, dataset = work.report, work.dataset
    report.sums = _sums(report, dataset)
    summed = {
        name: place
        for name, place in work.places.items()
        if dataset.column(name).type in ("money", "count") and name not in _NEVER_SUMMED
    }
    parents = dataset.sums_up(report.rows)
    counted = [at for place, at in enumerate(work.loaded) if place not in parents]
    scales = dict.fromkeys(summed, 1) | work.reader.scales
    values = {
        name: totals.column(work.grid, counted, place, scales[name])
        for name, place in summed.items()
    }
    report.totals_check = totals.check(
        work.grid, total_rows, summed, values.__getitem__, scales.__getitem__
    )
    work.issues += [
        issue(
            "total_differs",
            found.cell,
            field=dataset.column(found.field).label,
            printed=f"{found.printed:,}",
            computed=f"{found.computed:,}",
        )
        for found in report.totals_check
        if not found.ok
    ]


def _sums(report: SheetReport, dataset: Dataset) -> dict[str, Decimal]:
    """What will be stored, summed per numeric field that the sheet filled."""
    fields = [
        name
        for name, kind in dataset.stored().items()
        if kind.startswith(("DECIMAL", "BIGINT")) and name not in _NEVER_SUMMED
    ]
    filled = {name: [row[name] for row in report.rows if row[name] is not None] for name in fields}
    return {
        name: sum(map(Decimal, values), Decimal(0))
        for name, values in filled.items()
        if values or name in report.columns
    }
