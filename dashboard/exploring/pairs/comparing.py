"""Two tables of the same things: what came, what went, what changed, in rows and in sums.

A row is paired with the one of the other table that has the same key, where either has that key
once. Every row is in exactly one group:

    rows of the left table  = same + changed + removed + repeated there + without a key there
    rows of the right table = same + changed + added + repeated there + without a key there

Repeated are all rows of a key that stands more than once on either side: which of them is which
nobody knows. A row without a key is one where a part of it is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dashboard.exploring.exact import total
from dashboard.exploring.pairs.coding import EMPTY, Codes, scales
from dashboard.exploring.pairs.keys import Pairing, Places, counts
from dashboard.importing.loose.model import NUMERIC


@dataclass(frozen=True, slots=True)
class Sums:
    """A column of numbers, in yuan where it is money: its sum over all rows of either table, and
    how the difference came about.

    after - before = changed + added - removed + others
    """

    before: Fraction
    after: Fraction
    changed: Fraction
    added: Fraction
    removed: Fraction

    @property
    def difference(self) -> Fraction:
        return self.after - self.before

    @property
    def others(self) -> Fraction:
        """By rows that are repeated or have no key."""
        return self.difference - self.changed - self.added + self.removed


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A matched column: in how many paired rows it differs (None: it cannot be compared)."""

    match: int
    rows: int | None
    sums: Sums | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The rows by their places in the two tables, from 0. `same` and `changed` are pairs, one row
    of either table each; `differs` tells for each changed pair (down) and column (across) whether
    its cells do.
    """

    parts: tuple[int, ...]
    same: tuple[Places, Places]
    changed: tuple[Places, Places]
    differs: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    added: Places
    removed: Places
    repeated: tuple[Places, Places]
    without: tuple[Places, Places]
    columns: tuple[ColumnChange, ...]

    @property
    def alike(self) -> Fraction | None:
        """The share of equal cells in paired rows, beside the key; None where there are none. A
        small one says that the key pairs what is not the same.
        """
        beside = [one.rows for one in self.columns if one.match not in self.parts]
        compared = [rows for rows in beside if rows is not None]
        cells = len(compared) * (len(self.same[0]) + len(self.changed[0]))
        return Fraction(cells - sum(compared), cells) if cells else None


def compare(pairing: Pairing, parts: Sequence[int]) -> Comparison:
    """Under the key of these matches."""
    rows = pairing.key(parts)
    ours, theirs = counts(rows)
    left, right = _grouped(rows.left, ours, theirs), _grouped(rows.right, theirs, ours)
    place = np.zeros(len(theirs), np.int64)
    place[rows.right[right.paired]] = right.paired
    pairs = left.paired, place[rows.left[left.paired]]
    differs = _differs(pairing, parts, *pairs)
    any_differs = differs.any(axis=1)
    same, changed = ((pairs[0][wanted], pairs[1][wanted]) for wanted in (~any_differs, any_differs))
    columns = tuple(
        ColumnChange(
            match,
            None if pairing.cells[match] is None else int(differs[:, match].sum()),
            _sums(pairing, match, changed, right.alone, left.alone),
        )
        for match in range(len(pairing.matches))
    )
    return Comparison(
        tuple(parts), same, changed, differs[any_differs], right.alone, left.alone,
        (left.repeated, right.repeated), (left.without, right.without), columns,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Grouped:
    """The rows of one table by what becomes of them."""

    paired: Places
    alone: Places
    repeated: Places
    without: Places


def _grouped(rows: Codes, mine: Places, others: Places) -> _Grouped:
    if not len(mine):
        nothing = np.zeros(0, np.int64)
        return _Grouped(nothing, nothing, nothing, np.arange(len(rows)))
    without = rows == EMPTY
    once, there = mine[rows] == 1, others[rows]
    single = ~without & once & (there <= 1)
    return _Grouped(
        np.flatnonzero(single & (there == 1)),
        np.flatnonzero(single & (there == 0)),
        np.flatnonzero(~without & ~single),
        np.flatnonzero(without),
    )


def _differs(
    pairing: Pairing, parts: Sequence[int], left: Places, right: Places
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    found = np.zeros((len(left), len(pairing.matches)), bool)
    for match, cells in enumerate(pairing.cells):
        if cells is not None and match not in parts:
            found[:, match] = cells.left[left] != cells.right[right]
    return found


def _sums(
    pairing: Pairing, match: int, changed: tuple[Places, Places], added: Places, removed: Places
) -> Sums | None:
    """None of a column that is no number, or a rate: rates are not added up."""
    one, other = pairing.columns(match)
    if not {one.kind, other.kind} <= NUMERIC - {"ratio"}:
        return None
    ours, theirs = scales(one, other)
    before, after = pairing.values(match)
    moved = total(after, changed[1]) * theirs - total(before, changed[0]) * ours
    return Sums(
        total(before) * ours, total(after) * theirs, moved,
        total(after, added) * theirs, total(before, removed) * ours,
    )  # fmt: skip
