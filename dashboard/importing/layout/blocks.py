"""One sheet's grid to its tables: cut below and beside one another, wide attendance turned long.

Where a sheet holds several tables, each has its `area`; otherwise the grid is handed on as it is.
"""

from __future__ import annotations

from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import (
    abreast,
    cutting,
    dateparts,
    sheetnames,
    stacked,
    turning,
    twins,
)
from dashboard.importing.order import Order


def tables(grid: Grid, order: Order) -> list[Grid]:
    """The tables of one sheet, in reading order. Never raises for what a cell holds.

    What the officer said about the sheet as a whole (its header rows, its columns, to leave it
    out) stands: it is not cut then.
    """
    if grid.hidden or not grid.rows or not grid.width:
        return [grid]
    choice = order.choice(grid.name)
    if choice.skip:
        return [grid]
    if choice.header_rows is not None or choice.columns is not None:
        return [_readable(grid, order)]
    return [_readable(side, order) for side in sides(grid, order.file)]


def sides(grid: Grid, file: str) -> list[Grid]:
    """The parts of a sheet that hold something, as they lie in it."""
    found = [side for part in stacked.parts(grid, file) for side in abreast.parts(part, file)]
    if len(found) > 1:
        _name(found, grid)
    return found


def _name(sides: list[Grid], grid: Grid) -> None:
    for side in sides:
        side.area = cutting.area(side)
    sides[0].notes = [*grid.notes, issue("tables_cut", count=len(sides))]


def _readable(grid: Grid, order: Order) -> Grid:
    """Its dates put together; turned where it is a wide table, unless the officer named another
    register; with what only the sheet's name says.
    """
    grid = dateparts.joined(grid, order.file)
    named = order.choice(grid.name, grid.area).dataset
    if named in (None, "attendance"):
        grid = turning.turned(grid, order.file, order.limits.cells)
    return sheetnames.told(twins.joined(grid, order.file), order.file)
