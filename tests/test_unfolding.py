"""Columns of months, days and years turned into rows: nothing lost, sums kept, nobody told of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from explored import loosely, only
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exploring import unfolding
from dashboard.exploring.moments import moments
from dashboard.exploring.profile import filled
from dashboard.exploring.unfolding import unfolded
from dashboard.importing.loose.model import NUMERIC, LooseSheet

WIDE = "部门,1月,2月,3月,合计\n语文组,1.5,2,3,6.5\n数学组,,三,无,0\n英语组,4,5,60,69\n"
MARKS = (
    "2025年3月考勤\n姓名,3月3日（周一）,3月4日（周二）,3月5日（周三）\n张三,√,√,√\n"
    "李四,√,×,√\n王五,√,√,事假\n"
)
NUMBER_OF = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


def long(text: str, secret: str = "") -> LooseSheet:
    (sheet,) = loosely(text.encode(), "表.csv", secret).sheets
    found = unfolded(sheet)
    assert found is not None
    return found


def column(sheet: LooseSheet, header: str) -> list[Any]:
    assert sheet.table is not None
    place = [one.label for one in sheet.columns].index(header)
    return list(sheet.table[f"c{place}"].to_pylist())


def told(sheet: LooseSheet) -> list[tuple[str, str, str]]:
    return [(one.header, one.kind, one.unit) for one in sheet.columns]


def test_months_become_rows_and_keep_the_number_of_their_row() -> None:
    found = long(WIDE)
    assert found.name == "表 · 展开"
    assert found.table is not None
    assert found.table["row"].to_pylist() == [2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert column(found, "月份") == ["01", "02", "03"] * 3
    assert column(found, "部门") == ["语文组"] * 3 + ["数学组"] * 3 + ["英语组"] * 3
    assert column(found, "数值")[:3] == [Decimal("1.5"), Decimal(2), Decimal(3)]


def test_a_sum_beside_the_months_is_not_counted_many_times_over() -> None:
    assert told(long(WIDE)) == [
        ("部门", "category", ""), ("月份", "month", ""), ("数值", "number", "")
    ]  # fmt: skip


def test_empty_cells_keep_their_row_and_what_does_not_fit_its_words() -> None:
    found = long(WIDE)
    measure = found.columns[2]
    assert (measure.filled, measure.empty, measure.misfits) == (7, 2, 1)
    assert [(one.cell, one.text) for one in found.misfits()] == [("B–D3", "三")]
    assert found.table is not None
    assert found.table["t2"].to_pylist()[5] == "无"


def test_the_same_columns_in_another_kind_each_are_not_turned() -> None:
    assert unfolded(only("部门,1月,2月,3月\n甲,1,好,2025-01-02\n乙,2,坏,2025-02-03\n")) is None
    assert unfolded(only("部门,1月（元）,2月（人）,3月（元）\n甲,1,2,3\n乙,2,3,4\n")) is None


def test_two_header_rows_name_the_year_and_the_month() -> None:
    found = long(
        "收支\n部门,2024年,,,2025年,,\n,1月,2月,3月,1月,2月,3月\n甲,1,2,3,4,5,6\n乙,1,2,3,4,5,6\n"
    )
    assert column(found, "月份")[:6] == [
        "2024-01", "2024-02", "2024-03", "2025-01", "2025-02", "2025-03",
    ]  # fmt: skip
    assert column(found, "数值")[:6] == [1, 2, 3, 4, 5, 6]


def test_other_words_of_the_headers_make_a_column_each() -> None:
    found = long(
        "经费（单位：元）\n内容,预算金额,,,执行金额,,\n,1季度,2季度,3季度,1季度,2季度,3季度\n"
        "活动,1,2,3,4,5,6\n办公,7,8,9,10,11,12\n"
    )
    assert told(found)[2:] == [("预算金额", "money", "元"), ("执行金额", "money", "元")]
    assert column(found, "季度")[:3] == ["1季度", "2季度", "3季度"]
    assert column(found, "执行金额") == [4, 5, 6, 10, 11, 12]


def test_units_and_exact_amounts_stay() -> None:
    found = long(
        "班级,1月支出(万元),2月支出(万元),3月支出(万元)\n一班,1.25,2,3\n二班,1,3.3333,50元\n"
    )
    assert told(found)[2] == ("支出(万元)", "money", "万元")
    assert column(found, "支出(万元)")[-2:] == [Decimal("3.3333"), Decimal("0.005")]


def test_the_unit_above_the_table_is_that_of_its_months() -> None:
    wide = "会费缴纳表（单位：万元）,,,,,\n小组,1月,2月,3月,合计,人数\n"
    wide += "一组,1,2,3,6,5\n二组,2,2,2,6,7\n"
    (sheet,) = loosely(wide.encode(), "表.csv").sheets
    assert [one.kind for one in sheet.columns[1:]] == ["money"] * 4 + ["count"]
    assert told(long(wide))[-1] == ("金额", "money", "万元")


def test_marks_of_days_become_answers_and_the_persons_key_goes_with_each() -> None:
    (wide,) = loosely(MARKS.encode(), "表.csv", "a" * 64).sheets
    found = long(MARKS, "a" * 64)
    assert told(found)[1] == ("日期", "date", "")
    assert column(found, "日期")[:3] == [date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)]
    assert wide.table is not None
    assert found.table is not None
    for name in ("c0", "k0", "p0"):
        assert found.table[name].to_pylist()[::3] == wide.table[name].to_pylist()
    assert found.tells_of_people


def test_a_few_numbers_typed_as_words_are_read_with_the_others() -> None:
    found = long("项目,1月,2月,3月\n甲,1,2,待定\n乙,3,4,5\n丙,6,7,暂缺\n")
    assert column(found, "数值")[2::3] == [None, 5, None]
    assert found.columns[2].misfits == 2


def test_a_register_the_import_knows_is_offered_in_its_own_form_only() -> None:
    assert long(WIDE).known is None


@given(st.lists(st.lists(st.one_of(st.none(), NUMBER_OF), min_size=4, max_size=4), min_size=2))
def test_the_sum_over_the_long_form_is_the_sum_over_the_wide_one(
    rows: list[list[Decimal | None]],
) -> None:
    lines = [
        f"甲{at}," + ",".join("" if c is None else str(c) for c in row)
        for at, row in enumerate(rows)
    ]
    sheet = only("名目,2021年,2022年,2023年,2024年\n" + "\n".join(lines) + "\n")
    found = unfolded(sheet)
    if found is None:  # too few numbers to be columns of numbers
        assert sum(column.kind in NUMERIC for column in sheet.columns[1:]) * 2 <= 4
        return
    held = [Fraction(value) for value in column(found, "数值") if value is not None]
    assert sum(held) == sum(Fraction(c) for row in rows for c in row if c is not None)
    assert found.rows == sheet.rows * 4
    there = filled(found.table, 2)
    assert (int(there.sum()), int((~there).sum())) == (
        found.columns[2].filled,
        found.columns[2].empty,
    )
    assert found.columns[2].filled == sum(c is not None for row in rows for c in row)
    assert found.columns[2].distinct == len(set(held))


def test_a_table_that_would_grow_too_long_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfolding, "MOST", 26)
    assert unfolded(only(WIDE)) is None
    monkeypatch.setattr(unfolding, "MOST", 27)
    assert unfolded(only(WIDE)) is not None


# -- headers -----------------------------------------------------------------------------------


def values(headers: str, around: str = "") -> list[str]:
    return [one.value for one in moments(headers.split("|"), around).values()]


@pytest.mark.parametrize(
    ("headers", "span", "found"),
    [
        ("1月|2月|十二月", "month", ["01", "02", "12"]),
        ("2025-01|2025/2|2025.03|202504", "month", ["2025-01", "2025-02", "2025-03", "2025-04"]),
        ("2025年1月|2025年 2月份|2025 年3 月", "month", ["2025-01", "2025-02", "2025-03"]),
        ("Jan 2025|Feb 2025|March 2025", "month", ["2025-01", "2025-02", "2025-03"]),
        ("第一季度|二季度|三季度", "quarter", ["第一季度", "二季度", "三季度"]),
        ("2024Q1|2024Q2|2024Q3", "quarter", ["2024Q1", "2024Q2", "2024Q3"]),
        ("2021|2022年|2023年度", "year", ["2021", "2022", "2023"]),
        ("2022学年|2023学年|2024学年", "term", ["2022学年", "2023学年", "2024学年"]),
        ("周一|星期二|礼拜三", "weekday", ["周一", "星期二", "礼拜三"]),
        ("第1周|第2周|第十周", "week", ["第1周", "第2周", "第十周"]),
        ("2025-03-03|2025年3月4日|2025.3.5", "day", ["2025-03-03", "2025-03-04", "2025-03-05"]),
        ("1日|2日|3日", "lone_day", ["1", "2", "3"]),
        ("２０２５年１月|２０２５年２月|３月", "month", ["2025-01", "2025-02", "03"]),
    ],
)  # fmt: skip
def test_headers_name_times(headers: str, span: str, found: list[str]) -> None:
    told = moments(headers.split("|"))
    assert {one.span for one in told.values()} == {span}
    assert [one.value for one in told.values()] == found


@pytest.mark.parametrize(
    "headers",
    [
        "姓名|部门|入会时间", "2021级|2022级|2023级", "2021届|2022届|2023届", "1月|2月|备注",
        "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16", "近3个月|近6个月|近9个月", "上半年|下半年|全年",
        "13月|14月|15月", "2月30日|2月31日|6月31日",
    ],
)  # fmt: skip
def test_other_headers_do_not(headers: str) -> None:
    assert moments(headers.split("|")) == {}


def test_the_title_says_the_year_and_the_month() -> None:
    assert values("1月|2月|3月", "2025年工会经费") == ["2025-01", "2025-02", "2025-03"]
    assert values("9月|12月|1月", "2024—2025学年") == ["2024-09", "2024-12", "2025-01"]
    assert values("1月|2月|3月", "2024年与2025年比较") == ["01", "02", "03"]
    assert values("1|2|3", "2025年3月考勤") == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert values("29日|30日|31日", "2025年2月") == ["29", "30", "31"]
    assert values("3月1日|3月2日|3月3日", "2024年") == ["2024-03-01", "2024-03-02", "2024-03-03"]


def test_days_that_are_all_the_first_are_months() -> None:
    assert values("2025-01-01|2025-02-01|2025-03-01") == ["2025-01", "2025-02", "2025-03"]
