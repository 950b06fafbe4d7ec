"""Habits of real spreadsheets that change what a table means: read right, or shown."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from here import read_here

from dashboard.importing.report import SheetReport


def sheet(name: str, *lines: str) -> SheetReport:
    """The one table of a text file of these lines."""
    (found,) = read_here("\n".join(lines).encode(), name).sheets
    return found


def codes(found: SheetReport) -> list[tuple[str, str | None]]:
    return [(issue.code, issue.cell) for issue in found.issues]


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


@pytest.mark.parametrize("column", ["序号", "编号"])
def test_a_heading_among_cases_is_no_case(column: str) -> None:
    found = sheet(
        "提案汇总.csv",
        "七届三次教代会提案汇总表 2025年3月,,,",
        f"{column},提案人,案由,满意度",
        "一、立案提案（1件）,,,",
        "1,张三,食堂,满意",
        "二、不立案（转意见建议）1件,,,",
        "2,王五,课时,",
        "3,,,",
    )
    assert [row["title"] for row in found.rows] == ["食堂", "课时"]
    empty = [code for code, _ in codes(found) if code == "required_empty"]
    assert len(empty) == found.counts["rejected"]
    assert empty


@pytest.mark.parametrize("struck", [True, False])
def test_struck_out_rows_are_told(struck: bool) -> None:
    book = xlsxwriter.Workbook(kept := io.BytesIO())
    page, line = book.add_worksheet("明细"), book.add_format({"font_strikeout": struck})
    for at, row in enumerate([("日期", "摘要", "支出"), ("2025-3-5", "买球", 300)]):
        page.write_row(at, 0, row)
    page.write_row(2, 0, ("2025-3-6", "退掉", 999), line)
    page.write_row(3, 0, ("2025-3-7", "买水"))
    page.write_number(3, 2, 50, line)
    page.write_blank(4, 2, None, line)
    book.close()
    (found,) = read_here(kept.getvalue(), "支出明细2025.xlsx").sheets
    told = [issue.message.zh for issue in found.issues if issue.code == "struck_cells"]
    assert [message[:8] for message in told] == (["第 3-4 行有"] if struck else [])
    assert found.loaded == 3


def test_ditto_marks_are_what_stands_above() -> None:
    found = sheet(
        "支出明细.csv",
        "日期,摘要,科目,经办人,支出",
        "2025-3-5,买球,文体活动支出,张三,300",
        "〃,买拍,〃,同上,200",
        "同上,同上,同上,〃,50",
        "2025-3-9,买水,送温暖费,李四,〃",
    )
    rows = [tuple(row[name] for name in ("summary", "subject", "handler")) for row in found.rows]
    assert rows == [(what, "文体活动支出", "张三") for what in ("买球", "买拍", "买拍")]
    assert {str(row["spent_on"]) for row in found.rows} == {"2025-03-05"}
    told = {cell for code, cell in codes(found) if code == "as_above"}
    assert told == {"A3", "A4", "B4", "C3", "C4", "D3", "D4"}
    assert ("bad_amount", "E5") in codes(found)


def test_a_ditto_mark_with_nothing_above_is_no_name() -> None:
    found = sheet("支出.csv", "日期,摘要,经办人,支出", "2025-3-5,买球,〃,3")
    assert [row["handler"] for row in found.rows] == [None]


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("2025年未入会教职工名单", "未入会"),
        ("2025年9月退休教职工花名册", "退休"),
        ("2025年退会会员名单", "退会"),
        ("2025年3月生日会员名单", "生日"),
        ("会员名册", None),
        ("2025年9月教职工花名册（不含退休）", None),
        ("2025年9月在职、退休教职工花名册", None),
        ("2025年9月退休及在职教职工花名册", None),
    ],
)
def test_a_roster_of_some_people_is_told(title: str, part: str | None) -> None:
    found = sheet("表.csv", f"{title},,", "序号,姓名,部门", "1,张三,语文组", "2,李四,数学组")
    assert found.dataset in ("staff", "members")
    told = [issue.message.zh for issue in found.issues if issue.code == "in_part"]
    assert [f"“{part}”" in message for message in told] == ([True] if part else [])


def test_the_side_of_the_balance_is_no_direction() -> None:
    found = sheet(
        "银行存款日记账2025.csv",
        "日期,摘要,借方,贷方,方向,余额",
        "2025-1-1,期初余额,,,借,1000",
        "2025-1-5,会费,500,,借,1500",
        "2025-1-6,买球,,1500,平,0",
        "2025-1-7,垫付,,100,贷,-100",
    )
    assert (str(found.sums["income"]), str(found.sums["expense"])) == ("500", "1600")
    assert (found.loaded, found.counts["rejected"]) == (4, 0)
    assert [column.header for column in found.unmapped] == ["方向"]


@pytest.mark.parametrize(
    ("summary", "note", "cells"),
    [
        ("买球", "", []),
        ("作废", "", ["B2"]),
        ("买球（作废）", "", ["B2"]),
        ("买球", "已作废", ["D2"]),
        ("处理作废电脑收入", "", []),
        ("作废电脑搬运费", "", []),
        ("买球", "原发票作废后重开", []),
    ],
)
def test_a_line_said_to_be_void_is_told(summary: str, note: str, cells: list[str]) -> None:
    found = sheet("收支明细2025.csv", "日期,摘要,支出,备注", f"2025-3-5,{summary},300,{note}")
    assert [cell for code, cell in codes(found) if code == "perhaps_void"] == cells
    assert found.loaded == 1


def test_what_happened_on_a_day_still_to_come_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")
    lines = [f"{day},买球,3" for day in ("2026-01-15", "2026-01-16", "2026-03-05")]
    found = sheet("2025年支出明细.csv", "日期,摘要,支出", *lines)
    assert [cell for code, cell in codes(found) if code == "not_yet"] == ["A3", "A4"]
    assert found.loaded == len(lines)
