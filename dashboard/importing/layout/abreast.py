"""Tables side by side: the header starts anew, or an empty column parts two registers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Cell, Mask
from dashboard.importing.grids import Grid
from dashboard.importing.layout import cutting, headers, unknown
from dashboard.importing.layout.headers import Header

_LEAST = 4  # columns below which nothing stands beside anything


def parts(grid: Grid, file: str) -> list[Grid]:
    """The tables from left to right; one where there is but one. Titles over all of them stay
    with the first, and stand above the others as their heading.
    """
    if grid.width < _LEAST:
        return [grid]
    around = f"{grid.heading} {cutting.words(grid.rows[:3])} {grid.name} {file}"
    header = headers.find(grid, around) or unknown.header(grid)
    if header is None:
        return [grid]
    stacked = headers.stack(grid, header.first, len(header.rows))
    used = [
        bool(label) or bool(_filled(grid, place)[header.first :].any())
        for place, label in enumerate(header.labels)
    ]
    starts = _anew(stacked, used) or _apart(grid, header, used, around)
    if len(starts) < 2:
        return [grid]
    edges = [0, *starts[1:], grid.width]
    sides = [range(a, b) for a, b in pairwise(edges)]
    top = _captions(grid, header.first, sides)
    title = f"{grid.heading} {cutting.words(grid.rows[:top])}".strip()
    return [
        _side(grid, columns, top, title if place else grid.heading, _parent(stacked, columns))
        for place, columns in enumerate(sides)
    ]


def _anew(stacked: list[list[str]], used: list[bool]) -> list[int]:
    """Where the same headers begin again; the last time some may be missing at the end. A column
    of cells without a header is one of them.
    """
    lowest = [plain(texts[-1]) if texts else "" for texts in stacked]
    named = [(place, label) for place, label in enumerate(lowest) if used[place]]
    labels = [label for _, label in named]
    for width in range(2, len(labels) // 2 + 1):
        rest = len(labels) % width
        if len(set(labels[:width])) == width and rest != 1 and _repeats(labels, width):
            return [place for place, _ in named[::width]]
    return []


def _repeats(labels: list[str], width: int) -> bool:
    return all(label == labels[place % width] for place, label in enumerate(labels))


def _apart(grid: Grid, header: Header, used: list[bool], words: str) -> list[int]:
    """Where an empty column parts two sides that are registers each, or have rows of their own."""
    edges = [p for p, there in enumerate(used) if there and (p == 0 or not used[p - 1])]
    if len(edges) < 2:
        return []
    stops = [*edges[1:], grid.width]
    sides = [range(a, b) for a, b in zip(edges, stops, strict=True)]
    if any(sum(bool(header.labels[c]) for c in side) < 2 for side in sides):
        return []
    registers = all(_is_register(grid, header, side, words) for side in sides)
    own = all(_has_own_rows(grid, header, side) for side in sides[1:])
    return edges if registers or own else []


def _filled(grid: Grid, place: int) -> Mask:
    return cutting.there(grid.column(place))


def _is_register(grid: Grid, header: Header, side: range, words: str) -> bool:
    rows = range(header.first, min(header.last + 2, len(grid.rows)))
    alone = cutting.part(grid, rows, side)
    found = headers.best_at(alone, 0, min(len(header.rows), len(alone.rows)), words)
    return found is not None


def _has_own_rows(grid: Grid, header: Header, side: range) -> bool:
    """At least two rows begin here while nothing stands to their left."""
    left = np.any([_filled(grid, place) for place in range(side.start)], axis=0)
    own = (_filled(grid, side.start) & ~left)[header.last + 1 :]
    return int(own.sum()) > 1


def _captions(grid: Grid, header: int, sides: list[range]) -> int:
    """The first of the rows right above the header in which more than one side has words."""
    top = header
    while top and sum(_says(grid.rows[top - 1], side) for side in sides) > 1:
        top -= 1
    return top


def _says(row: list[Cell], side: range) -> bool:
    return any(row[place] is not None for place in side)


def _parent(stacked: list[list[str]], columns: range) -> str:
    """收入 over all columns of a side is its caption."""
    parents = {stacked[place][0] for place in columns if len(stacked[place]) > 1}
    alone = {stacked[place][0] for place in columns if len(stacked[place]) == 1}
    return parents.pop() if len(parents) == 1 and not alone else ""


def _end(grid: Grid, columns: range, first: int) -> int:
    """Below the last row of this side; the other may be longer."""
    used = np.any([_filled(grid, place) for place in columns], axis=0)
    return max(int(np.flatnonzero(used)[-1]) + 1 if used.any() else 0, first + 1)


def _side(grid: Grid, columns: range, top: int, title: str, caption: str) -> Grid:
    first = 0 if columns.start == 0 else top
    rows = range(first, _end(grid, columns, first))
    found = cutting.part(grid, rows, columns, f"{title} {caption}".strip())
    for at in range(first, top):
        found.rows[at] = _gathered(grid.rows[at], columns.stop)  # type: ignore[index]
    return found


def _gathered(row: list[Cell], width: int) -> list[Cell]:
    """A title's cells in so many columns, wherever they stood."""
    kept, beyond = row[:width], [cell for cell in row[width:] if cell is not None]
    for place, cell in enumerate(kept):
        if cell is None and beyond:
            kept[place] = beyond.pop(0)
    return [*kept[:-1], cutting.words([[kept[-1], *beyond]])] if beyond else kept
