"""A long or wide table in parts that fit: some rows with all their columns, then the next rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from dashboard.exhibits.model import Cell, Grid

Row = tuple[Cell, ...]

WIDEST = 16.0  # em of a column, before its words go on in a second line
BETWEEN = 1.4  # em between two columns
LINES = 3  # of words in one cell; what is longer is cut with a mark
CHINESE, BROAD, LATIN, NARROW = 1.0, 0.95, 0.57, 0.3  # em a letter takes
_BROAD, _NARROW = set("%@MWmw→—"), set(" .,:;|!'ilj")


def pages(grid: Grid, rows: int, ems: float, widest: float = WIDEST) -> list[Grid]:
    """Parts of at most `rows` lines of words under the heading, and at most `ems` wide.

    widest: em of a column, before its words go on in a second line

    A row of long words takes as many lines as they need. Columns that do not fit beside the others
    follow after the one that names the row. A table without rows is one part.
    """
    across = _columns(widths(grid, widest), ems, naming(grid))
    return [
        Grid(tuple(grid.heads[at] for at in columns), tuple(_picked(row, columns) for row in part))
        for part in _rows(grid, rows, widest)
        for columns in across
    ]


def naming(grid: Grid) -> int:
    """The column that tells one row from another: the first of words that differ, or the first."""
    different = (
        at
        for at, head in enumerate(grid.heads)
        if head.kind in ("label", "text")
        and len({row[at].text for row in grid.rows}) == len(grid.rows)
    )
    return next(different, 0)


def widths(grid: Grid, widest: float = WIDEST) -> list[float]:
    """How wide each column wants to be, in em, the room beside it included."""
    return [
        min(widest, max([em(head.label), *(em(row[at].text) for row in grid.rows)])) + BETWEEN
        for at, head in enumerate(grid.heads)
    ]


def roomiest(grid: Grid, ems: float) -> float:
    """How wide a column of long words may get, all still standing beside one another; where they
    do not fit anyway, as wide as ever.
    """
    wide, room = WIDEST, ems - sum(widths(grid)) - 0.1
    while room > 0 and (more := [w for w in widths(grid, ems) if w > wide + BETWEEN]):
        step = min(room / len(more), min(more) - BETWEEN - wide)
        wide, room = wide + step, room - step * len(more)
        if step < 0.01:
            break
    return wide


def em(words: str) -> float:
    """How wide words are, in em: a Chinese letter is as wide as it is high."""
    return sum(_em(mark) for mark in words)


def _em(mark: str) -> float:
    if east_asian_width(mark) in "WF":
        return CHINESE
    if mark in _BROAD:
        return BROAD
    return NARROW if mark in _NARROW else LATIN


def lines(words: str, widest: float = WIDEST) -> int:
    """How many lines words take in the widest column; one more than they fill, for they break
    where a word ends.
    """
    width = em(words)
    return 1 if width <= widest else min(LINES, int(width * 1.1 / widest) + 1)


def cut(words: str, widest: float = WIDEST) -> str:
    """What fits the lines of one cell, with a mark where it is cut."""
    room = widest * (LINES - 0.4)
    if em(words) <= room:
        return words
    kept = words
    while em(kept) > room - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def height(row: Sequence[Cell], widest: float = WIDEST) -> int:
    """How many lines a row takes."""
    return max((lines(cell.text, widest) for cell in row), default=1)


def _rows(grid: Grid, most: int, widest: float) -> list[Sequence[Row]]:
    """Equally long parts, so that no single row is left over for the last."""
    full = list(_filled(grid.rows, most, widest))
    total = sum(height(row, widest) for row in grid.rows)
    even = list(_filled(grid.rows, -(-total // len(full)) if full else most, widest))
    return (even if len(even) <= len(full) else full) or [()]


def _filled(rows: Sequence[Row], most: int, widest: float) -> Iterator[Sequence[Row]]:
    part: list[Row] = []
    taken = 0
    for row in rows:
        if part and taken + height(row, widest) > most:
            yield part
            part, taken = [], 0
        part.append(row)
        taken += height(row, widest)
    if part:
        yield part


def _columns(wide: Sequence[float], ems: float, naming: int) -> list[list[int]]:
    """Equally wide parts; the column that names a row stands on each."""
    full = list(_beside(wide, ems, naming))
    fair = wide[naming] + (sum(wide) - wide[naming]) / len(full) + max(wide) / 2
    even = list(_beside(wide, min(fair, ems), naming))
    return even if len(even) == len(full) else full


def _beside(wide: Sequence[float], ems: float, naming: int) -> Iterator[list[int]]:
    """On the first part the naming column keeps its place, on the others it leads."""
    parts: list[list[int]] = [[]]
    taken = wide[naming]
    for at in (at for at in range(len(wide)) if at != naming):
        if parts[-1] and taken + wide[at] > ems:
            parts.append([])
            taken = wide[naming]
        parts[-1].append(at)
        taken += wide[at]
    yield sorted([*parts[0], naming])
    yield from ([naming, *part] for part in parts[1:])


def _picked(row: Sequence[Cell], columns: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(row[at] for at in columns)
