"""Habits of real spreadsheets that change what a table means: read right, or shown."""

from __future__ import annotations

import pytest
from here import read_here

from dashboard.importing.report import SheetReport


def sheet(name: str, *lines: str) -> SheetReport:
    """The one table of a text file of these lines."""
    (found,) = read_here("\n".join(lines).encode(), name).sheets
    return found


@pytest.mark.parametrize(
    "title",
    [
        "2025年3月8日大会未签到人员名单",
        "2025年3月8日登山活动未参加人员名单",
        "2025年3月8日没有出席大会的教师名单",
        "2025年3月8日未到会签到统计",
    ],
)
def test_who_was_not_there_is_never_counted_as_there(title: str) -> None:
    found = sheet("名单.csv", f"{title},,", "序号,姓名,部门", "1,张三,语文组", "2,李四,数学组")
    assert found.dataset != "attendance"


@pytest.mark.parametrize(
    ("title", "head", "mark"),
    [
        ("2025年3月8日登山活动参加人员名单", "部门", "语文组"),
        ("2025年3月8日签到表（未参加的不用签）", "部门", "语文组"),
        ("2025年3月8日登山参加与未参加人员名单", "签到", "√"),
    ],
)
def test_who_was_there_is_counted_still(title: str, head: str, mark: str) -> None:
    found = sheet("名单.csv", f"{title},,", f"序号,姓名,{head}", f"1,张三,{mark}")
    assert [row["presence"] for row in found.rows] == ["present"]
