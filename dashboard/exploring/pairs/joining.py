"""Two tables made one on a key: what will come of it is told before, then it is made.

Each row of the left table stands beside each row of the right one that has its key; a row without
a key finds none. `left` keeps every row of the left table, `inner` those that found one, `full`
every row of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.errors import RefusedRequest
from dashboard.exploring.made import CODE, column, table
from dashboard.exploring.pairs.coding import EMPTY, held
from dashboard.exploring.pairs.keys import Key, Pairing, Places, counts
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text

How = Literal["left", "inner", "full"]
HOWS: dict[How, Text] = {
    "left": Text("保留主表每一行", "Every row of the first"),
    "inner": Text("只留对得上的", "Only rows that match"),
    "full": Text("两表都保留", "Every row of both"),
}
MOST = 1_000_000  # rows that many-to-many may make
SUFFIXED = Text("{column}（{table}）", "{column} ({table})")
_ENDS: tuple[Literal["left"], Literal["right"]] = ("left", "right")
OTHER_ROW = Text("附表行号", "Row of the second")


@dataclass(frozen=True, slots=True)
class Outlook:
    """`ones` and `manys`: rows of the left (right) table that find one, or more than one, row of
    the other; `rows`: how many the joined table will have.
    """

    key: Key
    how: How
    rows: int
    ones: tuple[int, int]
    manys: tuple[int, int]

    @property
    def shape(self) -> str:
        """1:1, 1:n, n:1 or m:n."""
        left, right = self.manys
        if left and right:
            return "m:n"
        return "1:n" if left else "n:1" if right else "1:1"

    @property
    def too_many(self) -> bool:
        return self.rows > max(MOST, self.key.left.rows + self.key.right.rows)


def outlook(pairing: Pairing, parts: Sequence[int], how: How) -> Outlook:
    """Before anything is made."""
    rows = pairing.key(parts)
    ours, theirs = counts(rows)
    met = theirs[rows.left[rows.left != EMPTY]], ours[rows.right[rows.right != EMPTY]]
    ones = int((met[0] == 1).sum()), int((met[1] == 1).sum())
    manys = int((met[0] > 1).sum()), int((met[1] > 1).sum())
    key = pairing.measured(parts)
    height = int(met[0].sum())
    height += key.left.rows - key.left.found if how != "inner" else 0
    height += key.right.rows - key.right.found if how == "full" else 0
    return Outlook(key, how, height, ones, manys)


def joined(pairing: Pairing, parts: Sequence[int], how: How, name: str, other: str) -> LooseSheet:
    """The joined table; `other` is what the right one is called where both have a column.

    Columns of the left table come first, then those of the right but for the key. Rows have the
    left table's numbers, those it has not the right one's; one more column tells the right row.
    Raises RefusedRequest: join_too_large.
    """
    told = outlook(pairing, parts, how)
    if told.too_many:
        raise RefusedRequest("join_too_large", rows=f"{told.rows:,}", limit=f"{MOST:,}")
    left, right = _places(pairing, parts, how)
    return _put(pairing, _shared(pairing, parts, how), left, right, (name, other))


def _places(pairing: Pairing, parts: Sequence[int], how: How) -> tuple[pa.Array, pa.Array]:
    """Which row of either table stands in each row of the new one; null where none."""
    rows = pairing.key(parts)
    order = np.argsort(rows.right, kind="stable")
    begin, end = (np.searchsorted(rows.right[order], rows.left, side) for side in _ENDS)
    times = np.where(rows.left == EMPTY, 0, end - begin)
    height = np.where((times == 0) & (how != "inner"), 1, times)
    left = np.repeat(np.arange(len(times)), height)
    step = np.arange(len(left)) - (np.cumsum(height) - height)[left]
    right = np.full(len(left), -1)
    met = times[left] > 0
    right[met] = order[(begin[left] + step)[met]]
    if how == "full":
        more = np.setdiff1d(np.arange(len(rows.right)), right)
        left = np.concatenate((left, np.full(len(more), -1)))
        right = np.concatenate((right, more))
    return _nulled(left), _nulled(right)


def _nulled(places: Places) -> pa.Array:
    return pa.array(places, pa.int64(), mask=places < 0)


def _put(
    pairing: Pairing,
    shared: dict[int, int],
    left: pa.Array,
    right: pa.Array,
    names: tuple[str, str],
) -> LooseSheet:
    """`shared`: columns of the right table whose cells stand in those of the left."""
    ours, theirs = pairing.left, pairing.right
    theirs_of = {mine: place for place, mine in shared.items()}
    labels = {one.label for one in ours.columns}
    made = []
    for place, one in enumerate(ours.columns):
        arrays = _taken(held(ours), place, left)
        if place in theirs_of and left.null_count:
            arrays = _coalesced(arrays, _taken(held(theirs), theirs_of[place], right), left)
        made.append(column(one, arrays))
    for place, one in enumerate(theirs.columns):
        if place not in shared:
            told = replace(one, header=_labelled(one.label, labels, names[1]))
            made.append(column(told, _taken(held(theirs), place, right)))
    numbers = held(theirs)["row"].take(right).combine_chunks()
    told = replace(CODE, header=_labelled(OTHER_ROW.zh, labels, names[1]))
    made.append(column(told, {"c": numbers.cast(pa.string())}))
    rows = pc.coalesce(held(ours)["row"].take(left).combine_chunks(), numbers)
    people = ours.tells_of_people or theirs.tells_of_people
    return table(names[0], rows, made, people=people)


def _shared(pairing: Pairing, parts: Sequence[int], how: How) -> dict[int, int]:
    """The key's columns, right to left. Where rows of the right table stand alone, only those
    that hold the same kind of cells: theirs are put in the left one's place.
    """
    alike = (part for part in parts if how != "full" or _is_alike(pairing, part))
    return {pairing.matches[part].right: pairing.matches[part].left for part in alike}


def _is_alike(pairing: Pairing, part: int) -> bool:
    one, other = pairing.columns(part)
    ours, theirs = pairing.values(part)
    return (one.kind, one.unit, ours.type) == (other.kind, other.unit, theirs.type)


def _taken(found: pa.Table, place: int, rows: pa.Array) -> dict[str, pa.Array]:
    named = {mark: f"{mark}{place}" for mark in "ctkp" if f"{mark}{place}" in found.column_names}
    return {mark: found[name].take(rows).combine_chunks() for mark, name in named.items()}


def _coalesced(
    ours: dict[str, pa.Array], theirs: dict[str, pa.Array], left: pa.Array
) -> dict[str, pa.Array]:
    """The left table's cells, the right's where it has no row."""
    there = left.is_valid()
    return {mark: pc.if_else(there, ours[mark], theirs[mark]) for mark in ours if mark in theirs}


def _labelled(label: str, taken: set[str], table_name: str) -> str:
    return SUFFIXED.format(column=label, table=table_name).zh if label in taken else label
