"""Text goes out as text: no exported cell is ever run as a formula or followed as a link.

A name such as `=HYPERLINK(…)` is data here, and stored as a string.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | Decimal | date | datetime | time | timedelta | None

FONT = "微软雅黑"  # where it is missing, every program falls back to its own Chinese font
LONGEST = 32_767  # characters a cell may hold
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_FIRST_DAY = date(1900, 3, 1)  # before it, the serial numbers of spreadsheets are off by one
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": 11},
}


def workbook(
    buffer: io.BytesIO, title: str, *, date_1904: bool = False, made: datetime | None = None
) -> Workbook:
    """An empty workbook that turns no text into a formula, a link or a number.

    date_1904: its serial numbers count days from 1904, as in old workbooks of the Mac.
    made: when it says it was written; now, if nothing else is said.
    """
    # a copy all through: the library writes into the font's properties
    book = Workbook(buffer, deepcopy(_OPTIONS) | {"date_1904": date_1904})
    told = {"title": title, "author": "工会数据看板 Union Dashboard"}
    book.set_properties(told | ({"created": made} if made else {}))
    return book


def write(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    """One cell with its own type. A number or a day that a spreadsheet would change is text."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, str) or not _fits(value):
        sheet.write_string(row, column, str(value)[:LONGEST], look)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_datetime(row, column, value, look)


def _fits(value: int | float | Decimal | date | datetime | time | timedelta) -> bool:
    if isinstance(value, (int, float, Decimal)):
        return isfinite(value) and -_EXACT < value < _EXACT
    if isinstance(value, datetime):
        return value.date() >= _FIRST_DAY
    return not isinstance(value, date) or value >= _FIRST_DAY


def sheet_name(name: str, taken: Iterable[str]) -> str:
    """A name spreadsheets accept: at most 31 characters, none of []:*?/\\, no two alike."""
    known = {other.lower() for other in taken}
    base = _NO_SHEET_NAME.sub(" ", name).strip("' ")[:31] or "Sheet"
    found, number = base, 1
    while found.lower() in known:
        number += 1
        ending = f" ({number})"
        found = base[: 31 - len(ending)] + ending
    return found
