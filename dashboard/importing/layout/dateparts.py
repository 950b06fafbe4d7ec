"""A date in several columns (年 | 月 | 日), or its day alone under a month: one cell again.

The date stands in the first of the columns, the others are empty then; what cannot be put
together is left as words, so that the reader refuses it and names the cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.contracts.spelling import folded, plain
from dashboard.importing.columns import Cell, Columns, coded
from dashboard.importing.grids import Box, Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import cutting, surroundings
from dashboard.importing.layout.headers import SEARCHED
from dashboard.importing.report import Issue

_PARTS = (("年", "月", "日"), ("月", "日"))
_ALONE = frozenset(("日", "号", "日期"))
_NUMBER = re.compile(r"(\d{1,4})\s*[年月日号]?")
_YEAR = re.compile(r"((?:19|20)\d{2})年?度?")


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the parts stand, and what is known without them."""

    header: int
    first: int
    parts: tuple[str, ...]
    label: str
    year: int | None = None
    month: int | None = None


def joined(grid: Grid, file: str) -> Grid:
    """The grid with its dates in one column, and a note that says so; any other as it is."""
    found = _find(grid, file)
    if found is None:
        return grid
    width = len(found.parts)
    columns = [grid.column(found.first + offset) for offset in range(width)]
    below = range(found.header + 1, len(grid.rows))
    dates = {at: _put_together([c[at] for c in columns], found) for at in below}
    return replace(
        grid,
        rows=_replaced(grid, found, dates),
        merged=[_shrunk(box, found) for box in grid.merged],
        notes=[*grid.notes, _told(grid, found)],
    )


def _told(grid: Grid, found: _Found) -> Issue:
    cell = grid.where(found.header, found.first)
    if found.month is not None:
        return issue("days_of_title", cell, given=f"{found.year}-{found.month:02}")
    return issue("date_put_together", cell, given="、".join(found.parts))


def _find(grid: Grid, file: str) -> _Found | None:
    for at in range(min(SEARCHED, len(grid.rows))):
        labels = [plain(cell) if isinstance(cell, str) else "" for cell in grid.rows[at]]
        for parts in _PARTS:
            for first in range(len(labels) - len(parts) + 1):
                if tuple(labels[first : first + len(parts)]) == parts:
                    return _under(grid, at, first, parts)
        if (found := _day_alone(grid, at, labels, file)) is not None:
            return found
    return None


def _under(grid: Grid, at: int, first: int, parts: tuple[str, ...]) -> _Found:
    """The words merged over the parts name the field, or the year of all of them."""
    above = grid.rows[at - 1][first] if at else None
    beside = grid.rows[at - 1][first + 1 : first + len(parts)] if at else [above]
    covered = all(cell is None for cell in beside)
    if isinstance(above, int) and not isinstance(above, bool):
        above = str(above)
    parent = above if isinstance(above, str) and covered else ""
    named = _YEAR.fullmatch(plain(parent))
    label = "日期" if named or not parent or at < 1 else parent
    return _Found(at, first, parts, label, int(named[1]) if named else None)


def _day_alone(grid: Grid, at: int, labels: Sequence[str], file: str) -> _Found | None:
    """日 over nothing but numbers to 31, where title, sheet or file name one month."""
    place = next((p for p, label in enumerate(labels) if label in _ALONE), None)
    if place is None or sum(map(bool, labels)) < 2:
        return None
    numbers = [_number(cell) for cell in _sample(grid, at, place)]
    if not numbers or not all(number and number <= 31 for number in numbers):
        return None
    title = [cutting.words(grid.rows[:at])]
    month = surroundings.month_in(surroundings.around(title, grid, file))
    return _Found(at, place, (labels[place],), "日期", *month) if month else None


def _sample(grid: Grid, at: int, place: int) -> list[Cell]:
    """The cells below that are neither empty nor words without a figure (合计)."""
    below = [row[place] for row in grid.rows[at + 1 : at + 201]]
    return [
        cell
        for cell in below
        if cell is not None and not (isinstance(cell, str) and not re.search(r"\d", cell))
    ]


def _number(cell: Cell) -> int | None:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    found = _NUMBER.fullmatch(folded(cell).strip()) if isinstance(cell, str) else None
    return int(found[1]) if found else None


def _put_together(cells: Sequence[Cell], found: _Found) -> Cell:
    """A day; the words side by side where they are no day; the first cell where it is a word."""
    filled = [cell for cell in cells if cell is not None]
    if [plain(str(cell)) for cell in cells] == list(found.parts):  # the header once more
        return found.label
    numbers = dict(zip(found.parts, map(_number, cells), strict=True))
    if not filled or all(_number(cell) is None for cell in filled):
        return next(iter(filled), None)
    year = numbers.get("年") or found.year
    month, day = numbers.get("月") or found.month, list(numbers.values())[-1]
    if year is None and "年" not in found.parts and month and day:
        return f"{month}月{day}日"
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        pairs = zip(cells, found.parts, strict=True)
        return " ".join(f"{'' if cell is None else cell}{part}" for cell, part in pairs)


def _replaced(grid: Grid, found: _Found, dates: dict[int, Cell]) -> list[list[Cell]] | Columns:
    first, width = found.first, len(found.parts)
    if isinstance(grid.rows, Columns):
        columns = list(grid.rows.columns)
        for place in range(first, first + width):
            own: list[Cell] = [row[place] for row in grid.rows[: found.header]]
            new = [found.label, *dates.values()] if place == first else [None] * (len(dates) + 1)
            columns[place] = coded([*own, *new])
        return Columns(columns)
    empty: list[Cell] = [None] * (width - 1)
    rows = list(grid.rows)
    for at, day in {found.header: found.label, **dates}.items():
        rows[at] = [*rows[at][:first], day, *empty, *rows[at][first + width :]]
    return rows


def _shrunk(box: Box, found: _Found) -> Box:
    """What was merged over the parts covers the date only."""
    if box[0] <= found.header and box[1] == found.first and box[3] > box[1]:
        return box[0], box[1], box[2], box[1]
    return box
