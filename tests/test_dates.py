"""Every spelling of a day that was seen in a school, and the ones that must be refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts.model import Surroundings
from dashboard.importing.dates import Unreadable, read_date
from dashboard.importing.columns import Cell
from dashboard.importing.stretches import read_period

YEAR = Surroundings(year=2017)
SCHOOL_YEAR = Surroundings(school_year=2016)
NOTHING = Surroundings()
DAY = date(2017, 3, 8)


@pytest.mark.parametrize(
    "cell",
    ["2017-03-08", "2017-3-8", "2017.3.8", "2017/03/08", "2017年3月8日", "2017年3月8号", "20170308",
     20170308, "２０１７年３月８日", "二〇一七年三月八日", "二○一七年三月八日", "17.3.8", "106/3/8",
     "民国106年3月8日", "2017-03-08 10:39:28", "2017-03-08T08:30:00", "2017年3月8日 星期三",
     42802, "42802", 42802.75, datetime(2017, 3, 8, 9, 0), date(2017, 3, 8), "8 Mar 2017",
     "March 8, 2017", "  2017-03-08 ", "2017 年 3 月 8 日"],
    ids=repr,
)  # fmt: skip
def test_a_full_day_needs_no_help(cell: Cell) -> None:
    read = read_date(cell, NOTHING)
    assert (read.value, read.note) == (DAY, None)


@pytest.mark.parametrize(
    "cell", ["3月8日", "3月8", "3.8", "3/8", "0308", "三月八日", 3.8], ids=repr
)
def test_a_missing_year_comes_from_the_title_and_is_said(cell: Cell) -> None:
    assert read_date(cell, YEAR) == read_date(cell, SCHOOL_YEAR)
    assert (read_date(cell, YEAR).value, read_date(cell, YEAR).note) == (DAY, "year_completed")
    with pytest.raises(Unreadable, match="year_missing"):
        read_date(cell, NOTHING)


def test_autumn_belongs_to_a_school_years_first_calendar_year() -> None:
    assert read_date("9月1日", SCHOOL_YEAR).value == date(2016, 9, 1)
    assert read_date("8月31日", SCHOOL_YEAR).value == date(2017, 8, 31)


@pytest.mark.parametrize("cell", ["2017年3月", "2017-03", "2017.3", 2017.3, "2017年三月"], ids=repr)
def test_a_month_alone_is_its_first_day_and_is_said(cell: Cell) -> None:
    read = read_date(cell, NOTHING)
    assert (read.value, read.note) == (date(2017, 3, 1), "day_completed")


@pytest.mark.parametrize(
    "cell", ["3月8日-10日", "2017.3.8-3.10", "2017-3-8至2017-3-10", "3月8日～3月10日", "3.8-3.10"]
)
def test_a_range_is_its_first_day_and_is_said(cell: str) -> None:
    read = read_date(cell, YEAR)
    assert (read.value, read.note) == (DAY, "range_start")


@pytest.mark.parametrize("cell", ["4/5/2017", "17/3/8", 2017.1, 3.1, 10.2])
def test_two_readings_are_refused_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="ambiguous_date"):
        read_date(cell, YEAR)


def test_a_day_above_twelve_settles_the_order() -> None:
    assert read_date("13/5/2017", NOTHING).value == date(2017, 5, 13)
    assert read_date("5/13/2017", NOTHING).value == date(2017, 5, 13)
    assert read_date("5/5/2017", NOTHING).value == date(2017, 5, 5)


@pytest.mark.parametrize(
    "cell",
    ["待定", "2024-02-30", "2021-21", "2017-13-01", "0.5", 0.5, True, "-1", 123456789, "2017",
     1e300,
     float("inf"), float("nan"), "9999-99-99", "1066-10-14", "二月三十"],
    ids=repr,
)  # fmt: skip
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read_date(cell, YEAR)


def test_the_leap_day_exists_only_in_leap_years() -> None:
    assert read_date("2024年2月29日", NOTHING).value == date(2024, 2, 29)
    with pytest.raises(Unreadable, match="bad_date"):
        read_date("2月29日", YEAR)


SPELLINGS = (
    "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}",
    "{y} 年 {m} 月 {d} 日", "{y}-{m:02}-{d:02} 00:00:00",
)  # fmt: skip


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.sampled_from(SPELLINGS))
def test_every_spelling_comes_back_as_the_day_it_was(day: date, spelling: str) -> None:
    text = spelling.format(y=day.year, m=day.month, d=day.day)
    assert read_date(text, NOTHING).value == day


@given(st.dates(date(1927, 6, 1), date(2099, 12, 31)))
def test_a_serial_number_is_the_spreadsheets_day(day: date) -> None:
    assert read_date((day - date(1899, 12, 30)).days, NOTHING).value == day


@given(st.text(max_size=30) | st.integers() | st.floats())
def test_nothing_but_unreadable_is_ever_raised(cell: Cell) -> None:
    for read in (read_date, read_period):
        try:
            read(cell, YEAR)  # type: ignore[operator]
        except Unreadable:
            continue


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("3月", "2017-03-01", "2017-03-31"),
        (3, "2017-03-01", "2017-03-31"),
        ("十一月", "2017-11-01", "2017-11-30"),
        ("9月-10月", "2017-09-01", "2017-10-31"),
        ("三、四月", "2017-03-01", "2017-04-30"),
        ("2018年2月", "2018-02-01", "2018-02-28"),
        ("上半年", "2017-01-01", "2017-06-30"),
        ("下半年", "2017-07-01", "2017-12-31"),
        ("2018年上半年", "2018-01-01", "2018-06-30"),
        ("暑期", "2017-07-01", "2017-08-31"),
        ("第一季度", "2017-01-01", "2017-03-31"),
        ("每月", "2017-01-01", "2017-12-31"),
        ("2017年春季", "2017-02-01", "2017-08-31"),
        ("2016-2017学年第二学期", "2017-02-01", "2017-08-31"),
        ("2016-2017学年第一学期", "2016-09-01", "2017-01-31"),
        ("2017-03-08", "2017-03-08", "2017-03-08"),
    ],
)
def test_a_plans_periods(cell: Cell, start: str, end: str) -> None:
    assert read_period(cell, YEAR) == (date.fromisoformat(start), date.fromisoformat(end))


def test_a_school_years_whole_runs_from_september() -> None:
    assert read_period("全年", SCHOOL_YEAR) == (date(2016, 9, 1), date(2017, 8, 31))
    assert read_period("9月", SCHOOL_YEAR) == (date(2016, 9, 1), date(2016, 9, 30))


@pytest.mark.parametrize("cell", ["待定", "13月", "随时", 13, 0], ids=repr)
def test_what_is_no_period_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read_period(cell, YEAR)
