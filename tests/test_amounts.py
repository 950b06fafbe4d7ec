"""Amounts are exact, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.importing.columns import Cell
from dashboard.importing.values.amounts import read_amount, read_count
from dashboard.importing.values.dates import Unreadable


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1200, "1200"), (1200.5, "1200.5"), (0.1 + 0.2, "0.3"), ("1,200.50", "1200.50"),
        ("￥1,200.50", "1200.50"), ("¥ 1200", "1200"), ("1200元", "1200"),
        ("1,200.00元整", "1200.00"),
        ("１２００．５", "1200.5"), ("-299", "-299"), ("－299", "-299"), ("−299", "-299"),
        ("–299", "-299"), ("(12.50)", "-12.50"), ("（12.50）", "-12.50"), ("￥(12.50)", "-12.50"),
        ("（1,234元）", "-1234"), ("负500", "-500"), ("-￥500", "-500"), ("￥-500", "-500"),
        ("500-", "-500"), ("红字500", "-500"), ("500（红字）", "-500"), ("500（红）", "-500"),
        ("500(负)", "-500"), ("500(負數)", "-500"), ("500元（红）", "-500"), ("（红）500", "-500"),
        ("1，234.50", "1234.50"),
        ("1 234.50", "1234.50"), ("12 345 678.90", "12345678.90"), ("12\u00a0345", "12345"),
        ("1200.", "1200"), (".5", "0.5"), ("'1200", "1200"), ("500块", "500"), ("500圆", "500"),
        ("RMB 500", "500"), ("500元人民币", "500"), ("NT$500", "500"), ("1200（元）", "1200"),
        ("500元。", "500"), ("12元5角", "12.5"), ("5角8分", "0.58"),
        ("0", "0"), ("+5", "5"), ("人民币1200元", "1200"), (" 12 000 ", "12000"),
    ],
)  # fmt: skip
def test_an_amount_is_exact(cell: Cell, value: str) -> None:
    amount = read_amount(cell)
    assert amount is not None
    assert (amount.value, amount.notes) == (Decimal(value), ())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("599\n(尚未驗收)", "599"), ("599 (尚未验收)", "599"), ("599尚未验收", "599"),
        ("預估2,200", "2200"), ("约500元", "500"), ("500元左右", "500"), ("≈500", "500"),
        ("2,200余元", "2200"), ("500元未付", "500"), ("500元慰问金", "500"),
        ("1200元（含税）", "1200"), ("599（3月付清）", None), ("599（尚欠3元）", "599"),
        ("599（红包）", "599"),
        ("599元（负责人张三）", "599"),
    ],
)  # fmt: skip
def test_words_beside_a_number_are_said(cell: str, value: str | None) -> None:
    if value is None:  # a bracket that begins with a number may be another amount
        with pytest.raises(Unreadable, match="bad_amount"):
            read_amount(cell)
        return
    amount = read_amount(cell)
    assert amount is not None
    assert (amount.value, amount.notes) == (Decimal(value), ("text_after_amount",))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.2万元", "12000"), ("1.2万", "12000"), ("3千元", "3000"), ("2千", "2000"),
        ("3.5萬元", "35000"), ("2百元", "200"), ("3仟元", "3000"), ("1.5亿", "150000000"),
        ("2百万元", "2000000"), ("1200（万元）", "12000000"), ("1万2千元", "12000"),
        ("3万5千", "35000"), ("2k", "2000"),
    ],
)  # fmt: skip
def test_a_unit_of_its_own_is_read_and_said(cell: str, value: str) -> None:
    amount = read_amount(cell)
    assert amount is not None
    assert (amount.value, amount.notes) == (Decimal(value), ("unit_in_cell",))


def test_scientific_notation_is_read_and_doubted_and_refused_where_digits_are_lost() -> None:
    for cell in ("1.2E+05", "1.2e5"):
        amount = read_amount(cell)
        assert amount is not None
        assert (f"{amount.value}", amount.notes) == ("120000", ("scientific_amount",))
    with pytest.raises(Unreadable, match="damaged_number"):
        read_amount("1.23457E+17")


@pytest.mark.parametrize("cell", ["无", "無", "無 ", "没有", "-", "—", "－", "/", "N/A", "NULL"])
def test_a_word_for_nothing_is_nothing(cell: str) -> None:
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["待定", "尚未核定", "1,2,3", "12,34", "1.2.3", "", "12元5角左右", True, None, float("inf"),
     float("nan"), 1e16, "九百", "50%", "50％", "1.234.567", "12 34", "1 2 3", "1'234.50", "3万5",
     "500美元", "US$500", "500～600", "500-600", "100元*5", "500元/人", "每人500元", "500元每人",
     "支出500", "5张", "8折", "3年", "20斤", "-(500)", "--500", "(599)未付", "千元", "万", "元",
     "￥", "=100+200", "同上", "见附件", "500以上", "尚未核定599", "9" * 99,
     "500.-", "500.-元", "-500（红）", "500（红字冲销）", "500元红字", "500元（冲红）",
     "500（红冲）"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        read_amount(cell)


@pytest.mark.parametrize(
    "cell",
    ["500\n600", "500\r\n600", "500 \n 600", "500,\n600", "500\u2028600", "５００\n６００",
     "500元\n600元", "1,500\n600.00", "500\u2060\n600", "500\n\n600"],
    ids=repr,
)  # fmt: skip
def test_two_amounts_above_one_another_are_not_one(cell: str) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        read_amount(cell)
    with pytest.raises(Unreadable, match="bad_count"):
        read_count(cell)


@pytest.mark.parametrize(
    "cell",
    ["500①", "500¹", "500⒈", "①500", "500 ①", "500.①", "５００①", "500⓪", "500❶", "500㉑", "500₁",
     "500①②", "500元①", "①②", "约500①", "50①0", "-500²",
     "500\u2060①"],
)  # fmt: skip
def test_the_mark_of_a_footnote_is_no_figure(cell: str) -> None:
    with pytest.raises(Unreadable, match="bad_amount"):
        read_amount(cell)
    with pytest.raises(Unreadable, match="bad_count"):
        read_count(cell)
    with pytest.raises(Unreadable, match="bad_count"):
        read_count(f"{cell}人")


@pytest.mark.parametrize("cell", ["500 600", "\n500 600\n", "500 600\n元", "￥\n500 600"], ids=repr)
def test_a_line_break_beside_an_amount_says_nothing(cell: str) -> None:
    amount = read_amount(cell)
    assert amount is not None
    assert amount.value == 500_600


def test_the_sheets_unit_scales_a_bare_number_only() -> None:
    for cell, value, notes in (
        (1.25, "12500", ()),
        ("1.25", "12500", ()),
        ("2万元", "20000", ()),
        ("350元", "350", ("unit_in_cell",)),
        ("（350元）", "-350", ()),
    ):
        amount = read_amount(cell, 10_000)
        assert amount is not None
        assert (amount.value, amount.notes) == (Decimal(value), notes)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_spelling_of_an_amount_comes_back(value: Decimal) -> None:
    size = abs(value)
    minus = "-" if value < 0 else ""
    written = [f"{value}", f"{value:,}", f"￥{value:,}", f"{value}元", f"{value} 元整", f"'{value}",
               f"{minus}￥{size:,}", f"人民币{value}元", f"{value:,}".translate(WIDE),
               f"{value / 10_000:f}万元", f"{value / 1_000:f}千元", f"{value}（尚未验收）",
               f"约{value}元"]  # fmt: skip
    if value < 0:
        written += [f"({size})", f"（{size:,}）", f"￥({size})", f"{size}-", f"负{size}元"]
    for text in written:
        amount = read_amount(text)
        assert amount is not None
        assert amount.value == value


WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
CAPITALS = dict(zip("0123456789", "零壹贰叁肆伍陆柒捌玖", strict=True))


def _in_capitals(value: int) -> str:
    """Whole yuan below a hundred million, as a cashier writes them."""
    high, low = divmod(value, 10_000)
    words = _below_ten_thousand(high) + "万" if high else ""
    if low:
        words += ("零" if high and low < 1000 else "") + _below_ten_thousand(low)
    return (words or "零") + "元整"


def _below_ten_thousand(value: int) -> str:
    words, gap = "", False
    for size, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        figure, value = divmod(value, size)
        if figure:
            words += ("零" if gap and words else "") + CAPITALS[str(figure)] + unit
        gap = not figure
    return words


@given(st.integers(0, 99_999_999))
def test_every_amount_in_capitals_comes_back_alone_and_beside_its_figures(value: int) -> None:
    words = _in_capitals(value)
    for text in (words, f"人民币{words}", f"￥{value:,}.00（{words}）", f"{words}（{value}元）"):
        amount = read_amount(text)
        assert amount is not None
        assert (amount.value, amount.notes) == (Decimal(value), ())


@pytest.mark.parametrize("cell", ["壹仟元整（1200元）", "￥1,000.50（壹仟元整）"])
def test_capitals_and_figures_that_differ_are_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="capitals_differ"):
        read_amount(cell)


NEAR = st.text("0123456789.,-+()（）￥元万千百角分负约% 壹拾尚未Ee", max_size=16)


@given(st.text(max_size=20) | NEAR | st.floats() | st.integers())
def test_nothing_but_unreadable_is_ever_raised(cell: Cell) -> None:
    for read in (read_amount, read_count):
        try:
            read(cell)  # type: ignore[operator]
        except Unreadable:
            continue


@pytest.mark.parametrize(
    ("cell", "value", "notes"),
    [(60, 60, ()), ("60人", 60, ()), ("６０", 60, ()), ("60 人次", 60, ()), ("1,200", 1200, ()),
     ("12名", 12, ()), ("3场", 3, ()), ("约60", 60, ("text_after_amount",)),
     ("60人左右", 60, ("text_after_amount",)), ("60(含家属)", 60, ("text_after_amount",))],
)  # fmt: skip
def test_a_count_is_whole(cell: Cell, value: int, notes: tuple[str, ...]) -> None:
    count = read_count(cell)
    assert count is not None
    assert (count.value, count.notes) == (value, notes)


def test_a_word_for_nothing_is_no_count() -> None:
    assert read_count("无") is None


@pytest.mark.parametrize("cell", [59.5, "若干", "50%", "60元", "￥60", "60/80", "30-40", "0.3万元"])
def test_what_is_no_count_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="bad_count"):
        read_count(cell)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贰万叁仟元整", "23000"), ("人民币壹佰零伍元整", "105"),
        ("叁仟零伍拾元捌角陆分", "3050.86"),
        ("壹拾贰元零伍分", "12.05"), ("伍佰元正", "500"), ("壹亿贰仟万元整", "120000000"),
        ("拾元整", "10"), ("貳萬圓整", "20000"), ("零元整", "0"), ("一千二百元", "1200"),
        ("两万元", "20000"), ("大写：壹仟元整 小写：1000.00", "1000"),
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
