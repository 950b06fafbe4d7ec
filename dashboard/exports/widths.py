"""How a table fits on A4: the size of its letters, its columns, upright, across or in parts.

Widths are estimated in em, a Chinese character being one; points on paper follow from the size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

UPRIGHT, ACROSS = 481.0, 728.0  # points between the margins
WAYS = ((8.5, UPRIGHT), (7.5, UPRIGHT), (8.5, ACROSS), (7.5, ACROSS), (7.0, ACROSS))
PADDING = 8.5  # points, left and right of a cell together
WIDEST, RIGID, WORD = 40.0, 15.0, 12.0  # em: of a text column, a number, one word in a text
NARROWEST = 6.0  # em of a column of sentences
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
    return 0.72 if letter.isupper() or letter in "%@—mw" else 0.58


def column(head: str, cells: Sequence[str], *, rigid: bool) -> Column:
    """A rigid column's cells stay on one line; those of others wrap."""
    wish = min(WIDEST, max([_wrapped(head), *map(em, cells)]))
    if rigid:
        need = max([0.0, *map(em, cells)])
        return Column(max(_wrapped(head), min(RIGID, need)), wish)
    words = (em(word) for cell in cells for word in re.findall(r"[!-~]+", cell))
    need = min(wish, max([NARROWEST, *(min(WORD, word) for word in words)]))
    return Column(max(_wrapped(head), need), max(wish, need))


def _wrapped(head: str) -> float:
    """A heading of Chinese may take two lines, one of words as many as it has words."""
    words = re.findall(r"[!-~]+", head)
    return max([min(em(head), max(2.2, em(head) / 2 + 0.6)), *map(em, words)]) * 1.06


def planned(columns: Sequence[Column]) -> Plan:
    """The largest letters with which it fits; in parts across the page where none does."""
    every = tuple(range(len(columns)))
    for size, room in WAYS:
        if _least(columns, size) <= room:
            return Plan(size, _spread(columns, size, room), (every,), room == ACROSS)
    return _split(columns, 7.5)


def _least(columns: Sequence[Column], size: float) -> float:
    return sum(one.need * size + PADDING for one in columns)


def _spread(columns: Sequence[Column], size: float, room: float) -> tuple[float, ...]:
    """What is over goes to those who wish more, then to all alike."""
    least = [one.need * size + PADDING for one in columns]
    more = [(one.wish - one.need) * size for one in columns]
    over = room - sum(least)
    if sum(more) >= over:
        return tuple(a + b * over / sum(more) if sum(more) else a for a, b in zip(least, more, strict=True))
    whole = sum(least) + sum(more)
    rest = (max(whole, FULL * room) if whole < FULL * room else room) - whole
    return tuple(a + b + rest / len(columns) for a, b in zip(least, more, strict=True))


def _split(columns: Sequence[Column], size: float) -> Plan:
    """The first column comes again in each part: it says whose row it is."""
    widths = [min(one.need * size + PADDING, ACROSS / 2) for one in columns]
    parts, room = [[0]], ACROSS - widths[0]
    for place, width in enumerate(widths[1:], start=1):
        if width > room:
            parts.append([0])
            room = ACROSS - widths[0]
        parts[-1].append(place)
        room -= width
    return Plan(size, tuple(widths), tuple(map(tuple, parts)), flipped=True)
