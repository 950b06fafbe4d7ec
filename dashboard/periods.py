"""Stretches of time the field counts in, and the same stretch a year before.

Calendar year (the ledger), school year (the plan), term, the union's statistical year, a month,
and free ranges. Where the school's own years begin is said by its `Calendars`. An as-of date is
the end of that day: a period's last day, or today if that is earlier.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dashboard.errors import RefusedRequest
from dashboard.text import MONTHS_EN, Text, same

Kind = Literal["year", "school_year", "term", "statistical_year", "month", "range"]
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199  # what an address may name; a year before stays a date


@dataclass(frozen=True, slots=True)
class Calendars:
    """Where a school's years begin. Raises RefusedRequest for what does not divide a year.

    school_year_month  its first month, 2 to 12 (a school year of January is the calendar year)
    second_term        month and day on which the second term begins, in every year
    statistical_month  first month of the statistical year, named by the year it ends in; the
                       survey of 2014 counted from October (宜工办〔2014〕45号)
    """

    school_year_month: int = 9
    second_term: tuple[int, int] = (2, 1)
    statistical_month: int = 10

    def __post_init__(self) -> None:
        try:
            date(2001, *self.second_term)  # not a leap year: 29 February is not in every year
        except ValueError:
            raise RefusedRequest("bad_calendar") from None
        years = self.school_year_month in range(2, 13) and self.statistical_month in range(1, 13)
        if not years or self.second_term == (self.school_year_month, 1):
            raise RefusedRequest("bad_calendar")


USUAL = Calendars()


@dataclass(frozen=True, slots=True)
class Period:
    """`start` to `end`, both included. `key` is how the address and the command line name it."""

    start: date
    end: date
    kind: Kind
    key: str

    def as_of(self, today: date) -> date:
        """The day the figures speak of: the last day, or today if that is earlier."""
        return min(self.end, today)

    @property
    def label(self) -> Text:
        return _LABELS[self.kind](self)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch with the day on which it is looked at; `start` <= `as_of` or it is empty."""

    start: date
    as_of: date


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def shifted(day: date, months: int) -> date:
    """The same day so many months on; a month's last day stays a month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def current(period: Period, today: date) -> Span:
    return Span(period.start, period.as_of(today))


def year_before(span: Span) -> Span:
    """The same stretch a year before, cut at the same day: like is compared with like."""
    return Span(shifted(span.start, -12), shifted(span.as_of, -12))


def twelve_months(as_of: date) -> list[Span]:
    """The twelve months up to and including the month of `as_of`, oldest first."""
    firsts = [shifted(as_of.replace(day=1), -back) for back in range(11, -1, -1)]
    ends = [last_day(first.year, first.month) for first in firsts]
    return [Span(first, min(end, as_of)) for first, end in zip(firsts, ends, strict=True)]


def rolling(span: Span, month: Span) -> Span:
    """A stretch as long as `span`, ending with `month`: its last one equals `span` itself."""
    back = (span.as_of.year - month.as_of.year) * 12 + span.as_of.month - month.as_of.month
    return Span(shifted(span.start, -back), month.as_of)


def years_before(period: Period, years: int) -> Period:
    """The same stretch so many years before, or after where `years` is negative.

    It begins the day after its eve, so that what follows without a gap still does.
    """
    start = shifted(period.start - DAY, -12 * years) + DAY
    end = shifted(period.end, -12 * years)
    named = int(period.key[:4]) - years if period.kind in ("school_year", "term") else 0
    key = {
        "year": f"{end.year}",
        "school_year": f"{named}-{named + 1}",
        "term": f"{named}-{named + 1}-{period.key[-1]}",
        "statistical_year": f"S{end.year}",
        "month": f"{end:%Y-%m}",
        "range": f"{start}:{end}",
    }
    return Period(start, end, period.kind, key[period.kind])


def months_of(period: Period) -> tuple[tuple[int, int], ...]:
    """Its months as (year, month), in order; none where it does not consist of whole months."""
    if period.start.day != 1 or (period.end + DAY).day != 1:
        return ()
    first = period.start.year * 12 + period.start.month - 1
    last = period.end.year * 12 + period.end.month - 1
    return tuple((index // 12, index % 12 + 1) for index in range(first, last + 1))


def calendar_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year", str(year))


def school_year(year: int, calendars: Calendars = USUAL) -> Period:
    """From its first month in `year` to the month before in the next: September to August."""
    start = date(year, calendars.school_year_month, 1)
    return Period(start, shifted(start, 12) - DAY, "school_year", f"{year}-{year + 1}")


def term(year: int, which: int, calendars: Calendars = USUAL) -> Period:
    """The first or second term of a school year: September to January, February to August."""
    whole = school_year(year, calendars)
    turn = date(year, *calendars.second_term)
    turn = turn if turn > whole.start else date(year + 1, *calendars.second_term)
    start, end = (whole.start, turn - DAY) if which == 1 else (turn, whole.end)
    return Period(start, end, "term", f"{year}-{year + 1}-{which}")


def statistical_year(year: int, calendars: Calendars = USUAL) -> Period:
    """The twelve months that end in `year`: October of the year before to September."""
    first = calendars.statistical_month
    end = last_day(year, first - 1) if first > 1 else date(year, 12, 31)
    return Period(shifted(end, -12) + DAY, end, "statistical_year", f"S{year}")


def month(year: int, number: int) -> Period:
    start = date(year, number, 1)
    return Period(start, last_day(year, number), "month", f"{year}-{number:02d}")


def free_range(start: date, end: date) -> Period:
    if end < start:
        raise RefusedRequest("unknown_period", name=f"{start}:{end}")
    return Period(start, end, "range", f"{start}:{end}")


def parse(text: str, calendars: Calendars = USUAL) -> Period:
    """Read a period's key.

    `2017` · `2017-09` · `2016-2017` · `2016-2017-2` · `S2017` · `2017-09:2018-07` ·
    `2017-03-01:2017-05-31`. Raises RefusedRequest for anything else.
    """
    try:
        found = _parse(text.strip(), calendars)
    except ValueError:
        raise RefusedRequest("unknown_period", name=text) from None
    if found.start.year < FIRST_YEAR or found.end.year > LAST_YEAR:
        raise RefusedRequest("unknown_period", name=text)
    return found


def as_of_day(text: str, period: Period, today: date) -> date:
    """Read an as-of day, `2017-09-01`. Raises RefusedRequest where it is no day of the period,
    or not yet over.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RefusedRequest("unknown_date", name=text) from None
    if not period.start <= day <= period.as_of(today):
        raise RefusedRequest("day_outside", name=text, period=period.label)
    return day


def _parse(text: str, calendars: Calendars) -> Period:
    if re.fullmatch(r"\d{4}", text):
        return calendar_year(int(text))
    if found := re.fullmatch(r"(\d{4})-(\d{4})(?:-([12]))?", text):
        first, second, which = int(found[1]), int(found[2]), found[3]
        if second != first + 1:
            raise ValueError(text)
        return term(first, int(which), calendars) if which else school_year(first, calendars)
    if found := re.fullmatch(r"[Ss](\d{4})", text):
        return statistical_year(int(found[1]), calendars)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        return month(int(found[1]), int(found[2]))
    start, colon, end = text.partition(":")
    if not colon:
        raise ValueError(text)
    return free_range(_edge(start, first=True), _edge(end, first=False))


def _edge(text: str, *, first: bool) -> date:
    parts = [int(part) for part in text.strip().split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1) if first else last_day(parts[0], parts[1])
    (year,) = parts
    return date(year, 1, 1) if first else date(year, 12, 31)


_LABELS = {
    "year": lambda p: Text(f"{p.start.year} 年", f"{p.start.year}"),
    "school_year": lambda p: Text(f"{p.key} 学年", f"School year {p.key}"),
    "term": lambda p: Text(
        f"{p.key[:9]} 学年第{'一' if p.key.endswith('1') else '二'}学期",
        f"Term {p.key[-1]} of {p.key[:9]}",
    ),
    "statistical_year": lambda p: Text(
        f"{p.end.year} 统计年（{p.start.month}月–{p.end.month}月）",
        f"Statistical year {p.end.year}"
        f" ({MONTHS_EN[p.start.month - 1]}–{MONTHS_EN[p.end.month - 1]})",
    ),
    "month": lambda p: Text(
        f"{p.start.year} 年 {p.start.month} 月", f"{MONTHS_EN[p.start.month - 1]} {p.start.year}"
    ),
    "range": lambda p: same(f"{p.start} – {p.end}"),
}
