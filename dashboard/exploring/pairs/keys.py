"""What makes a row of one table and a row of another the same: proposed, and measured.

A key is one matched column or several. Proposed are at most five: single columns, and pairs where
no single one will do, ranked by how many rows they tell apart and how many they find on the other
side; of nearly equal ones numbers go before names, and those before days and words. What counts
the rows (1, 2, 3 … on both sides) says nothing and is never proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.exploring.pairs.coding import EMPTY, Coded, Codes, coded, held, together
from dashboard.exploring.pairs.matching import Match, is_serial
from dashboard.importing.loose.model import LooseColumn, LooseSheet

PROPOSED, LEAST = 5, Fraction(1, 10)
GOOD = Fraction(49, 50)  # of a single column: then no pair is tried
_PAIRED = 8  # columns of which pairs are tried
# How far a kind tells one thing from all others, whatever this table's rows happen to say: days
# may all differ by chance, phones and names change hands.
_SURE = {
    "identity": Fraction(1), "code": Fraction(1), "card": Fraction(97, 100),
    "phone": Fraction(19, 20), "name": Fraction(19, 20),
}  # fmt: skip
_UNSURE, _OF_TWO = Fraction(3, 4), Fraction(97, 100)
_ALONE = frozenset(
    ("identity", "code", "phone", "name", "card", "category", "text", "date", "month", "year")
)
_WITH_ANOTHER = _ALONE | {"money", "number", "count"}
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """One table under a key: its rows, those where a part of the key is empty, those whose key
    stands more than once in it, those whose key stands in the other table.
    """

    rows: int
    empty: int
    repeated: int
    found: int

    @property
    def unique(self) -> Fraction:
        """Of the rows that have the key, those that are alone with it."""
        filled = self.rows - self.empty
        return Fraction(filled - self.repeated, filled) if filled else Fraction(0)

    @property
    def matched(self) -> Fraction:
        """Of all rows, those found on the other side."""
        return Fraction(self.found, self.rows) if self.rows else Fraction(0)


@dataclass(frozen=True, slots=True)
class Key:
    """`parts` are places among the matches."""

    parts: tuple[int, ...]
    left: Side
    right: Side

    @property
    def pairs_rows(self) -> Fraction:
        """How well it tells which row is which: both sides unique, and one found in the other."""
        return min(self.left.unique, self.right.unique) * self._met

    @property
    def looks_up(self) -> Fraction:
        """How well one side's rows are looked up in the other, unique on one of them."""
        return max(self.left.unique, self.right.unique) * self._met

    @property
    def _met(self) -> Fraction:
        return max(self.left.matched, self.right.matched)


class Pairing:
    """Two tables, their matched columns, and the cells of these as numbers; `cells` where they
    were made before.
    """

    def __init__(
        self,
        left: LooseSheet,
        right: LooseSheet,
        matched: Sequence[Match],
        cells: tuple[Coded | None, ...] | None = None,
    ) -> None:
        self.left, self.right, self.matches = left, right, tuple(matched)
        made = (coded(left, one.left, right, one.right) for one in self.matches)
        self.cells = tuple(one and one.narrow() for one in made) if cells is None else cells

    def columns(self, match: int) -> tuple[LooseColumn, LooseColumn]:
        one = self.matches[match]
        return self.left.columns[one.left], self.right.columns[one.right]

    def values(self, match: int) -> tuple[pa.Array, pa.Array]:
        """c{n} of either column."""
        one = self.matches[match]
        ours, theirs = held(self.left)[f"c{one.left}"], held(self.right)[f"c{one.right}"]
        return ours.combine_chunks(), theirs.combine_chunks()

    def can_be_key(self, part: int) -> bool:
        return self.cells[part] is not None

    def key(self, parts: Sequence[int]) -> Coded:
        """The rows under this key; all of them without one where a part cannot be compared."""
        columns = [column for part in parts if (column := self.cells[part]) is not None]
        if not columns or len(columns) < len(parts):
            ours, theirs = (np.full(side.rows, EMPTY) for side in (self.left, self.right))
            return Coded(ours, theirs)
        return together(columns)

    def measured(self, parts: Sequence[int]) -> Key:
        rows = self.key(parts)
        ours, theirs = counts(rows)
        return Key(tuple(parts), _side(rows.left, ours, theirs), _side(rows.right, theirs, ours))

    def proposed(self, *, lookup: bool = False) -> tuple[Key, ...]:
        """The best first; `lookup` where one side may have a key many times."""
        singles = [self.measured((part,)) for part in self._candidates(_ALONE)]
        good = any(_worth(key, lookup) >= GOOD for key in singles)
        found = singles if good else [*singles, *self._pairs(singles, lookup)]
        best = sorted(found, key=lambda key: self._rank(key, lookup))
        return tuple(key for key in best if _worth(key, lookup) >= LEAST)[:PROPOSED]

    def _pairs(self, singles: Sequence[Key], lookup: bool) -> list[Key]:
        """Those that do better than either of their columns."""
        alone = {key.parts[0]: _worth(key, lookup) for key in singles}
        several = sorted(self._candidates(_WITH_ANOTHER), key=self._differing)[:_PAIRED]
        pairs = [self.measured(pair) for pair in combinations(sorted(several), 2)]
        return [
            key
            for key in pairs
            if any(part in alone for part in key.parts)
            and _worth(key, lookup) > max(alone.get(part, Fraction(0)) for part in key.parts)
        ]

    def _differing(self, part: int) -> int:
        """The most different values first."""
        return -min(column.distinct for column in self.columns(part))

    def _candidates(self, kinds: frozenset[str]) -> list[int]:
        return [
            part
            for part in range(len(self.matches))
            if self.can_be_key(part)
            and {column.kind for column in self.columns(part)} <= kinds
            and not self._is_serial(part)
        ]

    def _is_serial(self, part: int) -> bool:
        """By its header, or where either table counts its rows from 1 without a gap."""
        if any(is_serial(column) for column in self.columns(part)):
            return True
        return all(_counts_rows(values) for values in self.values(part))

    def _rank(self, key: Key, lookup: bool) -> tuple[Fraction, Fraction, tuple[int, ...]]:
        kinds = [column.kind for part in key.parts for column in self.columns(part)]
        sure = max(_SURE.get(kind, _UNSURE) for kind in kinds)
        sure *= _OF_TWO if len(key.parts) > 1 else 1
        return -_worth(key, lookup) * sure, -key.pairs_rows, key.parts


def _counts_rows(values: pa.Array) -> bool:
    """Whether they are 1, 2, 3 … from the first row to the last."""
    if not len(values) or not pa.types.is_string(values.type):
        return False
    told = (str(value).lstrip("0") for value in values.to_pylist())
    return all(value == str(row) for row, value in enumerate(told, start=1))


def counts(rows: Coded) -> tuple[Places, Places]:
    """How often each key stands on either side."""
    size = int(max(rows.left.max(initial=EMPTY), rows.right.max(initial=EMPTY))) + 1
    ours, theirs = (
        np.bincount(side[side != EMPTY], minlength=size) for side in (rows.left, rows.right)
    )
    return ours, theirs


def _worth(key: Key, lookup: bool) -> Fraction:
    return key.looks_up if lookup else key.pairs_rows


def _side(rows: Codes, mine: Places, others: Places) -> Side:
    there = rows[rows != EMPTY]
    repeated, found = int((mine[there] > 1).sum()), int((others[there] > 0).sum())
    return Side(len(rows), len(rows) - len(there), repeated, found)
