"""Every spelling of a day that was seen in a school, and the ones that must be refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts.model import Surroundings
from dashboard.importing.columns import Cell
from dashboard.importing.values.dates import (
    Read,
    Unreadable,
    counts_weeks,
    names_month_of_year,
    order_of,
    read_date,
)
from dashboard.importing.values.stretches import read_period

YEAR = Surroundings(year=2017)
SCHOOL_YEAR = Surroundings(school_year=2016)
NOTHING = Surroundings()
DAY = date(2017, 3, 8)


@pytest.mark.parametrize(
    "cell",
    ["2017-03-08", "2017-3-8", "2017.3.8", "2017/03/08", "2017年3月8日", "2017年3月8号", "20170308",
     20170308, "２０１７年３月８日", "二〇一七年三月八日", "二○一七年三月八日", "17.3.8", "106/3/8",
     "民国106年3月8日", "2017-03-08 10:39:28", "2017-03-08T08:30:00", "2017年3月8日 星期三",
     42802, "42802", "42802.5", 42802.75, datetime(2017, 3, 8, 9, 0), date(2017, 3, 8),
     "8 Mar 2017", "March 8, 2017", "8-Mar-17", "Wed Mar 08 09:00:00 CST 2017",
     "  2017-03-08 ", "2017 年 3 月 8 日", "2017.03.08.", "2017。3。8", "2017、3、8", "2017 3 8",
     "'2017-03-08", "公元2017年3月8日", "17年3月8日", "1060308", "106.3.8", "民國106年3月8號",
     "106/3/8(三)", "2017年3月8日（星期三）", "2017年3月8日周三下午2点半", "2017-3-8 上午9:00",
     "2017年3月8日9时30分", "2017-03-08 10:39 PM", "2017/3/8 0:00:00", "2017-03-08 00:00:00.000",
     "2017年3月8曰", "2017.3.8生", "二零一七年三月八日", "二O一七年三月八日",
     "贰零壹柒年零叁月零捌日"],
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


@pytest.mark.parametrize(
    "cell",
    ["2025-3-1①", "2025-3-1¹", "2025.3.1⒈", "2025年3月1①", "2025-1②-1", "①2025-3-1", "2025031①",
     "2025-3-1 ①", "3月1①", "3-1¹", "4572①"],
)  # fmt: skip
def test_the_mark_of_a_footnote_is_no_figure_of_a_day(cell: str) -> None:
    with pytest.raises(Unreadable, match="bad_date"):
        read_date(cell, YEAR)
    with pytest.raises(Unreadable):
        read_period(cell, YEAR)


@pytest.mark.parametrize("cell", ["2017年3月8日㈢", "2017年3月⑧日", "２０１７年３月８日"])
def test_a_sign_that_is_no_footnotes_is_read_as_it_was(cell: str) -> None:
    assert read_date(cell, NOTHING) == Read(DAY)


@pytest.mark.parametrize("cell", ["20253", "20250", "20253.5", "19253", "20173"])
def test_a_day_number_that_may_be_a_year_and_a_month_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="ambiguous_date"):
        read_date(cell, NOTHING)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("18999", "1952-01-06"), ("21000", "1957-06-29"), ("45716", "2025-02-28"),
     (20253, "1955-06-13"), ("202503", "2025-03-01"), ("20250308", "2025-03-08")],
)  # fmt: skip
def test_other_day_numbers_stay_days(cell: Cell, day: str) -> None:
    assert read_date(cell, NOTHING).value == date.fromisoformat(day)


def test_autumn_belongs_to_a_school_years_first_calendar_year() -> None:
    assert read_date("9月1日", SCHOOL_YEAR).value == date(2016, 9, 1)
    assert read_date("8月31日", SCHOOL_YEAR).value == date(2017, 8, 31)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("1964/4/18", "1964-04-18"), ("二○一一年十二月八日", "2011-12-08"),
     ("103/09/01", "2014-09-01"), (42838, "2017-04-13"),
     ("2018-10-30 10:39:28", "2018-10-30"), ("2011年十月廿三日", "2011-10-23"),
     ("二〇一六年十二月三十一日", "2016-12-31"), ("84年3月5日", "1984-03-05")],
    ids=repr,
)  # fmt: skip
def test_days_seen_in_real_files(cell: Cell, day: str) -> None:
    assert read_date(cell, NOTHING) == Read(date.fromisoformat(day))


def test_a_workbook_that_counts_from_1904_shifts_its_bare_numbers_only() -> None:
    mac = Surroundings(epoch_1904=True)
    assert read_date(41340, mac).value == read_date("41340", mac).value == DAY
    assert read_date(datetime(2017, 3, 8), mac).value == DAY


@pytest.mark.parametrize(
    "cell",
    ["2017年3月", "2017-03", "2017.3", 2017.3, "2017年三月", "201703", 201703, "106年3月", "106/3",
     "17年3月", "2017年3月生", "March 2017"],
    ids=repr,
)  # fmt: skip
def test_a_month_alone_is_its_first_day_and_is_said(cell: Cell) -> None:
    read = read_date(cell, NOTHING)
    assert (read.value, read.note) == (date(2017, 3, 1), "day_completed")


@pytest.mark.parametrize(
    "cell",
    ["3月8日-10日", "2017.3.8-3.10", "2017-3-8至2017-3-10", "3月8日～3月10日", "3.8-3.10",
     "3月8、9日", "3月8日、10日", "2017-03-08 - 2017-03-10", "20170308-20170310"],
)  # fmt: skip
def test_a_range_is_its_first_day_and_is_said(cell: str) -> None:
    read = read_date(cell, YEAR)
    assert (read.value, read.note) == (DAY, "range_start")


@pytest.mark.parametrize(
    "cell",
    ["4/5/2017", "08/03/2017", "17/3/8", "Mar-17", "170308", 170308, 2017.1, 3.1, 10.2],
    ids=repr,
)
def test_two_readings_are_refused_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="ambiguous_date"):
        read_date(cell, YEAR)


def test_a_short_year_beside_years_of_the_republic_is_not_guessed() -> None:
    taiwan = Surroundings(title="民國103年度教師名冊")
    assert read_date("85.3.8", NOTHING).value == date(1985, 3, 8)
    with pytest.raises(Unreadable, match="ambiguous_date"):
        read_date("85.3.8", taiwan)


@pytest.mark.parametrize("cell", ["2021-21", "2017-W21", "2017年第21周", "2017W21"])
def test_a_week_is_no_day(cell: str) -> None:
    with pytest.raises(Unreadable, match="week_no_day"):
        read_date(cell, YEAR)


def test_a_column_of_weeks_betrays_itself() -> None:
    assert counts_weeks("2021-21")
    assert not any(map(counts_weeks, ("2021-05", "2021-12", "2021-05-21", 2021, None)))
    assert names_month_of_year("2021-05")


def test_a_day_above_twelve_settles_the_order() -> None:
    assert read_date("13/5/2017", NOTHING).value == date(2017, 5, 13)
    assert read_date("5/13/2017", NOTHING).value == date(2017, 5, 13)
    assert read_date("5/5/2017", NOTHING).value == date(2017, 5, 5)


@pytest.mark.parametrize(
    "cell",
    ["待定", "2024-02-30", "2021-21", "2017-13-01", "0.5", 0.5, True, "-1", 123456789, "2017",
     1e300,
     float("inf"), float("nan"), "9999-99-99", "1066-10-14", "二月三十", 3000, "2017年",
     "农历三月初八", "正月初八", "2017-03-08前",
     "2O17-03-08", "0000-00-00", "1900-01-00", "8日", "今年3月",
     "2017-03-08" + " " * 99 + "x"],
    ids=repr,
)  # fmt: skip
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read_date(cell, YEAR)


def test_the_leap_day_exists_only_in_leap_years() -> None:
    assert read_date("2024年2月29日", NOTHING).value == date(2024, 2, 29)
    with pytest.raises(Unreadable, match="bad_date"):
        read_date("2月29日", YEAR)


NUMERALS = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


def _in_numerals(day: date) -> str:
    """二〇一七年三月二十三日"""
    year = "".join(NUMERALS[figure] for figure in str(day.year))
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    before = {0: "", 1: "十"}.get(tens, NUMERALS[str(tens)] + "十")
    return before + (NUMERALS[str(ones)] if ones else "")


WIDE = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_numerals_full_width_and_the_republics_years_come_back(day: date) -> None:
    written = [
        _in_numerals(day),
        f"{day:%Y-%m-%d}".translate(WIDE),
        f"{day:%Y%m%d}".translate(WIDE),
    ]
    if day.year >= 2011:
        written += [f"{day.year - 1911}/{day.month}/{day.day}", f"{day.year - 1911}{day:%m%d}"]
    written.append(f"民国{day.year - 1911:02}年{day.month}月{day.day}日")
    assert {read_date(text, NOTHING).value for text in written} == {day}


@given(st.dates(date(2017, 1, 1), date(2017, 12, 31)))
def test_every_spelling_without_a_year_comes_back_in_the_titles_year(day: date) -> None:
    numerals = f"{_counted(day.month)}月{_counted(day.day)}日"
    for text in (f"{day.month}月{day.day}", f"{day:%m%d}", f"{day.month}/{day.day}", numerals):
        assert read_date(text, YEAR).value == day


SPELLINGS = (
    "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}",
    "{y} 年 {m} 月 {d} 日", "{y}-{m:02}-{d:02} 00:00:00", "{y}.{m:02}.{d:02}.", "{y}。{m}。{d}",
    "{y}年{m}月{d}号", "{y}年{m:02}月{d:02}日（星期三）", "{y}-{m}-{d} 下午3:05", " {y}/{m}/{d} ",
    "{y}{m:02}{d:02} 10:39:28", "'{y}-{m}-{d}", "{y}, {m}, {d}",
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
        ("3月8日-10日", "2017-03-08", "2017-03-10"),
        ("2018.3.30-4.2", "2018-03-30", "2018-04-02"),
        ("2018年12月30日至2019年1月2日", "2018-12-30", "2019-01-02"),
        ("12月30日—1月2日", "2017-12-30", "2018-01-02"),
        ("2018年", "2018-01-01", "2018-12-31"),
        ("2018年度", "2018-01-01", "2018-12-31"),
        ("民国107年", "2018-01-01", "2018-12-31"),
        ("2018学年", "2018-09-01", "2019-08-31"),
        ("2018-2019学年", "2018-09-01", "2019-08-31"),
        ("106学年度第二学期", "2018-02-01", "2018-08-31"),
        ("106學年度第1學期", "2017-09-01", "2018-01-31"),
        ("2016-2017-2", "2017-02-01", "2017-08-31"),
        ("2018春", "2018-02-01", "2018-08-31"),
        ("2018秋季学期", "2018-09-01", "2019-01-31"),
        ("201803", "2018-03-01", "2018-03-31"),
        ("2017-W21", "2017-05-22", "2017-05-28"),
        ("2017年第21周", "2017-05-22", "2017-05-28"),
        ("3月中旬", "2017-03-01", "2017-03-31"),
        ("常年", "2017-01-01", "2017-12-31"),
    ],
)
def test_a_plans_periods(cell: Cell, start: str, end: str) -> None:
    assert read_period(cell, YEAR) == (date.fromisoformat(start), date.fromisoformat(end))


def test_a_school_years_whole_runs_from_september() -> None:
    assert read_period("全年", SCHOOL_YEAR) == (date(2016, 9, 1), date(2017, 8, 31))
    assert read_period("9月", SCHOOL_YEAR) == (date(2016, 9, 1), date(2016, 9, 30))


@pytest.mark.parametrize(
    "cell", ["待定", "13月", "随时", 13, 0, "2017-W54", "2021-21", "期末"], ids=repr
)
def test_what_is_no_period_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read_period(cell, YEAR)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["4/13/2017", "5/8/2017"], "mdy"),
        (["13/4/2017 8:30", "5/8/2017"], "dmy"),
        (["4/13/17", "5/8/17"], "mdy"),
        (["4/13/2017", "13/4/2017"], ""),
        (["5/8/2017", "4/5/2017"], ""),
        (["17/3/8", "17/3/25"], ""),
        (["17.3.8", "2017-03-08", None, 42802, "待定"], ""),
    ],
)
def test_a_column_settles_what_comes_first(cells: list[Cell], order: str) -> None:
    assert order_of(cells) == order


def test_what_the_column_settles_is_read_and_told() -> None:
    months_first = Surroundings(order="mdy")
    assert read_date("5/8/2017", months_first) == Read(date(2017, 5, 8), "order_settled")
    assert read_date("4/13/2017", months_first) == Read(date(2017, 4, 13))
    assert read_date("05/08/17", months_first) == Read(date(2017, 5, 8), "order_settled")


def test_a_republics_year_of_two_figures_is_settled_by_no_column() -> None:
    around = Surroundings(title="民國98年", order="ymd")
    with pytest.raises(Unreadable):
        read_date("98/03/08", around)
