"""A column of numbers of two tables by a category: what each value comes to, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dashboard.exploring.exact import whole
from dashboard.exploring.pairs.changes import MOST, cells, side_of
from dashboard.exploring.pairs.coding import EMPTY, Codes, scales
from dashboard.exploring.pairs.keys import Pairing


@dataclass(frozen=True, slots=True)
class Weighed:
    """All rows of one value in either table, in yuan where they are money; None where a table has
    none. `name` is None for empty cells, `others` how many values it stands for where it is the
    rest.
    """

    name: str | None
    before: Fraction | None
    after: Fraction | None
    others: int = 0


def weighed(pairing: Pairing, category: int, measure: int) -> list[Weighed]:
    """Matches by their places; the largest first, what is beyond twelve as one. The values are
    compared as keys are, so that one value in two spellings is one.
    """
    found = pairing.cells[category]
    if found is None:
        return []
    names = _names(pairing, category, found.left, found.right)
    ours = _sums(pairing, measure, 0, found.left)
    theirs = _sums(pairing, measure, 1, found.right)
    told = [Weighed(names[code], ours.get(code), theirs.get(code)) for code in names]
    told.sort(key=lambda one: (-_weight(one), one.name or ""))
    if len(told) <= MOST:
        return told
    tail = told[MOST - 1 :]
    before = sum((one.before or Fraction(0) for one in tail), Fraction(0))
    after = sum((one.after or Fraction(0) for one in tail), Fraction(0))
    return [*told[: MOST - 1], Weighed(None, before, after, len(tail))]


def _weight(one: Weighed) -> Fraction:
    return abs(one.before or Fraction(0)) + abs(one.after or Fraction(0))


def _names(pairing: Pairing, match: int, left: Codes, right: Codes) -> dict[int, str | None]:
    """What each code is called where it stands first, the later table before the earlier one."""
    names: dict[int, str | None] = {}
    for side, codes in ((1, right), (0, left)):
        known, first = np.unique(codes, return_index=True)
        sheet, place = side_of(pairing, match, side)
        for code, cell in zip(known.tolist(), cells(sheet, place, first), strict=True):
            names.setdefault(code, None if code == EMPTY else str(cell))
    return names


def _sums(pairing: Pairing, measure: int, side: int, codes: Codes) -> dict[int, Fraction]:
    numbers, scale = whole(pairing.values(measure)[side])
    factor = scales(*pairing.columns(measure))[side]
    known, places = np.unique(codes, return_inverse=True)
    totals = np.zeros(len(known), numbers.dtype)
    np.add.at(totals, places.reshape(-1), numbers)
    return {
        code: Fraction(int(total) * factor, 10**scale)
        for code, total in zip(known.tolist(), totals, strict=True)
    }
