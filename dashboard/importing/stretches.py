"""The stretches of time a plan is written in: months, halves, terms, holidays."""

from __future__ import annotations

import re
from datetime import date

from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded
from dashboard.importing.dates import Unreadable, digits, is_month, read_date, year_for
from dashboard.importing.grids import Cell
from dashboard.periods import last_day, school_year, term

_HALVES = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "全年": (1, 12),
    "每月": (1, 12),
    "每年": (1, 12),
    "每季度": (1, 12),
    "全学年": (9, 8),
    "暑期": (7, 8),
    "暑假": (7, 8),
    "寒假": (1, 2),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
}
_TERMS = {
    "第一学期": 1,
    "上学期": 1,
    "秋季": 1,
    "第1学期": 1,
    "第二学期": 2,
    "下学期": 2,
    "春季": 2,
    "第2学期": 2,
}


def read_period(cell: Cell, around: Surroundings) -> tuple[date, date]:
    """A planned stretch: 3月, 9月-10月, 2017年3月, 上半年, 暑期, a term, or a day.

    Raises Unreadable: bad_period, year_missing.
    """
    if isinstance(cell, int) and not isinstance(cell, bool) and 1 <= cell <= 12:
        cell = f"{cell}月"
    if isinstance(cell, str) and (found := _stretch(folded(cell).strip(), around)):
        return found
    try:
        day = read_date(cell, around)
    except Unreadable as problem:
        missing = problem.code == "year_missing"
        raise Unreadable("year_missing" if missing else "bad_period") from None
    if day.note in ("day_completed", "year_completed") and is_month(cell):
        return day.value.replace(day=1), last_day(day.value.year, day.value.month)
    return day.value, day.value


def _stretch(text: str, around: Surroundings) -> tuple[date, date] | None:
    around = _own_year(text, around)
    figures = digits(re.sub(r"第(?=[一二三四1-4]季度)", "", text))
    for word, which in _TERMS.items():
        if word in text:
            chosen = term(_school_year_of(around, which), which)
            return chosen.start, chosen.end
    for word, (first, last) in _HALVES.items():
        if word in text or digits(word) in figures:
            return _months(first, last, around)
    if found := re.search(r"(\d{1,2})月?(?:份)?\s*(?:-|~|—|–|至|到|、)\s*(\d{1,2})月", figures):
        return _months(int(found[1]), int(found[2]), around)
    if found := re.fullmatch(r"(?:\d{4}年?)?(\d{1,2})月(?:份|[上中下]旬|底|初)", figures):
        return _months(int(found[1]), int(found[1]), around)
    return None


def _own_year(text: str, around: Surroundings) -> Surroundings:
    """A year written in the cell itself goes before the title's."""
    figures = digits(text)
    if found := re.search(r"(20\d{2})\s*[-—–~至]\s*(20\d{2})", figures):
        return Surroundings(school_year=int(found[1]))
    if found := re.search(r"(?<!\d)(20\d{2})\s*学年", figures):
        return Surroundings(school_year=int(found[1]))
    if found := re.search(r"(?<!\d)(20\d{2})(?=\D|$)", figures):
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
