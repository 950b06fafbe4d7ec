"""Whole columns of plain cells read at once; every other cell is read by itself.

What is plain is told by the characters that occur at all: a column without a blank, a bracket or
a long number holds nothing that `Reader` would change, so its cells are the values. Nothing here
reads a cell otherwise than `Reader` does: tests hold the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.model import Column
from dashboard.contracts.spelling import GAP, visible
from dashboard.importing.columns import Cell
from dashboard.importing.report import Issue
from dashboard.importing.texts import Texts, characters, run_together
from dashboard.importing.values.absences import NULLS
from dashboard.importing.values.coerce import Reader, shown, shown_number
from dashboard.importing.values.dates import order_of
from dashboard.importing.values.private import MASK, hint

_MONEY = pa.decimal128(20, 4)
_FIGURES = frozenset("0123456789.-")
_LARGEST = Decimal(10) ** 10  # from here on it may be a phone
_LONGEST = 24  # characters of an amount that fits
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_BETWEEN = f"(?:{GAP}|[,，])"
_LONG_NUMBER = re.compile(rf"\d(?:{_BETWEEN}{{0,3}}\d){{10,}}|\d\.\d{{8,}}[Ee]")
_RUN = b"1" * 10  # stands in every text with such a number,
_AS_ONES = bytes.maketrans(b"023456789-._/~()[],", b"1" * 19)  # turned so
_GAP = re.compile(_BETWEEN)
_TEXTS = frozenset(("text", "label", "id", "name"))
_LONGEST_NAME = 3  # longer ones may be two names run together
_DUBIOUS = frozenset("锟斤拷烫屯\ufffdÃÂâ€銆鈥#=…⇥")
_FINE = re.compile(r"(?!.*\d[\d.,，\-]{9})[\u4e00-\u6d41\u6d43-\u9fa5A-Za-z0-9.,、，。\-]+")


@dataclass(slots=True)
class Reading:
    """What the distinct cells of one column say; places are those among the cells."""

    typed: pa.Array | None  # the values, where they were read at once
    values: list[Any] | None
    issues: dict[int, list[Issue]] = field(default_factory=dict)
    fatal: list[int] = field(default_factory=list)
    raws: dict[int, str] = field(default_factory=dict)

    def objects(self) -> list[Any]:
        """The values as Python has them."""
        if self.values is None:
            self.values = self.typed.to_pylist() if self.typed is not None else []
        return self.values


def read_all(readers: Sequence[Reader], column: Column, cells: Sequence[Cell]) -> Reading:
    """Read each cell once. `readers` is one for all cells, or one a cell."""
    if column.type in ("date", "period", "time"):
        order = order_of(cells)
        readers = [reader.ordered(order) for reader in readers] if order else readers
    if not column.keep:
        return Reading(None, [hint(str(cell)) if cell is not None else None for cell in cells])
    typed = _at_once(column, cells, readers[0]) if len(readers) == 1 else None
    if typed is not None:
        return Reading(typed, None)
    reading = Reading(None, [])
    every = [readers[0]] * len(cells) if len(readers) == 1 else readers
    for place, (reader, cell) in enumerate(zip(every, cells, strict=True)):
        _read_one(reading, reader, column, place, cell)
    return reading


def _read_one(reading: Reading, reader: Reader, column: Column, place: int, cell: Cell) -> None:
    values = reading.objects()
    if column.type in ("text", "label") and isinstance(cell, str) and _is_fine(cell):
        values.append(cell)
        return
    value, issues = reader.read(column, cell, "")
    values.append(value)
    if issues:
        reading.issues[place] = issues
        if any(found.severity == "error" for found in issues):
            reading.fatal.append(place)
    text = shown_number(cell) if column.type == "id" else shown(cell)
    if cell is not None and not _says_the_same(text, value):
        reading.raws[place] = text


def _is_fine(text: str) -> bool:
    """Everyday characters, nothing that looks like a personal number, no mojibake."""
    fine = _FINE.fullmatch(text) is not None and not _DUBIOUS.intersection(text)
    return fine and text not in NULLS


def _says_the_same(text: str, value: Any) -> bool:
    """Whether the stored value would be written as the cell is; 1200.50 is 1200.5."""
    if isinstance(value, Decimal):
        return _DECIMAL.fullmatch(text) is not None and Decimal(text) == value
    if isinstance(value, date):
        return text == value.isoformat()
    return text == ("" if value is None else str(value))


def _at_once(column: Column, cells: Sequence[Cell], reader: Reader) -> pa.Array | None:
    """The typed values where every cell is plain and an empty one only empty; else None."""
    if isinstance(cells, Texts):
        kinds: set[type] = {str} if cells.filled.any() else set()
        kinds |= set() if cells.filled.all() else {type(None)}
    else:
        kinds = set(map(type, cells))
    if type(None) in kinds and (column.required or column.blank is not None):
        return None
    kinds.discard(type(None))
    if column.type in _TEXTS and kinds == {str}:
        return _texts(column, _array(cells))
    if column.type == "money" and reader.scales.get(column.name, 1) == 1:
        if kinds == {str}:
            return _written_amounts(_array(cells))
        return _amounts(cells) if kinds and kinds <= {int, float} else None
    return None


def _array(cells: Sequence[Cell]) -> pa.Array:
    return cells.array if isinstance(cells, Texts) else pa.array(cells, pa.string())


def _texts(column: Column, cells: pa.Array) -> pa.Array | None:
    joined = run_together(cells)
    letters = characters(joined)
    if MASK in joined or not all(map(_ORDINARY[column.type], letters)):
        return None
    if not letters.isdisjoint("Nn") and pc.any(pc.is_in(cells, pa.array(sorted(NULLS)))).as_py():
        return None
    if column.type == "name" and pc.max(pc.utf8_length(cells)).as_py() > _LONGEST_NAME:
        return None
    if _may_have_a_long_number(joined, letters) and _LONG_NUMBER.search(joined):
        apart = "\0".join(cells.drop_null().to_pylist())
        return None if _LONG_NUMBER.search(apart) else cells
    return cells


def _may_have_a_long_number(joined: str, letters: set[str]) -> bool:
    """Looked for in bytes, where only 0 to 9 are figures: that costs a tenth."""
    figures = set(filter(str.isdigit, letters))
    if not figures <= _FIGURES:
        return True
    told = joined.encode().translate(_AS_ONES) if figures else b""
    for wide in filter(_GAP.match, letters if told else ()):
        told = told.replace(wide.encode(), b"1")
    return _RUN in told


@lru_cache(maxsize=20_000)
def _is_ordinary(character: str) -> bool:
    """It stands in a value as it stands in the cell."""
    if character in _DUBIOUS or not visible(character):
        return False
    if not character.isprintable() or character.isspace():
        return False
    return unicodedata.normalize("NFKC", character) == character


@lru_cache(maxsize=20_000)
def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" and character not in _DUBIOUS


@lru_cache(maxsize=20_000)
def _is_numbering(character: str) -> bool:
    """12.0 and 1.23457E+17 are not as they should be."""
    return character not in ".+'" and _is_ordinary(character)


_ORDINARY = {"text": _is_ordinary, "label": _is_ordinary, "id": _is_numbering, "name": _is_han}


def _written_amounts(cells: pa.Array) -> pa.Array | None:
    """Amounts as text files hold them: 1234.50, without a sign of thousands."""
    if not characters(run_together(cells)) <= _FIGURES:
        return None
    if (pc.max(pc.binary_length(cells)).as_py() or 0) > _LONGEST:  # of 300 digits Arrow makes -1
        return None
    try:
        read = cells.cast(_MONEY)
    except pa.ArrowInvalid:  # 1-2, 1.23456
        return None
    return None if pc.max(pc.abs(read)).as_py() >= _LARGEST else read


def _amounts(cells: Sequence[Cell]) -> pa.Array | None:
    """Numbers of at most four decimals and 15 digits, exactly as the spreadsheet shows them."""
    empty = np.fromiter((cell is None for cell in cells), bool, len(cells))
    numbers = np.array([0 if cell is None else cell for cell in cells], np.float64)
    scaled = np.rint(numbers * 10_000)
    if not (np.abs(numbers) < float(_LARGEST)).all() or not (scaled / 10_000 == numbers).all():
        return None
    return decimals(scaled.astype(np.int64), empty)


def decimals(scaled: np.ndarray[Any, np.dtype[np.int64]], empty: np.ndarray[Any, Any]) -> pa.Array:
    """DECIMAL(20,4) from ten-thousandths; the 128 bits are the number and its sign."""
    halves = np.empty((len(scaled), 2), np.int64)
    halves[:, 0] = scaled
    halves[:, 1] = scaled >> 63
    valid = np.packbits(~empty, bitorder="little")
    buffers = [pa.py_buffer(valid), pa.py_buffer(halves)]
    return pa.Array.from_buffers(_MONEY, len(scaled), buffers)
