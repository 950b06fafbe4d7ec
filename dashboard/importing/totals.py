"""The sheet's own totals against the rows they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from dashboard.contracts.spelling import plain
from dashboard.importing.amounts import read_amount
from dashboard.importing.dates import Unreadable
from dashboard.importing.grids import Cell, Grid
from dashboard.importing.report import TotalCheck

Values = Mapping[int, Decimal]  # sheet row -> the column's number, for rows that count
_BLOCK = ("小计", "本月", "本页", "本日", "本季", "当月", "月合计", "subtotal")


def number(cell: Cell, scale: int = 1) -> Decimal | None:
    """The cell's number, or None where it holds none."""
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        amount = read_amount(cell, scale)
    except Unreadable:
        return None
    return amount.value if amount else None


def column(grid: Grid, rows: Sequence[int], place: int, scale: int) -> dict[int, Decimal]:
    """The column's numbers in those rows; cells that hold none are left out."""
    found = {at: number(grid.rows[at][place], scale) for at in rows}
    return {at: value for at, value in found.items() if value is not None}


def check(
    grid: Grid,
    totals: Sequence[int],
    columns: Mapping[str, int],
    values: Callable[[str], Values],
    scale: Callable[[str], int],
) -> list[TotalCheck]:
    """Each printed total of each field with the sum it should be, in the sheet's order."""
    checks: list[TotalCheck] = []
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


def _sums(values: Values, totals: Sequence[int], place: int) -> tuple[Decimal, ...]:
    """(rows since the total before, all rows so far, rows until the next total)."""
    row = totals[place]
    since = totals[place - 1] if place else -1
    until = totals[place + 1] if place + 1 < len(totals) else max(values, default=row) + 1
    above = {at: value for at, value in values.items() if at < row}
    return (
        sum((value for at, value in above.items() if at > since), Decimal(0)),
        sum(above.values(), Decimal(0)),
        sum((value for at, value in values.items() if row < at < until), Decimal(0)),
        sum((value for at, value in values.items() if at > row), Decimal(0)),
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
