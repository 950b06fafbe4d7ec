"""Figures whose day and month may stand either way: 4/5/2017 is settled by its column, or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dashboard.contracts.model import Order
from dashboard.importing.columns import Cell

_FIGURES = re.compile(r"^(\d{1,2}) ?([-./]) ?(\d{1,2}) ?[-./] ?(\d{4}|\d\d)$")
_BEGINNING = re.compile(r"\s*\d{1,2} ?[-./] ?\d{1,2} ?[-./] ?\d\d")


def century(year: int) -> int:
    return 2000 + year if year <= 49 else 1900 + year


def candidates(cells: Iterable[Cell], longest: int) -> Iterator[str]:
    """The texts that begin with such figures, of at most `longest` characters."""
    for cell in cells:
        if isinstance(cell, str) and len(cell) <= longest and _BEGINNING.match(cell):
            yield cell


def days(text: str) -> dict[Order, date]:
    """What the figures are in each order that makes them a day; 17.3.8 begins with its year."""
    found = _FIGURES.match(text)
    if not found or (len(found[4]) == 2 and found[2] != "/"):
        return {}
    first, second, third = found[1], found[3], found[4]
    parts: dict[Order, tuple[str, str, str]] = {
        "dmy": (third, second, first),
        "mdy": (third, first, second),
    }
    if len(first) == len(third) == 2:
        parts["ymd"] = (first, second, third)
    return {order: day for order, ymd in parts.items() if (day := _day(*ymd))}


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) if len(year) == 4 else century(int(year)), int(month), int(day))
    except ValueError:
        return None


def order_of(texts: Iterable[str]) -> Order:
    """The only order in which every text with such figures is a day; empty where several fit them
    all, or none does.
    """
    left: set[Order] = {"ymd", "dmy", "mdy"}
    for text in texts:
        if possible := days(text):
            left &= possible.keys()
    return left.pop() if len(left) == 1 else ""
