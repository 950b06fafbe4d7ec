"""The cells of two matched columns as numbers: equal cells have equal ones.

Persons are told apart by the keys the reading child made (k{n}), which lead back to nobody. Numbers
are compared exactly, money of different units in yuan, days as days. All other cells are words:
full-width, traditional and capital letters and blanks make no difference, punctuation does. A
leading zero of a code (0012) makes none where it tells no two cells of one table apart. A cell
that is not what its column holds is its own words; what says that there is none is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.contracts.spelling import folded, simplified
from dashboard.exploring.exact import whole
from dashboard.importing.loose.model import NUMERIC, PERSONAL, LooseColumn, LooseSheet
from dashboard.importing.values.absences import is_empty
from dashboard.importing.values.amounts import UNITS

Codes = NDArray[np.int64] | NDArray[np.int32]
EMPTY = -1
_BETWEEN = "\x00"  # stands in no cell


@dataclass(frozen=True, slots=True)
class Coded:
    """A number for each row of either table; EMPTY where the cell is."""

    left: Codes
    right: Codes

    def narrow(self) -> Coded:
        """In half the memory; no table has so many rows that it would not do."""
        return Coded(self.left.astype(np.int32), self.right.astype(np.int32))


def coded(left: LooseSheet, one: int, right: LooseSheet, other: int) -> Coded | None:
    """The columns at these places; None where they cannot be compared: a person's cells with
    anything else, or where the reading made no keys of them.
    """
    ours, theirs = left.columns[one], right.columns[other]
    kinds = {ours.kind, theirs.kind}
    rows, others = held(left), held(right)
    if kinds & PERSONAL:
        keyed = f"k{one}" in rows.column_names and f"k{other}" in others.column_names
        return _persons(rows[f"k{one}"], others[f"k{other}"]) if keyed and len(kinds) == 1 else None
    found = _Cells(rows, one, others, other)
    if kinds <= NUMERIC:
        return found.beside_texts(_numbers(found, scales(ours, theirs)))
    if len(kinds) == 1 and kinds <= {"date", "yes_no"}:
        return found.beside_texts(_ranked(found.values))
    return found.worded("code" in kinds)


def held(sheet: LooseSheet) -> pa.Table:
    """The rows of a table; of a hidden or an empty one none."""
    return pa.table({"row": pa.array([], pa.int32())}) if sheet.table is None else sheet.table


def scales(ours: LooseColumn, theirs: LooseColumn) -> tuple[int, int]:
    """How many yuan the units of two columns of money are; 1 of all that is not money on both
    sides.
    """
    if ours.kind != "money" or theirs.kind != "money":
        return 1, 1
    return UNITS.get(ours.unit, 1), UNITS.get(theirs.unit, 1)


def together(columns: Sequence[Coded]) -> Coded:
    """Rows told apart by several columns at once; EMPTY where one of them is."""
    found = np.concatenate((columns[0].left, columns[0].right)).astype(np.int64)
    for column in columns[1:]:
        more = np.concatenate((column.left, column.right)).astype(np.int64)
        empty = (found == EMPTY) | (more == EMPTY)
        joined = found * (int(more.max(initial=0)) + 1) + more
        found = np.unique(joined, return_inverse=True)[1].reshape(-1).astype(np.int64)
        found[empty] = EMPTY
    height = len(columns[0].left)
    return Coded(found[:height], found[height:])


# -- persons, numbers, days ------------------------------------------------------------------------


def _persons(ours: pa.ChunkedArray, theirs: pa.ChunkedArray) -> Coded:
    found = _ranked((ours.combine_chunks(), theirs.combine_chunks()))
    return Coded(found[: len(ours)], found[len(ours) :])


def _ranked(sides: tuple[pa.Array, pa.Array]) -> Codes:
    """Of both sides, of one type; EMPTY where null."""
    places = pa.concat_arrays(sides).dictionary_encode().indices.fill_null(EMPTY)
    found: Codes = places.to_numpy().astype(np.int64)
    return found


def _numbers(found: _Cells, factors: tuple[int, int]) -> Codes:
    """Exact, whatever a decimal context would round: whole numbers of the finest part."""
    told = [whole(values) for values in found.values]
    finest = max(scale for _, scale in told)
    parts = [
        numbers.astype(object) * (factor * 10 ** (finest - scale))
        if factor * 10 ** (finest - scale) > 1
        else numbers
        for (numbers, scale), factor in zip(told, factors, strict=True)
    ]
    _, places = np.unique(np.concatenate(parts), return_inverse=True)
    there = np.concatenate([values.is_valid().to_numpy(False) for values in found.values])
    return np.where(there, places.reshape(-1), EMPTY)


# -- words -----------------------------------------------------------------------------------------


class _Cells:
    """The cells of two columns: of either side c{n}, and t{n} with its different texts."""

    def __init__(self, rows: pa.Table, one: int, others: pa.Table, other: int) -> None:
        sides = ((rows, one), (others, other))
        values = [table[f"c{place}"].combine_chunks() for table, place in sides]
        self.values = values[0], values[1]
        texts = [table[f"t{place}"].combine_chunks().dictionary_encode() for table, place in sides]
        self.texts = texts[0], texts[1]

    def beside_texts(self, codes: Codes) -> Coded:
        """Values that have numbers, and texts that have others."""
        said = [_said_texts(texts) for texts in self.texts]
        start = int(codes.max(initial=EMPTY)) + 1
        return self._put(codes, _unlike([*said[0], *said[1]], start))

    def worded(self, by_code: bool) -> Coded:
        """Values and texts alike by their words."""
        values = [one.dictionary_encode() for one in self.values]
        said = [words(one.dictionary.to_pylist()) for one in values]
        if by_code and all(map(_zeros_tell_nothing, said)):
            said = [[_bare(word) for word in side] for side in said]
        texts = [_said_texts(one) for one in self.texts]
        every = _unlike([*said[0], *said[1], *texts[0], *texts[1]], 0)
        first = len(said[0])
        split = first + len(said[1])
        sides = zip(values, (every[:first], every[first:split]), strict=True)
        codes = np.concatenate([_spread(one, numbers) for one, numbers in sides])
        return self._put(codes, every[split:])

    def _put(self, codes: Codes, texts: Codes) -> Coded:
        """`texts` are the numbers of both sides' different texts."""
        first = len(self.texts[0].dictionary)
        told = zip(self.texts, (texts[:first], texts[first:]), strict=True)
        spread = np.concatenate([_spread(one, numbers) for one, numbers in told])
        found = np.where(codes == EMPTY, spread, codes)
        height = len(self.values[0])
        return Coded(found[:height], found[height:])


def _spread(encoded: pa.Array, numbers: Codes) -> Codes:
    """Row by row the number of its different value; EMPTY where null."""
    places = encoded.indices.fill_null(len(numbers)).to_numpy()
    found: Codes = np.append(numbers, EMPTY)[places]
    return found


def _unlike(said: Sequence[str], start: int) -> Codes:
    """Equal words have equal numbers from `start` on; EMPTY where nothing is said."""
    places = pa.array(said, pa.string()).dictionary_encode().indices.to_numpy()
    silent = np.fromiter((not word for word in said), bool, len(said))
    return np.where(silent, EMPTY, places + start)


def _said_texts(texts: pa.Array) -> list[str]:
    """Different texts in the form they are compared in; nothing where they say there is none."""
    every = texts.dictionary.to_pylist()
    told = zip(every, words(every), strict=True)
    return ["" if is_empty(text) else word for text, word in told]


def words(values: Sequence[Any]) -> list[str]:
    """Each value's words in the form they are compared in."""
    said = [_said(value) for value in values]
    joined = _BETWEEN.join(said)
    told = joined.translate({ord(one): _alike(one) for one in set(joined)}).split(_BETWEEN)
    return told if said else []


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value).replace(_BETWEEN, "")


@lru_cache(maxsize=50_000)
def _alike(character: str) -> str:
    if character == _BETWEEN:
        return character
    return "".join(simplified([folded(character)])[0].split()).lower()


def _bare(text: str) -> str:
    return text.lstrip("0") or "0" if text.isdecimal() else text


def _zeros_tell_nothing(said: Sequence[str]) -> bool:
    told = set(said)
    return len(set(map(_bare, told))) == len(told)
