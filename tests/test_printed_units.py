"""Number formats that print a unit, another currency or a minus beside the number."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter
from here import read_here

from dashboard.importing.formats.scaling import scaling

XML = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="w"><NumberFormat
 ss:Format="0.00&quot;万元&quot;"/></Style></Styles><Worksheet ss:Name="收支明细"><Table>{}</Table>
</Worksheet></Workbook>"""


def book(code: str, number: float = 1.5) -> bytes:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data)
    page = made.add_worksheet("收支明细")
    page.write_row(0, 0, ["日期", "摘要", "支出"])
    page.write_row(1, 0, ["2025-03-05", "慰问"])
    page.write(1, 2, number, made.add_format({"num_format": code}))
    page.write_row(2, 0, ["2025-03-06", "奖品", 100])
    made.close()
    return data.getvalue()


def told(data: bytes, name: str) -> tuple[Decimal, list[tuple[str, str | None]]]:
    (sheet,) = read_here(data, name).sheets
    return sheet.sums["expense"], [(issue.code, issue.cell) for issue in sheet.issues]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('0.00"万元"', 15_000), ('0.00"万"', 15_000), ('0.0"千元"', 1_500),
        ("0.00\\万\\元", 15_000),
        ('G/通用格式"万元"', 15_000), ('General" 万元"', 15_000), ('"人民币"0.00"万元"', 15_000),
        ('0.0"百元";-0.0"百元"', 150),
    ],
)  # fmt: skip
def test_a_printed_unit_is_read(code: str, value: int) -> None:
    assert told(book(code), "收支明细账2025.xlsx") == (value + 100, [("unit_in_cell", "C2")])


@pytest.mark.parametrize(
    "code",
    ['"US$"0.00', "[$$-409]#,##0.00", "-0.00", '"▲"0.00', "(0.00)", '0"元/人"', '0"美元"', "€0"],
)
def test_a_printed_currency_or_minus_is_told(code: str) -> None:
    found = told(book(code), "收支明细账2025.xlsx")
    assert found == (Decimal("101.5"), [("odd_format", "C2")])


@pytest.mark.parametrize(
    "code",
    [
        '0.00"元"', "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "[$¥-804]#,##0.00", "0.00_);(0.00)",
        "0.00;-0.00", '"$"#,##0.00', '[DBNum2]General"元"', '0"万人"', "0.00;[Red]-0.00",
        '"约"0.00', "000-0000",
    ],
)  # fmt: skip
def test_a_format_that_says_nothing_else(code: str) -> None:
    assert told(book(code), "收支明细账2025.xlsx") == (Decimal("101.5"), [])


def test_what_is_divided_and_named_is_read_as_it_is_stored() -> None:
    found = scaling('0!.0,"万元"')
    assert found is not None
    assert (found.divisor, found.unit, found.shown(12_000)) == (10_000, "", "1.2")


def test_a_spreadsheet_of_2003_prints_units_too() -> None:
    cells = "".join(
        f'<Cell><Data ss:Type="String">{word}</Data></Cell>' for word in ("2025-03-05", "慰问")
    )
    head = "".join(
        f'<Cell><Data ss:Type="String">{word}</Data></Cell>' for word in ("日期", "摘要", "支出")
    )
    amount = '<Cell ss:StyleID="w"><Data ss:Type="Number">1.5</Data></Cell>'
    data = XML.format(f"<Row>{head}</Row><Row>{cells}{amount}</Row>").encode()
    assert told(data, "收支明细账2025.xls") == (15_000, [("unit_in_cell", "C2")])
