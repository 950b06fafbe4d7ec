"""Where things stand on a slide, and how much text fits there. Lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from pptx.util import Emu, Length, Pt

from dashboard.exhibits.paging import em

SMALLEST = 14.0  # what can be read from the back of a hall: 28 px of 1080
LEADING = 1.4  # a line's height, in its letters' size: the tallest of the usual Chinese fonts
BREAK = "\u2028"  # between two lines of one run
BOLD = 1.08  # how much wider bold letters are


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, left: int, top: int, width: int, height: int) -> Area:
        """From English metric units, as the file has them."""
        return cls(*(Emu(side).pt for side in (left, top, width, height)))

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def size(self) -> float:
        return max(self.width, 0) * max(self.height, 0)

    def sides(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width, height, as shapes are given them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)

    def below(self, height: float) -> Area:
        """What is left under a strip of this height."""
        return Area(self.left, self.top + height, self.width, self.height - height)

    def strip(self, height: float) -> Area:
        return Area(self.left, self.top, self.width, height)

    def without(self, other: Area) -> Area:
        """The largest rectangle of it that does not touch the other one."""
        if min(self.right, other.right) <= max(self.left, other.left):
            return self
        if min(self.bottom, other.bottom) <= max(self.top, other.top):
            return self
        left = Area(self.left, self.top, other.left - self.left, self.height)
        above = Area(self.left, self.top, self.width, other.top - self.top)
        right = Area(other.right, self.top, self.right - other.right, self.height)
        below = Area(self.left, other.bottom, self.width, self.bottom - other.bottom)
        return max((left, above, right, below), key=lambda area: area.size)


def grid(area: Area, columns: int, rows: int, gap: float) -> list[Area]:
    """Equal fields, row by row."""
    width = (area.width - gap * (columns - 1)) / columns
    height = (area.height - gap * (rows - 1)) / rows
    return [
        Area(area.left + at * (width + gap), area.top + row * (height + gap), width, height)
        for row in range(rows)
        for at in range(columns)
    ]


def fitting(words: str, width: float, largest: float, least: float = SMALLEST) -> float:
    """The size in which the words take one line of this width; never under `least`."""
    wide = em(words) * BOLD
    return max(least, min(largest, width / wide if wide else largest))


def lines(words: str, width: float, size: float) -> int:
    """How many lines of this width the words take; they break a little before the edge."""
    return max(1, ceil(em(words) * 1.08 * size / max(width, size)))


def cut(words: str, width: float, size: float, lines: int = 1) -> str:
    """What fits so many lines of this width, with a mark where something is left out."""
    room = width / size * (lines if lines == 1 else lines - 0.3)
    if em(words) <= room:
        return words
    kept = words
    while kept and em(kept) > room - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def broken(words: str, width: float, size: float, tail: str = "") -> str:
    """On at most two lines, broken at a space where there is one; the tail is never cut."""
    room = width / size
    if em(words + tail) <= room:
        return words + tail
    first = words
    while em(first) > room:
        first = first[:-1]
    if "年" in first[:-1]:  # a year and its month
        first = first[: first.rindex("年", 0, -1) + 1]
    elif "–" in first[:-1] and len(first) < len(words):  # from one number to another
        first = first[: first.rindex("–") + 1]
    elif " " in first[2:] and len(first) < len(words) and words[len(first)] != " ":
        first = first[: first.rindex(" ")]
    first = first or words[:1]
    rest = cut(words[len(first) :].strip(), width - em(tail) * size, size)
    return f"{first.rstrip()}{BREAK}{rest}{tail}"
