"""Which year a plan is for, and the days its words of time mean.

A title names a calendar year, a school year or a term. Months belong to the year of that stretch
they fall into; where months are listed past December, they go on into the next year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dashboard.periods import USUAL, Calendars, Period, calendar_year, last_day, school_year, term
from dashboard.plans import times
from dashboard.plans.numerals import number
from dashboard.plans.times import Span, Time

_DIGITS = re.compile(r"(?:二[〇○零0O][〇○零一二三四五六七八九]{2})(?=年|学|[—–\-~至]|$)")
_SCHOOL = re.compile(r"(20\d\d)\s*年?\s*[-—–―－~～至/]+\s*((?:20)?\d\d)(?!\d)\s*(?:学年度?|年度?)?")
_NAMED = re.compile(r"(?<!\d)(20\d\d|1[01]\d)\s*学年")
_SEASON = re.compile(r"(20\d\d)\s*年?\s*度?\s*([春秋])")
_HALF = re.compile(r"(20\d\d)\s*年\s*度?([上下])半年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|$|(?=\D*(?:计划|要点|安排|打算)))")
_RANGE = re.compile(
    r"(20\d\d)\s*[.年]\s*(\d{1,2})\s*月?\s*[-—–―~～至到]+\s*(20\d\d)\s*[.年]\s*(\d{1,2})"
)
_TERM = re.compile(r"第([一二12])学期|([上下])学期|学年度?([上下])(?:期|学)?|([春秋])季")
_DATED = re.compile(
    r"\D{0,30}?(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*"
    r"(?:[月./-]\s*(?:[\d一二三四五六七八九十]{1,3}\s*[日号]?)?)?\s*"
)


def named(text: str, calendars: Calendars = USUAL) -> Period | None:
    """The stretch a title is about: 2017年, 2016—2017学年度第二学期, 2017年春季."""
    text = _DIGITS.sub(lambda found: _figures(found[0]), text)
    text = text.rpartition("总结")[2] or text  # of 2006年总结及2007年计划 the plan counts
    if found := _RANGE.search(text):
        return _from_to(*map(int, found.groups()))
    if found := _SEASON.search(text):
        year = int(found[1])
        return term(year - (found[2] == "春"), 1 if found[2] == "秋" else 2, calendars)
    first = _school_year(text)
    if first is not None:
        which = _which(text)
        return term(first, which, calendars) if which else school_year(first, calendars)
    if found := _HALF.search(text):
        whole = calendar_year(int(found[1]))
        turn = date(whole.start.year, 7, 1)
        start, end = (whole.start, turn) if found[2] == "上" else (turn, whole.end)
        return Period(start, min(end, last_day(start.year, start.month + 5)), "range", "")
    found = _YEAR.search(text)
    return _of_year(text, int(found[1]), calendars) if found else None


def _from_to(year: int, month: int, last_year: int, last_month: int) -> Period | None:
    """2019.9—2020.7; None where it is no stretch of months."""
    if not (1 <= month <= 12 and 1 <= last_month <= 12 and 0 <= last_year - year <= 1):
        return None
    start, end = date(year, month, 1), last_day(last_year, last_month)
    return Period(start, end, "range", f"{start}:{end}") if start < end else None


def _of_year(text: str, year: int, calendars: Calendars) -> Period:
    """A calendar year; with a term the part of it that term is."""
    which = _which(text)
    return term(year - (which == 2), which, calendars) if which else calendar_year(year)


def _figures(text: str) -> str:
    return f"{number(text.replace('0', '〇').replace('O', '〇'))}"


def _school_year(text: str) -> int | None:
    if (found := _SCHOOL.search(text)) and (int(found[1]) + 1) % 100 == int(found[2]) % 100:
        return int(found[1])
    if found := _NAMED.search(text):
        return int(found[1]) + (1911 if len(found[1]) == 3 else 0)
    return None


def _which(text: str) -> int | None:
    found = _TERM.search(text)
    if not found:
        return None
    words = next(group for group in found.groups() if group)
    return 1 if words in "一1上秋" else 2


def signed(text: str) -> tuple[int, int] | None:
    """Year and month of a line that ends a plan: 新桥小学工会 2017年2月20日."""
    text = _DIGITS.sub(lambda found: _figures(found[0]), text)
    found = _DATED.fullmatch(text)
    return (int(found[1]), number(found[2])) if found else None


def supposed(year: int, month: int, listed: list[int], about: str, by: Calendars) -> Period:
    """The stretch of a plan that names none, signed in that month; `listed` its month headings."""
    autumn = month >= 7
    if which := _which(about):
        return term(year if which == 1 and autumn else year - 1, which, by)
    if "学年" in about or (listed and listed[0] >= 7 and min(listed) < 7):
        return school_year(year if autumn else year - 1, by)
    later = month == 12 and bool(listed) and listed[0] <= 3
    return calendar_year(year + later)


@dataclass(slots=True)
class Years:
    """A plan's stretch, and the months its headings have listed so far."""

    period: Period | None
    calendars: Calendars = USUAL
    listed: list[int] = field(default_factory=list)

    def span(self, time: Time, within: Span = (None, None)) -> Span:
        """First and last day; None where the plan does not say enough. `within` is the stretch
        of the heading above.
        """
        whole = within if within[0] else self._whole()
        own = {
            "day": self._days,
            "days": self._days,
            "week": self._week,
            "festival": self._festival,
            "parts": self._through,
        }.get(time.kind)
        if own:
            return own(time, whole)
        if (which := times.which_term(time)) is not None:
            term = self._term(which)
            return self._edge(time, term) if "edge" in time.parts else self._cut(term, whole)
        if (found := times.months(time)) is not None:
            return self._months(time, *found, whole)
        if time.recurs:
            return whole
        return self._edge(time, whole)

    def _whole(self) -> Span:
        return (self.period.start, self.period.end) if self.period else (None, None)

    def _term(self, which: int) -> Span:
        if not self.period:
            return None, None
        start = self.period.start
        first = start.year if start.month >= self.calendars.school_year_month else start.year - 1
        if self.period.kind == "year" and which == 1:
            first = start.year
        found = term(first, which, self.calendars)
        return found.start, found.end

    def _months(self, time: Time, first: int, last: int, whole: Span) -> Span:
        year = time.year or self._year(first, whole)
        if year is None:
            return None, None
        start, end = date(year, first, 1), last_day(year + (last < first), last)
        if time.kind == "part":
            span = times.within_month(time, start)
        else:
            span = (start, end) if time.kind == "months" else self._cut((start, end), whole)
        return self._until(time, span, whole)

    def _through(self, time: Time, _: Span) -> Span:
        """十月中旬至十一月初."""
        first, last = (times.find(time.parts[name])[0] for name in ("from", "until"))
        return self.span(first)[0], self.span(last)[1]

    def _days(self, time: Time, whole: Span) -> Span:
        month = time.first_month or 0
        year = time.year or self._year(month, whole)
        if year is None:
            return None, None
        parts = time.parts
        try:
            if time.kind == "day":
                day = date(year, month, number(parts["d3"]))
                return self._until(time, (day, day), whole)
            later = number(parts["m2"]) if "m2" in parts else month
            start = date(year, month, number(parts["d1"]))
            return start, date(year + (later < month), later, number(parts["d2"]))
        except ValueError:  # 2月30日
            return None, None

    def _week(self, time: Time, whole: Span) -> Span:
        """第二周（3.2—3.6); of a week by its number alone no days are known."""
        parts = time.parts
        year = self._year(int(parts["m8"]), whole) if "m8" in parts else None
        if year is None:
            return None, None
        month, until = int(parts["m8"]), int(parts.get("m9", parts["m8"]))
        try:
            start = date(year, month, int(parts["d8"]))
            return start, date(year + (until < month), until, int(parts["d9"]))
        except ValueError:  # 2.30
            return None, None

    def _festival(self, time: Time, whole: Span) -> Span:
        """国庆前, 三八节期间; of those by the moon no days are known."""
        known = times.festival(time)
        year = self._year(known[0], whole) if known else None
        if known is None or year is None:
            return None, None
        start, end = (date(year, known[0], day) for day in known[1:])
        return self._until(time, (start, start if times.is_deadline(time) else end), whole)

    def _until(self, time: Time, span: Span, whole: Span) -> Span:
        """A deadline: from where the heading's stretch begins, if it has a month of its own."""
        if not times.is_deadline(time):
            return span
        start, end = whole
        own = start is not None and end is not None and (end - start).days < 32
        return (start if own else None), span[1]

    def _year(self, month: int, whole: Span) -> int | None:
        """The year in which a month is meant."""
        start, end = whole
        if start is None or end is None:
            return None
        fits = [y for y in range(start.year, end.year + 1)
                if date(y, month, 1) <= end and last_day(y, month) >= start]  # fmt: skip
        if self._early(month, start, end):
            return start.year
        if self._turned(month):
            return start.year + 1
        return fits[0] if fits else start.year if month >= start.month else end.year

    def _early(self, month: int, start: date, end: date) -> bool:
        """July or August at the head of a school year's list comes before its September."""
        return (
            start.year != end.year and month in (7, 8) and bool(self.listed)
            and all(m >= 7 for m in self.listed)
        )  # fmt: skip

    def _turned(self, month: int) -> bool:
        """A calendar year's plan whose list of months has gone past December. Each part of a plan
        lists anew (`listed` is emptied there).
        """
        if not self.period or self.period.kind != "year" or not self.listed:
            return False
        following = [*self.listed[1:], month]
        past = any(a > b and a >= 9 for a, b in zip(self.listed, following, strict=True))
        return past and month <= 8 and self.listed[0] > month

    def _cut(self, span: Span, whole: Span) -> Span:
        """What of it lies in the plan's own stretch; all of it where nothing does."""
        if None in span or None in whole:
            return span
        low, high = max(span[0], whole[0]), min(span[1], whole[1])  # type: ignore[type-var]
        return (low, high) if low <= high else span  # type: ignore[operator]

    def _edge(self, time: Time, whole: Span) -> Span:
        """开学, 期中, 期末 of a term whose months are known; weeks are not."""
        start, end = whole
        if start is None or end is None or time.kind not in ("edge", "term"):
            return None, None
        if not 120 < (end - start).days < 250:
            return None, None
        autumn = start.month >= 7
        if "末" in time.words:
            first, last = (1, 1) if autumn else (6, 7)
        elif "中" in time.words:
            first, last = (11, 11) if autumn else (4, 5)
        else:
            first, last = (9, 9) if autumn else (2, 3)
        year = start.year if first >= start.month else end.year
        return date(year, first, 1), last_day(year, last)
