"""Rows to take home: typed, whole, readable by Excel, and never run as a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.exports.rows import Rows, as_csv, as_workbook

FOUND = Rows(
    "入会率",
    ("姓名", "日期", "金额"),
    (("王芳", date(2017, 3, 8), Decimal("-12.50")), ("=1+1", None, Decimal(0))),
    (("公式", "=分子/分母"),),
)


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_csv_opens_as_utf_8_in_excel() -> None:
    data = as_csv(FOUND)
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines(data)[0] == ["姓名", "日期", "金额"]
    assert lines(data)[1] == ["王芳", "2017-03-08", "-12.50"]  # a number keeps its sign


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_text_that_looks_like_a_formula_is_text(start: str) -> None:
    attack = f"{start}HYPERLINK(1)"
    found = Rows("x", ("a",), ((attack,),))
    assert lines(as_csv(found))[1] == [f"'{attack}"]
    (cell,) = next(
        openpyxl.load_workbook(io.BytesIO(as_workbook(found, "zh")))["明细"].iter_rows(min_row=2)
    )
    assert cell.data_type == "s"


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20),
        min_size=1,
        max_size=8,
    )
)
def test_no_cell_of_a_csv_starts_as_a_formula(words: list[str]) -> None:
    for line in lines(as_csv(Rows("x", ("a",), tuple((word,) for word in words))))[1:]:
        assert not line or not line[0].lstrip().startswith(("=", "+", "-", "@"))


def test_the_workbook_holds_every_row_with_its_type_and_its_notes() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(FOUND, "zh")))
    assert book.sheet_names == ["明细", "说明"]
    rows = book.get_sheet_by_name("明细").to_python()
    assert rows[1] == ["王芳", date(2017, 3, 8), -12.5]
    assert rows[2][0] == "=1+1"
    assert ["公式", "=分子/分母"] in book.get_sheet_by_name("说明").to_python()
