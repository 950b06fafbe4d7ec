"""Which periods are offered, what one becomes as another kind, and what stands beside it."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_periods_keys import days, drawn_calendars, drawn_periods, kinds

from dashboard.choices import KINDS, beside, brief, containing, offered, turned
from dashboard.periods import Calendars, Kind, Period, months_of, parse

DAY = timedelta(days=1)
TODAY = date(2017, 11, 15)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("year", ["2017", "2016"]),
        ("school_year", ["2017-2018", "2016-2017", "2015-2016"]),
        ("term", ["2017-2018-1", "2016-2017-2", "2016-2017-1", "2015-2016-2", "2015-2016-1"]),
        ("statistical_year", ["S2018", "S2017", "S2016"]),
        ("range", []),
    ],
)
def test_what_touches_the_years_with_data_and_has_begun_is_offered(
    kind: Kind, keys: list[str]
) -> None:
    assert [period.key for period in offered(kind, [2017, 2016], TODAY)] == keys


def test_the_months_of_all_years_up_to_today_are_offered() -> None:
    found = [period.key for period in offered("month", [2016, 2017], TODAY)]
    assert (found[0], found[-1], len(found)) == ("2017-11", "2016-01", 23)


@pytest.mark.parametrize("kind", KINDS)
def test_without_data_nothing_is_offered(kind: Kind) -> None:
    assert offered(kind, [], TODAY) == []


@given(kinds, days, drawn_calendars())
def test_a_day_lies_in_its_period(kind: Kind, day: date, calendars: Calendars) -> None:
    found = containing(kind, day, calendars)
    assert found.start <= day <= found.end
    assert found.kind == kind


@given(drawn_periods(), kinds, days)
def test_another_kind_shows_the_day_that_was_looked_at(
    drawn: tuple[Period, Calendars], kind: Kind, today: date
) -> None:
    period, calendars = drawn
    found = turned(period, kind, today, calendars)
    assert found.kind == kind
    if kind == "range":
        assert (found.start, found.end) == (period.start, period.end)
    else:
        assert found.start <= max(period.start, period.as_of(today)) <= found.end


@given(drawn_periods(), st.sampled_from([1, -1]))
@example((parse("2000-01-01:2000-03-01"), Calendars()), -1)
def test_a_step_leads_to_the_next_without_a_gap_and_back(
    drawn: tuple[Period, Calendars], step: int
) -> None:
    period, calendars = drawn
    found = beside(period, 1 if step == 1 else -1)
    if found is None:
        assert period.kind == "range"
        return
    near, far = (period, found) if step == 1 else (found, period)
    assert far.start == near.end + DAY
    assert found == parse(found.key, calendars)
    if months_of(found) and not months_of(period):  # days that fell upon months go on by months
        assert found.end - found.start == period.end - period.start
        return
    assert beside(found, -1 if step == 1 else 1) == period


@pytest.mark.parametrize(
    ("key", "back", "forward"),
    [
        ("2017", "2016", "2018"),
        ("2016-2017", "2015-2016", "2017-2018"),
        ("2016-2017-1", "2015-2016-2", "2016-2017-2"),
        ("2016-2017-2", "2016-2017-1", "2017-2018-1"),
        ("S2017", "S2016", "S2018"),
        ("2017-01", "2016-12", "2017-02"),
        ("2016-02", "2016-01", "2016-03"),
        ("2017-01-01:2017-03-31", "2016-10-01:2016-12-31", "2017-04-01:2017-06-30"),
        ("2017-03-01:2017-03-07", "2017-02-22:2017-02-28", "2017-03-08:2017-03-14"),
    ],
)
def test_one_step_back_and_forward(key: str, back: str, forward: str) -> None:
    found = [beside(parse(key), -1), beside(parse(key), 1)]
    assert [period.key for period in found if period] == [back, forward]


@pytest.mark.parametrize(("key", "step"), [("1900", -1), ("2199", 1), ("1900-01:2199-12", 1)])
def test_the_calendar_has_two_ends(key: str, step: int) -> None:
    assert beside(parse(key), 1 if step == 1 else -1) is None


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2016-2017-2", "2016-2017 第二学期", "Term 2, 2016-17"),
        ("1999-2000", "1999-2000 学年", "School year 1999-00"),
        ("S2017", "2017 统计年", "Statistical 2017"),
        ("2017-09:2018-07", "2017-09 – 2018-07", "2017-09 – 2018-07"),
        ("2017-03-08:2017-03-31", "2017-03-08 – 03-31", "2017-03-08 – 03-31"),
        ("2017-12-30:2018-01-02", "2017-12-30 – 2018-01-02", "2017-12-30 – 2018-01-02"),
    ],
)
def test_a_narrow_button_says_it_shortly(key: str, zh: str, en: str) -> None:
    assert (brief(parse(key)).zh, brief(parse(key)).en) == (zh, en)
