"""Personal numbers are taken out wherever they stand; ordinary numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.importing.values.private import (
    MASK,
    is_card,
    is_identity,
    masked,
    masked_beside_numbers,
    names_numbers,
)


def identity(body: str) -> str:
    """A made-up identity number of a region that does not exist, with its right check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    "number",
    [
        identity("99000019900307123"), "99000019800101008x", "13900001234",
        "139 0000 1234", "139-0000-1234", "8613900001234", "6222021234567890128",
        "6222 0212 3456 7890 128", "990000 19900307 1239",
    ],
)  # fmt: skip
def test_a_personal_number_goes_wherever_it_stands(number: str) -> None:
    assert masked(number) == MASK
    assert masked(f"张三（{number}）签收") == f"张三（{MASK}）签收"
    assert masked(f"证件:{number},其他") == f"证件:{MASK},其他"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("慰问张三 13800138000 3000元", f"慰问张三 {MASK} 3000元"),
        ("2026-03-08 13800138000", f"2026-03-08 {MASK}"),
        ("001 13800138000", f"001 {MASK}"),
        ("13800138000 88886666", f"{MASK} 88886666"),
        ("转账13800138000-8001", f"转账{MASK}-8001"),
        ("微信wx13800138000", f"微信wx{MASK}"),
        (f"ID:{identity('99000019900307123')}a", f"ID:{MASK}a"),
    ],
)
def test_numbers_beside_it_hide_nothing(text: str, clean: str) -> None:
    assert masked(text) == clean


def test_full_width_digits_hide_nothing() -> None:
    assert masked("电话１３９００００１２３４") == f"电话{MASK}"


@pytest.mark.parametrize(
    "text",
    ["2017-03-08", "记-20170308001", "1,234,567.89", "凭证201703080001", "12345678901",
     "0519-85123456",
     "1200000000000", "HD-2017-03-0001-0002", "9999999999999999"],
)  # fmt: skip
def test_ordinary_numbers_stay(text: str) -> None:
    assert masked(text) == text


@given(st.integers(10**16, 10**17 - 1), st.integers(0, 9))
def test_a_wrong_check_digit_without_a_birthday_is_no_identity(body: int, shift: int) -> None:
    right = identity(str(body))
    assert is_identity(right) or right[0] == "0"
    if "0" < right[17] <= "8" and not is_identity(right[:17] + str(int(right[17]) + 1)):
        assert not is_identity(right[:17] + str(int(right[17]) + 1))


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


def test_a_card_has_its_luhn_digit() -> None:
    assert is_card("6222021234567890128")
    assert not is_card("6222021234567890127")


@pytest.mark.parametrize(
    "header", ["工号", "学号", "教工号/编号", "Staff No", "員工編號", "職工號"]
)
def test_a_header_says_that_a_school_gave_the_numbers(header: str) -> None:
    assert names_numbers(header)


@pytest.mark.parametrize(
    "header",
    [
        "手机",
        "联系电话",
        "工号或手机号",
        "姓名",
        "备注",
        "请把工号写在备注里，没有工号的写手边的其他号码",
    ],
)
def test_other_headers_do_not(header: str) -> None:
    assert not names_numbers(header)


def test_beside_such_a_header_only_the_eleven_figures_alone_stay() -> None:
    assert masked_beside_numbers(" 15307130123 ") == " 15307130123 "
    assert masked_beside_numbers("张三 15307130123") == f"张三 {MASK}"
    assert masked_beside_numbers(identity("99000019900307123")) == MASK
    assert masked_beside_numbers("6222021234567890128") == MASK


def test_eighteen_characters_that_are_no_figures_are_no_identity_number() -> None:
    assert not is_identity("这是十八个字的单元格内容没有一个数字")
    assert not is_identity("0.3333333333333333")
