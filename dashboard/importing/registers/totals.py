"""The sheet's own totals against the rows they stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from dashboard.contracts import carried
from dashboard.importing.columns import Cell, Places
from dashboard.importing.grids import Grid
from dashboard.importing.layout import lines
from dashboard.importing.report import TotalCheck
from dashboard.importing.values.amounts import Amount, read_amount, read_count
from dashboard.importing.values.dates import Unreadable

_PLAIN = re.compile(r"-?\d{1,14}(?:\.\d{1,8})?", re.ASCII)  # most cells of a large file
_TELLING = 100  # a sum from which on it is no chance that a number agrees with it


def number(cell: Cell, scale: int = 1) -> Decimal | None:
    """The cell's number, an amount or a count of people; None where it holds none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return Decimal(cell) * scale
    try:
        amount = _read(cell, scale)
    except Unreadable:
        return None
    return amount.value if amount else None


def _read(cell: Cell, scale: int) -> Amount | None:
    try:
        return read_amount(cell, scale)
    except Unreadable:
        return read_count(cell)


@dataclass(frozen=True, slots=True)
class Running:
    """A column's numbers in the rows that count, and their running sum."""

    rows: list[int]
    sums: list[Decimal]  # one longer: it begins with 0

    def between(self, after: int, before: int) -> Decimal:
        """The sum of the rows after the one and before the other."""
        first, last = bisect_right(self.rows, after), bisect_left(self.rows, before)
        return self.sums[max(first, last)] - self.sums[first]


def column(grid: Grid, rows: Places, place: int, scale: int) -> Running:
    """The column's numbers in those rows, in the grid's order; other cells are left out."""
    cells = grid.column(place).take(rows)
    values = [number(cell, scale) for cell in cells.values]
    there = cells.where(value is not None for value in values)
    found = [values[code] or Decimal(0) for code in cells.codes[there].tolist()]
    return Running(rows[there].tolist(), list(accumulate(found, initial=Decimal(0))))


def check(
    grid: Grid,
    totals: Sequence[int],
    columns: Mapping[str, int],
    values: Callable[[str], Running],
    scale: Callable[[str], int],
) -> list[TotalCheck]:
    """Each printed total of each field with the sum it should be, in the sheet's order. An average
    is no total; one cell merged over several fields is the total of the one that agrees.
    """
    checks: list[TotalCheck] = []
    summed = [row for row in totals if not is_no_sum(grid.rows[row])]
    if not summed:
        return checks
    wide = _wide(grid, summed)
    for field, place_of in columns.items():
        per_row, factor = values(field), scale(field)
        for place, row in enumerate(summed):
            at, covered = wide.get((row, place_of), (place_of, True))
            printed = number(grid.rows[row][at], factor)
            if printed is None:
                continue
            meant = _meant(grid.rows[row], printed, _sums(per_row, summed, place))
            found = TotalCheck(field, printed, meant, grid.where(row, at))
            if covered or (found.ok and abs(printed) >= _TELLING):
                checks.append(found)
    return sorted(_one_a_cell(checks), key=_place)


def is_no_sum(row: Sequence[Cell]) -> bool:
    """平均分 or 期末余额 in a row: it sums up nothing."""
    texts = [carried.bare(cell) for cell in row if isinstance(cell, str)]
    return any(lines.AVERAGE.match(text) or carried.closes(text) for text in texts)


def _wide(grid: Grid, rows: Sequence[int]) -> dict[tuple[int, int], tuple[int, bool]]:
    """(row, column) of each empty cell right of a number -> (the number's column, whether merged
    cells say so). Old files and text files forget what was merged.
    """
    wide: dict[tuple[int, int], tuple[int, bool]] = {}
    for row in rows:
        for column, cell in enumerate(grid.rows[row][1:], start=1):
            left, _ = wide.get((row, column - 1), (column - 1, False))
            if cell is None and number(grid.rows[row][left]) is not None:
                wide[row, column] = (left, False)
    for top, left, bottom, right in grid.merged:
        if top in rows and top == bottom:
            wide |= {(top, column): (left, True) for column in range(left + 1, right + 1)}
    return wide


def _one_a_cell(checks: Sequence[TotalCheck]) -> list[TotalCheck]:
    best: dict[str, TotalCheck] = {}
    for found in checks:
        if found.cell not in best or (found.ok and not best[found.cell].ok):
            best[found.cell] = found
    return [*best.values()]


def _place(found: TotalCheck) -> tuple[int, int, str]:
    """In the sheet's order: by row, then by column."""
    column = found.cell.rstrip("0123456789")
    return int(found.cell[len(column) :]), len(column), column


def _sums(values: Running, totals: Sequence[int], place: int) -> tuple[Decimal, ...]:
    """(rows since the total before, all rows so far, rows until the next total, all below)."""
    row, end = totals[place], (values.rows[-1] if values.rows else totals[place]) + 1
    since = totals[place - 1] if place else -1
    until = totals[place + 1] if place + 1 < len(totals) else end
    return (
        values.between(since, row),
        values.between(-1, row),
        values.between(row, until),
        values.between(row, end),
    )


def _meant(row: list[Cell], printed: Decimal, sums: tuple[Decimal, ...]) -> Decimal:
    """The sum the total means: the one that agrees, else the one its words or place name."""
    if printed in sums:
        return printed
    block, everything, below, all_below = sums
    if not everything:  # a total on top
        return below or all_below
    return block if lines.sums_up(row) == "block" else everything
