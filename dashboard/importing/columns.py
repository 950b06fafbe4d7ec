"""A column as its distinct cells: what is said once need be read once.

A register of 100,000 rows has some hundred dates, names and subjects. Each distinct cell is read
once; the rows only tell which of them stands where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, compress, islice, repeat
from operator import is_not
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.importing.texts import Texts

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
Distinct = tuple[Codes, Texts]
_SAMPLED = 10_000
_PART = 50_000  # rows whose cells are in memory at a time
_OFTEN = 0.9  # of a sample's cells differ where a column hardly repeats itself


@dataclass(frozen=True, slots=True)
class Coded:
    """One column: `values[codes[i]]` is the cell of row i."""

    codes: Codes
    values: Sequence[Cell]  # a list, or Texts

    def __getitem__(self, row: int) -> Cell:
        return self.values[int(self.codes[row])]

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: Places | slice) -> Coded:
        return Coded(self.codes[rows], self.values)

    def where(self, flags: Iterable[bool]) -> Mask:
        """Row by row what `flags` says of each distinct cell."""
        found: Mask = np.fromiter(flags, bool, len(self.values))[self.codes]
        return found

    def compact(self) -> Coded:
        """Without the cells that stand in no row."""
        used = np.zeros(len(self.values), bool)
        used[self.codes] = True
        if used.all():
            return self
        codes = (np.cumsum(used, dtype=np.int32) - 1)[self.codes]
        if isinstance(self.values, Texts):
            return Coded(codes, self.values.where(used))
        return Coded(codes, [*compress(self.values, used.tolist())])

    @property
    def filled(self) -> Mask:
        """The rows that have a cell."""
        if isinstance(self.values, Texts) and self.values.array.null_count:
            return self.values.filled[self.codes]
        if isinstance(self.values, Texts) or None not in self.values:
            return np.ones(len(self.codes), bool)
        return self.where(map(is_not, self.values, repeat(None)))

    def worded(self) -> Worded:
        """Its texts, with 1 for every figure: they are few where numbers tell the cells apart."""
        if isinstance(self.values, Texts):
            return Worded(self.codes, self.values.without_figures())
        are_texts = np.fromiter(map(isinstance, self.values, repeat(str)), bool, len(self.values))
        places = np.where(are_texts, np.cumsum(are_texts, dtype=np.int32), 0)
        texts = pa.array([None, *compress(self.values, are_texts.tolist())], pa.string())
        return Worded(places[self.codes], Texts(texts).without_figures())

    def replaced(self, rows: Places, cells: Sequence[Cell]) -> Coded:
        """Other cells in some rows."""
        codes = self.codes.copy()
        codes[rows] = np.arange(len(self.values), len(self.values) + len(cells), dtype=np.int32)
        return Coded(codes, [*self.values, *cells]) if len(rows) else self


class Worded:
    """What the rows of one column say, whatever their figures are."""

    def __init__(self, codes: Codes, texts: pa.Array) -> None:
        distinct = texts.dictionary_encode("encode")
        self._codes, self._places = codes, distinct.indices.to_numpy()
        self._texts = distinct.dictionary

    def matching(self, test: Callable[[str], bool], signs: re.Pattern[str]) -> Mask:
        """The rows whose text passes the test; only a text with one of the signs can."""
        signed = pc.match_substring_regex(self._texts, signs.pattern).fill_null(False)
        flags: Mask = signed.to_numpy(zero_copy_only=False)
        flags[flags] = [test(text) for text in self._texts.filter(signed).to_pylist()]
        among = flags[self._places]
        return among[self._codes] if among.any() else np.zeros(len(self._codes), bool)


def counts_up(column: Coded) -> bool:
    """Whether the cells are running numbers, be it anew on each page: a row's own number."""
    if len(column) < 2:
        return False
    numbers = np.fromiter(map(_whole, column.values), np.int64, len(column.values))[column.codes]
    steps = numbers[1:] - numbers[:-1]
    return bool((steps == 1).sum() * 10 >= len(steps) * 8)


def _whole(cell: Cell) -> int:
    """A whole number of at most nine digits; 0 for anything else."""
    text = str(cell).strip() if isinstance(cell, (str, int)) else ""
    if isinstance(cell, float) and cell.is_integer():
        text = f"{cell:.0f}"
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def coded(cells: Sequence[Cell]) -> Coded:
    """The column of these cells. True is not 1."""
    if bool in set(map(type, cells)):
        pairs = [(type(cell), cell) for cell in cells]
        distinct = list(dict.fromkeys(pairs))
        return Coded(_codes(pairs, distinct), [cell for _, cell in distinct])
    found = list(dict.fromkeys(cells))
    return Coded(_codes(cells, found), found)


def _codes(cells: Sequence[object], distinct: Sequence[object]) -> Codes:
    index = {cell: place for place, cell in enumerate(distinct)}
    return np.fromiter(map(index.__getitem__, cells), np.int32, len(cells))


def loosely(cells: Sequence[Cell]) -> Coded:
    """As `coded`, yet a column that hardly repeats itself is taken as it is: finding the few
    cells that do would cost more than it saves.
    """
    try:
        return Coded(*distinct(pa.array(cells, pa.string())))
    except pa.ArrowTypeError:  # there are others than texts
        sample = sampled(len(cells)).tolist()
    if len({cells[place] for place in sample}) <= len(sample) * _OFTEN:
        return coded(cells)
    return Coded(np.arange(len(cells), dtype=np.int32), cells)


def distinct(texts: pa.Array) -> Distinct:
    """Which of the distinct texts stands where; all of them where they hardly repeat themselves."""
    sample = texts.take(pa.array(sampled(len(texts))))
    if len(sample.unique()) > len(sample) * _OFTEN:
        return np.arange(len(texts), dtype=np.int32), Texts.of(texts)
    found = texts.dictionary_encode("encode")
    return found.indices.to_numpy(), Texts.of(found.dictionary)


def sampled(height: int) -> Places:
    """Some places of a long column, scattered evenly; none of a short one. They are no even
    steps apart, for what repeats itself may do so in even steps.
    """
    step = height // _SAMPLED
    places = np.arange(_SAMPLED if step > 1 else 0, dtype=np.int64)
    return places * step + places * 7_919 % max(step, 1)


def _cleaned(column: Coded, clean: Callable[[Cell], Cell]) -> Coded:
    if isinstance(column.values, Texts):
        return column
    return Coded(column.codes, [*map(clean, column.values)])


def _joined(parts: Sequence[Coded]) -> Coded:
    """One column of its parts, above one another."""
    if len(parts) == 1:
        return parts[0]
    starts = accumulate((len(part.values) for part in parts[:-1]), initial=0)
    codes = np.concatenate([part.codes + at for part, at in zip(parts, starts, strict=True)])
    texts = [part.values.array for part in parts if isinstance(part.values, Texts)]
    if len(texts) == len(parts):
        known, values = distinct(pa.concat_arrays(texts))
        return Coded(known[codes], values)
    cells = [cell for part in parts for cell in part.values]
    if len(cells) > len(codes) * (1 - _OFTEN):
        return Coded(codes, cells)
    found = coded(cells)
    return Coded(found.codes[codes], found.values)


class Columns(Sequence[list[Cell]]):
    """A large sheet, kept by columns; a row is put together when somebody asks for it."""

    def __init__(self, columns: Sequence[Coded]) -> None:
        self.columns = list(columns)
        self._height = len(self.columns[0]) if self.columns else 0

    @classmethod
    def of(cls, rows: Iterable[Sequence[Cell]], clean: Callable[[Cell], Cell]) -> Columns:
        """From rows of the same length; `clean` says what a cell of the source means."""
        found = [loosely(column) for column in zip(*rows, strict=True)]
        return cls([_cleaned(one, clean) for one in found]).trimmed()

    @classmethod
    def in_parts(cls, rows: Iterable[Sequence[Cell]], clean: Callable[[Cell], Cell]) -> Columns:
        """As `of`, for so many rows that all of their cells would not lie in memory at once."""
        source, parts = iter(rows), []
        while part := list(islice(source, _PART)):
            found = (loosely(column) for column in zip(*part, strict=True))
            parts.append([_cleaned(one, clean) for one in found])
        return cls([_joined(column) for column in zip(*parts, strict=True)]).trimmed()

    def trimmed(self) -> Columns:
        """Without the empty rows at the end and the empty columns at the right."""
        filled = [column.filled for column in self.columns]
        width = max((place + 1 for place, there in enumerate(filled) if there.any()), default=0)
        if not width:
            return Columns([])
        last = max(int(np.flatnonzero(there)[-1]) for there in filled[:width] if there.any())
        kept = slice(0, last + 1)
        return Columns([column.take(kept) for column in self.columns[:width]])

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, row: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[Cell]]: ...
    def __getitem__(self, row: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(self._height))]
        if not -self._height <= row < self._height:
            raise IndexError(row)
        return [column.values[column.codes[row]] for column in self.columns]

    def __iter__(self) -> Iterator[list[Cell]]:
        return (self[row] for row in range(self._height))

    def take(self, rows: Places | slice) -> Columns:
        return Columns([column.take(rows) for column in self.columns])
