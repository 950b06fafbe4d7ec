"""The header of a sheet no contract knows: the first rows of words wide enough for its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dashboard.contracts.spelling import plain
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.layout import labels
from dashboard.importing.layout.headers import DEEPEST, SEARCHED, Header, depths, stack

_GROUP = re.compile(r"(?:信息|情况|资料|概况|简况)$")
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff（(])")  # a line's end within words


def header(grid: Grid) -> Header | None:
    """The rows that name six tenths of the widest row's columns, or None. A merged cell names what
    it covers; amounts, days and marks name nothing.
    """
    widest = max((_filled(row) for row in grid.rows[: SEARCHED + 20]), default=0)
    for first, row in enumerate(grid.rows[:SEARCHED]):
        if not _filled(row) or not labels.may_name(row) or _are_parents(grid, first):
            continue
        depth = _depth(grid, first)
        wide = labels.names(row) > 1 and _named(grid, first, depth) >= max(2, widest * 0.6)
        if wide or widest == 1:
            return named(grid, _with_parents(grid, first), first + depth - 1)
    return None


def named(grid: Grid, first: int, last: int) -> Header:
    """These rows as the header; equal names are told apart by their number."""
    return Header(first, last, _names(stack(grid, first, last - first + 1, figures=True)))


def _are_parents(grid: Grid, first: int) -> bool:
    """Nothing but cells merged over several columns, above names that begin further left."""
    lead = _places(grid.rows[first])
    below = grid.rows[first + 1] if first + 1 < len(grid.rows) else []
    return (
        _all_wide(grid, first)
        and min(_places(below), default=lead[0]) < lead[0]
        and labels.may_name(below)
    )


def _all_wide(grid: Grid, row: int) -> bool:
    """Whether each of its cells is merged over several columns."""
    wide = {box[1] for box in grid.merged if box[0] == box[2] == row and box[3] > box[1]}
    return set(_places(grid.rows[row])) <= wide


def _with_parents(grid: Grid, first: int) -> int:
    """Where the same words name several columns, the words above tell them apart."""
    named = [plain(cell) for cell in grid.rows[first] if isinstance(cell, str)]
    if not first or len(set(named)) == len(named):
        return first
    above = grid.rows[first - 1]
    return first - 1 if labels.names(above) > 1 and labels.may_name(above) else first


def _named(grid: Grid, first: int, depth: int) -> int:
    """How many columns these rows name. What is merged over half the table and has no names below
    it is a title.
    """
    last = first + depth - 1
    columns = {c for at in range(first, last + 1) for c in _places(grid.rows[at])}
    for box in grid.merged:
        if first <= box[0] <= last and grid.rows[box[0]][box[1]] is not None:
            parent = box[2] < last or (box[3] - box[1] + 1) * 2 <= grid.width
            columns |= set(range(box[1], box[3] + 1)) if parent else set()
    return len(columns)


def _depth(grid: Grid, first: int) -> int:
    """As deep as its merged cells; rows of words that name columns still without a name belong
    to it, too.
    """
    depth = min(depths(grid, first).start, len(grid.rows) - first)
    lead = _places(grid.rows[first])[0]
    while depth < DEEPEST and first + depth + 1 < len(grid.rows):
        below = grid.rows[first + depth]
        named = {c for at in range(first, first + depth) for c in _places(grid.rows[at])}
        under = _places(below)
        again = under[:1] <= [lead] and not (depth == 1 and _all_wide(grid, first))
        if len(under) < 2 or again or set(under) <= named or not labels.may_name(below):
            break
        depth += 1
    return depth


def _places(row: Sequence[Cell]) -> list[int]:
    return [place for place, cell in enumerate(row) if cell is not None]


def _filled(row: Sequence[Cell]) -> int:
    return len(_places(row))


def _names(stacked: list[list[str]]) -> list[str]:
    """The words from top to bottom; 基本信息 above 性别 says nothing, if no other is called so."""
    last = Counter(texts[-1] for texts in stacked if texts)
    names: list[str] = []
    for texts in stacked:
        alone = len(texts) > 1 and last[texts[-1]] == 1
        told = [word for word in texts[:-1] if not (alone and _GROUP.search(word))] + texts[-1:]
        name = " ".join(_BROKEN.sub("", word) for word in told)
        count = names.count(name)
        names.append(f"{name} #{count + 1}" if name and count else name)
    return names
