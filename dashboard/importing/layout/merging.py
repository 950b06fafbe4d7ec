"""Cells merged downwards: what stands in the first of them is said of every row they cover."""

from __future__ import annotations

import numpy as np

from dashboard.importing.columns import Cell, Coded, Places
from dashboard.importing.grids import Grid


def filled_down(grid: Grid, place: int, at: Places, cells: Coded) -> Coded:
    """The column at `place` over the rows `at` (rising), its empty cells under a merged one filled.

    Only for words, days and codes: an amount would be counted once more with each row.
    """
    bare, codes = ~cells.filled, cells.codes.copy()
    values: list[Cell] = []
    for top, left, bottom, right in grid.merged:
        if left == right == place and bottom > top:
            first, last = np.searchsorted(at, (top, bottom), side="right")
            under = np.flatnonzero(bare[first:last]) + first
            if first and at[first - 1] == top:
                codes[under] = codes[first - 1]
            else:  # the row it stands in is none of them
                codes[under] = len(cells.values) + len(values)
                values.append(grid.rows[top][left])
    return Coded(codes, [*cells.values, *values])
