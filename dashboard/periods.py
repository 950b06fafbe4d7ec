"""Stretches of time the field counts in, and the same stretch a year before.

Calendar year (the ledger), school year September to August (the plan), term, the union's
statistical year October to September, a month, and free ranges. An as-of date is the end of
that day: a period's last day, or today if that is earlier.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.errors import RefusedRequest
from dashboard.text import Text, same

Kind = Literal["year", "school_year", "term", "statistical_year", "month", "range"]


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


def calendar_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year", str(year))


def school_year(year: int) -> Period:
    """September of `year` to August of the next."""
    return Period(date(year, 9, 1), date(year + 1, 8, 31), "school_year", f"{year}-{year + 1}")


def term(year: int, which: int) -> Period:
    """First term September to January, second February to August, of the school year."""
    start, end = (
        (date(year, 9, 1), date(year + 1, 1, 31))
        if which == 1
        else (date(year + 1, 2, 1), date(year + 1, 8, 31))
    )
    return Period(start, end, "term", f"{year}-{year + 1}-{which}")


def statistical_year(year: int) -> Period:
    """October of the year before to September: how the union's survey of 2014 counted."""
    return Period(date(year - 1, 10, 1), date(year, 9, 30), "statistical_year", f"S{year}")


def month(year: int, number: int) -> Period:
    start = date(year, number, 1)
    return Period(start, last_day(year, number), "month", f"{year}-{number:02d}")


def free_range(start: date, end: date) -> Period:
    if end < start:
        raise RefusedRequest("unknown_period", name=f"{start}:{end}")
    return Period(start, end, "range", f"{start}:{end}")


def parse(text: str) -> Period:
    """Read a period's key.

    `2017` · `2017-09` · `2016-2017` · `2016-2017-2` · `S2017` · `2017-09:2018-07` ·
    `2017-03-01:2017-05-31`. Raises RefusedRequest for anything else.
    """
    try:
        return _parse(text.strip())
    except ValueError:
        raise RefusedRequest("unknown_period", name=text) from None


def _parse(text: str) -> Period:
    if re.fullmatch(r"\d{4}", text):
        return calendar_year(int(text))
    if found := re.fullmatch(r"(\d{4})-(\d{4})(?:-([12]))?", text):
        first, second, which = int(found[1]), int(found[2]), found[3]
        if second != first + 1:
            raise ValueError(text)
        return term(first, int(which)) if which else school_year(first)
    if found := re.fullmatch(r"[Ss](\d{4})", text):
        return statistical_year(int(found[1]))
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
        f"{p.end.year} 统计年（10月–9月）", f"Statistical year {p.end.year} (Oct–Sep)"
    ),
    "month": lambda p: Text(f"{p.start.year} 年 {p.start.month} 月", p.start.strftime("%b %Y")),
    "range": lambda p: same(f"{p.start} – {p.end}"),
}
