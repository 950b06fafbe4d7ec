"""Amounts are exact, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.importing.amounts import read_amount, read_count
from dashboard.importing.dates import Unreadable
from dashboard.importing.columns import Cell


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1200, "1200"), (1200.5, "1200.5"), (0.1 + 0.2, "0.3"), ("1,200.50", "1200.50"),
        ("￥1,200.50", "1200.50"), ("¥ 1200", "1200"), ("1200元", "1200"),
        ("1,200.00元整", "1200.00"),
        ("１２００．５", "1200.5"), ("-299", "-299"), ("－299", "-299"), ("−299", "-299"),
        ("(12.50)", "-12.50"), ("（12.50）", "-12.50"), ("1.2万元", "12000.0"),
        ("1.2万", "12000.0"),
        ("3千元", "3000"), ("0", "0"), ("+5", "5"), ("人民币1200元", "1200"), (" 12 000 ", "12000"),
    ],
)  # fmt: skip
def test_an_amount_is_exact(cell: Cell, value: str) -> None:
    amount = read_amount(cell)
    assert amount is not None
    assert (amount.value, amount.note) == (Decimal(value), None)


def test_words_beside_a_number_are_said() -> None:
    amount = read_amount("599\n(尚未驗收)")
    assert amount is not None
    assert (amount.value, amount.note) == (Decimal(599), "text_after_amount")


@pytest.mark.parametrize("cell", ["无", "無", "-", "—", "/", "N/A"])
def test_a_word_for_nothing_is_nothing(cell: str) -> None:
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["待定", "尚未核定", "预估2,200", "1,2,3", "12,34", "1.2.3", "", "12元5角左右", True, None,
     float("inf"), float("nan"), 1e16, "九百"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        read_amount(cell)


def test_the_sheets_unit_scales_a_bare_number_only() -> None:
    for cell, value in ((1.25, "12500"), ("1.25", "12500"), ("350元", "350"), ("2万元", "20000")):
        amount = read_amount(cell, 10_000)
        assert amount is not None
        assert amount.value == Decimal(value)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_spelling_of_an_amount_comes_back(value: Decimal) -> None:
    for text in (f"{value}", f"{value:,}", f"￥{value:,}", f"{value}元"):
        amount = read_amount(text)
        assert amount is not None
        assert amount.value == value


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_nothing_but_unreadable_is_ever_raised(cell: Cell) -> None:
    for read in (read_amount, read_count):
        try:
            read(cell)  # type: ignore[operator]
        except Unreadable:
            continue


@pytest.mark.parametrize(("cell", "value"), [(60, 60), ("60人", 60), ("６０", 60), ("无", None)])
def test_a_count_is_whole(cell: Cell, value: int | None) -> None:
    assert read_count(cell) == value


@pytest.mark.parametrize("cell", [59.5, "约60", "60(含家属)", "若干"])
def test_what_is_no_count_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_count"):
        read_count(cell)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贰万叁仟元整", "23000"), ("人民币壹佰零伍元整", "105"),
        ("叁仟零伍拾元捌角陆分", "3050.86"),
        ("壹拾贰元零伍分", "12.05"), ("伍佰元正", "500"), ("壹亿贰仟万元整", "120000000"),
        ("拾元整", "10"), ("貳萬圓整", "20000"), ("零元整", "0"),
    ],
)  # fmt: skip
def test_an_amount_in_capitals(text: str, value: str) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert amount.value == Decimal(value)


@pytest.mark.parametrize("text", ["壹贰元", "元整", "贰万", "叁佰捌角"])
def test_what_is_no_amount_in_capitals_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        read_amount(text)
