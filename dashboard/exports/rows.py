"""Rows to take home: a CSV that Excel reads as UTF-8, or a workbook with its notes.

No cell runs as a formula: the workbook's are typed, and a CSV's text that a spreadsheet program
would take for one gets an apostrophe in front, the usual mark for text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from dashboard.exports import neutral
from dashboard.exports.look import DATE, MONEY, Looks
from dashboard.text import Lang, Text, is_formula

SHEET, NOTES = Text("明细", "Rows"), Text("说明", "Notes")
WIDEST = 60  # letters of a column


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as people read it, and in `notes` what it says and where it is from."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[neutral.Value, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()


def as_csv(found: Rows) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in found.columns])
    writer.writerows([_harmless(value) for value in row] for row in found.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(value: neutral.Value) -> str | int | float | Decimal:
    """A number is itself, minus sign and all; text that looks like a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if is_formula(text) else text


def as_workbook(found: Rows, lang: Lang) -> bytes:
    """One sheet of rows under a frozen header, one of notes."""
    buffer = io.BytesIO()
    book = neutral.workbook(buffer, found.title)
    looks = Looks(book)
    _table(book.add_worksheet(SHEET(lang)), found, looks)
    notes = book.add_worksheet(NOTES(lang))
    notes.set_column(0, 0, 16)
    notes.set_column(1, 1, 110)
    for place, (name, text) in enumerate((("", found.title), *found.notes)):
        neutral.write(notes, place, 0, name, looks(bold=True, valign="top"))
        neutral.write(notes, place, 1, text, looks(text_wrap=True))
    book.close()
    return buffer.getvalue()


def _table(sheet: Worksheet, found: Rows, looks: Looks) -> None:
    for place, name in enumerate(found.columns):
        neutral.write(sheet, 0, place, name, looks.head())
        widths = [2 * len(str(row[place] or "")) for row in found.rows[:200]]
        sheet.set_column(place, place, min(WIDEST, max([2 * len(name) + 4, *widths])))
    for line, row in enumerate(found.rows, start=1):
        for place, value in enumerate(row):
            neutral.write(sheet, line, place, value, looks(**_format(value)))
    sheet.freeze_panes(1, 0)
    if found.rows:
        sheet.autofilter(0, 0, len(found.rows), len(found.columns) - 1)


def _format(value: neutral.Value) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"num_format": MONEY}
    return {"num_format": DATE} if isinstance(value, date) else {}
