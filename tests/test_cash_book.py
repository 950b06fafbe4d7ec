"""What the lines of a cash book mean: the side, the sums, and what was carried over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from here import read_here

from dashboard.importing.report import SheetReport


def parts(text: str, name: str = "2025年收支明细账.csv") -> list[SheetReport]:
    return read_here(text.encode(), name).sheets


def read(text: str, name: str = "2025年收支明细账.csv") -> SheetReport:
    (sheet,) = parts(text, name)
    return sheet


def sums(sheet: SheetReport) -> tuple[int, int]:
    """(income, expense)"""
    found = (sheet.sums.get(side, Decimal(0)) for side in ("income", "expense"))
    income, expense = map(int, found)
    return income, expense


def codes(sheet: SheetReport) -> list[str]:
    return [found.code for found in sheet.issues]


@pytest.mark.parametrize(
    ("amounts", "expense", "doubt"),
    [
        ((200, -50), 150, True),
        ((-200, 50), -150, True),  # either may be the refund
        ((-200,), 200, False),
        ((200, 30, -50), 180, False),
        ((-200, -30, 50), 180, False),
        ((200, 30, 10, -50, -20), 170, True),
        ((-200, -30, -10, 50, 20), 170, True),
    ],
)
def test_a_minus_is_spending_only_where_most_spending_has_one(
    amounts: tuple[int, ...], expense: int, doubt: bool
) -> None:
    spent = "".join(f"2025-03-0{day},买{day},支出,{n}\n" for day, n in enumerate(amounts, start=1))
    sheet = read(f"日期,摘要,收支类别,金额\n2025-03-01,拨款,收入,1000\n{spent}")
    assert (sums(sheet), codes(sheet)) == ((1000, expense), ["signs_mixed"] * doubt)
    assert all((found.cell or "").startswith("D") for found in sheet.issues)


SECTIONS = [
    ("一、收入", "二、支出"),
    ("收入", "支出"),
    ("收入部分", "支出部分"),
    ("收入：", "支出："),
    ("（一）本年收入", "（二）本年支出"),
    ("一、工会经费收入", "二、工会经费支出"),
]
EARNED = "2025-04-01,拨款,901\n2025-04-02,拨款,902\n"
PAID = "2025-03-01,费用,101\n2025-03-02,费用,102\n"
HEAD = "日期,摘要,金额\n"


@pytest.mark.parametrize("title", ["2025年工会经费收支明细账,,\n", ""])
@pytest.mark.parametrize("blank", [",,\n", "", "合计,,1803\n"])
@pytest.mark.parametrize("second", [HEAD, "日期,用途,金额\n"])
@pytest.mark.parametrize("captions", SECTIONS)
def test_a_section_over_a_header_says_its_side(
    captions: tuple[str, str], second: str, blank: str, title: str
) -> None:
    one, two = captions
    text = f"{title}{one},,\n{HEAD}{EARNED}{blank}{two},,\n{second}{PAID}"
    incomes, spending = parts(text)
    assert (sums(incomes), sums(spending)) == ((1803, 0), (0, 203))
    assert (codes(incomes), codes(spending)) == (["tables_cut"], [])
    spending, incomes = parts(f"{title}{two},,\n{HEAD}{PAID}{one},,\n{second}{EARNED}")
    assert (sums(incomes), sums(spending)) == ((1803, 0), (0, 203))


def test_the_same_section_on_the_next_page_is_no_new_table() -> None:
    sheet = read(f"一、收入,,\n{HEAD}{EARNED}一、收入,,\n{HEAD}2025-05-01,拨款,7\n")
    assert (sums(sheet), sheet.counts["headers"]) == ((1810, 0), 2)


def test_a_section_without_a_header_is_shown() -> None:
    sheet = read(f"一、收入,,\n{HEAD}{EARNED}二、支出,,\n{PAID}")
    assert [(found.code, found.cell) for found in sheet.issues] == [("section_unheeded", "A5")]
    summed = read(f"一、收入,,\n{HEAD}{EARNED}收入,,1803\n二、支出,,203\n")
    assert "section_unheeded" not in codes(summed)
