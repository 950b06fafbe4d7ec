"""The sheet's own totals against the rows they stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from dashboard.contracts.spelling import plain
from dashboard.importing.amounts import Amount, read_amount, read_count
from dashboard.importing.columns import Cell, Places
from dashboard.importing.dates import Unreadable
from dashboard.importing.grids import Grid
from dashboard.importing.report import TotalCheck

_BLOCK = ("小计", "本月", "本页", "本日", "本季", "当月", "月合计", "subtotal")


def number(cell: Cell, scale: int = 1) -> Decimal | None:
    """The cell's number, an amount or a count of people; None where it holds none."""
    if isinstance(cell, bool) or cell is None:
        return None
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
    """Each printed total of each field with the sum it should be, in the sheet's order."""
    checks: list[TotalCheck] = []
    if not totals:
        return checks
    for field, place_of in columns.items():
        per_row, factor = values(field), scale(field)
        for place, row in enumerate(totals):
            printed = number(grid.rows[row][place_of], factor)
            if printed is None:
                continue
            sums = _sums(per_row, totals, place)
            checks.append(
                TotalCheck(
                    field, printed, _meant(grid.rows[row], printed, sums), grid.where(row, place_of)
                )
            )
    return sorted(
        checks, key=lambda found: (int(found.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), found.cell)
    )


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
    words = plain("".join(cell for cell in row if isinstance(cell, str)))
    return block if any(word in words for word in _BLOCK) else everything
