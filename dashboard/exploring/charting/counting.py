"""A recipe carried out over a table: exact, with every row accounted for.

Sums, means and medians are fractions of whole numbers; a median is the mean of the two values in
the middle. Money is told in yuan. A mark without rows (a month in which nothing happened, a
department without any) is 0 where rows, sums or different values are counted, and nothing for
means and medians; a mark that has rows, yet none with a value, is nothing always. Rows whose
category is empty are a name of their own, the last one; rows without a time or a number along, and
rows without a measure, are not used, and told. The tail beyond the first names is counted as one
from its own rows, never from its marks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.errors import RefusedRequest
from dashboard.exploring.charting import axes, bins, keeping, naming, roles, validity
from dashboard.exploring.charting.axes import EMPTY, UNFIT, Axis, Codes, Whole
from dashboard.exploring.charting.recipe import Amount, Counted, How, Name, Order, Recipe
from dashboard.exploring.charting.tables import asked
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import same

DOTS = 2_000  # of two measures, evenly chosen among the rows
_STATEMENTS: dict[How, str] = {
    "rows": "mark_rows", "sum": "mark_sums", "mean": "mark_sums",
    "median": "mark_middles", "distinct": "mark_values",
}  # fmt: skip
_HALF = 10**9  # into which mark_sums parts each number


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that take part: where each stands along and in which series, and its number."""

    along: Codes
    series: Codes
    measure: pa.Array | None
    how: How
    size: Fraction

    def marks(self, along: Codes, series: Codes) -> dict[tuple[int, int], Amount]:
        """Each mark of the rows so placed."""
        given = {"along": pa.array(along), "series": pa.array(series)}
        if self.measure is not None:
            given["measure"] = self.measure
        found = asked(_STATEMENTS[self.how], {"marks": pa.table(given)}).to_pylist()
        return {(one["along"], one["series"]): self._amount(one) for one in found}

    def _amount(self, mark: dict[str, Any]) -> Amount:
        used = mark["used"]
        if self.how == "rows":
            return Amount(Fraction(used), used)
        if not used:
            return Amount(None, 0)
        high = int(mark["high"])
        if self.how == "distinct":
            return Amount(Fraction(high), used)
        low = int(mark["low"])
        if self.how == "median":
            return Amount((high + low) * self.size / 2, used)
        total = (high * _HALF + low) * self.size
        return Amount(total / used if self.how == "mean" else total, used)

    @property
    def without(self) -> Amount:
        """A mark that has no rows."""
        return Amount(None if self.how in ("mean", "median") else Fraction(0), 0)


@dataclass(frozen=True, slots=True)
class _Told:
    """How many rows are used, and why the others are not."""

    there: np.ndarray[tuple[int], np.dtype[np.bool_]]
    used: int
    empty: int
    unfit: int
    kept_out: int


def counted(sheet: LooseSheet, recipe: Recipe) -> Counted:
    """What the recipe says of the table. Raises RefusedRequest (bad_recipe) where the columns do
    not allow it.
    """
    if reason := validity.fault(sheet, recipe):
        raise RefusedRequest("bad_recipe", reason=reason)
    return _dots(sheet, recipe) if recipe.form == "points" else _marks(sheet, recipe)


# -- marks -------------------------------------------------------------------------------------


def _marks(sheet: LooseSheet, recipe: Recipe) -> Counted:
    worded, split = roles.is_category(sheet, recipe.by), recipe.split is not None
    along, beside = _axis(sheet, recipe), _beside(sheet, recipe)
    rows, told = _rows(sheet, recipe, along, beside)
    first = _shown(rows, along, recipe) if worded else _Shown.all(along, rows.along)
    second = _series(rows, beside, recipe) if split else _Shown.all(beside, rows.series)
    found = rows.marks(first.codes, second.codes)
    amounts = tuple(
        tuple(found.get((at, one), rows.without) for at in range(len(first.names)))
        for one in range(len(second.names))
    )
    lines = tuple(zip(_called(sheet, recipe, second.names), amounts, strict=True))
    return _value(sheet, recipe, told, first.names, lines)


def _rows(sheet: LooseSheet, recipe: Recipe, along: Axis, beside: Axis) -> tuple[_Rows, _Told]:
    """The rows that take part, and how many they are."""
    number = _number(sheet, recipe)
    place = along.codes if roles.is_category(sheet, recipe.by) else _must(along.codes)
    told = _told(sheet, recipe, [place, beside.codes], number)
    measure = axes.narrow(number.values).filter(pa.array(told.there)) if number else None
    size = number.size if number else Fraction(1)
    taken = place[told.there], beside.codes[told.there]
    return _Rows(*taken, measure, recipe.how, size), told


def _beside(sheet: LooseSheet, recipe: Recipe) -> Axis:
    if recipe.split is None:
        return Axis(np.zeros(sheet.rows, np.int64), (Name(same("")),), True)
    return axes.axis(sheet, recipe.split, recipe.step)


def _axis(sheet: LooseSheet, recipe: Recipe) -> Axis:
    if roles.is_measure(sheet, recipe.by):
        return bins.axis(sheet, recipe.by)
    return axes.axis(sheet, recipe.by, recipe.step)


def _must(codes: Codes) -> Codes:
    """An empty cell has no place along: a mark of the rows that are told as empty."""
    return np.where(codes == EMPTY, _NOWHERE, codes)


_NOWHERE = -3


def _number(sheet: LooseSheet, recipe: Recipe) -> Whole | None:
    if recipe.measure is None:
        return None
    if recipe.how == "distinct":
        return axes.told_apart(sheet, recipe.measure)
    return axes.whole(sheet, recipe.measure)


def _told(sheet: LooseSheet, recipe: Recipe, codes: list[Codes], number: Whole | None) -> _Told:
    """Rows with an empty measure take part, so that their mark is known, and are not used."""
    held = keeping.kept(sheet, recipe.kept)
    unfit = np.logical_or.reduce([one == UNFIT for one in codes])
    unfit |= number.codes == UNFIT if number else False
    nowhere = np.logical_or.reduce([one == _NOWHERE for one in codes])
    void = number.codes == EMPTY if number else np.zeros(sheet.rows, bool)
    there = held & ~unfit & ~nowhere
    return _Told(
        there, int((there & ~void).sum()), int((held & ~unfit & (nowhere | void)).sum()),
        int((held & unfit).sum()), int((~held).sum()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shown:
    """The names that are shown, and for each row the place of its own among them."""

    names: tuple[Name, ...]
    codes: Codes

    @classmethod
    def all(cls, axis: Axis, codes: Codes) -> _Shown:
        return cls(axis.names, codes)


def _shown(rows: _Rows, axis: Axis, recipe: Recipe) -> _Shown:
    """The first names in the order asked for, the rest as one, the empty ones last."""
    zeros = np.zeros_like(rows.along)
    return _first(axis, rows.along, rows.marks(rows.along, zeros), recipe)


def _series(rows: _Rows, axis: Axis, recipe: Recipe) -> _Shown:
    """In their own order where people know one, whatever the names along stand by."""
    found = rows.marks(rows.series, np.zeros_like(rows.series))
    order: Order = "name" if axis.known else recipe.order
    return _first(axis, rows.series, found, replace(recipe, order=order))


def _first(
    axis: Axis, codes: Codes, found: dict[tuple[int, int], Amount], recipe: Recipe
) -> _Shown:
    amounts = {place: amount for (place, _), amount in found.items() if place != EMPTY}
    ranked = _ranked(amounts, recipe.order)
    first, tail = ranked[: recipe.top], ranked[recipe.top :]
    first, tail = (ranked, []) if len(tail) == 1 else (first, tail)
    if recipe.order == "name":
        first = sorted(first)
    names = [axis.names[place] for place in first]
    if tail:
        names.append(Name(naming.REST.format(n=len(tail)), rest=True))
    where = np.full(len(axis.names) + 1, len(first), np.int64)
    where[first] = np.arange(len(first))
    if (EMPTY, 0) in found:
        where[EMPTY] = len(names)
        names.append(Name(naming.EMPTY))
    return _Shown(tuple(names), where[codes])


def _ranked(amounts: dict[int, Amount], order: Order) -> list[int]:
    """The places by their amounts, those without one last; of equal ones the first by name."""
    sign = 1 if order == "least" else -1

    def rank(place: int) -> tuple[bool, Fraction, int]:
        value = amounts[place].value
        return value is None, sign * (value or Fraction(0)), place

    return sorted(amounts, key=rank)


def _called(sheet: LooseSheet, recipe: Recipe, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """A single series is called as what is measured."""
    return names if recipe.split is not None else (Name(naming.measured(sheet, recipe)),)


def _value(
    sheet: LooseSheet,
    recipe: Recipe,
    told: _Told,
    names: tuple[Name, ...],
    series: tuple[tuple[Name, tuple[Amount, ...]], ...],
    dots: tuple[tuple[Fraction, Fraction], ...] = (),
) -> Counted:
    by, measure = sheet.columns[recipe.by], recipe.measure
    in_units = measure is not None and recipe.how != "distinct"
    numeric = roles.is_measure(sheet, recipe.by)
    return Counted(
        recipe, naming.title(sheet, recipe),
        naming.with_unit(by) if numeric else naming.label(by), names, series,
        naming.unit(sheet.columns[measure]) if in_units and measure is not None else "number",
        naming.measured(sheet, recipe),
        naming.suffix(sheet.columns[measure]) if in_units and measure is not None else "",
        dots, told.used, told.empty, told.unfit, told.kept_out, sheet.tells_of_people,
        along_unit="ratio" if by.kind == "ratio" else "number",
    )  # fmt: skip


# -- dots --------------------------------------------------------------------------------------


def _dots(sheet: LooseSheet, recipe: Recipe) -> Counted:
    one, other = (axes.whole(sheet, place or 0) for place in (recipe.by, recipe.measure))
    told = _told(sheet, recipe, [_must(one.codes), _must(other.codes)], None)
    places = np.flatnonzero(told.there)
    if len(places) > DOTS:
        places = places[np.linspace(0, len(places) - 1, DOTS).astype(np.int64)]
    across, up = (_fractions(found, places) for found in (one, other))
    return _value(sheet, recipe, told, (), (), tuple(zip(across, up, strict=True)))


def _fractions(found: Whole, places: Codes) -> list[Fraction]:
    return [int(value) * found.size for value in found.values.take(pa.array(places)).to_pylist()]
