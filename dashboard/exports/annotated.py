"""A copy of what was read, to mend and upload again: each doubtful cell coloured and explained.

The same sheets, rows and places as in the file; before them a list of what to mend, which the
reader leaves out of the next import. Personal numbers do not travel: their places are masked.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from dashboard.exports import look, mending, neutral
from dashboard.exports.dropped import Dropped
from dashboard.exports.look import Looks
from dashboard.importing.cells import SheetCells, read_cells
from dashboard.importing.columns import Cell
from dashboard.importing.report import Choice, FileReport, Issue, SheetReport
from dashboard.text import Lang, Text

COPY = Text("_待修改", " to mend")
_RANK = {"error": 0, "warning": 1, "info": 2}
_MEASURED, _NARROW, _WIDE = 300, 9, 38  # rows looked at for a column's width; its bounds
_FROZEN = 12  # a header further down would fill the screen
_MERGED = 50_000  # cells of one sheet that may be merged: more is nobody's table
_FORMATS: dict[type, str] = {
    datetime: look.MOMENT,
    date: look.DATE,
    time: look.TIME,
    timedelta: look.SPAN,
}
_COMMENT = {"author": "工会数据看板", "x_scale": 1.8, "font_size": 10}


def file_name(report: FileReport, lang: Lang) -> str:
    """`会员名册_待修改.xlsx`: what the file's own name says of its day stays in it."""
    stem = PurePath(report.file).stem
    return f"{stem.removesuffix(COPY(lang))}{COPY(lang)}.xlsx"


def copy_of(
    data: bytes,
    name: str,
    report: FileReport,
    lang: Lang,
    *,
    choices: Sequence[Choice] = (),
    encoding: str | None = None,
) -> bytes:
    """The .xlsx of a file that was read. data, name, choices, encoding: as they were given to
    `importing.read`, which gave the report. Raises RefusedFile: reader_died.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for sheet in report.sheets:
        wanted[sheet.name] |= _rows_to_see(sheet)
    cells = read_cells(data, name, wanted, choices=choices, encoding=encoding)
    return annotated(report, cells, lang)


def _rows_to_see(sheet: SheetReport) -> set[int]:
    """The sheet's rows down to its header, and every row with an issue."""
    rows = {xl_cell_to_rowcol(cell)[0] + 1 for issue in sheet.issues for cell in issue.cells}
    return rows | set(range(1, max(sheet.header_rows, default=0) + 1))


def annotated(report: FileReport, sheets: Sequence[SheetCells], lang: Lang) -> bytes:
    """The .xlsx with the list first, then each sheet; `sheets` as read from the same file."""
    buffer = io.BytesIO()
    from_1904 = any(sheet.epoch_1904 for sheet in sheets)
    with neutral.workbook(buffer, mending.NAME(lang), date_1904=from_1904) as book:
        looks, names = Looks(book), _names(sheets, lang)
        listed = book.add_worksheet(mending.NAME(lang))
        for sheet, name in zip(sheets, names, strict=True):
            reports = [found for found in report.sheets if found.name == sheet.name]
            _Copy(book.add_worksheet(name), sheet, reports, looks, lang).write()
        short = [sheet.name for sheet in sheets if not sheet.complete]
        places = {sheet.name: name for sheet, name in zip(sheets, names, strict=True)}
        mending.write(listed, report, places, short, looks, lang)
        listed.activate()
    return buffer.getvalue()


def _names(sheets: Sequence[SheetCells], lang: Lang) -> list[str]:
    """Each sheet's name in the copy; masked ones may be alike."""
    names = [mending.NAME(lang)]
    for sheet in sheets:
        names.append(neutral.sheet_name(sheet.name, names))
    return names[1:]


@dataclass(slots=True)
class _Copy:
    """One sheet on its way out."""

    page: Worksheet
    cells: SheetCells
    reports: Sequence[SheetReport]
    looks: Looks
    lang: Lang
    issues: dict[tuple[int, int], list[Issue]] = field(default_factory=dict)

    def write(self) -> None:
        for report in self.reports:
            for issue in report.issues:
                for place in issue.cells:
                    self.issues.setdefault(xl_cell_to_rowcol(place), []).append(issue)
        headers = {number - 1 for report in self.reports for number in report.header_rows}
        self._widths(headers)
        self._merge(headers)
        dropped = [Dropped.of(report) for report in self.reports]
        for number, row in self.cells.rows.items():
            for column, cell in enumerate(row):
                at, value = (number - 1, column), cell
                for without in dropped:
                    value = without(*at, value)
                if value is not None or at in self.issues:
                    self._cell(at, value, headers)
        self._comments()
        self._views(headers)

    def _cell(self, at: tuple[int, int], value: Cell, headers: set[int]) -> None:
        neutral.write(self.page, *at, value, self.looks(**self._properties(at, value, headers)))

    def _properties(self, at: tuple[int, int], value: Cell, headers: set[int]) -> dict[str, Any]:
        wanted: dict[str, Any] = {"num_format": self._format(at[1], value)}
        if at[0] in headers:
            wanted |= {"bold": True, "text_wrap": True, "align": "center", "bg_color": look.PALE}
        if found := self.issues.get(at):
            gravest = min(found, key=lambda issue: _RANK[issue.severity])
            wanted |= {"bg_color": look.FILLS[gravest.severity]}
        return wanted

    def _format(self, column: int, value: Cell) -> str:
        """By the value's own type; a number as small as its column shows it."""
        if isinstance(value, (int, float)) and column in self.cells.scaled:
            return look.scaled(self.cells.scaled[column])
        return _FORMATS.get(type(value), "General")

    def _merge(self, headers: set[int]) -> None:
        """Merged cells again, empty; their values are written after."""
        taken: set[tuple[int, int]] = set()
        for top, left, bottom, right in self.cells.merged:
            size = (bottom - top + 1) * (right - left + 1)
            if not 1 < size <= _MERGED - len(taken):
                continue
            area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            if not area & taken:
                taken |= area
                shape = self.looks(**self._properties((top, left), None, headers))
                self.page.merge_range(top, left, bottom, right, "", shape)

    def _comments(self) -> None:
        for at, found in self.issues.items():
            words = "\n".join(f"{issue.message(self.lang)}\n{issue.remedy(self.lang)}"
                              for issue in found)  # fmt: skip
            high = max(1.0, look.width(words.replace("\n", "")) / 150)
            self.page.write_comment(*at, words, _COMMENT | {"y_scale": high})

    def _widths(self, headers: set[int]) -> None:
        """As wide as most of what stands there, titles aside."""
        wide: dict[int, int] = defaultdict(lambda: _NARROW)
        first = min(headers, default=0)
        for number, row in list(self.cells.rows.items())[:_MEASURED]:
            for column, cell in enumerate(row if number > first else ()):
                if cell is not None:
                    wide[column] = max(wide[column], look.width(str(cell)) + 2)
        for column, width in wide.items():
            self.page.set_column(column, column, min(width, _WIDE))

    def _views(self, headers: set[int]) -> None:
        last = max(headers, default=0)
        if headers and last < _FROZEN:
            self.page.freeze_panes(last + 1, 0)
        look.printed(self.page, self.lang, last)
