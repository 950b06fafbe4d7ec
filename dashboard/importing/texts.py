"""A long column of texts that hardly repeats itself, kept as Arrow has it.

What can be told from the characters that occur, or by Arrow at once, needs no Python object for
each cell; whoever asks for a single cell gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_FIGURES = bytes.maketrans(b"023456789", b"111111111")
_LONG = 100_000  # characters


class Texts(Sequence[str | None]):
    """Texts, None for a blank one. `array` is a pyarrow string array."""

    def __init__(self, array: pa.Array) -> None:
        self.array = array
        self._cells: list[str | None] | None = None

    @classmethod
    def of(cls, array: pa.Array) -> Texts:
        """With nulls where a text is blank."""
        blank = pc.or_(pc.equal(pc.binary_length(array), 0), pc.utf8_is_space(array))
        return cls(pc.if_else(blank, pa.scalar(None, pa.string()), array))

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, place: int) -> str | None: ...
    @overload
    def __getitem__(self, place: slice) -> list[str | None]: ...
    def __getitem__(self, place: int | slice) -> str | list[str | None] | None:
        if isinstance(place, slice):
            return self.cells()[place]
        if self._cells is not None:
            return self._cells[place]
        found: str | None = self.array[place].as_py()
        return found

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.cells())

    def cells(self) -> list[str | None]:
        """All of them as Python has them."""
        if self._cells is None:
            self._cells = self.array.to_pylist()
        return self._cells

    @property
    def filled(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        there: np.ndarray[tuple[int], np.dtype[np.bool_]]
        there = self.array.is_valid().to_numpy(zero_copy_only=False)
        return there

    def without_figures(self) -> pa.Array:
        """Each with 1 for every figure from 0 to 9."""
        valid, ends, data = self.array.buffers()
        turned = data.to_pybytes().translate(_FIGURES) if data is not None else b""
        buffers = [valid, ends, pa.py_buffer(turned)]
        return pa.Array.from_buffers(
            pa.string(), len(self.array), buffers, offset=self.array.offset
        )

    def where(self, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Texts:
        """Only those."""
        return Texts(self.array.filter(pa.array(wanted)))


def characters(texts: str) -> set[str]:
    """The distinct characters."""
    if len(texts) < _LONG:
        return set(texts)
    there = np.zeros(sys.maxunicode + 1, bool)
    there[np.frombuffer(texts.encode("utf-32-le", "surrogatepass"), np.uint32)] = True
    return set(map(chr, np.flatnonzero(there).tolist()))


def run_together(array: pa.Array) -> str:
    """All texts of a string array one behind the other, without anything between them."""
    data = array.buffers()[2]
    if data is None or not len(array):
        return ""
    ends = np.frombuffer(array.buffers()[1], np.int32)
    first, last = ends[array.offset], ends[array.offset + len(array)]
    return memoryview(data)[first:last].tobytes().decode()
