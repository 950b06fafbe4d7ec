"""Headers that name a time: 3月, 2025-03, 第一季度, 2024学年第二学期, 星期五, 3月12日, 1…31.

Each header is taken apart into the time and the other words (3月支出: March, 支出). What kind of
time it is, is decided for all headers of a table together: the one most of them name.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from dashboard.contracts.spelling import folded, simplified
from dashboard.importing.values.numerals import digits
from dashboard.text import Text

Span = Literal["day", "lone_day", "month", "quarter", "half", "term", "year", "week", "weekday"]
NAMES: dict[Span, Text] = {
    "day": Text("日期", "Day"),
    "lone_day": Text("日", "Day"),
    "month": Text("月份", "Month"),
    "quarter": Text("季度", "Quarter"),
    "half": Text("半年", "Half-year"),
    "term": Text("学年学期", "School year"),
    "year": Text("年份", "Year"),
    "week": Text("周次", "Week"),
    "weekday": Text("星期", "Weekday"),
}
LEAST, LEAST_BARE = 3, 28  # headers; bare figures where nothing says of which month
_YEAR = r"(?<!\d)((?:19|20)\d{2})"
_SCHOOL = rf"{_YEAR} ?[-–—~/至] ?(?:20)?\d{{2}} ?学?年度?|{_YEAR} ?学年度?"
_TERM = r"第? ?[12一二] ?学期|[上下]学期|[春秋](?:季|学期)"
_WEEKDAY = r"(?:周|星期|礼拜) ?[一二三四五六日天1-7]"
_BESIDE = re.compile(rf"[(\[]?{_WEEKDAY}[)\]]?")  # beside a day it says nothing more
_ENGLISH = {name.lower(): at for names in (month_name, month_abbr) for at, name in enumerate(names)}
_EN_MONTH = "|".join(sorted(filter(None, _ENGLISH), key=len, reverse=True))
_LOOSE = " -–—_/·.:：,，、|"
_FIRST = re.compile(r"\d{4}-\d\d-01")
_YEARLESS = re.compile(r"(\d+)月(\d+)日")
_OF_MONTH = re.compile(rf"{_YEAR} ?[年\-./] ?(\d{{1,2}})(?!\d)")
_IN_SCHOOL = re.compile(rf"{_YEAR} ?[-–—~/至] ?(?:20)?\d{{2}} ?学年|{_YEAR} ?学年")
_COHORT = re.compile(r"^[级届]")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a header says: a time of a span, and its other words. `value` is a day (2025-03-12),
    a month (2025-03, or 03 without a year), a year, else the time in its own words.
    """

    span: Span
    value: str
    rest: str


def moments(headers: Sequence[str], around: str = "") -> dict[int, Moment]:
    """The places of the headers that name a time of the span most of them do; nothing where fewer
    than three do. `around`: the table's title, which may say of which year or month it is.
    """
    found = {at: one for at, header in enumerate(headers) if (one := _moment(header))}
    spans = Counter(one.span for one in found.values())
    if not spans:
        return {}
    span, many = spans.most_common(1)[0]
    kept = {at: one for at, one in found.items() if one.span == span}
    bare = span == "lone_day" and any(headers[at].strip().isdigit() for at in kept)
    said = simplified([folded(around)])[0]
    least = LEAST_BARE if bare and not _OF_MONTH.search(said) else LEAST
    if many < least or (bare and not _rise(kept)):
        return {}
    return _dated(kept, said)


def _rise(found: dict[int, Moment]) -> bool:
    """Days follow one another; figures that do not are something else."""
    numbers = [int(one.value) for one in found.values()]
    return all(a < b for a, b in pairwise(numbers))


def _moment(header: str) -> Moment | None:
    text = simplified([folded(header)])[0].strip()
    for pattern, read in _FORMS:
        for spelled in (text, digits(text)):
            if found := pattern.search(spelled):
                if (told := read(found)) is None:  # 2月30日 is no month, either
                    return None
                rest = (spelled[: found.start()] + " " + spelled[found.end() :]).strip(_LOOSE)
                return _whole(*told, rest)
    return None


def _whole(span: Span, value: str, rest: str) -> Moment | None:
    if span in ("day", "lone_day"):
        rest = _BESIDE.sub("", rest).strip(_LOOSE)
    if (span == "lone_day" and rest) or (span == "year" and _COHORT.match(rest)):
        return None
    return Moment(span, value, " ".join(rest.replace("()", "").split()))


# -- one header --------------------------------------------------------------------------------


def _day(found: re.Match[str]) -> tuple[Span, str] | None:
    year, month, day = (int(part) for part in found.groups())
    return ("day", f"{year}-{month:02d}-{day:02d}") if _is_day(year, month, day) else None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _yearless_day(found: re.Match[str]) -> tuple[Span, str] | None:
    month, day = int(found[1]), int(found[2])
    return ("day", f"{month}月{day}日") if _is_day(2024, month, day) else None


def _month(found: re.Match[str]) -> tuple[Span, str] | None:
    year, month = found[1], int(found[2])
    return (
        ("month", f"{year}-{month:02d}" if year else f"{month:02d}") if 1 <= month <= 12 else None
    )


def _english(found: re.Match[str]) -> tuple[Span, str]:
    year, month = found[1] or found[3], _ENGLISH[found[2].lower()]
    return "month", f"{year}-{month:02d}" if year else f"{month:02d}"


def _lone_day(found: re.Match[str]) -> tuple[Span, str] | None:
    return ("lone_day", found[1]) if 1 <= int(found[1]) <= 31 else None


def _words(span: Span) -> Callable[[re.Match[str]], tuple[Span, str]]:
    return lambda found: (span, found[0].strip())


def _year(found: re.Match[str]) -> tuple[Span, str]:
    return "year", found[1]


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Span, str] | None]], ...] = (
    (re.compile(rf"(?:{_SCHOOL}) ?(?:{_TERM})?"), _words("term")),
    (re.compile(rf"{_YEAR} ?[-./年] ?(\d{{1,2}}) ?[-./月] ?(\d{{1,2}}) ?[日号]?(?!\d)"), _day),
    (re.compile(r"(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]"), _yearless_day),
    (re.compile(rf"(?:{_YEAR} ?(?:年度?|[-./])? ?)?(?<!\d)(\d{{1,2}}) ?月份?"), _month),
    (re.compile(rf"{_YEAR} ?[-./] ?(\d{{1,2}})(?!\d)"), _month),
    (re.compile(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])$"), _month),
    (
        re.compile(
            rf"(?:{_YEAR}[ -])?(?<![a-z])({_EN_MONTH})(?![a-z])\.?(?:[ -]((?:19|20)\d{{2}}))?",
            re.IGNORECASE,
        ),
        _english,
    ),
    (re.compile(rf"(?:{_YEAR} ?年? ?)?第? ?[1-4一二三四] ?季度?"), _words("quarter")),
    (re.compile(rf"(?:{_YEAR} ?)?Q[1-4](?!\d)(?: ?{_YEAR})?", re.IGNORECASE), _words("quarter")),
    (re.compile(rf"(?:{_YEAR} ?年? ?)?[上下]半年"), _words("half")),
    (re.compile(_TERM), _words("term")),
    (re.compile(r"第 ?[\d一二三四五六七八九十]{1,3} ?周"), _words("week")),
    (re.compile(_WEEKDAY), _words("weekday")),
    (
        re.compile(
            r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?)$",
            re.IGNORECASE,
        ),
        _words("weekday"),
    ),
    (re.compile(r"^(\d{1,2}) ?[日号]?$"), _lone_day),
    (re.compile(rf"{_YEAR} ?(?:年度?)?(?![\d年月])"), _year),
)  # fmt: skip


# -- what the title says -----------------------------------------------------------------------


def _dated(found: dict[int, Moment], around: str) -> dict[int, Moment]:
    """With the year, or the year and month, that the title names; days that are all the first of
    their month are months.
    """
    said = {at: replace(one, value=_said(one, around)) for at, one in found.items()}
    days = {one.value for one in said.values()}
    if len(days) > 1 and all(_FIRST.fullmatch(day) for day in days):
        return {at: Moment("month", one.value[:7], one.rest) for at, one in said.items()}
    return said


def _said(one: Moment, around: str) -> str:
    if one.span == "month" and len(one.value) == 2:
        year = _year_of(int(one.value), around)
        return f"{year}-{one.value}" if year else one.value
    if one.span == "day" and (found := _YEARLESS.fullmatch(one.value)):
        month, day = int(found[1]), int(found[2])
        year = _year_of(month, around)
        return _iso(year, month, day) if year else one.value
    if one.span == "lone_day" and len(told := set(_OF_MONTH.findall(around))) == 1:
        year, month = map(int, told.pop())
        return _iso(year, month, int(one.value)) or one.value
    return one.value


def _iso(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}" if _is_day(year, month, day) else ""


def _year_of(month: int, around: str) -> int | None:
    """The only year the title names; of a school year the one in which the month lies."""
    if school := _IN_SCHOOL.search(around):
        first = int(school[1] or school[2])
        return first if month >= 8 else first + 1
    years = set(re.findall(_YEAR, around))
    return int(years.pop()) if len(years) == 1 else None
