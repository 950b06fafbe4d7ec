"""Every way schools write a day, read by rule; what has two readings is rejected, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite

from dashboard.contracts.model import Order, Surroundings
from dashboard.contracts.spelling import folded_figures
from dashboard.importing.columns import Cell
from dashboard.importing.values import dayorder
from dashboard.importing.values.numerals import digits

_SERIALS = range(10_000, 80_000)  # 1927 to 2119 as spreadsheet day numbers
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LONGEST = 60  # characters: no day is written in more, and no pattern is tried on more
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WEEKDAY = (
    r"[(]?(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天1-7]"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)[)]?"
)
_CLOCK = (
    r"\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|[点點时時](?:\d{1,2}分?(?:\d{1,2}秒)?|半|整|正)?)"
    r"(?: ?[ap]m)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?"
)
_TAIL = re.compile(
    rf"(?<=[\d日号號)])(?:T| ?{_WEEKDAY})? ?(?:[上下中]午|早上|晚上|凌晨)? ?{_CLOCK}$"
    rf"| ?{_WEEKDAY}$| ?[(][一二三四五六日天][)]$",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^(?:'|公元)|(?:\s*出?生|[。,;])$")
_RANGE_MARKS = re.compile(r" ?(?:~|～|—+|–|--|至|到|、|和|及|,| - ) ?")
_DAY = r" ?[日号號曰]?\.?$"
_YMD = re.compile(
    rf"^(\d{{4}})(?: ?[-./年。、,\\·] ?| )(\d{{1,2}})(?: ?[-./月。、,\\·] ?| )(\d{{1,2}}){_DAY}"
)
_YM = re.compile(r"^(\d{4}) ?[-./年。] ?(\d{1,2}) ?月?份?$")
_SHORT_YM = re.compile(r"^(\d{2}) ?年 ?(\d{1,2}) ?月份?$")
_YYYYMM = re.compile(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])$")
_TWOFOLD = re.compile(r"^\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$|^(?:19|20)\d{3}(?:\.|$)")
_COMPACT = re.compile(r"^(?:19|20)\d{6}$")
_SHORT = re.compile(rf"^(\d{{2}}) ?([-./年]) ?(\d{{1,2}}) ?[-./月] ?(\d{{1,2}}){_DAY}")
_ROC = re.compile(
    rf"^(民[国國])? ?(\d{{2,3}}) ?[-./年] ?(\d{{1,2}}) ?(?:[-./月] ?(\d{{1,2}}){_DAY}|月?份?$)"
)
_COMPACT_ROC = re.compile(r"^(1\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_ROC_AROUND = re.compile(r"民[国國]|(?<!\d)1\d{2} ?[学學]?年")
_DMY = re.compile(r"^(\d{1,2}) ?[-./] ?(\d{1,2}) ?[-./] ?(\d{4})$")
_MD = re.compile(rf"^(\d{{1,2}}) ?(?:月|[-./]) ?(\d{{1,2}}){_DAY}")
_M = re.compile(r"^(\d{1,2}) ?月份?$")
_MMDD = re.compile(r"^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_ENGLISH = re.compile(
    r"^(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ -](?:(\d{1,2})(?:st|nd|rd|th)?,?[ -])?"
    r"(\d{4}|\d\d)$"
)
_PROGRAMS = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]{8} (?:\S{1,9} )?(\d{4})$")
_WEEK = re.compile(r"^(\d{4}) ?(?:-?W ?(\d{1,2})|年? ?第?(\d{1,2}) ?[周週])$", re.IGNORECASE)
_LIKE_A_WEEK = re.compile(r"^\d{4}-(1[3-9]|[2-4]\d|5[0-3])$")


class Unreadable(Exception):
    """A cell that cannot be read; `code` names the issue."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Read:
    """A value and, where something was added to or taken from the text, the issue that says so."""

    value: date
    note: str | None = None


def read_date(cell: Cell, around: Surroundings) -> Read:
    """A day. Raises Unreadable: bad_date, ambiguous_date, year_missing, week_no_day."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _within(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or cell is None:
        raise Unreadable("bad_date")
    if isinstance(cell, (int, float)):
        return _number(cell, around)
    if isinstance(cell, str):
        return _text(cell, around)
    raise Unreadable("bad_date")


def _within(year: int, month: int, day: int, note: str | None = None) -> Read:
    """A real day between 1900 and 2100; anything else was not a date."""
    try:
        value = date(year, month, day)
    except ValueError:
        raise Unreadable("bad_date") from None
    if not 1900 <= year <= 2100:
        raise Unreadable("bad_date")
    return Read(value, note)


def _serial(number: int, around: Surroundings) -> Read:
    return Read((_EPOCH_1904 if around.epoch_1904 else _EPOCH) + timedelta(days=number))


def _number(cell: int | float, around: Surroundings) -> Read:
    """A spreadsheet's day number, 20170308, or 2017.3 (but 2017.1 may be October)."""
    if not isfinite(cell):
        raise Unreadable("bad_date")
    if int(cell) in _SERIALS:  # the fraction is a moment within the day
        return _serial(int(cell), around)
    if isinstance(cell, int) or cell.is_integer():
        return _text(str(int(cell)), around)
    text = repr(cell)
    if re.fullmatch(r"(19|20)\d{2}\.1", text):
        raise Unreadable("ambiguous_date")
    if re.fullmatch(r"(19|20)\d{2}\.\d{1,2}", text):
        return _text(text, around)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", text) and not text.endswith((".1", ".2", ".3")):
        return _text(text, around)
    raise Unreadable("ambiguous_date" if re.fullmatch(r"\d{1,2}\.[123]", text) else "bad_date")


def bare(text: str) -> str:
    """The cell's words with figures for numerals and single blanks, at most 60 characters."""
    return digits(" ".join(folded_figures(text[: _LONGEST + 1]).split()))


def _text(text: str, around: Surroundings) -> Read:
    if len(text) > _LONGEST:
        raise Unreadable("bad_date")
    figures = _bare_day(text)
    if found := _full(figures, around):
        return found
    for start in _starts(figures):
        if first := _full(start, around):
            return Read(first.value, "range_start")
    raise Unreadable("bad_date")


def _bare_day(text: str) -> str:
    """Without weekday, clock and what stands around a day."""
    words = " ".join(folded_figures(text).split())  # before numerals: 星期三 is no 星期3
    return digits(_AROUND.sub("", _TAIL.sub("", _AROUND.sub("", words))).strip())


def _starts(text: str) -> list[str]:
    """What may be the first day of a range; a hyphen parts days only where it joins no date."""
    left, *right = _RANGE_MARKS.split(text, maxsplit=1)
    if right:
        return [left]
    left, hyphen, _ = text.partition("-")
    return [left.strip()] if hyphen and re.search(r"[.月日号/]|\d{8}", left) else []


def _full(text: str, around: Surroundings) -> Read | None:
    """Try each spelling in turn, most telling first; None where no spelling fits."""
    if found := _YMD.match(text):
        return _within(int(found[1]), int(found[2]), int(found[3]))
    if _WEEK.match(text) or _LIKE_A_WEEK.match(text):
        raise Unreadable("week_no_day")
    if found := _YM.match(text):
        return _within(int(found[1]), int(found[2]), 1, "day_completed")
    if text.replace(".", "", 1).isdecimal() and (read := _figures(text, around)):
        return read
    return _with_short_year(text, around) or _without_year(text, around) or _english(text)


def _figures(text: str, around: Surroundings) -> Read | None:
    """20170308, 201703, 1060308, a day number; 170308 and 20253 (2025-3?) have two readings."""
    if _COMPACT.match(text):
        return _within(int(text[:4]), int(text[4:6]), int(text[6:]))
    if found := _COMPACT_ROC.match(text):
        return _within(int(found[1]) + 1911, int(found[2]), int(found[3]))
    if found := _YYYYMM.match(text):
        return _within(int(found[1]), int(found[2]), 1, "day_completed")
    if _TWOFOLD.match(text):
        raise Unreadable("ambiguous_date")
    whole = text.partition(".")[0]
    return _serial(int(whole), around) if len(whole) == 5 and int(whole) in _SERIALS else None


def _with_short_year(text: str, around: Surroundings) -> Read | None:
    if around.order and (settled := _in_order(text, around)):
        return settled
    if found := _DMY.match(text):
        return _day_or_month_first(int(found[1]), int(found[2]), int(found[3]))
    roc = _ROC.match(text)
    if roc and (len(roc[2]) == 3 or roc[1]):
        day, note = (int(roc[4]), None) if roc[4] else (1, "day_completed")
        return _within(int(roc[2]) + 1911, int(roc[3]), day, note)
    short, month = _SHORT.match(text), _SHORT_YM.match(text)
    if (short or month) and _ROC_AROUND.search(around.words):
        raise Unreadable("ambiguous_date")  # 85年 may be 1985 or the Republic's 85th
    if month:
        return _within(dayorder.century(int(month[1])), int(month[2]), 1, "day_completed")
    return _two_digit_year(short) if short else None


def order_of(cells: Iterable[Cell]) -> Order:
    """How the column of these cells writes day and month; empty where they leave it open."""
    return dayorder.order_of(_bare_day(cell) for cell in dayorder.candidates(cells, _LONGEST))


def _in_order(text: str, around: Surroundings) -> Read | None:
    """As the column writes it; years of the Republic are told by nothing in the figures."""
    days = dayorder.days(text)
    day = days.get(around.order)
    if day is None or (str(day.year) not in text and _ROC_AROUND.search(around.words)):
        return None
    return Read(day, "order_settled" if len(set(days.values())) > 1 else None)


def _day_or_month_first(a: int, b: int, year: int) -> Read:
    if a <= 12 and b <= 12 and a != b:
        raise Unreadable("ambiguous_date")
    return _within(year, a, b) if a <= 12 else _within(year, b, a)


def _two_digit_year(found: re.Match[str]) -> Read:
    """17.3.8 is written year first; with a slash it may be a day or a month, if those fit."""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    other = 1 <= first <= 31 and (second <= 12 or first <= 12) and third != first
    if found[2] == "/" and other and 1 <= second <= 31:
        raise Unreadable("ambiguous_date")
    return _within(dayorder.century(first), second, third)


def _without_year(text: str, around: Surroundings) -> Read | None:
    if found := _MD.match(text) or _MMDD.match(text):
        month, day = int(found[1]), int(found[2])
        return _within(year_for(month, around), month, day, "year_completed")
    if found := _M.match(text):
        month = int(found[1])
        return _within(year_for(month, around), month, 1, "year_completed")
    return None


def year_for(month: int, around: Surroundings) -> int:
    """The title's year; in a school year, September to December belong to its first."""
    if not 1 <= month <= 12:
        raise Unreadable("bad_date")
    if around.school_year is not None:
        return around.school_year if month >= 9 else around.school_year + 1
    if around.year is None:
        raise Unreadable("year_missing")
    return around.year


def _english(text: str) -> Read | None:
    """8 Mar 2017, March 8, 2017, 8-Mar-17, and how programs print a moment."""
    if found := _PROGRAMS.match(text):
        return _within(int(found[3]), _month_named(found[1]), int(found[2]))
    found = _ENGLISH.match(text)
    if not found:
        return None
    month, day = _month_named(found[2]), found[1] or found[3]
    if not day and len(found[4]) == 2:  # Mar-17: March 2017, or the 17th
        raise Unreadable("ambiguous_date")
    year = int(found[4]) if len(found[4]) == 4 else dayorder.century(int(found[4]))
    return _within(year, month, int(day or 1), None if day else "day_completed")


def _month_named(word: str) -> int:
    if word.lower() not in _MONTHS:
        raise Unreadable("bad_date")
    return _MONTHS.index(word.lower()) + 1


def names_month(cell: Cell) -> bool:
    """Whether the cell, read with a year from elsewhere, names a month and no day."""
    return bool(_M.match(bare(str(cell))))


def week(text: str) -> tuple[date, date] | None:
    """Monday to Sunday of an ISO week that says it is one: 2017-W21, 2017年第21周."""
    found = _WEEK.match(bare(text))
    if not found:
        return None
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2] or found[3]), 1)
    except ValueError:
        raise Unreadable("bad_period") from None
    return monday, monday + timedelta(days=6)


def names_month_of_year(cell: Cell) -> bool:
    """Whether the cell is written like 2021-05: a month, or a week in a column of weeks."""
    return isinstance(cell, str) and bool(re.fullmatch(r"\d{4}-\d{1,2}", bare(cell)))


def counts_weeks(cell: Cell) -> bool:
    """Whether the cell betrays its column: 2021-21 is a week, so 2021-05 there is no May."""
    return isinstance(cell, str) and bool(_LIKE_A_WEEK.match(bare(cell)))
