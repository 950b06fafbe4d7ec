"""One cell to one value of a kind; a cell that is none gives None, and stays the text it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded, folded_figures, one_line
from dashboard.importing.columns import Cell
from dashboard.importing.grids import ERRORS, SHIFTED, UNCALCULATED
from dashboard.importing.loose import personal
from dashboard.importing.loose.model import NUMERIC, PERSONAL, Kind
from dashboard.importing.values import private
from dashboard.importing.values.amounts import Amount, from_number, read_amount, read_count
from dashboard.importing.values.coerce import shown
from dashboard.importing.values.dates import Unreadable, read_date
from dashboard.importing.values.numerals import digits

PLACES = 18  # behind the point, more than a spreadsheet keeps
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,15})?")
_PERCENT = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,12})?) ?%")
_MONTH = re.compile(r"(\d{4}) ?[-./年] ?(\d{1,2}) ?月?份?|(?:20\d\d)(?:0[1-9]|1[0-2])")
_LONE_MONTH = re.compile(r"(\d{1,2}) ?月份?")
_TWO = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0+)? ?年?度?")
_CODE = re.compile(r"[\w\-./#()]{1,40}")
_YES = frozenset(("是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "v"))
_NO = frozenset(("否", "无", "错", "×", "✕", "✖", "✗", "✘", "n", "no", "false", "x", "没有", "無"))
_LONG = 10**15  # a number from here on has lost its last digits in the spreadsheet


@dataclass(frozen=True, slots=True)
class Around:
    """What a column's cells are read with: `scale` is its unit in yuan or persons; `numbered`,
    whether a school gives its numbers, so that 11 digits are no phone there; `money`, whether the
    sheet says in what unit of money its numbers are, and the header says nothing else; `secret`
    makes the keys of personal cells, without it there are none.
    """

    said: Surroundings
    scale: int = 1
    numbered: bool = False
    money: bool = False
    secret: str = field(default="", repr=False)


def words(cell: Cell) -> str:
    """A cell's own words on one line, nothing taken out; empty for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        return f"{from_number(cell):f}" if abs(cell) < _LONG else repr(cell)
    if isinstance(cell, datetime):
        moment = cell.hour or cell.minute or cell.second
        return shown(cell) if moment else cell.date().isoformat()
    return one_line(cell) if isinstance(cell, str) else shown(cell)


def is_broken(cell: Cell) -> bool:
    """#REF!, a formula nobody calculated: never what its column holds."""
    marked = isinstance(cell, str) and (cell in ERRORS or cell.startswith(SHIFTED))
    return marked or cell == UNCALCULATED


def read(kind: Kind, cell: Cell, around: Around) -> Any | None:
    """The value, masked where it is personal; None where the cell is none of that kind."""
    if cell is None or is_broken(cell):
        return None
    if kind in NUMERIC:
        found = number(cell, around.scale)
        return found[0] if found else None
    if kind in PERSONAL:
        text = words(cell)
        return personal.mask(kind, text) if personal.fits(kind, text) else None
    return _READ[kind](cell, around)


def number(cell: Cell, scale: int = 1) -> tuple[Decimal, bool] | None:
    """(exact number in the column's own unit, whether the cell names another unit). 12.5% is
    0.125.
    """
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    if not isinstance(cell, str):
        return (from_number(cell), False) if abs(cell) < _LONG else None
    text = cell.strip()
    if _PLAIN.fullmatch(text):
        return Decimal(text), False
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), False
    return _written(text, scale)


def _written(text: str, scale: int) -> tuple[Decimal, bool] | None:
    """Full-width figures, per cent, units, currencies, capitals."""
    if found := _PERCENT.fullmatch(folded_figures(text).strip()):
        return Decimal(found[1]).scaleb(-2), False
    amount = _amount(text, scale)
    return (amount.value / scale, "unit_in_cell" in amount.notes) if amount else None


def _amount(text: str, scale: int) -> Amount | None:
    try:
        return read_amount(text, scale)
    except Unreadable:
        pass
    try:
        return read_count(text)
    except Unreadable:
        return None


def day(cell: Cell, around: Around) -> date | None:
    try:
        return read_date(cell, around.said).value
    except Unreadable:
        return None


def month(cell: Cell, around: Around) -> str | None:
    """2017-03, or 03 where the cell names no year. A number 2017.1 may be January or October, as
    it was typed; it is none.
    """
    if isinstance(cell, float) and round(cell * 100 % 100, 6) == 10:
        return None
    text = digits(folded_figures(words(cell)))
    if found := _MONTH.fullmatch(text):
        year, number = (found[1], int(found[2])) if found[1] else (text[:4], int(text[4:]))
        return f"{year}-{number:02d}" if 1 <= number <= 12 else None
    lone = _LONE_MONTH.fullmatch(text)
    return f"{int(lone[1]):02d}" if lone and 1 <= int(lone[1]) <= 12 else None


def month_or_number(cell: Cell, around: Around) -> str | None:
    """In a column of months a number from 1 to 12 is one, too."""
    text = digits(folded_figures(words(cell)))
    bare = _TWO.fullmatch(text) and 1 <= int(text) <= 12
    return f"{int(text):02d}" if bare else month(cell, around)


def year(cell: Cell, around: Around) -> str | None:
    found = _YEAR.fullmatch(digits(folded_figures(words(cell))))
    return found[1] if found else None


def yes_no(cell: Cell, around: Around) -> bool | None:
    text = folded(words(cell)).strip().lower()
    return True if text in _YES else False if text in _NO else None


def is_answer(text: str) -> bool:
    """Whether it says yes or no."""
    return folded(text).strip().lower() in _YES | _NO


def code(cell: Cell, around: Around) -> str | None:
    """Letters, figures and what joins them; a number that lost its digits is none."""
    text = folded(words(cell)).removeprefix("'").strip()
    too_long = isinstance(cell, (int, float)) and abs(cell) >= _LONG
    if too_long or not _CODE.fullmatch(text) or "e+" in text.lower():
        return None
    return private.masked_beside_numbers(text) if around.numbered else private.masked(text)


def said(cell: Cell, around: Around) -> str:
    return private.masked(words(cell))


_READ: dict[str, Callable[[Cell, Around], Any | None]] = {
    "empty": said,
    "date": day,
    "month": month_or_number,
    "year": year,
    "yes_no": yes_no,
    "category": said,
    "text": said,
    "code": code,
}
