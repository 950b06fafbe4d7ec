"""Every way schools write a day, read by rule; what has two readings is rejected, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite

from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded
from dashboard.importing.grids import Cell

_SERIALS = range(10_000, 80_000)  # 1927 to 2119 as spreadsheet day numbers
_EPOCH = date(1899, 12, 30)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_MONTH_WORDS = {
    w: n + 1
    for n, w in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}

_TAIL = re.compile(
    r"(?<=[\d日号])(T|\s*(星期|周)[一二三四五六日天]|\s*[上下中]午|\s+)?\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?"
    r"(\s*(Z|[+-]\d{2}:?\d{2}))?$|\s*[(]?(星期|周)[一二三四五六日天][)]?$"
)
_RANGE_MARKS = re.compile(r"\s*(?:~|～|—+|–|--|至|到)\s*")
_YMD = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$")
_YM = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?(份)?$")
_YYYYMM = re.compile(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])$")
_COMPACT = re.compile(r"^(19|20)\d{6}$")
_SHORT = re.compile(r"^['‘’]?(\d{2})\s*([-./年])\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$")
_ROC = re.compile(
    r"^(?:民国|民國)?\s*(\d{2,3})\s*[-./年]\s*(\d{1,2})\s*(?:[-./月]\s*(\d{1,2})\s*[日号]?|月)$"
)
_DMY = re.compile(r"^(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})$")
_MD = re.compile(r"^(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*[日号]?$")
_M = re.compile(r"^(\d{1,2})\s*月(份)?$")
_MMDD = re.compile(r"^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_ENGLISH = re.compile(r"^(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ -](?:(\d{1,2}),?[ -])?(\d{4})$")


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


def digits(text: str) -> str:
    """Chinese numerals as figures: 二〇一七年三月八日 -> 2017年3月8日, 二十 -> 20."""
    text = re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?", _tens, text)
    return text.translate(_DIGITS)


def _tens(found: re.Match[str]) -> str:
    tens = (found[1] or "一").translate(_DIGITS)
    return tens + (found[2] or "0").translate(_DIGITS)


def read_date(cell: Cell, around: Surroundings) -> Read:
    """A day. Raises Unreadable: bad_date, ambiguous_date, year_missing."""
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


def _number(cell: int | float, around: Surroundings) -> Read:
    """A spreadsheet's day number, 20170308, or 2017.3 (but 2017.1 may be October)."""
    if not isfinite(cell):
        raise Unreadable("bad_date")
    if isinstance(cell, int) or cell.is_integer():
        whole = int(cell)
        if whole in _SERIALS:
            return Read(_EPOCH + timedelta(days=whole))
        return _text(str(whole), around)
    if int(cell) in _SERIALS:  # a moment within a day
        return Read(_EPOCH + timedelta(days=int(cell)))
    text = repr(cell)
    if re.fullmatch(r"(19|20)\d{2}\.1", text):
        raise Unreadable("ambiguous_date")
    if re.fullmatch(r"(19|20)\d{2}\.\d{1,2}", text):
        return _text(text, around)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", text) and not text.endswith((".1", ".2", ".3")):
        return _text(text, around)
    raise Unreadable("ambiguous_date" if re.fullmatch(r"\d{1,2}\.[123]", text) else "bad_date")


def _text(text: str, around: Surroundings) -> Read:
    bare = _TAIL.sub("", folded(text).strip()).strip().strip("。,;")
    figures = digits(bare)
    if found := _full(figures, around):
        return found
    for start in _starts(figures):
        if first := _full(start, around):
            return Read(first.value, "range_start")
    raise Unreadable("bad_date")


def _starts(text: str) -> list[str]:
    """What may be the first day of a range; a hyphen parts days only where it joins no date."""
    left, *right = _RANGE_MARKS.split(text, maxsplit=1)
    if right:
        return [left]
    left, hyphen, _ = text.partition("-")
    return [left.strip()] if hyphen and re.search(r"[.月日号/]", left) else []


def _full(text: str, around: Surroundings) -> Read | None:
    """Try each spelling in turn, most telling first; None where no spelling fits."""
    if found := _YMD.match(text):
        return _within(int(found[1]), int(found[2]), int(found[3]))
    if _COMPACT.match(text):
        return _within(int(text[:4]), int(text[4:6]), int(text[6:]))
    if found := _YM.match(text) or _YYYYMM.match(text):
        return _within(int(found[1]), int(found[2]), 1, "day_completed")
    if text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        return Read(_EPOCH + timedelta(days=int(text)))
    return _with_short_year(text) or _without_year(text, around) or _english(text)


def _with_short_year(text: str) -> Read | None:
    if found := _DMY.match(text):
        return _day_or_month_first(int(found[1]), int(found[2]), int(found[3]))
    roc = _ROC.match(text)
    if roc and (len(roc[1]) == 3 or text.startswith("民")):
        day, note = (int(roc[3]), None) if roc[3] else (1, "day_completed")
        return _within(int(roc[1]) + 1911, int(roc[2]), day, note)
    if found := _SHORT.match(text):
        return _two_digit_year(found)
    return None


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
    return _within(2000 + first if first <= 49 else 1900 + first, second, third)


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
    found = _ENGLISH.match(text)
    if not found or found[2].lower() not in _MONTH_WORDS:
        return None
    month, day = _MONTH_WORDS[found[2].lower()], found[1] or found[3]
    return _within(int(found[4]), month, int(day or 1), None if day else "day_completed")


def is_month(cell: Cell) -> bool:
    """Whether the cell names a month and no day."""
    text = digits(folded(str(cell)).strip())
    return bool(_M.match(text) or _YM.match(text) or _ROC.match(text))
