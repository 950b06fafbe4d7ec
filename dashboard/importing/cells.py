"""The cells of a file as they stand, for a copy to mend: read in the same child, masked there.

A large sheet comes only as far as it is asked for: its first rows, and the rows with issues.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from dashboard.importing import children, wire
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Box, Grid
from dashboard.importing.layout.headers import SEARCHED
from dashboard.importing.order import Order, last_part
from dashboard.importing.report import Choice
from dashboard.importing.values.private import masked, masked_beside_numbers, names_numbers
from dashboard.settings import Limits, today

WHOLE, _CELLS = 20_000, 1_000_000  # rows and cells up to which a sheet comes whole
_WISH = "cells"  # the order's key that asks for cells instead of a report
_READ: dict[str, Callable[[Any], Cell]] = {
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda seconds: timedelta(seconds=seconds),
}


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet. `rows` maps the sheet's row number (from 1) to its cells from column A on; what
    the sheet hides is empty. `merged` lies in the sheet's own places, from 0. `complete`: no row
    was left out for the sheet's size. `scaled`: as a grid's, by the sheet's own columns.
    """

    name: str
    rows: dict[int, list[Cell]]
    merged: list[Box]
    complete: bool = True
    epoch_1904: bool = False
    scaled: dict[int, int] = field(default_factory=dict)


def read_cells(
    data: bytes,
    name: str,
    wanted: Mapping[str, Collection[int]],
    *,
    choices: Sequence[Choice] = (),
    encoding: str | None = None,
    limits: Limits | None = None,
) -> list[SheetCells]:
    """Every visible sheet of a file that `read` did not refuse.

    wanted: sheet name as in the report -> the row numbers a large sheet must come with; choices,
    encoding: as given to `read`. Raises RefusedFile: reader_died.
    """
    bounds = limits or Limits()
    order = Order(last_part(name), today(), choices=tuple(choices), limits=bounds,
                  encoding=encoding)  # fmt: skip
    wish = json.loads(wire.order_to_json(order))
    wish[_WISH] = {sheet: sorted(rows) for sheet, rows in wanted.items()}
    try:
        answer = children.answer(json.dumps(wish).encode(), data, bounds.child_seconds)
        return children.understood(answer, _sheets)
    except subprocess.SubprocessError:
        raise children.died(bounds) from None


def wish(order: bytes) -> dict[str, list[int]] | None:
    """In the child: which rows are wanted; None where a report is."""
    found: dict[str, list[int]] | None = json.loads(order).get(_WISH)
    return found


def told(grids: Iterable[Grid], wanted: Mapping[str, Collection[int]]) -> bytes:
    """In the child: the answer."""
    sheets = [_of(grid, set(wanted.get(masked(grid.name), ()))) for grid in grids if grid.rows]
    plain = [{part.name: getattr(sheet, part.name) for part in fields(sheet)} for sheet in sheets]
    return json.dumps(plain, default=_tagged).encode()


def _of(grid: Grid, wanted: Collection[int]) -> SheetCells:
    complete = len(grid.rows) <= WHOLE and len(grid.rows) * grid.width <= _CELLS
    across = list(range(grid.width) if grid.across is None else grid.across)
    numbered = _numbered(grid)
    rows = {
        grid.number(at): _spread(row, across, numbered)
        for at, row in enumerate(grid.rows)
        if complete or grid.number(at) in wanted
    }
    merged = [_placed(grid, across, box) for box in grid.merged if complete]
    scaled = {across[column]: divisor for column, divisor in grid.scaled.items()}
    return SheetCells(masked(grid.name), rows, merged, complete, grid.epoch_1904, scaled)


def _numbered(grid: Grid) -> frozenset[int]:
    """The columns of numbers that a school gave: 11 digits are no phone there."""
    top = grid.rows[:SEARCHED]
    return frozenset(
        place
        for row in top
        for place, cell in enumerate(row)
        if isinstance(cell, str) and names_numbers(cell)
    )


def _spread(
    row: Sequence[Cell], across: Sequence[int], numbered: Collection[int] = ()
) -> list[Cell]:
    """The row's cells in the sheet's own columns, personal numbers masked."""
    cells: list[Cell] = [None] * (across[-1] + 1 if across else 0)
    for at, (place, cell) in enumerate(zip(across, row, strict=True)):
        hide = masked_beside_numbers if at in numbered else masked
        cells[place] = _without_numbers(cell, hide)
    return cells


def _without_numbers(cell: Cell, hide: Callable[[str], str]) -> Cell:
    """An identity number is one as text and as a number alike."""
    if isinstance(cell, str):
        return hide(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or cell != cell // 1:
        return cell
    text = f"{cell:.0f}"
    return clean if (clean := hide(text)) != text else cell


def _placed(grid: Grid, across: Sequence[int], box: Box) -> Box:
    first, last = grid.number(box[0]) - 1, grid.number(min(box[2], len(grid.rows) - 1)) - 1
    return first, across[box[1]], last, across[min(box[3], len(across) - 1)]


def _tagged(value: object) -> dict[str, Any]:
    """What JSON has no type for."""
    if isinstance(value, timedelta):
        return {"span": value.total_seconds()}
    for tag, kind in (("moment", datetime), ("day", date), ("time", time)):
        if isinstance(value, kind):
            return {tag: value.isoformat()}
    raise TypeError(type(value))


def _sheets(answer: bytes) -> list[SheetCells]:
    return [_sheet(found) for found in json.loads(answer)]


def _sheet(found: dict[str, Any]) -> SheetCells:
    rows = {int(number): [_cell(value) for value in row] for number, row in found["rows"].items()}
    merged = [(box[0], box[1], box[2], box[3]) for box in found["merged"]]
    scaled = {int(column): divisor for column, divisor in found["scaled"].items()}
    return SheetCells(**found | {"rows": rows, "merged": merged, "scaled": scaled})


def _cell(value: Any) -> Cell:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]  # JSON's own types are all of Cell
    ((tag, text),) = value.items()
    return _READ[tag](text)
