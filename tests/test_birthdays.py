"""Whose birthday is this month and next: by the day, without the year, and nobody forgotten."""

from calendar import monthrange
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from plain_school import Plain
from schools import Schools, opened, person

from dashboard import reports
from dashboard.filters import Filters, chosen
from dashboard.periods import parse
from dashboard.warehouse import Warehouse

DAY = date(2016, 1, 1)
BORN = {
    "王芳": date(1980, 2, 29),
    "李静": date(1981, 2, 3),
    "张伟": date(1979, 3, 31),
    "刘洋": date(1990, 12, 31),
    "赵磊": date(1991, 1, 1),
    "孙悦": None,
}


@pytest.fixture
def schools(tmp_path: Path) -> Any:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def rows(warehouse: Warehouse, as_of: date, **narrow: str) -> list[tuple[str, str | None, str]]:
    filters = Filters(parse(f"{as_of.year}"), as_of, chosen(narrow))
    found = reports.run(warehouse, "birthdays", filters, "zh").rows
    return [(row["turn"], row["birthday"], row["name"]) for row in found]


def school(schools: Schools, born: dict[str, Any]) -> Warehouse:
    listed = [
        person(str(n), name, "语文组" if n < 3 else "数学组", birth_date=day)
        for n, (name, day) in enumerate(born.items(), start=1)
    ]
    return schools(members={DAY: listed})


def test_this_month_then_the_next_then_those_without_a_date(schools: Schools) -> None:
    warehouse = school(schools, BORN)
    unknown = ("未填出生日期", None, "孙悦")
    assert rows(warehouse, date(2016, 2, 10)) == [
        ("当月", "02-03", "李静"),
        ("当月", "02-29", "王芳"),
        ("下月", "03-31", "张伟"),
        unknown,
    ]
    assert rows(warehouse, date(2016, 12, 31)) == [
        ("当月", "12-31", "刘洋"),
        ("下月", "01-01", "赵磊"),
        unknown,
    ]
    assert rows(warehouse, date(2016, 6, 1)) == [unknown]


def test_the_leap_day_is_told_as_the_28th_of_a_common_year(schools: Schools) -> None:
    warehouse = school(schools, BORN)
    assert ("当月", "02-28", "王芳") in rows(warehouse, date(2017, 2, 1))
    assert ("下月", "02-28", "王芳") in rows(warehouse, date(2017, 1, 31))
    assert ("下月", "02-29", "王芳") in rows(warehouse, date(2020, 1, 31))


def test_where_only_months_are_known_no_day_is_made_up(schools: Schools) -> None:
    months = {name: date(1980, n, 1) for n, name in enumerate(("王芳", "李静", "张伟"), start=1)}
    warehouse = school(schools, months | {"孙悦": None})
    assert rows(warehouse, date(2016, 1, 5)) == [
        ("当月", "01", "王芳"),
        ("下月", "02", "李静"),
        ("未填出生日期", None, "孙悦"),
    ]


def test_without_any_date_of_birth_everyone_is_listed_as_unknown(schools: Schools) -> None:
    warehouse = school(schools, dict.fromkeys(BORN))
    told = rows(warehouse, date(2016, 2, 10))
    assert {turn for turn, *_ in told} == {"未填出生日期"}
    assert {name for *_, name in told} == set(BORN)


def test_it_is_narrowed_to_a_department(schools: Schools) -> None:
    told = rows(school(schools, BORN), date(2016, 2, 10), department="语文组")
    assert [name for *_, name in told] == ["李静", "王芳"]


def test_the_year_of_birth_never_leaves_the_query(schools: Schools) -> None:
    warehouse = school(schools, BORN)
    found = reports.run(warehouse, "birthdays", Filters(parse("2016"), date(2016, 2, 10)), "zh")
    assert found.query.people == "name"
    assert not found.query.case, "a row would open the cells, the date of birth among them"
    assert not any(isinstance(value, date) for row in found.rows for value in row.values())
    assert not any(str(day.year) in str(found.rows) for day in BORN.values() if day)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_people_by_a_second_road(seed: int, tmp_path: Path) -> None:
    drawn_school = drawn(seed)
    plain = Plain(drawn_school)
    with opened(tmp_path, drawn_school) as warehouse:
        for day in (date(2017, 1, 31), date(2017, 12, 1), date(2018, 3, 31)):
            after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            expected = sorted(
                (told, one.row["name"])
                for one in plain.members(day) or ()
                for told in said(one.row["birth_date"], day, after)
            )
            found = [(birthday or "", name) for _, birthday, name in rows(warehouse, day)]
            assert sorted(found) == expected


def said(born: date | None, *months: date) -> list[str]:
    """The birthday in whichever of the months it falls."""
    if born is None:
        return [""]
    return [
        f"{month.month:02}-{min(born.day, monthrange(month.year, month.month)[1]):02}"
        for month in months
        if month.month == born.month
    ]
