"""Wide attendance: which header is a day, and how people times days become rows."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.contracts.model import Surroundings
from dashboard.importing import child
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.layout import daycolumns, matrix, turning
from dashboard.importing.layout.daycolumns import Day
from dashboard.importing.order import Order
from dashboard.importing.report import Choice

AROUND = Surroundings("2018年5月签到", year=2018)


def days(*cells: Cell, around: Surroundings = AROUND) -> list[Day | None]:
    found = daycolumns.read(dict(enumerate(cells)), around, {})
    return [found.get(place) for place in range(len(cells))]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2018-05-15", Day(date(2018, 5, 15))),
        (date(2018, 5, 15), Day(date(2018, 5, 15))),
        (43235, Day(date(2018, 5, 15))),
        (20180515, Day(date(2018, 5, 15))),
        ("3月15", Day(date(2018, 3, 15), "", "year")),
        ("9.1", Day(date(2018, 9, 1), "", "year")),
        ("5月8日\n星期二", Day(date(2018, 5, 8), "", "year")),
        ("15日", Day(date(2018, 5, 15), "", "month")),
        ("三八观影（3月8日）", Day(date(2018, 3, 8), "三八观影", "year")),
        ("3月", None),
        ("合计", None),
        ("12次", None),
        (7, None),
        (True, None),
    ],
)
def test_a_header_is_a_day_or_it_is_not(cell: Cell, day: Day | None) -> None:
    assert days(cell) == [day]


def test_bare_numbers_are_days_where_they_follow_one_another() -> None:
    found = days(1, 2, 3, 4, 5)
    assert [day and day.when for day in found] == [date(2018, 5, n) for n in range(1, 6)]
    assert days(1, 2) == [None, None]


def test_a_day_no_month_has_stays_what_it_is() -> None:
    april = Surroundings("2018年4月", year=2018)
    assert days("30日", "31日", around=april) == [Day(date(2018, 4, 30), "", "month"), Day("31日")]


def test_neighbours_tell_the_first_from_the_tenth() -> None:
    first = [day and day.when for day in days(9.1, 9.8, 9.15)]
    assert first == [date(2018, 9, 1), date(2018, 9, 8), date(2018, 9, 15)]
    tenth = [day and day.when for day in days(9.8, 9.1, 9.15)]
    assert tenth == [date(2018, 9, 8), date(2018, 9, 10), date(2018, 9, 15)]
    assert days(9.1) == [Day(9.1)]  # nobody can tell


def test_without_a_year_the_headers_own_words_stay() -> None:
    assert days("3月15", around=Surroundings()) == [Day("3月15")]


WIDE: list[list[Cell]] = [
    ["签到表", None, None, None, None],
    ["部门", "姓名", date(2018, 5, 8), date(2018, 5, 15), "次数"],
    ["语文组", "赵一", "√", None, 1],
    ["数学组", "钱二", "×", "√", 1],
    ["合计", None, 1, 1, 2],
]


def test_each_turned_row_knows_the_cell_it_comes_from() -> None:
    turned = turning.turned(Grid("表", WIDE), "a.xlsx", 1_000)
    assert [turned.number(at) for at in range(len(turned.rows))] == [1, 2, 3, 3, 4, 4, 5]
    assert turned.rows[3] == ["语文组", "赵一", date(2018, 5, 15), None]
    assert (turned.where(3, 1), turned.where(3, 3)) == ("B3", "D3")
    assert len({turned.letter(place) for place in range(turned.width)}) == turned.width


def test_a_table_that_would_grow_beyond_the_limit_is_left_as_it_is() -> None:
    grid = Grid("表", WIDE)
    assert turning.turned(grid, "a.xlsx", 20) is grid


def test_the_officers_mapping_of_a_wide_table_speaks_of_its_long_form() -> None:
    data = "2018年学习签到,,\n姓名,3月8日,5月4日\n赵一,√,×\n".encode()
    (seen,) = child.report(data, Order("表.csv", date(2018, 9, 1))).sheets
    columns = tuple((field, column.column) for field, column in seen.columns.items())
    choice = Choice("表", "attendance", seen.header_rows, columns)
    (again,) = child.report(data, Order("表.csv", date(2018, 9, 1), choices=(choice,))).sheets
    assert (again.columns, again.counts) == (seen.columns, seen.counts)
    assert again.counts["loaded"] == 2


def test_amounts_under_days_are_no_attendance() -> None:
    rows: list[list[Cell]] = [["姓名", "3月8日", "5月4日"], ["赵一", 50, 100], ["钱二", 50, None]]
    assert matrix.find(Grid("2018年慰问", rows), "a.xlsx") is None


def test_a_long_list_with_times_of_day_is_no_matrix() -> None:
    rows: list[list[Cell]] = [["姓名", "签到时间"], ["赵一", "2018-05-08 07:58"], ["钱二", "08:01"]]
    assert matrix.find(Grid("签到", rows), "a.xlsx") is None
