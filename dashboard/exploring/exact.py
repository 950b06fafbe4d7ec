"""Decimals of an Arrow column as whole numbers, so that sums are exact and quick."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_ROOM = 2**62  # a sum of so much still is an int64

Whole = NDArray[Any]  # int64, or Python's integers where those are too narrow


def whole(values: pa.Array) -> tuple[Whole, int]:
    """(the values times 10^scale, scale) of a decimal column; 0 where it is null. The sum of all
    of them fits the numbers' type.
    """
    scale: int = values.type.scale
    if not len(values):
        return np.zeros(0, np.int64), scale
    parts = np.frombuffer(values.buffers()[1], np.int64).reshape(-1, 2)
    low, high = parts[values.offset : values.offset + len(values)].T
    there = values.is_valid().to_numpy(zero_copy_only=False)
    low, high = np.where(there, low, 0), np.where(there, high, 0)
    narrow = bool((high == (low >> 63)).all())
    widest = max(int(low.max(initial=0)), -int(low.min(initial=0))) if narrow else _ROOM
    if widest * max(len(low), 1) < _ROOM:
        return low, scale
    wide = high.astype(object) * 2**64 + low.astype(np.uint64).astype(object)
    return wide, scale


def total(values: pa.Array, rows: NDArray[np.int64] | None = None) -> Fraction:
    """The sum of the column, or of these rows of it."""
    numbers, scale = whole(values if rows is None else values.take(pa.array(rows)))
    return Fraction(int(numbers.sum()), 10**scale)
