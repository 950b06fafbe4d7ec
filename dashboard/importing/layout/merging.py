"""What one cell says of the rows below it: merged downwards, or repeated by 同上 and 〃."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.importing.columns import Cell, Coded, Mask, Places
from dashboard.importing.grids import Grid
from dashboard.importing.texts import Texts

_DITTO = (
    "同上",
    "同前",
    "同上行",
    "仝上",
    "仝",
    "〃",
    "〃〃",
    "″",
    "”",
    "“",
    '"',
    "''",
    "′′",
    "ditto",
)


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


def dittos(cells: Coded) -> Mask:
    """The rows that say 同上: the same as above."""
    if isinstance(cells.values, Texts):
        found: Mask = pc.is_in(cells.values.array, pa.array(_DITTO)).to_numpy(zero_copy_only=False)
        return found[cells.codes]
    return cells.where(isinstance(cell, str) and cell in _DITTO for cell in cells.values)


def as_above(cells: Coded, repeating: Mask) -> Coded:
    """The column with what those rows repeat; marks with nothing above them stay."""
    if not repeating.any():
        return cells
    above = np.arange(len(cells))
    above[repeating] = 0
    return cells.take(np.maximum.accumulate(above))
