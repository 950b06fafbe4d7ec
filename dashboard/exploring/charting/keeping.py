"""Which rows of a table are kept to: those whose cells are among the values that were clicked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.exploring.charting import axes, bins, roles, steps
from dashboard.exploring.charting.recipe import Kept
from dashboard.importing.loose.model import LooseSheet

Mask = NDArray[np.bool_]


def fault(sheet: LooseSheet, place: int, values: tuple[str | None, ...]) -> bool:
    """Whether a column cannot be kept to these values: personal ones, codes and free text never."""
    if not 0 <= place < len(sheet.columns):
        return True
    told = [value for value in values if value is not None]
    if roles.is_time(sheet, place):
        return any(not _is_step(value) for value in told)
    if roles.is_measure(sheet, place):
        return any(bins.class_of(value) is None for value in told)
    return not roles.is_category(sheet, place)


def kept(sheet: LooseSheet, wanted: Kept) -> Mask:
    """For each row, whether it has one of the values in each of the columns."""
    found = np.ones(sheet.rows, bool)
    for place, values in wanted:
        among = _among(sheet, place, [value for value in values if value is not None])
        empty = _empty(sheet, place) if None in values else False
        found &= among | empty
    return found


def _empty(sheet: LooseSheet, place: int) -> Mask:
    without = ~axes.valid(axes.column(sheet, place))
    return np.asarray(without & (axes.absent(sheet, place) == axes.EMPTY), bool)


def _is_step(value: str) -> bool:
    return steps.spelling_of(value) is not None


def _among(sheet: LooseSheet, place: int, values: list[str]) -> Mask:
    if roles.is_measure(sheet, place):
        return _classes(sheet, place, values)
    if roles.is_time(sheet, place):
        return _where(sheet, place, lambda value: _in_step(value, values))
    if sheet.columns[place].kind == "yes_no":
        return _where(sheet, place, lambda value: axes.answer(bool(value)) in values)
    return _where(sheet, place, lambda value: value in values)


def _classes(sheet: LooseSheet, place: int, values: list[str]) -> Mask:
    numbers, found = axes.whole(sheet, place), np.zeros(sheet.rows, bool)
    for one in map(bins.class_of, values):
        if one is not None:
            found |= one.holds(numbers)
    return found


def _in_step(value: date | str, wanted: list[str]) -> bool:
    """A day or month lies in one of the steps; a month without a year in such steps only."""
    lone, on = isinstance(value, str) and len(value) == 2, steps.day_of(value)
    for letters in wanted:
        by = steps.spelling_of(letters)
        alike = by is not None and lone == (by in ("of_year", "quarter_of"))
        if by and alike and steps.key(steps.ordinal(on, by), by) == letters:
            return True
    return False


def _where(sheet: LooseSheet, place: int, test: Callable[..., bool]) -> Mask:
    found = axes.column(sheet, place).dictionary_encode()
    says = [test(value) for value in found.dictionary.to_pylist()]
    rows = pc.fill_null(found.indices, len(says)).to_numpy(zero_copy_only=False)
    mask: Mask = np.array([*says, False], bool)[rows]
    return mask
