"""A part of a grid that still knows where in the sheet each of its cells lies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dashboard.importing.columns import Cell, Coded, Columns, Mask
from dashboard.importing.grids import Box, Grid
from dashboard.importing.values.coerce import shown


def part(grid: Grid, rows: range, columns: range, heading: str = "") -> Grid:
    """Those rows and columns; cells merged beyond them end at the edge. `rows`, `columns`: from
    0, not empty. Doubts about the whole stay with the whole.
    """
    cells = [grid.rows[at][columns.start : columns.stop] for at in rows]
    return replace(
        grid,
        rows=cells,
        merged=[inside for box in grid.merged if (inside := _clipped(box, rows, columns))],
        heading=heading,
        down=rows if grid.down is None else [grid.down[at] for at in rows],
        across=columns if grid.across is None else [grid.across[at] for at in columns],
        notes=[],
        scaled={place - columns.start: by for place, by in grid.scaled.items() if place in columns},
    )


def _clipped(box: Box, rows: range, columns: range) -> Box | None:
    """The merged cells within the part; None where their value stands outside of it."""
    if box[0] not in rows or box[1] not in columns:
        return None
    last_row, last_column = min(box[2], rows[-1]), min(box[3], columns[-1])
    top, left = rows.start, columns.start
    return box[0] - top, box[1] - left, last_row - top, last_column - left


def area(grid: Grid) -> str:
    """A3:F20: the part's first and last cell."""
    return f"{grid.where(0, 0)}:{grid.letter(grid.width - 1)}{grid.number(len(grid.rows) - 1)}"


def filled(grid: Grid) -> NDArray[np.int64]:
    """How many cells of each row are filled."""
    if isinstance(grid.rows, Columns):
        masks = [there(column) for column in grid.rows.columns]
        counts: NDArray[np.int64] = np.sum(masks, axis=0, dtype=np.int64)
        return counts
    width = grid.width
    return np.fromiter((width - row.count(None) for row in grid.rows), np.int64, len(grid.rows))


def there(column: Coded) -> Mask:
    """Which rows are filled."""
    return column.filled


def words(rows: list[list[Cell]]) -> str:
    """What stands in these rows, as one text."""
    texts = (shown(cell) for row in rows for cell in row if cell is not None)
    return " ".join(dict.fromkeys(texts))
