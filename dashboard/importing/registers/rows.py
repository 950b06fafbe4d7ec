"""The data rows of a sheet whose dataset is known: typed, keyed, and each accounted for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from dashboard.contracts.model import Column, Dataset
from dashboard.importing import progress
from dashboard.importing.columns import Cell, Coded, Mask, Places, counts_up
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import merging
from dashboard.importing.order import Order
from dashboard.importing.registers import bulk, finishing, people, repeats, years
from dashboard.importing.registers.listing import Listing
from dashboard.importing.registers.repeats import Earlier, Verdicts
from dashboard.importing.report import OWN_FIELDS, Issue, SheetReport
from dashboard.importing.tables import Field, Originals, raw_column, schema_of, taken
from dashboard.importing.values.coerce import Reader

_FILLED_DOWN = frozenset(("id", "name", "label", "text", "date", "time", "period", "code"))


@dataclass(frozen=True, slots=True)
class Register:
    """A sheet of a known dataset: where its fields stand, and how its cells are read."""

    dataset: Dataset
    grid: Grid
    places: dict[str, int]
    reader: Reader


@dataclass(slots=True)
class Rows:
    """The data rows of one sheet while they are read; row i stands in the grid's row at[i]."""

    register: Register
    at: Places
    rejected: Mask
    fields: dict[str, Field] = field(default_factory=dict)
    originals: list[Originals] = field(default_factory=list)
    listing: Listing = field(default_factory=Listing)
    apart: dict[str, Coded] = field(default_factory=dict)  # columns whose cells became several

    def where(self, row: int, name: str) -> str:
        place = self.register.places.get(name, 0)
        return self.register.grid.where(int(self.at[row]), place)

    def cells(self, column: Column) -> Coded:
        if column.name in self.apart:
            return self.apart[column.name]
        return self.register.grid.column(self.register.places[column.name]).take(self.at)


def read(
    report: SheetReport, register: Register, at: Places, order: Order
) -> tuple[list[Issue], Places]:
    """Fill the report's table and counts from the grid's rows `at`; returns the first issues and
    the grid's rows that the file brings, on this sheet or on one before.
    """
    dataset = register.dataset
    rows = _taken_apart(register, at)
    named = _named_years(rows)
    for place, column in enumerate(dataset.columns):
        _read_column(rows, column, named)
        progress.tell(len(at) * (place + 1) // len(dataset.columns), len(at))
    _move_notes(rows)
    flaws, keys = finishing.finish(dataset, rows.fields, register.reader.around, rows.rejected)
    for flaw in flaws:
        _object(rows, flaw)
    alive = np.flatnonzero(~rows.rejected)
    earlier = order.earlier(dataset)
    found = repeats.verdicts(dataset, keys, rows.fields, alive, earlier, _beside(rows))
    _tell(rows, found)
    loaded = _loaded(rows, found)
    report.table = table = _table(rows, found, loaded)
    _remember(earlier, report.name, table, taken(_texts(keys), loaded))
    report.counts |= _counts(rows, loaded)
    issues, total = rows.listing.first(order.limits.issues_kept, rows.where)
    report.issues_total = total - len(issues)
    elsewhere = [repeat.row for repeat in found.repeats if repeat.like is None]
    return issues, rows.at[np.sort(np.append(loaded, elsewhere).astype(np.int64))]


def _taken_apart(register: Register, at: Places) -> Rows:
    """The rows to read; a cell that names several people is a row for each of them."""
    named = (
        c for c in register.dataset.columns if c.several == "rows" and c.name in register.places
    )
    for column in named:
        cells = register.grid.column(register.places[column.name]).take(at)
        found = people.apart(cells)
        if found is None:
            continue
        rows = Rows(register, at[found.rows], np.zeros(len(found.rows), bool))
        rows.apart = {column.name: found.cells, "staff_no": _of_one(register, rows.at, found)}
        told = issue("row_taken_apart", field=column.label)
        rows.listing.add(told, np.flatnonzero(found.first), column.name)
        return rows
    return Rows(register, at, np.zeros(len(at), bool))


def _of_one(register: Register, at: Places, found: people.Apart) -> Coded:
    """One number cannot be several people's."""
    if "staff_no" not in register.places:
        return Coded(np.zeros(len(at), np.int32), [None])
    numbers = register.grid.column(register.places["staff_no"]).take(at)
    return numbers.replaced(shared := np.flatnonzero(found.shared), [None] * len(shared))


def _move_notes(rows: Rows) -> None:
    """What was glued to a name joins the row's remark."""
    if "note" not in rows.register.dataset.stored():
        return
    note = rows.fields["note"]
    for column in rows.register.dataset.columns:
        if column.type != "name" or column.several == "joined" or column.name not in rows.fields:
            continue
        for row, words in people.notes(rows.cells(column)):
            told = note[row]
            note.put(row, f"{told}；{words}" if told else words)


# -- columns ----------------------------------------------------------------------------------


def _named_years(rows: Rows) -> years.Years | None:
    columns = rows.register.dataset.columns
    named = (c for c in columns if c.dates and c.name in rows.register.places)
    column = next(named, None)
    return years.named(rows.register.reader, rows.cells(column)) if column else None


def _read_column(rows: Rows, column: Column, named: years.Years | None) -> None:
    if column.name not in rows.register.places:
        if column.type != "period":
            rows.fields[column.name] = _told_elsewhere(rows, column)
        return
    _tell_repeated(rows, column)
    cells = _filled_down(rows, column).compact()
    readers: Sequence[Reader] = [rows.register.reader]
    if named and column.type in ("date", "period"):
        cells, readers = named.beside(cells)
    reading = bulk.read_all(readers, column, cells.values)
    _note(rows, column, cells, reading)
    _keep(rows, column, cells, reading)


def _told_elsewhere(rows: Rows, column: Column) -> Field:
    """A field without a column: its default, or what another column's cells tell beside their own
    (并入2号 names the case, a moment its day). A bare number tells nothing beside its own.
    """
    there = (c for c in rows.register.dataset.columns if c.name in rows.register.places)
    teller = next((c for c in there if column.name in c.also), None)
    if teller is None:
        return Field(np.zeros(len(rows.at), np.int32), [column.default])
    cells = _filled_down(rows, teller).compact()
    telling = [None if _is_number(cell) else cell for cell in cells.values]
    reading = bulk.read_all([rows.register.reader], column, telling)
    return Field(cells.codes.copy(), reading.objects())


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdecimal())


def _filled_down(rows: Rows, column: Column) -> Coded:
    """Cells under a merged one have its value, 同上 has the one above; never amounts, which would
    count twice.
    """
    cells, place = rows.cells(column), rows.register.places[column.name]
    if column.type not in _FILLED_DOWN:
        return cells
    filled = merging.filled_down(rows.register.grid, place, rows.at, cells)
    return merging.as_above(filled, merging.dittos(filled))


def _tell_repeated(rows: Rows, column: Column) -> None:
    repeating = merging.dittos(rows.cells(column)) if column.type in _FILLED_DOWN else None
    if repeating is not None and repeating.any():
        found = issue("as_above", field=column.label)
        rows.listing.add(found, np.flatnonzero(repeating), column.name)


def _note(rows: Rows, column: Column, cells: Coded, reading: bulk.Reading) -> None:
    for place, issues in reading.issues.items():
        there = np.flatnonzero(cells.codes == place)
        if len(there):
            for found in issues:
                rows.listing.add(found, there, column.name)
    if reading.fatal:
        rows.rejected |= np.isin(cells.codes, reading.fatal)


def _keep(rows: Rows, column: Column, cells: Coded, reading: bulk.Reading) -> None:
    if column.keep and reading.raws:
        rows.originals.append(Originals(column.name, cells.codes, reading.raws))
    if column.type == "period":
        pairs = [value or (None, None) for value in reading.objects()]
        for end, name in enumerate((f"{column.name}_from", f"{column.name}_to")):
            rows.fields[name] = Field(cells.codes.copy(), [pair[end] for pair in pairs])
        return
    base = reading.typed if reading.typed is not None else reading.objects()
    rows.fields[column.name] = Field(cells.codes.copy(), base)


# -- rows -------------------------------------------------------------------------------------


def _object(rows: Rows, flaw: finishing.Flaw) -> None:
    found = issue(flaw.code, field=rows.register.dataset.column(flaw.field).label)
    rows.listing.add_one(found, flaw.row, flaw.field)
    if found.severity == "error":
        rows.rejected[flaw.row] = True


def _tell(rows: Rows, found: Verdicts) -> None:
    for repeat in found.repeats:
        like = (
            rows.register.grid.number(int(rows.at[repeat.like])) if repeat.like is not None else ""
        )
        told = issue(repeat.code, given=like, sheet=repeat.sheet)
        rows.listing.add_one(told, repeat.row, "")
    rows.rejected[found.rejected] = True


def _beside(rows: Rows) -> Callable[[int], tuple[Cell, ...]]:
    """A row's cells that no field takes, running numbers left out."""
    grid, taken = rows.register.grid, set(rows.register.places.values())
    columns: list[Coded] = []

    def beside(row: int) -> tuple[Cell, ...]:
        if not columns:
            others = (grid.column(c).take(rows.at) for c in range(grid.width) if c not in taken)
            columns.extend(column for column in others if not counts_up(column))
        return tuple(column[row] for column in columns)

    return beside


def _loaded(rows: Rows, found: Verdicts) -> Places:
    left_out = rows.rejected.copy()
    left_out[found.duplicates] = True
    return np.flatnonzero(~left_out)


def _table(rows: Rows, found: Verdicts, loaded: Places) -> pa.Table:
    grid, at = rows.register.grid, rows.at[loaded]
    numbers = at + 1 if grid.down is None else np.array(grid.down, np.int64)[at] + 1
    letters = [grid.spot(row) for row in at.tolist()] if grid.spots is not None else None
    own = {
        "row_key": taken(_texts(found.keys), loaded),
        "source_row": pa.array(numbers, pa.int32()),
        "source_column": pa.array(letters or [], pa.string())
        if letters
        else pa.nulls(len(at), pa.string()),
        "raw": raw_column(rows.originals, loaded),
    }
    schema = schema_of(rows.register.dataset)
    return pa.table(
        [
            own[c.name] if c.name in own else rows.fields[c.name].array(c.type, loaded)
            for c in schema
        ],
        schema=schema,
    )


def _texts(keys: pa.Array | list[str]) -> pa.Array:
    return pa.array(keys, pa.string()) if isinstance(keys, list) else keys


def _remember(earlier: Earlier, sheet: str, table: pa.Table, keys: pa.Array) -> None:
    """The sheets after this one may hold the same lines, or more lines of the same vouchers."""
    stored = table.drop_columns(list(OWN_FIELDS)).columns
    earlier.sheets.append(
        (sheet, keys, lambda row: tuple(column[row].as_py() for column in stored))
    )


def _counts(rows: Rows, loaded: Places) -> dict[str, int]:
    """How the sheet's rows fared; one that became several counts once, by the best of them."""
    every, kept, rejected = np.zeros((3, int(rows.at.max(initial=0)) + 1), bool)
    every[rows.at] = kept[rows.at[loaded]] = rejected[rows.at[rows.rejected]] = True
    fared = {"loaded": int(kept.sum()), "rejected": int((rejected & ~kept).sum())}
    return fared | {"duplicates": int(every.sum()) - sum(fared.values())}
