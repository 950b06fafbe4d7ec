"""An empty workbook for any register, made from its contract: to fill in and upload again.

Three sheets: the register with its headers, formats and checks; the same with one row filled; and
notes on every column. The reader leaves the last two out, for they say so themselves.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dashboard.contracts.model import Column, Dataset
from dashboard.exports import demands, examples, look, neutral, notes
from dashboard.exports.demands import Demands
from dashboard.exports.look import Looks
from dashboard.importing.aside import SENTENCE
from dashboard.text import Lang, Text

EXAMPLE = Text("示例", "Example")
AS_OF = Text("截止日期（必填）", "As of (required)")
AS_OF_WHY = Text(
    "名册从哪一天起有效，写成 2026-09-01 这样的日期。",
    "The day from which the roster is true, such as 2026-09-01.",
)
WRONG = Text("请修改", "Please correct")
_LAST_ROW, _WATCHED = 1_048_575, 2_000  # rows that are checked; rows where gaps are coloured
_COMMENT = {"x_scale": 1.6}
_WIDTHS = {"id": 12, "name": 12, "label": 16, "text": 28, "date": 13, "period": 16, "money": 15}


def file_name(dataset: Dataset, lang: Lang) -> str:
    """`教职工名册_模板.xlsx`."""
    return Text(f"{dataset.label.zh}_模板.xlsx", f"{dataset.label.en} template.xlsx")(lang)


def template(dataset: Dataset, lang: Lang) -> bytes:
    """The .xlsx file. What is filled in by its rules re-imports without an issue."""
    buffer = io.BytesIO()
    label = dataset.label(lang)
    with neutral.workbook(buffer, label) as book:
        form = _Form(dataset, demands.of(dataset), Looks(book), lang)
        register = book.add_worksheet(neutral.sheet_name(label, []))
        form.checked(register, form.head(register, 0))
        form.example(book.add_worksheet(EXAMPLE(lang)))
        notes.write(book.add_worksheet(notes.NAME(lang)), dataset, form.needs, form.looks, lang)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Form:
    """The register's own sheet, empty or with its example."""

    dataset: Dataset
    needs: Demands
    looks: Looks
    lang: Lang

    def head(self, sheet: Worksheet, top: int) -> int:
        """Title, day and header row from row `top` on; returns the header's row (from 0)."""
        sheet.set_default_row(20)
        sheet.set_row(top, 30)
        sheet.write_string(top, 0, self.dataset.label(self.lang), self.looks.title())
        header = top + 1
        if self.dataset.shape == "snapshot":
            sheet.set_row(header, 24)
            sheet.write_string(header, 0, AS_OF(self.lang), self.looks(bold=True))
            header += 1
        sheet.set_row(header, 38)
        for place, column in enumerate(self.dataset.kept):
            self._column(sheet, header, place, column)
        sheet.freeze_panes(header + 1, self._frozen())
        look.printed(sheet, self.lang, header)
        return header

    def _column(self, sheet: Worksheet, header: int, place: int, column: Column) -> None:
        text = notes.header(column, self.needs, self.lang)
        looks = self.looks.head(strong=self.needs.asks_for(column.name))
        sheet.write_string(header, place, text, looks)
        wide = max(_WIDTHS.get(column.type, 11), look.width(text) + 4)
        if place == 0 and self.dataset.shape == "snapshot":
            wide = max(wide, look.width(AS_OF(self.lang)) + 2)
        sheet.set_column(place, place, wide, self.looks(**_shown(column)))

    def _frozen(self) -> int:
        """Columns that stay in sight: up to the first a row cannot do without, if that is near."""
        names = [column.name for column in self.dataset.kept]
        first = min(names.index(name) for name in self.needs.required)
        return first + 1 if first < 3 else 0

    def checked(self, sheet: Worksheet, header: int) -> None:
        """Lists, limits and the colouring of gaps below the header; a filter on it."""
        if self.dataset.shape == "snapshot":
            self._day_cell(sheet, header - 1)
        columns = self.dataset.kept
        for place, column in enumerate(columns):
            sheet.write_comment(header, place, notes.hint(column, self.lang), _COMMENT)
            if rule := _rule(column, self.lang):
                sheet.data_validation(header + 1, place, _LAST_ROW, place, rule)
        sheet.autofilter(header, 0, header + _WATCHED, len(columns) - 1)
        self._gaps(sheet, header + 1)
        numbers = f"A{header + 2}:{xl_col_to_name(len(columns) - 1)}{_LAST_ROW + 1}"
        sheet.ignore_errors({"number_stored_as_text": numbers})

    def _day_cell(self, sheet: Worksheet, row: int) -> None:
        """Where the officer writes the roster's day; yellow until she has."""
        day = self.looks(num_format=look.DATE, align="left", border=1, border_color=look.BLUE)
        sheet.write_blank(row, 1, None, day)
        asked = {"input_title": AS_OF(self.lang), "input_message": AS_OF_WHY(self.lang)}
        sheet.data_validation(row, 1, row, 1, _days(self.lang) | asked)
        empty = self.looks(bg_color=look.FILLS["warning"])
        sheet.conditional_format(row, 1, row, 1, {"type": "blanks", "format": empty})

    def _gaps(self, sheet: Worksheet, first: int) -> None:
        """In a row that was begun, what must not stay empty is coloured until it is filled."""
        places = {column.name: at for at, column in enumerate(self.dataset.kept)}
        begun = f"COUNTA($A{first + 1}:${xl_col_to_name(len(places) - 1)}{first + 1})>0"
        for group in (*((name,) for name in sorted(self.needs.required)), *self.needs.either):
            cells = (xl_rowcol_to_cell(first, places[name], col_abs=True) for name in group)
            rule = {
                "type": "formula",
                "criteria": f"=AND({begun},COUNTA({','.join(cells)})=0)",
                "format": self.looks(bg_color=look.FILLS["error"]),
            }
            for name in group:
                at = places[name]
                sheet.conditional_format(first, at, first + _WATCHED, at, rule)

    def example(self, sheet: Worksheet) -> None:
        """The same with one row filled in; its first line says that it is not imported."""
        sheet.write_string(0, 0, SENTENCE(self.lang), self.looks.quiet())
        header = self.head(sheet, 1)
        if self.dataset.shape == "snapshot":
            day = self.looks(num_format=look.DATE, align="left")
            neutral.write(sheet, header - 1, 1, examples.AS_OF, day)
        for place, column in enumerate(self.dataset.kept):
            value = examples.cell(column, self.lang)
            neutral.write(sheet, header + 1, place, value, self.looks(**_shown(column)))


def _shown(column: Column) -> dict[str, object]:
    """Amounts to the right, days and words of a list in the middle, text a little in."""
    shape: dict[str, object] = {"num_format": look.FORMATS.get(column.type, look.AS_TEXT)}
    if column.type in ("date", "code"):
        return shape | {"align": "center"}
    return shape if column.type in ("money", "count") else shape | {"indent": 1}


def _rule(column: Column, lang: Lang) -> dict[str, object] | None:
    """What a cell of the column may hold, as the spreadsheet program checks it."""
    if column.codes:
        words = [code.label(lang) for code in column.codes.codes]
        rule: dict[str, object] = {"validate": "list", "source": words}
    elif column.type == "date":
        rule = _days(lang)
    elif column.type == "money":
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
    elif column.type == "count":
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 10**9}
    else:
        return None
    return rule | _refusal(notes.WHAT[column.type](lang), lang)


def _days(lang: Lang) -> dict[str, object]:
    bounds = {"criteria": "between", "minimum": date(1901, 1, 1), "maximum": date(2100, 12, 31)}
    return {"validate": "date", **bounds, **_refusal(notes.WHAT["date"](lang), lang)}


def _refusal(words: str, lang: Lang) -> dict[str, object]:
    return {"error_title": WRONG(lang), "error_message": words}
