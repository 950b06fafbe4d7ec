"""The day a roster speaks of, as its title or its file's name writes it."""

from __future__ import annotations

from datetime import date

import pytest
from here import read_here

from dashboard.importing.layout.surroundings import roster_day
from dashboard.importing.report import SheetReport


def roster(name: str, title: str = "") -> SheetReport:
    above = f"{title},,\n" if title else ""
    data = f"{above}姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode()
    (sheet,) = read_here(data, f"{name}.csv").sheets
    return sheet


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("会员名册2025_09_01", (2025, 9, 1)), ("会员名册2025 09 01", (2025, 9, 1)),
        ("会员名册2025_9_1", (2025, 9, 1)), ("会员名册2025_09", (2025, 9, 1)),
        ("会员名册2025-09-01", (2025, 9, 1)), ("会员名册20250901", (2025, 9, 1)),
        ("会员名册2025.9", (2025, 9, 1)), ("2025年9月会员名册", (2025, 9, 1)),
        ("会员名册2025-09更新", (2025, 9, 1)), ("会员名册（截至2025年9月）", (2025, 9, 30)),
        ("2025年下半年会员名册", (2025, 7, 1)), ("2025年度会员名册", (2025, 1, 1)),
        ("会员名册2025 (1)", (2025, 1, 1)), ("2025年春节慰问会员名册", (2025, 1, 1)),
        ("2025-2026学年第二学期会员名册", (2026, 2, 1)), ("会员名册2025年末", (2025, 12, 31)),
    ],
)  # fmt: skip
def test_a_day_that_is_named(words: str, day: tuple[int, int, int]) -> None:
    sheet = roster(words)
    assert (sheet.as_of, sheet.issues) == (date(*day), [])


@pytest.mark.parametrize(
    "words",
    [
        "2025年秋季", "2025秋", "2025年四季度", "2025年第4季度", "2025年第二学期", "2025年上学期",
        "2025年5-9月", "2025年5月至9月", "2025年5、6月", "2025-13-45", "2025年56人", "2025-2027届",
        "2025年3个月", "（四季度）2025年",
    ],
)  # fmt: skip
def test_a_part_of_a_year_leaves_the_day_open(words: str) -> None:
    sheet = roster(f"会员名册{words}")
    assert (sheet.as_of_source, [i.code for i in sheet.issues]) == ("today", ["as_of_unknown"])


def test_the_files_bare_year_does_not_settle_what_the_title_leaves_open() -> None:
    assert roster("会员名册2025", "2025年秋季会员名册").as_of_source == "today"
    assert roster("会员名册2025-09-01", "2025年秋季会员名册").as_of == date(2025, 9, 1)
    assert roster_day(("2025年会员名册", "2025-09-01")) == date(2025, 1, 1)
