"""A column of numbers in classes, for its distribution.

Whole numbers of at most 20 different values stand for themselves, if they lie within 20 of each
other (then with the empty ones between) or stand twice on an average. All others are put into 5 to
20 classes of one width, 1, 2 or 5 times a power of ten: the one nearest to twice the interquartile
range by the cube root of their number (Freedman and Diaconis, 1981). The lower edge belongs to a
class, the upper one to the next; to the last class both. What lies more than three interquartile
ranges beyond the quarters is one class more on its side, so that one wrong number flattens nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from dashboard.exploring.charting import axes
from dashboard.exploring.charting.axes import Axis, Whole
from dashboard.exploring.charting.recipe import Name
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text, same

FEW, LEAST, MOST = 20, 5, 20
FAR = 3  # interquartile ranges, as the doubts call values far
_CLASS = re.compile(r"\[(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)([)\]])")
_Ints = NDArray[np.int64] | NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Class:
    """From `low` to `high`, which belongs to it only where it is `closed`."""

    low: Fraction
    high: Fraction
    closed: bool
    far: int = 0  # -1 or 1: all that lies far below, or far above, the others

    @property
    def key(self) -> str:
        return f"[{_plain(self.low)},{_plain(self.high)}{']' if self.closed else ')'}"

    def holds(self, found: Whole) -> NDArray[np.bool_]:
        """Which rows have a number in it."""
        values, size = axes.integers(found), found.size
        above = values >= -((-self.low) // size)
        below = values <= self.high // size if self.closed else values < -((-self.high) // size)
        return np.asarray(above & below & (found.codes == 0), bool)


def class_of(key: str) -> Class | None:
    """The class a name's value means."""
    found = _CLASS.fullmatch(key)
    return Class(Fraction(found[1]), Fraction(found[2]), found[3] == "]") if found else None


def axis(sheet: LooseSheet, place: int) -> Axis:
    """Where the rows stand in the classes of a column of numbers."""
    found = axes.whole(sheet, place)
    numbers = axes.integers(found)
    there = numbers[found.codes == 0]
    if not len(there):
        return Axis(found.codes, (), True)
    different = np.unique(there)
    alone = _alone(different, len(there), found.size)
    classes = alone or _classes(there, found.size)
    starts = np.array([-((-one.low) // found.size) for one in classes], numbers.dtype)
    codes = np.searchsorted(starts, numbers, side="right") - 1
    ratio = sheet.columns[place].kind == "ratio"
    names = tuple(Name(_words(one, ratio), one.key) for one in classes)
    return Axis(np.where(found.codes == 0, codes, found.codes), names, True)


def _alone(different: _Ints, rows: int, size: Fraction) -> list[Class]:
    """A class for each value; none where they are too many or no whole numbers."""
    if len(different) > FEW:
        return []
    values = [int(value) * size for value in different]
    if any(value.denominator != 1 for value in values):
        return []
    near = values[-1] - values[0] < FEW
    if not near and rows < 2 * len(values):
        return []
    told = range(int(values[0]), int(values[-1]) + 1) if near else values
    return [Class(Fraction(value), Fraction(value), True) for value in told]


def _classes(there: _Ints, size: Fraction) -> list[Class]:
    """The classes of the near numbers, and of the far ones on either side."""
    least, most = (int(value) * size for value in (there.min(), there.max()))
    near, spread = _near(there)
    low, high = (int(value) * size for value in (near.min(), near.max()))
    if low == high:
        inner = [Class(low, high, True)]
    else:
        width = _width(low, high, size, 2 * spread * float(size) / len(near) ** (1 / 3))
        inner = _edged(low // width, _last(high, width, low), width, high < most)
    below = [Class(least, inner[0].low, False, -1)] if least < inner[0].low else []
    end = inner[-1].high
    return below + inner + ([Class(end, most, True, 1)] if high < most else [])


def _near(there: _Ints) -> tuple[_Ints, float]:
    """(the numbers that are not far from the others, how far the quarters lie apart)."""
    floats = there.astype(float)
    first, third = (float(one) for one in np.percentile(floats, [25, 75]))
    spread = third - first
    near = (floats >= first - FAR * spread) & (floats <= third + FAR * spread)
    return (there[near], spread) if spread else (there, 0.0)


def _edged(first: int, last: int, width: Fraction, more: bool) -> list[Class]:
    """Classes of one width; where none follows, the last one holds both of its edges."""
    edges = [(at * width, (at + 1) * width) for at in range(first, last + 1)]
    return [
        Class(low, high, place == len(edges) - 1 and not more)
        for place, (low, high) in enumerate(edges)
    ]


def _last(high: Fraction, width: Fraction, low: Fraction) -> int:
    """The last class: one below where the greatest number is its upper edge."""
    return high // width - (1 if high % width == 0 and high // width > low // width else 0)


def _width(low: Fraction, high: Fraction, size: Fraction, wanted: float) -> Fraction:
    reach = float(high - low)
    wanted = min(max(wanted or reach / 10, reach / MOST), reach / LEAST)
    power = floor(log10(reach))
    widths = [times * Fraction(10) ** k for k in range(power - 2, power + 1) for times in (1, 2, 5)]
    fitting = [one for one in widths if one >= size and one % size == 0] or [size]
    few = [one for one in fitting if LEAST <= _last(high, one, low) - low // one + 1 <= MOST]
    return min(few or fitting, key=lambda one: abs(log10(float(one) / wanted)))


def _words(one: Class, ratio: bool) -> Text:
    low, high = (_told(edge, ratio) for edge in (one.low, one.high))
    if one.far:
        return (
            Text(f"{high} 以下", f"under {high}")
            if one.far < 0
            else Text(f"{low} 及以上", f"{low} and more")
        )
    if one.low == one.high:
        return same(low)
    if one.low < 0:
        return Text(f"{low} 至 {high}", f"{low} to {high}")
    return same(f"{low}–{high}")


def _told(edge: Fraction, ratio: bool) -> str:
    whole, point, part = _plain(abs(edge) * (100 if ratio else 1)).partition(".")
    return f"{'-' if edge < 0 else ''}{int(whole):,}{point}{part}{'%' if ratio else ''}"


def _plain(edge: Fraction) -> str:
    """Exactly, as far as it goes; each is a whole number of tenths, hundredths or the like."""
    places = next(n for n in range(60) if (edge * 10**n).denominator == 1)
    digits = f"{abs(int(edge * 10**places)):0{places + 1}d}"
    bare = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{bare}" if edge < 0 else bare
