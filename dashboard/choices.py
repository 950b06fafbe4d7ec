"""The periods there are to choose from: of each kind, which ones, and what stands beside one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from dashboard.periods import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    USUAL,
    Calendars,
    Kind,
    Period,
    calendar_year,
    free_range,
    last_day,
    month,
    months_of,
    school_year,
    shifted,
    statistical_year,
    term,
    years_before,
)
from dashboard.text import Text, same

KINDS: dict[Kind, Text] = {
    "year": Text("年度", "Year"),
    "school_year": Text("学年", "School year"),
    "term": Text("学期", "Term"),
    "statistical_year": Text("统计年", "Statistical year"),
    "month": Text("月", "Month"),
    "range": Text("自选", "Free range"),
}


def offered(
    kind: Kind, years: Sequence[int], today: date, calendars: Calendars = USUAL
) -> list[Period]:
    """Those of a kind that touch the years with data and have begun, newest first.

    A free range is chosen by its two days: none is offered.
    """
    days = [date(year, number, 1) for year in years for number in range(1, 13)]
    days += [last_day(day.year, day.month) for day in days]  # a term may begin within a month
    if kind == "range":
        return []
    found = {containing(kind, day, calendars) for day in days}
    begun = (period for period in found if period.start <= today)
    return sorted(begun, key=lambda period: period.start, reverse=True)


def containing(kind: Kind, day: date, calendars: Calendars = USUAL) -> Period:
    """The period of a kind in which a day lies; the day itself as a free range."""
    match kind:
        case "year":
            return calendar_year(day.year)
        case "school_year":
            return school_year(_school_year_of(day, calendars), calendars)
        case "term":
            first = term(_school_year_of(day, calendars), 1, calendars)
            return first if day <= first.end else term(first.start.year, 2, calendars)
        case "statistical_year":
            ending = statistical_year(day.year, calendars)
            return ending if day <= ending.end else statistical_year(day.year + 1, calendars)
        case "month":
            return month(day.year, day.month)
        case "range":
            return free_range(day, day)


def turned(period: Period, kind: Kind, today: date, calendars: Calendars = USUAL) -> Period:
    """What a period becomes as another kind: the one in which its figures' day lies.

    As a free range it keeps its own days, to be moved from there.
    """
    if kind == "range":
        return free_range(period.start, period.end)
    return containing(kind, max(period.start, period.as_of(today)), calendars)


def beside(period: Period, step: Literal[1, -1]) -> Period | None:
    """The one after (1) or before (-1), of the same kind; a free range moves by its own length.

    None where the calendar of the house ends.
    """
    found = _beside(period, step)
    inside = found.start.year >= FIRST_YEAR and found.end.year <= LAST_YEAR
    return found if inside else None


def brief(period: Period) -> Text:
    """Its label on a narrow button."""
    start, end = period.start, period.end
    match period.kind:
        case "school_year":
            return Text(period.label.zh, f"School year {_short(start.year)}")
        case "term":
            which = "一" if period.key.endswith("1") else "二"
            year = int(period.key[:4])
            return Text(f"{period.key[:9]} 第{which}学期", f"Term {period.key[-1]}, {_short(year)}")
        case "statistical_year":
            return Text(f"{end.year} 统计年", f"Statistical {end.year}")
        case "range" if months_of(period):
            return same(f"{start:%Y-%m} – {end:%Y-%m}")
        case "range":
            return same(f"{start} – {end:%m-%d}" if start.year == end.year else period.label.zh)
        case _:
            return period.label


def _short(year: int) -> str:
    """`2016-17`."""
    return f"{year}-{(year + 1) % 100:02}"


def _school_year_of(day: date, calendars: Calendars) -> int:
    return day.year if day.month >= calendars.school_year_month else day.year - 1


def _beside(period: Period, step: Literal[1, -1]) -> Period:
    match period.kind:
        case "month":
            start = shifted(period.start, step)
            return month(start.year, start.month)
        case "term":
            return _other_term(period, step)
        case "range":
            return _moved(period, step)
        case _:
            return years_before(period, -step)


def _other_term(period: Period, step: Literal[1, -1]) -> Period:
    """What lies between a term and the same term of the next or the last year."""
    same_term = years_before(period, -step)
    year, which = int(period.key[:4]), int(period.key[-1])
    year += step if (which == 2) == (step == 1) else 0
    key = f"{year}-{year + 1}-{3 - which}"
    if step == 1:
        return Period(period.end + DAY, same_term.start - DAY, "term", key)
    return Period(same_term.end + DAY, period.start - DAY, "term", key)


def _moved(period: Period, step: Literal[1, -1]) -> Period:
    """Whole months move by their number, so that a quarter is followed by a quarter."""
    if count := len(months_of(period)):
        start = shifted(period.start, step * count)
        return free_range(start, shifted(start, count) - DAY)
    length = step * (period.end - period.start + DAY)
    return free_range(period.start + length, period.end + length)
