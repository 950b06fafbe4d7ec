"""Issues: the gravest first, and the same doubt about many cells said once, with all of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from dashboard.importing.issues import issue
from dashboard.importing.registers.listing import ALIKE, Listing
from dashboard.importing.report import Issue
from dashboard.text import Text

DATE, SUM = Text("日期", "Date"), Text("金额", "Amount")


def where(row: int, field: str) -> str:
    return f"{'AB'[field == 'amount']}{row + 1}"


def doubts(count: int, column: str = "amount") -> Iterator[tuple[Issue, int, str]]:
    for row in range(count):
        yield issue("text_after_amount", value=f"约{row}", field=SUM, given=row), row, column


def listed(*found: tuple[Issue, int, str], limit: int = 2_000) -> tuple[list[Issue], int]:
    listing = Listing()
    for one, row, field in found:
        listing.add_one(one, row, field)
    return listing.first(limit, where)


@pytest.mark.parametrize("count", [1, ALIKE])
def test_a_few_alike_are_told_one_by_one(count: int) -> None:
    issues, total = listed(*doubts(count))
    assert [found.cell for found in issues] == [f"B{row + 1}" for row in range(count)]
    assert total == count
    assert not any(found.others for found in issues)


def test_many_alike_are_one_issue_that_counts_and_names_them() -> None:
    (found,), total = listed(*doubts(30))
    assert total == 1
    assert (found.cell, found.value) == ("B1", "约0")
    assert found.cells == tuple(f"B{row + 1}" for row in range(30))
    assert "30" in found.message.zh
    assert "B1、B2、B3" in found.message.zh
    assert "30" in found.message.en
    assert found.remedy == issue("text_after_amount", field=SUM, given=0).remedy


def test_other_columns_and_other_doubts_are_told_by_themselves() -> None:
    other = issue("bad_date", field=DATE), 7, "spent_on"
    issues, total = listed(*doubts(30), *doubts(2, "balance"), other)
    assert [found.code for found in issues] == ["bad_date", *["text_after_amount"] * 3]
    assert total == 4


def test_the_gravest_come_first_and_no_more_than_asked_for() -> None:
    grave = issue("bad_date", field=DATE), 19, "spent_on"
    issues, total = listed(*doubts(20), grave, limit=3)
    assert [found.cell for found in issues] == ["A20", "B1", "B2"]
    assert total == 21


def test_the_cells_of_one_issue_are_bounded() -> None:
    listing = Listing()
    listing.add(issue("bad_date", field=DATE), np.arange(100_000), "spent_on")
    (found,), total = listing.first(50, where)
    assert (len(found.cells), total) == (50, 1)
    assert "100,000" in found.message.zh
