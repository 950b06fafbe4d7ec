"""Personal numbers are taken out wherever they stand; ordinary numbers are left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Surroundings
from dashboard.importing.registers.bulk import read_all
from dashboard.importing.texts import Texts
from dashboard.importing.values.coerce import Reader
from dashboard.importing.values.private import (
    MASK,
    is_card,
    is_identity,
    masked,
    masked_beside_numbers,
    names_numbers,
)
from dashboard.veil import NOT_SHOWN, veil

VEIL = veil((), "a school's own")
READER, REMARK = Reader(Surroundings()), DATASETS["ledger"].column("summary")
ODD_GAPS = [*" -–—‐‑−ー.．·•_/～~()（） \u00ad\u200b", " - ", ") ", " / "]


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


ODD = [
    "138\u20110000\u20111112", "138\u20100000\u20101113", "138\u22120000\u22121114",
    "138.0000.1115",
    "138)00001116", "138(0000)1116", "138（0000）1116", "138～0000～1121", "138/0000/1123",
    "138·0000·1124", "138_0000_1125", "138\u200b0000\u20601126", "138 — 0000 — 1127",
    "1 3 8 0 0 0 0 1 1 2 2", "1-3-8-0-0-0-0-1-1-2-3", "008613800001117", "0086-138-0000-1117",
    "86.138.0000.1118", "1.3800001118E10", "1.3800001118e+10", "1380000111913800001120",
    "11010119900307131×", "11010119900307132 X", "11010119900307132Х", "11010119900307132*",
    "110101.19900307.1334", "110101.1990.03.07.1334", "110101/19900307/132×",
    "6222.0212.3456.7890.128", "6222_0212_3456_7890_128", "6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 0 1 2 8",
    "1.10101199003071E17",
]  # fmt: skip
ORDINARY = [
    "2025.09.01", "2025/9/1-2025/9/30", "2025.09.01-2025.09.30", "2025.9.13-2025.10.15 3人",
    "2025.10.13 1385.20 2000.00", "2025.09.01 12:30-13:30", "2025-2026", "2022/2023/2024/2025",
    "1,234.50", "12,345,678.90", "1384567.1234", "138.00001116", "135.333333333333", "1.5E10",
    "1.23456789E+08", "2025年9月1日(13人)2000.00元/1500.00元", "13.5/14.2/15.8/16.1/17.7",
    "记-2025-03-0012", "T90417", "工会〔2025〕12号", "（2025）13号（2026）15号 2000",
    "8.5～9.5 10.30～11.30",
    "1 2 3 4 5 6 7 8 9 10 11 12", "1/3/5/7/9/11/13/15", "192.168.100.101", "1500/2000/3000",
]  # fmt: skip


@pytest.mark.parametrize("number", ODD)
def test_a_number_in_odd_clothing_goes_everywhere(number: str) -> None:
    """From a cell, from a file that is read at once, and from the wall."""
    for said in (number, f"家长联系{number}张", f"2025.09.01 {number}，2人"):
        assert masked(said).count(MASK) == 1
        assert masked(said).replace(MASK, "") == said.replace(number, "")
        assert VEIL.over(said, "zh") == said.replace(number, NOT_SHOWN("zh"))
        read = read_all([READER], REMARK, [said, "张三"])
        assert number not in str(read.objects()) + str(read.raws)
        read = read_all([READER], REMARK, Texts(pa.array([said, "张三"])))
        assert number not in str(read.objects()) + str(read.raws)


@pytest.mark.parametrize("text", ORDINARY)
def test_what_schools_write_stays_everywhere(text: str) -> None:
    assert masked(text) == text
    assert masked(f"（{text}）") == f"（{text}）"
    assert VEIL.over(text, "zh") == text


@given(st.dates(), st.dates(), st.sampled_from("./-"), st.sampled_from("-～~—"),
       st.booleans(), st.integers(1, 999))  # fmt: skip
def test_two_days_and_a_count_are_no_number(
    first: date, last: date, mark: str, to: str, padded: bool, count: int
) -> None:
    told = [
        mark.join((str(day.year), f"{day.month:02}" if padded else str(day.month), f"{day.day:02}"))
        for day in (first.replace(year=2000 + first.year % 100), last.replace(year=2025, day=9))
    ]
    said = to.join(told)
    assert masked(said) == said
    if mark != "-":
        assert masked(f"{said}（{count}人）") == f"{said}（{count}人）"


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=4), st.sampled_from("/～ "))
def test_two_amounts_are_no_number(one: Decimal, other: Decimal, mark: str) -> None:
    for said in (f"{one}", f"{other}", f"{one:,}", f"{one:,}{mark}{other:,}元"):
        assert masked(said) == said


@given(st.integers(3, 9), st.integers(0, 10**9 - 1), st.lists(st.sampled_from(ODD_GAPS), min_size=2,
       max_size=2), st.sampled_from(["", "86", "0086", "+86 "]))  # fmt: skip
def test_a_phone_goes_whatever_parts_it(
    second: int, rest: int, gaps: list[str], prefix: str
) -> None:
    digits = f"1{second}{rest:09}"
    said = f"{digits[:3]}{gaps[0]}{digits[3:7]}{gaps[1]}{digits[7:]}"
    assert digits[3:7] not in masked(f"电话{prefix}{said}。").replace(MASK, "")
    assert digits[7:] not in VEIL.over(f"电话{prefix}{said}。", "zh")


def test_a_wide_number_beside_an_ordinary_one_goes_as_well() -> None:
    assert masked("13800001111、１３８００００１１１２") == f"{MASK}、{MASK}"
    assert masked("13800001111×2") == f"{MASK}×2"


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
