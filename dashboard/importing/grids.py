"""Grids: what stands in which cell of a sheet, before anybody says what it means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.contracts.spelling import visible
from dashboard.importing.columns import Cell, Coded, Columns, coded
from dashboard.importing.report import Issue

Box = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0

_LARGE = 100_000  # cells
UNCALCULATED = "=…"  # stands in the grid for a formula whose value was never stored
SHIFTED = "⇥"  # stands before a cell that may be another column's
ERRORS = frozenset(
    ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
     "#GETTING_DATA", "#BLOCKED!", "#BUSY!", "#CONNECT!", "#EXTERNAL!", "#FIELD!", "#PYTHON!",
     "#UNKNOWN!")
)  # fmt: skip


@dataclass(slots=True)
class Grid:
    """One table's cells: rows of the same length; empty cells are None.

    It may be a part of its sheet, without what is hidden, or turned: `down` and `across` tell
    where in the sheet its rows and columns lie (from 0; None: it begins at A1 and leaves nothing
    out). In a turned grid the columns from `turned` on lie, for row i, in the sheet's column
    `spots[i]`. `area` names the part, like A3:F20, where the sheet holds several tables;
    `heading` are words of the sheet that stand outside the part and yet above it.
    `scaled`: columns whose format shows their numbers divided by so much (12,000 as 1.2: 10,000),
    while `rows` hold what is stored. `epoch_1904`: its serial numbers count days from 1904-01-01.
    """

    name: str
    rows: list[list[Cell]] | Columns
    hidden: bool = False
    merged: list[Box] = field(default_factory=list)
    area: str = ""
    heading: str = ""
    down: Sequence[int] | None = None
    across: Sequence[int] | None = None
    spots: Sequence[int] | None = None
    turned: int = 0
    notes: list[Issue] = field(default_factory=list)  # what was found while it was cut out
    scaled: dict[int, int] = field(default_factory=dict)
    epoch_1904: bool = False

    def __post_init__(self) -> None:
        self.name = visible(self.name)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def column(self, place: int) -> Coded:
        """One column of all rows, by its distinct cells."""
        if isinstance(self.rows, Columns):
            return self.rows.columns[place]
        return coded([row[place] for row in self.rows])

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

    def spot(self, row: int) -> str | None:
        """The letter of the column a turned row comes from."""
        return letter(self.spots[row]) if self.spots is not None else None

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


def by_columns(grid: Grid) -> Grid:
    """A large grid kept by its columns: its distinct cells are looked at, not each."""
    if isinstance(grid.rows, list) and len(grid.rows) * grid.width > _LARGE:
        grid.rows = Columns.of(grid.rows, lambda cell: cell)
    return grid


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


def trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without the empty rows after the last filled one, and the empty columns at the right."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    longest = max(map(len, rows), default=0)
    if any(len(row) < longest for row in rows):
        rows = [row + [None] * (longest - len(row)) for row in rows]
    width = longest
    while width and all(row[width - 1] is None for row in rows):
        width -= 1
    return [row[:width] for row in rows] if width < longest else rows
