"""Every period is named by its key, in words and in the address; a school may move its years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.choices import KINDS, brief, containing
from dashboard.errors import RefusedRequest
from dashboard.periods import (
    Calendars,
    Kind,
    Period,
    as_of_day,
    calendar_year,
    free_range,
    month,
    months_of,
    parse,
    school_year,
    shifted,
    statistical_year,
    term,
    year_before,
    years_before,
)
from dashboard.periods import Span as Stretch

DAY = timedelta(days=1)
years = st.integers(1910, 2190)
days = st.dates(date(1910, 1, 1), date(2190, 12, 31))
kinds = st.sampled_from(list(KINDS))


@st.composite
def drawn_calendars(draw: st.DrawFn) -> Calendars:
    first = draw(st.integers(2, 12))
    turn = draw(st.dates(date(2001, 1, 1), date(2001, 12, 31)))
    if (turn.month, turn.day) == (first, 1):
        turn += DAY
    return Calendars(first, (turn.month, turn.day), draw(st.integers(1, 12)))


@st.composite
def drawn_periods(draw: st.DrawFn) -> tuple[Period, Calendars]:
    kind: Kind = draw(kinds)
    calendars = draw(drawn_calendars())
    if kind == "range":
        start, end = sorted((draw(days), draw(days)))
        return free_range(start, end), calendars
    return containing(kind, draw(days), calendars), calendars


@pytest.mark.parametrize(
    ("key", "start", "end", "zh", "en"),
    [
        ("2017", "2017-01-01", "2017-12-31", "2017 年", "2017"),
        ("2016-2017", "2016-09-01", "2017-08-31", "2016-2017 学年", "School year 2016-2017"),
        ("2016-2017-1", "2016-09-01", "2017-01-31", "2016-2017 学年第一学期",
         "Term 1 of 2016-2017"),
        ("2015-2016-2", "2016-02-01", "2016-08-31", "2015-2016 学年第二学期",
         "Term 2 of 2015-2016"),
        ("S2017", "2016-10-01", "2017-09-30", "2017 统计年（10月–9月）",
         "Statistical year 2017 (Oct–Sep)"),
        ("2016-02", "2016-02-01", "2016-02-29", "2016 年 2 月", "Feb 2016"),
        ("2017-03-01:2017-05-31", "2017-03-01", "2017-05-31", "2017-03-01 – 2017-05-31",
         "2017-03-01 – 2017-05-31"),
    ],
)  # fmt: skip
def test_each_kind_by_its_key_its_days_and_its_name(
    key: str, start: str, end: str, zh: str, en: str
) -> None:
    found = parse(key)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)
    assert (found.key, found.label.zh, found.label.en) == (key, zh, en)


@pytest.mark.parametrize(
    ("written", "meant"),
    [(" 2017 ", "2017"), ("s2017", "S2017"), ("2017-9", "2017-09"),
     ("2017-09:2018-07", "2017-09-01:2018-07-31"), ("2016:2016", "2016-01-01:2016-12-31"),
     ("2016-02:2016-02", "2016-02-01:2016-02-29"), ("2016-2-29:2016-3-1", "2016-02-29:2016-03-01")],
)  # fmt: skip
def test_a_key_may_be_written_loosely(written: str, meant: str) -> None:
    assert parse(written).key == meant


@pytest.mark.parametrize(
    "nonsense",
    ["", "soon", "17", "2017-13", "2017-00", "2016-2018", "2016-2017-3", "S17", ":", "2017:",
     "2017-02-29:2017-03-01", "2018:2017", "0001", "1899", "2200", "9999", "S1900", "2199-2200",
     "1-1:2017", "2017-01-01:9999-12-31", "2017-1-1-1:2018"],
)  # fmt: skip
def test_what_names_no_period_is_refused(nonsense: str) -> None:
    with pytest.raises(RefusedRequest, match="unknown_period"):
        parse(nonsense)


@given(drawn_periods())
def test_a_key_comes_back_as_the_same_period(drawn: tuple[Period, Calendars]) -> None:
    period, calendars = drawn
    assert parse(period.key, calendars) == period


@given(drawn_periods())
def test_every_period_has_a_name_and_a_short_one(drawn: tuple[Period, Calendars]) -> None:
    period, _ = drawn
    for words in (period.label, brief(period)):
        assert words.zh
        assert words.en
        assert len(words.en) <= len("Statistical year 2017 (Oct–Sep)")


@given(years, drawn_calendars())
def test_two_terms_tile_the_school_year(year: int, calendars: Calendars) -> None:
    whole, first, second = (
        school_year(year, calendars), term(year, 1, calendars), term(year, 2, calendars)
    )  # fmt: skip
    assert (first.start, second.end) == (whole.start, whole.end)
    assert first.start <= first.end
    assert second.start <= second.end
    assert second.start == first.end + DAY


@given(years, drawn_calendars())
def test_years_follow_one_another_without_a_gap(year: int, calendars: Calendars) -> None:
    for kind in (school_year, statistical_year):
        assert kind(year + 1, calendars).start == kind(year, calendars).end + DAY
    assert statistical_year(year, calendars).end.year == year
    assert school_year(year, calendars).start.year == year


@given(years)
def test_the_months_tile_the_year(year: int) -> None:
    months = [month(year, number) for number in range(1, 13)]
    whole = calendar_year(year)
    assert (months[0].start, months[-1].end) == (whole.start, whole.end)
    assert all(b.start == a.end + DAY for a, b in pairwise(months))
    assert months_of(whole) == tuple((year, number) for number in range(1, 13))


@given(days, days)
def test_the_year_before_the_year_before_is_two_years_before(one: date, other: date) -> None:
    span = Stretch(*sorted((one, other)))
    twice = year_before(year_before(span))
    assert twice == Stretch(shifted(span.start, -24), shifted(span.as_of, -24))


@given(drawn_periods(), st.integers(-5, 5))
def test_years_before_keeps_the_kind_and_comes_back(
    drawn: tuple[Period, Calendars], count: int
) -> None:
    period, calendars = drawn
    moved = years_before(period, count)
    if period.kind != "range":  # a range may begin or end on a leap day
        assert moved == parse(moved.key, calendars)
        assert years_before(moved, -count) == period
    assert abs((period.end - period.start) - (moved.end - moved.start)) <= 2 * DAY
    assert len(months_of(moved)) == len(months_of(period))


def test_a_leap_day_has_a_year_before() -> None:
    leap = parse("2016-02-29:2016-02-29")
    assert year_before(Stretch(leap.start, leap.end)) == Stretch(
        date(2015, 2, 28), date(2015, 2, 28)
    )
    assert years_before(parse("2016-02"), 1) == parse("2015-02")
    assert years_before(parse("2015-02"), -1).end == date(2016, 2, 29)


def test_stretches_without_a_gap_have_none_a_year_before() -> None:
    until, since = parse("2025-01-01:2025-02-27"), parse("2025-02-28:2025-03-31")
    assert years_before(since, 1).start == years_before(until, 1).end + DAY


@pytest.mark.parametrize(
    "wrong",
    [{"school_year_month": 1}, {"school_year_month": 13}, {"statistical_month": 0},
     {"statistical_month": 13}, {"second_term": (2, 29)}, {"second_term": (13, 1)},
     {"second_term": (9, 1)}],
)  # fmt: skip
def test_calendars_that_do_not_divide_a_year_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(RefusedRequest, match="bad_calendar"):
        Calendars(**wrong)  # type: ignore[arg-type]


def test_a_school_may_begin_its_years_elsewhere() -> None:
    calendars = Calendars(8, (2, 16), 1)
    assert school_year(2016, calendars).end == date(2017, 7, 31)
    assert term(2016, 1, calendars).end == date(2017, 2, 15)
    statistical = statistical_year(2017, calendars)
    assert (statistical.start, statistical.end) == (date(2017, 1, 1), date(2017, 12, 31))
    assert statistical.label.zh == "2017 统计年（1月–12月）"
    assert parse("2016-2017-2", calendars).start == date(2017, 2, 16)
    early = Calendars(2, (9, 1), 10)
    assert term(2016, 2, early).start == date(2016, 9, 1)


@pytest.mark.parametrize("day", ["2017-01-01", "2017-06-30"])
def test_an_as_of_day_lies_in_the_period_and_not_after_today(day: str) -> None:
    assert as_of_day(day, parse("2017"), date(2017, 6, 30)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "code"),
    [("2016-12-31", "day_outside"), ("2017-07-01", "day_outside"), ("2018-01-01", "day_outside"),
     ("6月", "unknown_date"), ("2017-02-29", "unknown_date")],
)  # fmt: skip
def test_any_other_day_is_refused(day: str, code: str) -> None:
    with pytest.raises(RefusedRequest, match=code):
        as_of_day(day, parse("2017"), date(2017, 6, 30))
