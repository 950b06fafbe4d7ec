"""What the lines of a cash book mean: the side, the sums, and what was carried over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from here import read_here

from dashboard.importing.report import SheetReport


def read(text: str, name: str = "2025年收支明细账.csv") -> SheetReport:
    (sheet,) = read_here(text.encode(), name).sheets
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
