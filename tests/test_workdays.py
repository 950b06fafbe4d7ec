"""Working days against calendars read by hand, and the calendar's table against both."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import workdays
from dashboard.errors import BadDefinition
from dashboard.settings import RULES
from dashboard.warehouse import Warehouse
from dashboard.workdays import Workdays

SHIPPED = workdays.shipped()
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
# Statutory days off a year (全国年节及纪念日放假办法: 11, since 2025 13); make-up days move work
# about but never add any. In 2020 a Friday and a make-up Saturday were given up besides.
STATUTORY = dict.fromkeys(range(2017, 2025), 11) | {2020: 13, 2025: 13, 2026: 13}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = Warehouse.open(tmp_path_factory.mktemp("days") / "school.duckdb")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-09", True),  # the eve was left to each school in 2024 …
        ("2025-01-28", False),  # … and is a holiday from 2025 on
        ("2024-02-10", False),
        ("2024-02-18", True),  # a Sunday people work
        ("2024-09-14", True),
        ("2019-05-02", False),  # as changed in March 2019
        ("2020-01-31", False),  # as prolonged in January 2020
        ("2020-02-03", True),
        ("2018-12-29", True),  # the notice for 2019 reaches into December
        ("2018-12-31", False),
        ("2024-02-29", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-04", True),
        ("2026-09-28", True),
    ],
)
def test_a_day_is_worked_as_the_notice_says(day: str, works: bool) -> None:
    assert SHIPPED.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(("year", "off"), STATUTORY.items())
def test_a_year_loses_no_more_working_days_than_the_law_gives(year: int, off: int) -> None:
    start, end = date(year - 1, 12, 31), date(year, 12, 31)
    assert SHIPPED.between(start, end) == Workdays().between(start, end) - off


def test_the_years_known_stand_without_a_gap() -> None:
    assert sorted(SHIPPED.years) == list(range(2017, 2027))


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("2025-09-30", "2025-09-30", 0),  # the first day does not count
        ("2025-09-26", "2025-09-29", 2),  # Sunday the 28th is worked
        ("2025-09-30", "2025-10-09", 1),  # eight days off between
        ("2024-02-28", "2024-03-01", 2),  # over the leap day
        ("2025-12-31", "2026-01-05", 2),  # over the year's end: the 4th and the 5th
        ("2026-01-05", "2025-12-31", -2),
    ],
)
def test_the_first_day_does_not_count_and_the_last_one_does(
    start: str, end: str, worked: int
) -> None:
    assert SHIPPED.between(date.fromisoformat(start), date.fromisoformat(end)) == worked


@given(DAYS, DAYS, DAYS)
def test_stretches_add_up(one: date, two: date, three: date) -> None:
    whole = SHIPPED.between(one, two) + SHIPPED.between(two, three)
    assert whole == SHIPPED.between(one, three)
    assert abs(SHIPPED.between(one, two)) <= abs((two - one).days)


def test_without_holidays_a_week_has_five_working_days() -> None:
    start = date(2031, 5, 7)
    assert Workdays().between(start, start + timedelta(weeks=3)) == 15
    assert not SHIPPED.is_known(start)
    assert SHIPPED.is_known(date(2026, 12, 31))


def test_a_schools_own_days_stand_above_the_notice() -> None:
    free, worked = date(2025, 3, 12), date(2025, 10, 3)
    own = SHIPPED.with_own({free: False, worked: True, date(2025, 9, 28): False})
    assert [own.is_working_day(day) for day in (free, worked)] == [False, True]
    assert not own.is_working_day(date(2025, 9, 28))
    assert SHIPPED.is_working_day(free)


FIXED = {date(2027, *day): False for day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))}


@pytest.mark.parametrize(("more", "is_known"), [(5, False), (6, True)])
def test_a_school_that_states_a_years_holidays_makes_it_known(more: int, is_known: bool) -> None:
    own = SHIPPED.with_own(FIXED | {date(2027, 2, 5 + n): False for n in range(more)})
    assert own.is_known(date(2027, 1, 1)) is is_known


@pytest.mark.parametrize("missing", [None, *FIXED])
def test_a_summer_break_does_not_make_a_year_known(missing: date | None) -> None:
    summer = {date(2027, 7, 1 + n): False for n in range(31)}
    stated = {day: rests for day, rests in FIXED.items() if missing and day != missing}
    assert not SHIPPED.with_own(summer | stated).is_known(date(2027, 1, 1))


# -- the rules file ---------------------------------------------------------------------------

ENTRY = (
    '[[year]]\nyear = 2027\ndocument = "x"\nverified = {}\nread_in = []\noff = [{}]\non = [{}]\n'
)


@pytest.mark.parametrize(
    ("off", "on", "said"),
    [
        ("[2027-01-02, 2027-01-01]", "", "ends before it begins"),
        ("[2028-01-01, 2028-01-01]", "", "another year"),
        ("[2026-11-30, 2026-11-30]", "", "another year"),
        ("", "2027-01-04", "a working day anyway"),
        ("[2027-01-02, 2027-01-02]", "2027-01-02", "off and on"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(
    tmp_path: Path, off: str, on: str, said: str
) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text(ENTRY.format("true", off, on), encoding="utf-8")
    with pytest.raises(BadDefinition, match=said):
        workdays.load(path)


def test_a_year_told_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text(ENTRY.format("true", "", "") * 2, encoding="utf-8")
    with pytest.raises(BadDefinition, match="two entries of 2027"):
        workdays.load(path)


def test_what_nobody_verified_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text(ENTRY.format("false", "[2027-01-01, 2027-01-01]", ""), encoding="utf-8")
    assert workdays.load(path) == Workdays()


# -- the table --------------------------------------------------------------------------------


def test_the_table_says_of_every_day_what_the_rules_say(warehouse: Warehouse) -> None:
    rows = warehouse.read("from calendar order by day")
    assert (rows[0]["day"], rows[-1]["day"]) == (date(2015, 1, 1), date(2035, 12, 31))
    assert len(rows) == (date(2035, 12, 31) - date(2015, 1, 1)).days + 1
    for row in rows:
        assert row["is_working"] is SHIPPED.is_working_day(row["day"])
        assert row["is_known"] is (2017 <= row["day"].year <= 2026)


@given(DAYS, DAYS)
def test_the_difference_of_two_rows_is_the_working_days_between(
    warehouse: Warehouse, start: date, end: date
) -> None:
    sql = "select worked from calendar where day = $day"
    first, last = (warehouse.read(sql, {"day": day})[0]["worked"] for day in (start, end))
    assert last - first == SHIPPED.between(start, end)


def test_opening_again_with_other_holidays_rewrites_the_table(tmp_path: Path) -> None:
    shutil.copy(RULES / "school.toml", tmp_path)
    file = tmp_path / "school.duckdb"
    asked = "select is_working, is_known from calendar where day = '2027-01-01'"
    for verified, expected in (("false", (True, False)), ("true", (False, True))):
        entry = ENTRY.format(verified, "[2027-01-01, 2027-01-01]", "")
        (tmp_path / "holidays.toml").write_text(entry, encoding="utf-8")
        opened = Warehouse.open(file, rules=tmp_path)
        (row,) = opened.read(asked)
        opened.close()
        assert (row["is_working"], row["is_known"]) == expected
