"""A table in figures: how much of it is filled, from where to where it reaches, what stands often.

Exact throughout: decimals as they were written, means and quantiles as fractions. What is told of
people (different values, repeated ones) was counted in the reading child on the true values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.exploring.exact import Whole, total, whole
from dashboard.importing.loose.model import NUMERIC, LooseColumn, LooseSheet
from dashboard.importing.values.absences import is_empty

TOP = 5  # values told of a column
_TOLD = frozenset(("category", "text"))  # whose values are told


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a column of numbers, in its own unit. Quantiles lie between two values in proportion
    (the median of 1 and 2 is 1.5).
    """

    count: int
    low: Decimal
    first_quarter: Fraction
    median: Fraction
    third_quarter: Fraction
    high: Decimal
    total: Fraction

    @property
    def mean(self) -> Fraction:
        return self.total / self.count


@dataclass(frozen=True, slots=True)
class Top:
    """A value, how often it stands, and its share of the filled cells."""

    value: str
    count: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column; `fits` is the share of its filled cells that are what it holds, None where all
    are empty.
    """

    place: int
    column: LooseColumn
    fits: Fraction | None
    figures: Figures | None = None
    days: tuple[date, date] | None = None
    ends: tuple[str, str] | None = None  # of months (2025-03) and years
    yes: int | None = None
    top: tuple[Top, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """One table: `rows` of data, `empty` cells among them and the rows that have one, rows that
    say what another one says.
    """

    rows: int
    columns: tuple[ColumnProfile, ...]
    empty: int
    rows_with_empty: int
    same_rows: int

    @property
    def cells(self) -> int:
        return self.rows * len(self.columns)


def profile(sheet: LooseSheet) -> Profile:
    """The figures of a table; a hidden or empty one has none."""
    columns = tuple(
        _column(place, column, sheet.table[f"c{place}"].combine_chunks())
        for place, column in enumerate(sheet.columns)
        if sheet.table is not None
    )
    empty = sum(column.empty for column in sheet.columns)
    return Profile(sheet.rows, columns, empty, _with_empty(sheet), sheet.same_rows)


def _with_empty(sheet: LooseSheet) -> int:
    """The rows in which some cell has neither a value nor a text; a dash that says there is none
    is an empty cell.
    """
    if sheet.table is None:
        return 0
    some = np.zeros(sheet.rows, bool)
    for place in range(len(sheet.columns)):
        some |= ~filled(sheet.table, place)
    return int(some.sum())


def filled(table: pa.Table, place: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which cells of a column hold a value, or a text that is none of its kind."""
    text = table[f"t{place}"]
    says = {
        known: not is_empty(known) for known in pc.unique(text).to_pylist() if known is not None
    }
    words = pa.array([known for known, something in says.items() if something], pa.string())
    there = pc.or_(table[f"c{place}"].is_valid(), pc.is_in(text, words))
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = there.to_numpy()
    return found


def _column(place: int, column: LooseColumn, values: pa.Array) -> ColumnProfile:
    fits = Fraction(column.filled - column.misfits, column.filled) if column.filled else None
    there = values.drop_null()
    if not len(there):
        return ColumnProfile(place, column, fits)
    if column.kind in NUMERIC:
        return ColumnProfile(place, column, fits, figures(there))
    if column.kind == "date":
        ends = pc.min_max(there).as_py()
        return ColumnProfile(place, column, fits, days=(ends["min"], ends["max"]))
    if column.kind == "yes_no":
        return ColumnProfile(place, column, fits, yes=pc.sum(there).as_py())
    if column.kind in ("month", "year"):
        ends = pc.min_max(there).as_py()
        return ColumnProfile(place, column, fits, ends=(ends["min"], ends["max"]))
    told = column.kind in _TOLD and column.distinct < column.filled
    return ColumnProfile(place, column, fits, top=_top(there, column.filled) if told else ())


def _top(values: pa.Array, count: int) -> tuple[Top, ...]:
    """What stands most often; of those that stand equally often the first in the alphabet."""
    found = [(one["values"], one["counts"]) for one in pc.value_counts(values).to_pylist()]
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(Top(value, times, Fraction(times, count)) for value, times in found[:TOP])


@dataclass(frozen=True, slots=True)
class Ranked:
    """The different numbers of a column from small to large, times 10^scale, and how many values
    lie up to each of them.
    """

    numbers: Whole
    upto: NDArray[np.int64]
    scale: int

    def __getitem__(self, place: int) -> Decimal:
        return Decimal(f"{self.numbers[place]}E-{self.scale}")

    def value(self, at: int) -> Fraction:
        """The value at this place of all, counted from 0."""
        place = int(np.searchsorted(self.upto, at, "right"))
        return Fraction(int(self.numbers[place]), 10**self.scale)


def ranked(values: pa.Array) -> Ranked:
    """Of a decimal array without nulls that is not empty."""
    numbers, scale = whole(values)
    different, times = np.unique(numbers, return_counts=True)
    return Ranked(different, times.cumsum(), scale)


def figures(values: pa.Array) -> Figures:
    """Of a decimal array without nulls that is not empty."""
    found = ranked(values)
    first, median, third = (_quantile(found, Fraction(k, 4)) for k in (1, 2, 3))
    return Figures(len(values), found[0], first, median, third, found[-1], total(values))


def _quantile(found: Ranked, share: Fraction) -> Fraction:
    """At (n - 1) times the share of the ordered values, counted from 0."""
    last = int(found.upto[-1]) - 1
    at = last * share
    below = int(at)
    low, high = found.value(below), found.value(min(below + 1, last))
    return low + (high - low) * (at - below)
