"""What a sheet says outside its table: year and day; from its title, its name, the file's."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded, one_line
from dashboard.importing.grids import Grid
from dashboard.importing.values.numerals import digits
from dashboard.importing.values.private import masked

_SCHOOL_YEAR = re.compile(r"(20\d{2})\s*[-—–~/至]\s*(20\d{2})")
_SHORT_SCHOOL_YEAR = re.compile(r"(20\d{2})\s*[-—–~/]\s*(\d{2})\s*学年")
_NAMED_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d{2}|1\d{2})\s*学年")
_DAY = re.compile(
    r"((?:19|20)\d{2})\s*[-./_年]\s*(\d{1,2})\s*[-./_月]\s*(\d{1,2})(?!\d|\s*月)"  # 5-9月 is none
)
_COMPACT_DAY = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SPACED_DAY = re.compile(r"(?<!\d)(20\d{2})\s+(0[1-9]|1[0-2])\s+(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(
    r"((?:19|20)\d{2})\s*(?:年|[-.](?=\d{1,2}(?!\d))|[_\s](?=(?:0[1-9]|1[0-2])(?!\d)))\s*"
    r"(\d{1,2})(?!\d|\s*[季个個班级級期周週届屆次人名])\s*月?"
)
_MONTHS = re.compile(r"(?:19|20)\d{2}\s*[-._年]\s*\d{1,2}\s*月?份?\s*[-—–~至到、]\s*\d{1,2}\s*月")
_PART_OF_YEAR = re.compile(
    r"(?:19|20)\d{2}\s*(?:年度?)?\s*[-._/\s]*(?:第?\d|[春夏秋冬](?!节|節|游)|[上下]学期)"
    r"|学期|學期|季度|[春夏秋冬]季"
)
_LONE_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*月")
_COMPACT_MONTH = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ROC_YEAR = re.compile(r"(?<!\d)(1\d{2})\s*(?:学?年)")
_ROC_MONTH = re.compile(r"(?<!\d)(1\d{2})\s*年\s*(\d{1,2})\s*月")
_UNTIL = re.compile(r"截至|截止|迄|止|月底|月末")  # a month so named has ended
_YEAR_ENDED = re.compile(r"年[底末终]")
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)  # a program's own words


def around(title: list[str], grid: Grid, file: str) -> Surroundings:
    """The nearest word wins: the title before the sheet's name before the file's."""
    stem = PurePath(file).stem
    above, own = (one_line(masked(text)) for text in (grid.heading, " ".join(title)))
    heading = f"{above} {own}".strip()
    places = (own, above, grid.name, stem)
    day = next(filter(None, map(day_in, places)), None)
    years = next(filter(None, map(years_in, places)), (None, None))
    return Surroundings(
        heading,
        "" if _UNNAMED.fullmatch(grid.name) else grid.name,
        stem,
        year=years[0],
        school_year=years[1],
        day=day,
        start=roster_day(places) or next(filter(None, map(_of_year, places)), None),
        epoch_1904=grid.epoch_1904,
    )


def month_in(around: Surroundings) -> tuple[int, int] | None:
    """(year, month) where title, sheet or file name one month; 5月 takes the year they name."""
    for text in (around.title, around.sheet, around.file):
        figures = digits(folded(text))
        if found := _MONTH.search(figures) or _COMPACT_MONTH.search(figures):
            return (int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None
        months = {int(word) for word in _LONE_MONTH.findall(figures)}
        if len(months) == 1 and 1 <= (month := months.pop()) <= 12:
            year = _year_of(month, around)
            return (year, month) if year else None
    return None


def _year_of(month: int, around: Surroundings) -> int | None:
    if around.school_year is not None:
        return around.school_year + (month < 9)
    return around.year


def day_in(text: str) -> date | None:
    """A full date, with 截至 or without."""
    figures = digits(folded(text))
    for found in _days(figures):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _days(figures: str) -> Iterator[re.Match[str]]:
    for pattern in (_DAY, _COMPACT_DAY, _SPACED_DAY):
        yield from pattern.finditer(figures)


def years_in(text: str) -> tuple[int | None, int | None] | None:
    """(calendar year, school year's September); None where the text names neither.

    Two different years that are no school year leave it open: nothing is guessed.
    """
    figures = digits(folded(text))
    school = _school_year(figures)
    if school is not None:
        return None, school
    years = {int(found[1]) for found in _YEAR.finditer(figures)}
    years |= {int(found[1]) for found in _COMPACT_MONTH.finditer(figures)}
    years |= {int(found[1]) for found in _COMPACT_DAY.finditer(figures)}
    if not years:
        years = {int(found[1]) + 1911 for found in _ROC_YEAR.finditer(figures)}
    return (years.pop(), None) if len(years) == 1 else None


def _school_year(figures: str) -> int | None:
    if (found := _SCHOOL_YEAR.search(figures)) and int(found[2]) == int(found[1]) + 1:
        return int(found[1])
    if (found := _SHORT_SCHOOL_YEAR.search(figures)) and int(found[2]) == int(found[1]) % 100 + 1:
        return int(found[1])
    if found := _NAMED_SCHOOL_YEAR.search(figures):  # 2025学年 begins in September 2025
        return int(found[1]) + (1911 if len(found[1]) == 3 else 0)
    return None


def roster_day(texts: tuple[str, ...]) -> date | None:
    """The first day of what a roster's title names: a day, a month, a half-year, a year; the last
    one where it says 截至 or 止. None where the year is named with a part that leaves the day open
    (秋季, 四季度, 5-9月): it is not the first of January.
    """
    is_open = False
    for text in texts:
        figures = digits(folded(text))
        if found := day_in(text) or _start_of(figures):
            return found
        is_open = is_open or _PART_OF_YEAR.search(figures) is not None
        if not is_open and (found := _of_year(text)):
            return found
    return None


def sheets_month(around: Surroundings) -> date | None:
    """The first day of the month a sheet is named by (3月), in the year named around it."""
    figures = digits(folded(around.sheet)).strip()
    found = re.fullmatch(r"(\d{1,2})\s*月份?", figures)
    named = month_in(Surroundings(figures, year=around.year, school_year=around.school_year))
    return date(*named, 1) if found and named and day_in(around.title) is None else None


def _start_of(figures: str) -> date | None:
    if month := _month_of(figures):
        until = _UNTIL.search(figures) and "起" not in figures
        return date(*month, monthrange(*month)[1] if until else 1)
    school = _school_year(figures)
    if school is not None:
        second = re.search(r"第[二2]学期|下学期", figures)
        return date(school + 1, 2, 1) if second else date(school, 9, 1)
    return None


def _of_year(text: str) -> date | None:
    figures = digits(folded(text))
    first = (12, 31) if _YEAR_ENDED.search(figures) else (7 if "下半年" in figures else 1, 1)
    if found := _YEAR.search(figures):
        return date(int(found[1]), *first)
    roc = _ROC_YEAR.search(figures)
    return date(int(roc[1]) + 1911, *first) if roc else None


def _month_of(figures: str) -> tuple[int, int] | None:
    """(year, month) of the first month that is named with its year; of 5-9月 none."""
    if _MONTHS.search(figures):
        return None
    found, years = _MONTH.search(figures) or _COMPACT_MONTH.search(figures), 0
    if not found:
        found, years = _ROC_MONTH.search(figures), 1911
    return (int(found[1]) + years, int(found[2])) if found and 1 <= int(found[2]) <= 12 else None
