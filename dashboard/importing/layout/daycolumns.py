"""Headers that name a day: 2018-05-15, 3月15, 9.1, 1日 under a month, 三八观影（3月8日）."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded, one_line
from dashboard.importing.columns import Cell
from dashboard.importing.layout import surroundings
from dashboard.importing.values.dates import Unreadable, names_month, read_date
from dashboard.importing.values.numerals import digits

_NUMBER = re.compile(r"^(?:第)?([1-9]|[12]\d|3[01])(?:日|号|號)?$")
_INSIDE = re.compile(
    r"[(\[【]?((?:(?:19|20)\d{2}\s*[-./年]\s*)?\d{1,2}\s*(?:月|[-./])\s*\d{1,2})\s*[日号]?[)\]】]?"
)
_SERIALS = range(36_526, 54_789)  # 2000 to 2049 as spreadsheet day numbers
_LEAST_NUMBERS = 5  # bare numbers that follow one another before they are days of a month
_MONTHS_END = 28


@dataclass(frozen=True, slots=True)
class Day:
    """What one header says. `when` is a day, or the cell itself where it cannot be read."""

    when: Cell
    event: str = ""  # words beside the date
    completed: str = ""  # what was added to it: a year, or year and month


def read(
    cells: Mapping[int, Cell], around: Surroundings, months: Mapping[int, str]
) -> dict[int, Day]:
    """Those columns whose header is a day. `months`: words above a column that name a month."""
    settled = _settled(cells)
    found = {place: _day(cell, around) for place, cell in settled.items()}
    days = {place: day for place, day in found.items() if day is not None}
    return days | _numbered(cells, around, months)


def _day(cell: Cell, around: Surroundings) -> Day | None:
    if isinstance(cell, datetime):
        return Day(cell.date())
    if isinstance(cell, date):
        return Day(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _read(cell, around) if cell in _SERIALS or 20_000_101 <= cell <= 20_491_231 else None
    if isinstance(cell, float):
        return _read(cell, around) if 1 <= cell < 13 and not cell.is_integer() else None
    return _written(cell, around) if isinstance(cell, str) else None


def _written(text: str, around: Surroundings) -> Day | None:
    """The whole text is a day, or a day stands in it once beside other words."""
    if names_month(text) or len(text) > 60 or not re.search(r"\d|[一二三四五六七八九十]", text):
        return None
    if _NUMBER.match(digits(folded(text).strip())):
        return None
    if whole := _read(text, around):
        return whole
    figures = one_line(folded(text))
    inside = list(_INSIDE.finditer(figures))
    if len(inside) != 1 or not (event := _without(figures, inside[0])):
        return None
    day = _read(inside[0][1], around)
    return Day(day.when, event, day.completed) if day else None


def _without(text: str, found: re.Match[str]) -> str:
    return one_line(f"{text[: found.start()]} {text[found.end() :]}").strip(" ,;:、")


def _read(cell: Cell, around: Surroundings) -> Day | None:
    """None where it is no day; the cell itself where it is one that lacks its year."""
    try:
        read = read_date(cell, around)
    except Unreadable as problem:
        return Day(cell) if problem.code in ("year_missing", "ambiguous_date") else None
    if read.note in ("day_completed", "range_start"):
        return None
    return Day(read.value, completed="year" if read.note == "year_completed" else "")


def _settled(cells: Mapping[int, Cell]) -> dict[int, Cell]:
    """9.1 as a number is the 1st or the 10th; its neighbours in a rising row tell which."""
    keys = {place: _month_day(cell) for place, cell in cells.items()}
    settled = dict(cells)
    for place, choices in keys.items():
        if len(choices) < 2:
            continue
        before = [k[0] for p, k in keys.items() if p < place and len(k) == 1][-1:]
        after = [k[0] for p, k in keys.items() if p > place and len(k) == 1][:1]
        fits = [k for k in choices if all(b < k for b in before) and all(k < a for a in after)]
        if len(fits) == 1:
            settled[place] = f"{fits[0][0]}月{fits[0][1]}日"
    return settled


def _month_day(cell: Cell) -> list[tuple[int, int]]:
    if not isinstance(cell, float):
        return []
    month, _, day = repr(cell).partition(".")
    if not (day.isdigit() and month.isdigit() and 1 <= int(month) <= 12 and len(day) <= 2):
        return []
    return [(int(month), int(day) * factor) for factor in (1, 10) if int(day) * factor <= 30]


def _numbered(
    cells: Mapping[int, Cell], around: Surroundings, months: Mapping[int, str]
) -> dict[int, Day]:
    """1日 … 31日, or bare numbers that follow one another, with the month that is named above.
    Where no month is named they are days only if they reach a month's end; else sessions.
    """
    numbers = {place: number for place, cell in cells.items() if (number := _number(cell))}
    bare = [number for place, number in numbers.items() if not _says_day(cells[place])]
    rising = sum(b == a + 1 for a, b in pairwise(bare))
    if bare and rising < _LEAST_NUMBERS - 1:
        return {}
    if bare and max(bare) < _MONTHS_END and not months and surroundings.month_in(around) is None:
        return {}
    return {
        place: _of_month(number, cells[place], months.get(place, ""), around)
        for place, number in numbers.items()
    }


def _number(cell: Cell) -> int | None:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell if 1 <= cell <= 31 else None
    found = _NUMBER.match(digits(folded(cell).strip())) if isinstance(cell, str) else None
    return int(found[1]) if found else None


def _says_day(cell: Cell) -> bool:
    return isinstance(cell, str) and folded(cell).strip()[-1:] in "日号號"


def _of_month(number: int, cell: Cell, month: str, around: Surroundings) -> Day:
    own = Surroundings(month, year=around.year, school_year=around.school_year)
    named = (surroundings.month_in(own) if month else None) or surroundings.month_in(around)
    try:
        return Day(date(*named, number), completed="month") if named else Day(cell)
    except ValueError:  # 31日 under a month of 30: no such day
        return Day(cell)
