"""The stretches of time a plan is written in: months, halves, terms, holidays."""

from __future__ import annotations

import re
from datetime import date

from dashboard.contracts.model import Surroundings
from dashboard.importing.columns import Cell
from dashboard.importing.values.dates import (
    Unreadable,
    bare,
    names_month,
    read_date,
    week,
    year_for,
)
from dashboard.importing.values.numerals import digits
from dashboard.periods import last_day, school_year, term

_HALVES = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "全年": (1, 12),
    "每月": (1, 12),
    "每年": (1, 12),
    "每季度": (1, 12),
    "每周": (1, 12),
    "每学期": (1, 12),
    "常年": (1, 12),
    "全学年": (9, 8),
    "暑期": (7, 8),
    "暑假": (7, 8),
    "寒假": (1, 2),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
}
_WHOLE_YEAR = re.compile(r"^(?:公历)?((?:19|20)\d{2})(?:年度?)?$|^(?:民[国國]) ?(\d{2,3})年度?$")
_SCHOOL_YEAR = re.compile(
    r"(20\d{2})\s*[-—–~至/]\s*(20\d{2})|(?<!\d)(20\d{2})[-/](\d{2})(?=\s*[学學]年)"
)
_NAMED_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d{2}|1\d{2})\s*[学學]年")
_MONTHS = re.compile(
    r"(?:(20\d{2}) ?[./年] ?)?(\d{1,2}) ?(?:-|~|—+|–|至|到|、|,) ?(\d{1,2})"
)  # 9-10, 2025.9-11: months or a day
_NUMBERED_TERM = re.compile(r"^20\d{2}-20\d{2}-([12])$")
_SEASON = re.compile(r"(春|秋)(?:季|学期|$)")
_UNTIL = tuple(re.compile(mark) for mark in (r"(?:~|～|—+|–|至|到| - |、)\s*(.+)$", r"-([^-]+)$"))
_TERMS = {
    "第一学期": 1,
    "上学期": 1,
    "第1学期": 1,
    "第二学期": 2,
    "下学期": 2,
    "第2学期": 2,
}


def read_period(cell: Cell, around: Surroundings, months: bool = False) -> tuple[date, date]:
    """A planned stretch: 3月, 9月-10月, 2017年3月, 上半年, 暑期, a term, or a day. `months`: its
    column is headed 月份, where 9-10 is no day.

    Raises Unreadable: bad_period, year_missing.
    """
    if isinstance(cell, int) and not isinstance(cell, bool) and 1 <= cell <= 12:
        cell = f"{cell}月"
    if isinstance(cell, str) and (found := week(cell) or _stretch(bare(cell), around)):
        return found
    if isinstance(cell, str) and (found := _of_months(bare(cell), around, months)):
        return found
    try:
        day = read_date(cell, around)
    except Unreadable as problem:
        missing = problem.code == "year_missing"
        raise Unreadable("year_missing" if missing else "bad_period") from None
    if day.note == "day_completed" or (day.note == "year_completed" and names_month(cell)):
        return day.value.replace(day=1), last_day(day.value.year, day.value.month)
    last = _end(cell, day.value) if day.note == "range_start" else day.value
    return day.value, last


def _of_months(text: str, around: Surroundings, months: bool) -> tuple[date, date] | None:
    """9-10 and 2025.9-11 under 月份; elsewhere the second may be a day of September, too."""
    found = _MONTHS.fullmatch(text)
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 12):
        return None
    if months:
        return _months(int(found[2]), int(found[3]), _own_year(text, around))
    if found[1] and int(found[2]) < int(found[3]):
        raise Unreadable("bad_period")
    return None


def _end(cell: Cell, first: date) -> date:
    """The last day of 3月8日-10日, 3.30-4.2, 12月30日-1月2日, its month and year completed."""
    words = bare(str(cell))
    text = next((found[1] for mark in _UNTIL if (found := mark.search(words))), words)
    if re.fullmatch(r"\d{1,2} ?[日号]?", text):
        text = f"{first.month}月{text.rstrip('日号 ')}日"
    try:
        day = read_date(text, Surroundings(year=first.year)).value
        later = read_date(text, Surroundings(year=first.year + 1)).value
    except Unreadable:
        raise Unreadable("bad_period") from None
    return day if day >= first else later


def _stretch(text: str, around: Surroundings) -> tuple[date, date] | None:
    """`text` has figures for numerals and single blanks."""
    around = _own_year(text, around)
    if (which := _term_in(text)) is not None:
        chosen = term(_school_year_of(around, which), which)
        return chosen.start, chosen.end
    figures = re.sub(r"第(?=[1-4]季度)", "", text)
    for word, (first, last) in _HALVES.items():
        if digits(word) in figures:
            return _months(first, last, around)
    if found := re.search(r"(\d{1,2})月?(?:份)?\s*(?:-|~|—|–|至|到|、)\s*(\d{1,2})月", figures):
        return _months(int(found[1]), int(found[2]), around)
    if found := re.fullmatch(r"(?:\d{4}年?)?(\d{1,2})月(?:份|[上中下]旬|底|初)", figures):
        return _months(int(found[1]), int(found[1]), around)
    return _whole(figures, around)


def _term_in(text: str) -> int | None:
    if found := _NUMBERED_TERM.match(text):
        return int(found[1])
    words = text.replace("學", "学")
    if found := _SEASON.search(words):
        return 1 if found[1] == "秋" else 2
    return next((which for word, which in _TERMS.items() if word in words), None)


def _whole(text: str, around: Surroundings) -> tuple[date, date] | None:
    """2017年度, 民国106年, 2016-2017学年, by their own words alone."""
    if found := _WHOLE_YEAR.match(text):
        year = int(found[1]) if found[1] else int(found[2]) + 1911
        return date(year, 1, 1), date(year, 12, 31)
    named = _SCHOOL_YEAR.search(text) or _NAMED_SCHOOL_YEAR.search(text)
    if not named or not re.fullmatch(r"[\d\s\-—–~至/]+(?:[学學]年度?)?", text):
        return None
    whole = school_year(_school_year_of(around))
    return whole.start, whole.end


def _own_year(text: str, around: Surroundings) -> Surroundings:
    """A year written in the cell itself goes before the title's."""
    if found := _SCHOOL_YEAR.search(text):
        return Surroundings(school_year=int(found[1] or found[3]))
    if found := _NAMED_SCHOOL_YEAR.search(text):
        return Surroundings(school_year=int(found[1]) + (1911 if len(found[1]) == 3 else 0))
    if found := re.search(r"(?<!\d)(1\d{2})\s*年", text):
        return Surroundings(year=int(found[1]) + 1911)
    if found := re.search(r"(?<!\d)(20\d{2})(?=\D|$)", text):
        return Surroundings(year=int(found[1]))
    return around


def _school_year_of(around: Surroundings, which: int = 1) -> int:
    """The September of the school year; a calendar year's second term began the year before."""
    if around.school_year is not None:
        return around.school_year
    if around.year is None:
        raise Unreadable("year_missing")
    return around.year - (which - 1)


def _months(first: int, last: int, around: Surroundings) -> tuple[date, date]:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise Unreadable("bad_period")
    if (first, last) == (9, 8):
        whole = school_year(_school_year_of(around))
        return whole.start, whole.end
    start, end = year_for(first, around), year_for(last, around)
    end = end + 1 if (end, last) < (start, first) else end
    if (first, last) == (1, 12) and around.school_year is not None:
        whole = school_year(around.school_year)
        return whole.start, whole.end
    return date(start, first, 1), last_day(end, last)
