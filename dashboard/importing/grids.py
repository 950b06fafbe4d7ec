"""Bytes to grids: what stands in which cell, before anybody says what it means.

Runs only in the reading child: one crafted workbook of 2.5 KB aborts the process that opens it.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from dashboard.errors import RefusedFile
from dashboard.importing import sheetxml
from dashboard.importing.report import Issue
from dashboard.settings import Limits

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Box = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0


@dataclass(slots=True)
class Grid:
    """One table's cells: rows of the same length; empty cells are None.

    It may be a part of its sheet, without what is hidden, or turned: `down` and `across` tell
    where in the sheet its rows and columns lie (from 0; None: it begins at A1 and leaves nothing
    out). In a turned grid the columns from `turned` on lie, for row i, in the sheet's column
    `spots[i]`. `area` names the part, like A3:F20, where the sheet holds several tables.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: list[Box] = field(default_factory=list)
    area: str = ""
    down: Sequence[int] | None = None
    across: Sequence[int] | None = None
    spots: Sequence[int] | None = None
    turned: int = 0
    notes: list[Issue] = field(default_factory=list)  # what was found while it was cut out

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def number(self, row: int) -> int:
        """The sheet's own number of a row, from 1."""
        return (row if self.down is None else self.down[row]) + 1

    def letter(self, column: int) -> str:
        """The sheet's own letter of a column."""
        return letter(column if self.across is None else self.across[column])

    def where(self, row: int, column: int) -> str:
        """`B7`: the cell as the sheet calls it."""
        if self.spots is not None and column >= self.turned:
            return f"{letter(self.spots[row])}{self.number(row)}"
        return f"{self.letter(column)}{self.number(row)}"

    def row_at(self, number: int) -> int:
        """The row with that number in the sheet, or the nearest after it; the last at most."""
        rows = range(len(self.rows)) if self.down is None else self.down
        return min(bisect_left(rows, number - 1), len(self.rows) - 1)

    def column_at(self, name: str) -> int | None:
        """The column with that letter in the sheet; None where it has none."""
        place = column_index(name)
        if self.across is None:
            return place if 0 <= place < self.width else None
        return self.across.index(place) if place in self.across else None


def letter(index: int) -> str:
    """Column 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """A is 0, AA is 26."""
    index = 0
    for character in name.upper():
        index = index * 26 + ord(character) - 64
    return index - 1


def workbook(data: bytes, limits: Limits) -> list[Grid]:
    """Every sheet of an xlsx, xls, xlsb or ods file; hidden ones without their cells.

    Raises RefusedFile: password, damaged, too_complex, no_cells.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise RefusedFile("password") from None
    except CalamineError:
        raise RefusedFile("damaged") from None
    grids = [_grid(book, place, limits) for place in range(len(book.sheet_names))]
    for grid, marked in _with_marks(grids, data):
        _mark(grid, marked)
    if not any(grid.rows for grid in grids):
        raise RefusedFile("no_cells")
    return grids


def _with_marks(grids: list[Grid], data: bytes) -> Iterator[tuple[Grid, sheetxml.Marks]]:
    found = sheetxml.marks(data) if data.startswith(b"PK") else {}
    return ((grid, found[grid.name]) for grid in grids if grid.name in found)


def _mark(grid: Grid, marked: sheetxml.Marks) -> None:
    """Put `#REF!` and the sign of an uncalculated formula where the reader saw nothing."""
    for name, value in marked.items():
        letters = name.rstrip("0123456789")
        row, column = int(name[len(letters) :]) - 1, column_index(letters)
        if row < len(grid.rows) and column < grid.width and grid.rows[row][column] is None:
            grid.rows[row][column] = value


def _grid(book: CalamineWorkbook, place: int, limits: Limits) -> Grid:
    about = book.sheets_metadata[place]
    if about.visible != SheetVisibleEnum.Visible:
        return Grid(about.name, [], hidden=True)
    try:
        sheet = book.get_sheet_by_index(place)
    except CalamineError:  # a chart sheet has no cells
        return Grid(about.name, [])
    if sheet.end is None:
        return Grid(about.name, [])
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > limits.cells or width > limits.columns:
        raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or []]
    return Grid(about.name, trimmed(rows), merged=merged)


def _cell(value: object) -> Cell:
    """Blank text is empty; a whole float that is exact is an integer, as its cell shows it."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value  # type: ignore[return-value]  # calamine yields only the types of Cell


def trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without the empty rows after the last filled one, and the empty columns at the right."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    width = max((_filled_width(row) for row in rows), default=0)
    return [row[:width] + [None] * (width - len(row)) for row in rows]


def _filled_width(row: list[Cell]) -> int:
    return next((len(row) - i for i, cell in enumerate(reversed(row)) if cell is not None), 0)
