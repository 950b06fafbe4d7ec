"""Where each row of a table stands along a chart: its place among the names, or why it has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.exploring.charting import naming, natural, roles, steps
from dashboard.exploring.charting.recipe import Name, Step
from dashboard.exploring.charting.steps import Spelling
from dashboard.importing.loose.model import LooseSheet
from dashboard.importing.values.absences import is_empty
from dashboard.text import same

EMPTY, UNFIT = -1, -2
MOST_STEPS = 750  # along: two years of days, sixty of months
_BEGINNING = 10_000
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axis:
    """`codes` holds for each row the place of its name, or EMPTY, or UNFIT; `names` stand as
    people order them, and `known` tells whether they know an order among them.
    """

    codes: Codes
    names: tuple[Name, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """Numbers as multiples of `size`, the smallest part any of them has (in yuan for money);
    `codes` is 0, or EMPTY, or UNFIT.
    """

    values: pa.Array
    size: Fraction
    codes: Codes


def axis(sheet: LooseSheet, place: int, step: Step) -> Axis:
    """Of a column of times or of categories."""
    if roles.is_time(sheet, place):
        return _times(sheet, place, step)
    found = column(sheet, place).dictionary_encode()
    values = found.dictionary.to_pylist()
    if sheet.columns[place].kind == "yes_no":
        names = tuple(Name(naming.YES if one else naming.NO, answer(one)) for one in values)
        order = sorted(range(len(values)), key=lambda at: not values[at])
        return Axis(_placed(sheet, place, found, _ranks(order)), _picked(names, order), True)
    names = tuple(Name(same(value), value) for value in values)
    order, known = natural.ordered(values)
    return Axis(_placed(sheet, place, found, _ranks(order)), _picked(names, order), known)


def answer(yes: bool) -> str:
    """What a click on an answer keeps to."""
    return "yes" if yes else "no"


def column(sheet: LooseSheet, place: int, letter: str = "c") -> pa.Array:
    """The values of one; of a table that was not read, which has none, no rows."""
    if sheet.table is None:
        return pa.array([], pa.string())
    return sheet.table[f"{letter}{place}"].combine_chunks()


def found_steps(sheet: LooseSheet, place: int, among: Sequence[Step]) -> dict[Step, int]:
    """How many different ones of each sort of step a column of times has."""
    days, lone = _days(pc.unique(column(sheet, place)).drop_null().to_pylist())
    known = [on for on in days if on is not None]
    spelled = {step: steps.spelling(step, lone) for step in among}
    return {step: len({steps.ordinal(on, by) for on in known}) for step, by in spelled.items()}


def several(values: pa.Array, many: int = 2) -> bool:
    """Whether there are so many different values; of a long column the beginning mostly tells."""
    first = pc.unique(values.slice(0, _BEGINNING)).drop_null()
    return len(first) >= many or len(pc.unique(values).drop_null()) >= many


def reach(sheet: LooseSheet, place: int, step: Step, within: tuple[int, int]) -> int:
    """Over how many steps the rows between two percentiles lie, both ends included."""
    found = column(sheet, place).drop_null().dictionary_encode()
    days, lone = _days(found.dictionary.to_pylist())
    by = steps.spelling(step, lone)
    numbers = np.array([0 if on is None else steps.ordinal(on, by) for on in days], np.int64)
    known = np.array([on is not None for on in days], bool)
    rows = found.indices.to_numpy()
    told = numbers[rows[known[rows]]] if len(rows) else numbers[:0]
    if not len(told):
        return 0
    low, high = np.percentile(told, within, method="nearest")
    return int(high - low) + 1


def is_lone(sheet: LooseSheet, place: int) -> bool:
    """Whether a column of months names no years."""
    return _days(pc.unique(column(sheet, place)).drop_null().to_pylist())[1]


def _days(values: list[date | str]) -> tuple[list[date | None], bool]:
    """(the first day of each value, whether these are months without a year). Where some months
    have a year and some have none, the fewer are None: no year is made up, and none left out.
    """
    bare = [isinstance(value, str) and len(value) == 2 for value in values]
    lone = sum(bare) * 2 > len(bare)
    pairs = zip(values, bare, strict=True)
    return [steps.day_of(value) if one == lone else None for value, one in pairs], lone


def _times(sheet: LooseSheet, place: int, step: Step) -> Axis:
    found = column(sheet, place).dictionary_encode()
    days, lone = _days(found.dictionary.to_pylist())
    by = steps.spelling(step, lone)
    numbers = [None if on is None else steps.ordinal(on, by) for on in days]
    told = _filled({one for one in numbers if one is not None})
    where = {number: place for place, number in enumerate(told)}
    codes = [UNFIT if one is None else where[one] for one in numbers]
    names = tuple(_step_name(number, by) for number in told)
    return Axis(_placed(sheet, place, found, codes), names, True)


def _filled(known: set[int]) -> list[int]:
    """With the empty steps between them; where these are too many, as after a mistyped century,
    the longest stretches of them are left out.
    """
    told, room = sorted(known), MOST_STEPS - len(known)
    for first, last in sorted(pairwise(sorted(known)), key=lambda two: two[1] - two[0]):
        room -= last - first - 1
        if room < 0:
            break
        told += range(first + 1, last)
    return sorted(told)


def _step_name(number: int, by: Spelling) -> Name:
    letters = steps.key(number, by)
    return Name(steps.words(letters, by), letters)


def _ranks(order: list[int]) -> list[int]:
    """Where each one stands in the order."""
    ranks = [0] * len(order)
    for rank, place in enumerate(order):
        ranks[place] = rank
    return ranks


def _picked(names: tuple[Name, ...], order: list[int]) -> tuple[Name, ...]:
    return tuple(names[place] for place in order)


def _placed(sheet: LooseSheet, place: int, found: pa.Array, codes: list[int]) -> Codes:
    rows = found.indices.fill_null(0).to_numpy(zero_copy_only=False)
    given: Codes = np.array([*codes, EMPTY], np.int64)[rows]
    return np.where(valid(found), given, absent(sheet, place))


def valid(values: pa.Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = values.is_valid().to_numpy(zero_copy_only=False)
    return found


def absent(sheet: LooseSheet, place: int) -> Codes:
    """For cells without a value: EMPTY, or UNFIT where a text stands that says something."""
    found = column(sheet, place, "t").dictionary_encode()
    says = [EMPTY if is_empty(text) else UNFIT for text in found.dictionary.to_pylist()]
    rows = found.indices.fill_null(len(says)).to_numpy(zero_copy_only=False)
    codes: Codes = np.array([*says, EMPTY], np.int64)[rows]
    return codes


def whole(sheet: LooseSheet, place: int) -> Whole:
    """A column of numbers."""
    values = column(sheet, place)
    scale = values.type.scale if pa.types.is_decimal(values.type) else 0
    held = values.cast(pa.decimal128(38, scale))
    bare = pa.Array.from_buffers(
        pa.decimal128(38, 0), len(held), held.buffers(), held.null_count, held.offset
    )
    size = Fraction(naming.factor(sheet.columns[place]), 10**scale)
    return Whole(bare, size, np.where(valid(held), 0, absent(sheet, place)))


def told_apart(sheet: LooseSheet, place: int) -> Whole:
    """A column whose different values are counted, as numbers that stand for them."""
    values = column(sheet, place)
    keys = column(sheet, place, "k") if sheet.columns[place].personal else values
    fits = valid(values)
    codes = keys.dictionary_encode().indices.cast(pa.int64()).to_numpy(zero_copy_only=False)
    there = pa.array(np.nan_to_num(codes).astype(np.int64), mask=~(fits & valid(keys)))
    return Whole(there, Fraction(1), np.where(fits, 0, absent(sheet, place)))


def integers(found: Whole) -> NDArray[np.int64] | NDArray[np.object_]:
    """The values of a `Whole`, 0 where there is none; as Python's own where they are too large."""
    filled = narrow(found.values.fill_null(0))
    if not pa.types.is_int64(filled.type):
        return np.array([int(value) for value in filled.to_pylist()], object)
    small: NDArray[np.int64] = filled.to_numpy()
    return small


def narrow(values: pa.Array) -> pa.Array:
    """Whole numbers in the size that is quick to count, where they fit into it."""
    try:
        return values.cast(pa.int64())
    except pa.ArrowInvalid:
        return values
