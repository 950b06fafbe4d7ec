"""How a table fits on A4: the size of its letters, its columns, upright, across or in parts.

Widths are estimated in em, a Chinese character being one; points on paper follow from the size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from dashboard.exhibits.model import Grid

NUMBERS = frozenset({"count", "money", "ratio", "people"})  # stand to the right
UNBROKEN = NUMBERS | {"date"}  # and these on one line
UPRIGHT, ACROSS = 481.0, 728.0  # points between the margins
NARROW, WIDE = frozenset(" .,:;'|!ijl()[]-"), frozenset("%@—mw")
LARGEST = 8.5  # points
WAYS = ((8.5, UPRIGHT), (7.5, UPRIGHT), (8.5, ACROSS), (7.5, ACROSS), (7.0, ACROSS))
PADDING = 8.5  # points, left and right of a cell together
WIDEST, RIGID, WORD = 60.0, 15.0, 12.0  # em: of a text column, a number, one word in a text
NARROWEST = 6.0  # em of a column of sentences
BOLD = 1.06  # how much wider bold letters are
FULL = 0.6  # of the page: a smaller table is not drawn apart further
LONG = 45  # rows that cannot stay on one page
TALL = 900  # letters in a cell, from where a row may run over the page


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column: `need` is the least, `wish` all it could use; em."""

    need: float
    wish: float


@dataclass(frozen=True, slots=True)
class Plan:
    """`size` and `widths` in points; `parts` the columns of each table it is split into."""

    size: float
    widths: tuple[float, ...]
    parts: tuple[tuple[int, ...], ...]
    flipped: bool


def em(text: str) -> float:
    """The width of the widest line, on the safe side."""
    return max((sum(map(_em, line)) for line in text.split("\n")), default=0.0)


def _em(letter: str) -> float:
    if east_asian_width(letter) in "WFA":
        return 1.0
    if letter in NARROW:
        return 0.36
    return 0.7 if letter.isupper() or letter in WIDE else 0.57


def column(head: str, cells: Sequence[str], *, rigid: bool) -> Column:
    """A rigid column's cells stay on one line; those of others wrap."""
    wish = min(WIDEST, max([em(head) * BOLD, *map(em, cells)]))
    if rigid:
        need = max([0.0, *map(em, cells)])
        return Column(max(_wrapped(head), min(RIGID, need)), wish)
    words = (em(word) for cell in cells for word in re.findall(r"[!-~]+", cell))
    need = min(wish, max([NARROWEST, *(min(WORD, word) for word in words)]))
    return Column(max(_wrapped(head), need), max(wish, need))


def _wrapped(head: str) -> float:
    """A heading of Chinese may take two lines, one of words as many as it has words."""
    words = re.findall(r"[!-~]+", head)
    return max([min(em(head), max(2.2, em(head) / 2 + 0.6)), *map(em, words)]) * BOLD


def planned(columns: Sequence[Column], *, across: bool = True) -> Plan:
    """The largest letters with which it fits, if it can unwrapped; in parts where none does.

    across: whether the page may be turned; where not, the table is as narrow as it must.
    """
    every = tuple(range(len(columns)))
    for size, room in WAYS[:2] if across else ():
        if _most(columns, size) <= room:
            return Plan(size, _spread(columns, size, room), (every,), flipped=False)
    for size, room in WAYS:
        if _least(columns, size) <= room or (not across and size < LARGEST):
            return Plan(size, _spread(columns, size, room), (every,), room == ACROSS)
    return _split(columns, 7.5)


def _least(columns: Sequence[Column], size: float) -> float:
    return sum(one.need * size + PADDING for one in columns)


def _most(columns: Sequence[Column], size: float) -> float:
    return sum(one.wish * size + PADDING for one in columns)


def _spread(columns: Sequence[Column], size: float, room: float) -> tuple[float, ...]:
    """What is over goes to those who wish more, then to all alike."""
    least = [one.need * size + PADDING for one in columns]
    more = [(one.wish - one.need) * size for one in columns]
    over = room - sum(least)
    if over < 0:
        return tuple(width * room / sum(least) for width in least)
    if sum(more) >= over:
        return tuple(
            a + b * over / sum(more) if sum(more) else a for a, b in zip(least, more, strict=True)
        )
    whole = sum(least) + sum(more)
    rest = (max(whole, FULL * room) if whole < FULL * room else room) - whole
    return tuple(a + b + rest / len(columns) for a, b in zip(least, more, strict=True))


def _split(columns: Sequence[Column], size: float) -> Plan:
    """As few parts as can be, alike in width; the first column comes again in each: it says whose
    row it is.
    """
    least = [min(one.need * size + PADDING, UPRIGHT / 2) for one in columns]
    count = ceil(sum(least[1:]) / (ACROSS - least[0]))
    while (widest := _widest(least, _parts(least, count))) > ACROSS:
        count += 1
    room = UPRIGHT if widest <= UPRIGHT else ACROSS
    spread = tuple(width * room / widest for width in least)
    return Plan(size, spread, tuple(_parts(least, count)), room == ACROSS)


def _widest(least: Sequence[float], parts: Sequence[Sequence[int]]) -> float:
    return max(sum(least[at] for at in part) for part in parts)


def _parts(least: Sequence[float], count: int) -> list[tuple[int, ...]]:
    """A column goes to the part in which its middle falls."""
    share, done = sum(least[1:]) / count, 0.0
    parts: list[list[int]] = [[0] for _ in range(count)]
    for place, width in enumerate(least[1:], start=1):
        parts[min(count - 1, int((done + width / 2) / share))].append(place)
        done += width
    return [tuple(part) for part in parts if len(part) > 1]


def ruled(grid: Grid) -> dict[str, Any]:
    """A table as its template reads it: its words, and the plan of its columns."""
    rows = [[cell.text for cell in row] for row in grid.rows]
    tall = any(len(text) > TALL for row in rows for text in row)
    return _plan(grid) | {"rows": rows, "tall": tall}


def _plan(grid: Grid) -> dict[str, Any]:
    told = zip(*([cell.text for cell in row] for row in grid.rows), strict=True)
    cells = list(told) or [() for _ in grid.heads]
    columns = [
        column(head.label, found, rigid=head.kind in UNBROKEN)
        for head, found in zip(grid.heads, cells, strict=True)
    ]
    plan = planned(columns)
    return {
        "heads": [{"label": head.label, "right": head.kind in NUMBERS} for head in grid.heads],
        "size": plan.size,
        "widths": list(plan.widths),
        "parts": [list(part) for part in plan.parts],
        "flipped": plan.flipped,
    }
