"""What a chart is kept to, in words: 部门：语文组、数学组；日期：2025年3月."""

from __future__ import annotations

from fractions import Fraction

from dashboard.exploring.charting import axes, bins, naming, roles, steps
from dashboard.exploring.charting.recipe import Kept
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text, number, percent, same

MOST = 4  # values that are named
COLUMN = Text("{name}：{values}", "{name}: {values}")
MORE = Text("{first}等 {n} 项", "{first} and others, {n} in all")


def kept_to(sheet: LooseSheet, kept: Kept) -> Text:
    """Each column with its values; nothing where every row is in it."""
    told = [
        COLUMN.format(name=naming.label(sheet.columns[place]), values=_all(sheet, place, values))
        for place, values in kept
    ]
    return _joined(told, "；", "; ")


def _all(sheet: LooseSheet, place: int, values: tuple[str | None, ...]) -> Text:
    first = _joined([_one(sheet, place, value) for value in values[:MOST]], "、", ", ")
    return first if len(values) <= MOST else MORE.format(first=first, n=len(values))


def _one(sheet: LooseSheet, place: int, value: str | None) -> Text:
    """As the charts call it."""
    if value is None:
        return naming.EMPTY
    if roles.is_time(sheet, place) and (by := steps.spelling_of(value)):
        return steps.words(value, by)
    if roles.is_measure(sheet, place) and (found := bins.class_of(value)):
        return _between(found.low, found.high, rate=sheet.columns[place].kind == "ratio")
    if sheet.columns[place].kind == "yes_no":
        return naming.YES if value == axes.answer(yes=True) else naming.NO
    return same(value)


def _between(low: Fraction, high: Fraction, *, rate: bool) -> Text:
    first, last = (
        percent(edge) if rate else number(edge, 0 if edge.denominator == 1 else 2)
        for edge in (low, high)
    )
    return same(first) if low == high else Text(f"{first} 至 {last}", f"{first} to {last}")


def _joined(told: list[Text], zh: str, en: str) -> Text:
    return Text(zh.join(text.zh for text in told), en.join(text.en for text in told))
