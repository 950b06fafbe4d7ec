"""A table turned: one or two columns down, one across, a figure in each cell, and totals.

Totals are counted from the rows, never from the cells: the mean of all is no mean of means, and a
value that stands in two cells is one different value. Exact throughout. What is empty along a side
or does not fit there has a line of its own; rows whose measure is empty or unfit are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import RefusedRequest
from dashboard.exploring.charting import naming, roles
from dashboard.exploring.charting.axes import (
    EMPTY,
    UNFIT,
    Whole,
    axis,
    integers,
    told_apart,
    valid,
    whole,
)
from dashboard.exploring.charting.recipe import Amount, How, Name, Step, Unit
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text

DOWN, ACROSS = 200, 30  # lines and columns told, before the rest is one
OFF = Text("（不相符）", "(does not fit)")
REST = Text("其余", "the rest")
NOT_ALONG = Text("“{column}”不能排在行或列", "'{column}' cannot stand along a side")
NOT_SO = Text("“{column}”不能这样统计", "'{column}' cannot be counted so")
Line = tuple[Name, ...]
Codes = NDArray[np.int64]
_ROOM = 2**62


@dataclass(frozen=True, slots=True)
class Pivot:
    """`lines` have a name for each column down, `columns` are the names across (one without a
    name where nothing is); `cells` stand by line and column. A cell without rows is None.

    used + empty + unfit = the rows of the table
    """

    heads: tuple[Text, ...]
    lines: tuple[Line, ...]
    columns: tuple[Name, ...]
    cells: tuple[tuple[Amount, ...], ...]
    line_totals: tuple[Amount, ...]
    column_totals: tuple[Amount, ...]
    total: Amount
    measured: Text
    unit: Unit
    suffix: str
    step: Step
    used: int
    empty: int
    unfit: int


@dataclass(frozen=True, slots=True)
class _Side:
    """Each row's place among the lines (or columns), and their names."""

    codes: Codes
    names: tuple[Line, ...]


def along(sheet: LooseSheet) -> list[int]:
    """The columns that may stand down or across."""
    every = range(len(sheet.columns))
    return [at for at in every if roles.is_time(sheet, at) or roles.is_category(sheet, at)]


def measures(sheet: LooseSheet, how: How) -> list[int]:
    """The columns a figure may be made of; none where rows are counted."""
    tests = {
        "sum": roles.is_summed,
        "mean": roles.is_measure,
        "median": roles.is_measure,
        "distinct": roles.is_told_apart,
    }
    test = tests.get(how)
    return [at for at in range(len(sheet.columns)) if test and test(sheet, at)]


def pivot(
    sheet: LooseSheet,
    down: Sequence[int],
    across: int | None = None,
    how: How = "rows",
    measure: int | None = None,
    step: Step = "month",
) -> Pivot:
    """Columns by their places. Raises RefusedRequest (bad_recipe) where they do not allow it."""
    _check(sheet, down, across, how, measure)
    found = _measured(sheet, how, measure)
    used = found.codes >= 0
    numbers = integers(found)[used] if how != "rows" else np.zeros(int(used.sum()), np.int64)
    lines = _limited(_side(sheet, down, step, used), DOWN)
    columns = _limited(_side(sheet, [] if across is None else [across], step, used), ACROSS)
    counted = _Counted.of(how, numbers, found.size)
    wide = len(columns.names)
    cells = counted.by(lines.codes * wide + columns.codes, len(lines.names) * wide)
    of = None if measure is None else sheet.columns[measure]
    return Pivot(
        tuple(naming.label(sheet.columns[at]) for at in down),
        lines.names,
        tuple(names[0] if names else Name(Text("", "")) for names in columns.names),
        tuple(tuple(cells[at : at + wide]) for at in range(0, len(cells), wide or 1)),
        tuple(counted.by(lines.codes, len(lines.names))),
        tuple(counted.by(columns.codes, wide)),
        counted.by(np.zeros(len(numbers), np.int64), 1)[0],
        naming.counted_rows(sheet) if of is None else naming.HOWS[how].format(of=naming.label(of)),
        naming.unit(of) if of and how != "distinct" else "number",
        naming.suffix(of) if of and how != "distinct" else "",
        step,
        int(used.sum()), int((found.codes == EMPTY).sum()), int((found.codes == UNFIT).sum()),
    )  # fmt: skip


def _check(
    sheet: LooseSheet, down: Sequence[int], across: int | None, how: How, measure: int | None
) -> None:
    sides = [*down, *([] if across is None else [across])]
    allowed = along(sheet)
    for at in sides:
        if at not in allowed or sides.count(at) > 1:
            raise RefusedRequest("bad_recipe", reason=_named(sheet, at, NOT_ALONG))
    if not 1 <= len(down) <= 2:
        raise RefusedRequest(
            "bad_recipe", reason=Text("行要一到两列", "one or two columns go down")
        )
    if (how == "rows") != (measure is None):
        raise RefusedRequest(
            "bad_recipe", reason=Text("缺少或多余数值列", "which figure is unclear")
        )
    if measure is not None and measure not in measures(sheet, how):
        raise RefusedRequest("bad_recipe", reason=_named(sheet, measure, NOT_SO))


def _named(sheet: LooseSheet, place: int, words: Text) -> Text:
    known = 0 <= place < len(sheet.columns)
    return words.format(column=sheet.columns[place].label if known else place)


def _measured(sheet: LooseSheet, how: How, measure: int | None) -> Whole:
    if measure is None:
        every = np.zeros(sheet.rows, np.int64)
        return Whole(None, Fraction(1), every)
    found = told_apart(sheet, measure) if how == "distinct" else whole(sheet, measure)
    return Whole(found.values, found.size, np.where(valid(found.values), 0, found.codes))


# -- the sides -----------------------------------------------------------------------------------


def _side(sheet: LooseSheet, places: Sequence[int], step: Step, used: NDArray[np.bool_]) -> _Side:
    """Only lines that some row stands in, as people order them; what is empty comes last."""
    codes, names = np.zeros(int(used.sum()), np.int64), [()]
    for place in places:
        found = axis(sheet, place, step)
        own = [*found.names, Name(OFF), Name(naming.EMPTY)]
        rows = found.codes[used]
        rows = np.where(rows == UNFIT, len(own) - 2, np.where(rows == EMPTY, len(own) - 1, rows))
        there, codes = np.unique(codes * len(own) + rows, return_inverse=True)
        codes = codes.reshape(-1).astype(np.int64)
        names = [(*names[at // len(own)], own[at % len(own)]) for at in there.tolist()]
    return _Side(codes, tuple(names) if len(codes) else ())


def _limited(side: _Side, most: int) -> _Side:
    """Those with the most rows, in their order; all others are one."""
    if len(side.names) <= most:
        return side
    often = np.bincount(side.codes, minlength=len(side.names))
    kept = np.sort(np.argsort(-often, kind="stable")[: most - 1])
    place = np.full(len(side.names), most - 1)
    place[kept] = np.arange(most - 1)
    rest = Name(
        Text(
            f"{REST.zh}（{len(side.names) - most + 1}）",
            f"{REST.en} ({len(side.names) - most + 1})",
        ),
        rest=True,
    )
    wide = len(side.names[0])
    names = (*(side.names[at] for at in kept.tolist()), (rest,) * wide)
    return _Side(place[side.codes], names)


# -- the figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counted:
    """How the rows' numbers become one figure; `size` is what a number is a multiple of. Where
    they are put in order or told apart, `values` are the different ones and `numbers` their ranks.
    """

    how: How
    numbers: NDArray[Any]
    size: Fraction
    values: NDArray[Any]

    @classmethod
    def of(cls, how: How, numbers: NDArray[Any], size: Fraction) -> _Counted:
        if how not in ("median", "distinct"):
            return cls(how, numbers, size, numbers)
        values, ranks = np.unique(numbers, return_inverse=True)
        return cls(how, ranks.reshape(-1), size, values)

    def by(self, codes: Codes, groups: int) -> list[Amount]:
        """One amount for each group; None where it has no rows."""
        rows = np.bincount(codes, minlength=groups).tolist()
        found = self._figures(codes, groups)
        return [
            Amount(figure if many else None, many) for figure, many in zip(found, rows, strict=True)
        ]

    def _figures(self, codes: Codes, groups: int) -> list[Fraction]:
        rows = np.bincount(codes, minlength=groups).tolist()
        if self.how == "rows":
            return [Fraction(many) for many in rows]
        if self.how == "distinct":
            wide = len(self.values) + 1
            pairs = np.unique(codes * wide + self.numbers)
            found = np.bincount(pairs // wide, minlength=groups)
            return [Fraction(many) for many in found.tolist()]
        if self.how == "median":
            return self._medians(codes, rows)
        sums = self._sums(codes, groups)
        if self.how == "sum":
            return [total * self.size for total in sums]
        return [total * self.size / max(many, 1) for total, many in zip(sums, rows, strict=True)]

    def _sums(self, codes: Codes, groups: int) -> list[Fraction]:
        numbers = self.numbers
        if numbers.dtype != object and len(numbers):
            widest = max(int(numbers.max()), -int(numbers.min()))
            numbers = numbers.astype(object) if widest * len(numbers) >= _ROOM else numbers
        found = np.zeros(groups, numbers.dtype)
        np.add.at(found, codes, numbers)
        return [Fraction(int(total)) for total in found]

    def _medians(self, codes: Codes, rows: list[int]) -> list[Fraction]:
        """The middle one, or the mean of the two middle ones."""
        ordered = self.numbers[np.lexsort((self.numbers, codes))]
        ends = np.cumsum(rows)
        found = []
        for end, many in zip(ends.tolist(), rows, strict=True):
            low, high = end - many + (many - 1) // 2, end - many + many // 2
            middles = (int(self.values[ordered[at]]) for at in (low, high)) if many else (0, 0)
            found.append(sum(middles) * self.size / 2)
        return found
