"""Which columns of a table come first in its charts; the rule stands in `choosing`."""

from __future__ import annotations

import re

import numpy as np

from dashboard.exploring.charting import axes, roles, validity
from dashboard.exploring.charting.recipe import How, Step
from dashboard.importing.loose.model import LooseSheet

FILLED = 0.3  # of its cells a measure holds at least
DAYS, MONTHS = 31, 36  # over which a time is told by day, and by month
FEW = 12  # different words a category has at best
_NEARLY = (5, 95)  # per cent of the days, between which nearly all lie
_KINDS = {"money": 0, "count": 1, "ratio": 2, "number": 3}
_TOTAL = re.compile(r"合计|合計|总计|总额|总数|总分|小计|total|sum$", re.IGNORECASE)


def measures(sheet: LooseSheet) -> list[int]:
    """The columns of numbers that are worth a chart."""
    told = [place for place in range(len(sheet.columns)) if _is_telling(sheet, place)]
    ranked = sorted(told, key=lambda place: _rank(sheet, place))
    first: list[int] = []
    for place in ranked:
        values = axes.column(sheet, place)
        if not any(values.equals(axes.column(sheet, other)) for other in first):
            first.append(place)
    return first


def _is_telling(sheet: LooseSheet, place: int) -> bool:
    column = sheet.columns[place]
    if not roles.is_measure(sheet, place) or not _is_filled(sheet, place):
        return False
    if not axes.several(axes.column(sheet, place)):
        return False
    return column.kind == "money" or not _numbers_rows(sheet, place)


def _is_filled(sheet: LooseSheet, place: int) -> bool:
    column = sheet.columns[place]
    return column.filled - column.misfits >= FILLED * max(sheet.rows, 1)


def _numbers_rows(sheet: LooseSheet, place: int) -> bool:
    """Whether each number is one more than the number above it."""
    found = axes.whole(sheet, place)
    numbers = axes.integers(found)[found.codes == 0]
    one = 1 / found.size
    return len(numbers) > 2 and bool(np.all(np.diff(numbers) == one))


def _rank(sheet: LooseSheet, place: int) -> tuple[bool, int, bool, bool, int]:
    column = sheet.columns[place]
    total = _TOTAL.search(column.header) is not None
    kind = _KINDS.get(column.kind, len(_KINDS))
    return roles.is_standing(column), kind, roles.is_averaged(column), not total, place


def how_of(sheet: LooseSheet, measure: int | None) -> How:
    """What is made of a measure; rows are counted without one."""
    if measure is None:
        return "rows"
    return "mean" if roles.is_averaged(sheet.columns[measure]) else "sum"


def times(sheet: LooseSheet) -> list[int]:
    """The columns of times with more than one value: days first, then months, then years."""
    told = [place for place in range(len(sheet.columns)) if _tells_time(sheet, place)]
    kinds = ("date", "month", "year")
    return sorted(told, key=lambda place: (kinds.index(sheet.columns[place].kind), place))


def _tells_time(sheet: LooseSheet, place: int) -> bool:
    if not roles.is_time(sheet, place) or roles.is_birth(sheet.columns[place]):
        return False
    several = axes.several(axes.column(sheet, place))
    return several and _is_filled(sheet, place) and bool(validity.steps(sheet, place))


def step_of(sheet: LooseSheet, place: int) -> Step:
    """By day, month or year, as far as nearly all of the times lie apart."""
    known = validity.steps(sheet, place)
    wanted: tuple[Step, ...] = ("day", "month", "year")
    if sheet.columns[place].kind != "date":
        wanted = ("month", "year") if axes.reach(sheet, place, "month", _NEARLY) <= MONTHS else ()
    elif axes.reach(sheet, place, "day", _NEARLY) > DAYS:
        wanted = ("month",) if axes.reach(sheet, place, "month", _NEARLY) <= MONTHS else ()
    return next((step for step in (*wanted, *_LATER) if step in known), known[-1])


_LATER: tuple[Step, ...] = ("year", "month")


def categories(sheet: LooseSheet) -> list[int]:
    """The columns of words with more than one value: the few before the many, answers last."""
    told = [place for place in range(len(sheet.columns)) if _tells_apart(sheet, place)]

    def rank(place: int) -> tuple[bool, bool, bool, bool, int]:
        column = sheet.columns[place]
        many = column.distinct
        empty = not _is_filled(sheet, place)
        return many > roles.FEW, empty, column.kind == "yes_no", many > FEW, place

    return sorted(told, key=rank)


def _tells_apart(sheet: LooseSheet, place: int) -> bool:
    return roles.is_category(sheet, place) and axes.several(axes.column(sheet, place))


def stands_once(sheet: LooseSheet, place: int) -> bool:
    """Whether nearly every row has a word of its own, so that counting rows says nothing."""
    column = sheet.columns[place]
    return column.distinct * 10 >= column.filled * 9


def says_the_other(sheet: LooseSheet, place: int, other: int) -> bool:
    """Whether one word of one column always stands beside the same word of the other."""
    one, two = (axes.axis(sheet, at, "month") for at in (place, other))
    pairs = one.codes * (len(two.names) + 1) + two.codes
    both = (one.codes >= 0) & (two.codes >= 0)
    return len(np.unique(pairs[both])) <= max(len(one.names), len(two.names))
