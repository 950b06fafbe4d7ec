"""One cell to one typed value, and an issue for everything that was not plainly so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboard.contracts.model import CodeList, Column, Order, Surroundings
from dashboard.contracts.spelling import folded, one_line, plain_without_brackets
from dashboard.importing.columns import Cell
from dashboard.importing.grids import ERRORS, SHIFTED, UNCALCULATED
from dashboard.importing.issues import issue
from dashboard.importing.report import Issue
from dashboard.importing.values import names, private
from dashboard.importing.values.absences import NULLS, is_empty, is_state
from dashboard.importing.values.amounts import read_amount, read_count
from dashboard.importing.values.clock import read_time
from dashboard.importing.values.dates import Unreadable, names_month_of_year, read_date
from dashboard.importing.values.stretches import read_period
from dashboard.settings import today

# U+FFFD itself, and what texts look like once their bytes were read in another encoding.
_MOJIBAKE = re.compile("锟斤|烫烫烫|屯屯屯|\ufffd|Ã.|Â[\x80-\xbf]|â€|[\x80-\x9f]|[銆鈥]")
_BRACKETED = re.compile(r"\(([^()]+)\)")
_NUMBERED = re.compile(r"^\d{1,2}\s*[.、:\-]?\s*(?=[^\d\s])")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}|\d\.\d+[eE]\d{1,2}")
_WHOLE = re.compile(r"(\d+)\.0+")
_CENT, _SMALLEST = Decimal("0.01"), Decimal("0.0001")
_APPROXIMATE = 10**15  # a float at or above it has lost its last digits


_MISSING = frozenset(("date", "time", "period", "money", "count"))  # 无 says nothing there
_FAR = timedelta(days=730)
_LONG_AGO = 20  # years before the title's, or before today


@dataclass(slots=True)
class Reader:
    """Reads the cells of one sheet. `scales` holds a money field's factor to yuan, `weeks` the
    fields whose 2021-05 is a week, `months` those whose 9-10 are months. A day more
    than two years after `today` is doubted.
    """

    around: Surroundings
    scales: dict[str, int] = field(default_factory=dict)
    weeks: frozenset[str] = frozenset()
    today: date = field(default_factory=today)
    months: frozenset[str] = frozenset()

    def ordered(self, order: Order) -> Reader:
        """The same, for a column whose 4/5/2017 is told by its other cells."""
        return replace(self, around=replace(self.around, order=order))

    def read(self, column: Column, cell: Cell, where: str) -> tuple[Any, list[Issue]]:
        """(value, issues); a cell that cannot be read gives None and says why.

        A period's value is a pair of days.
        """
        if cell is None or _says_nothing(column, cell):
            return self._blank(column, where)
        try:
            _refuse_marks(cell)
            value, notes = _READERS[column.type](self, column, cell)
        except Unreadable as problem:
            if not (column.required or column.strict) and _is_state(column, cell):
                return column.blank, [_noted(column, "state_word", None, cell, where)]
            return None, [_unreadable(column, problem.code, cell, where)]
        issues = [_noted(column, code, value, cell, where) for code in notes]
        return value, issues

    def _blank(self, column: Column, where: str) -> tuple[Any, list[Issue]]:
        if column.required:
            return None, [issue("required_empty", where, field=column.label)]
        return column.blank, []


def is_garbled(text: str) -> bool:
    """Whether bytes were read in the wrong encoding before we saw them: 锟斤拷, Ã©."""
    return _MOJIBAKE.search(text) is not None


def _refuse_marks(cell: Cell) -> None:
    """#REF!, a formula nobody calculated and another column's cell are not words."""
    if cell == UNCALCULATED:
        raise Unreadable("uncalculated")
    if isinstance(cell, str) and cell in ERRORS:
        raise Unreadable("error_cell")
    if isinstance(cell, str) and cell.startswith(SHIFTED):
        raise Unreadable("shifted_cell")


def _says_nothing(column: Column, cell: Cell) -> bool:
    """无 or a dash in a column of days or amounts is an empty cell; R's NA is one anywhere."""
    if not isinstance(cell, str):
        return False
    return cell.strip() in NULLS or (column.type in _MISSING and is_empty(cell))


def _is_state(column: Column, cell: Cell) -> bool:
    """尚未核定 is no amount and no mistake."""
    return column.type in _MISSING and isinstance(cell, str) and is_state(cell)


def _unreadable(column: Column, code: str, cell: Cell, where: str) -> Issue:
    known = "、".join(code.label.zh for code in column.codes.codes) if column.codes else ""
    found = issue(code, where, shown(cell), field=column.label, known=known)
    fatal = column.required or column.strict
    return found if fatal else replace(found, severity="warning")


def _noted(column: Column, code: str, value: Any, cell: Cell, where: str) -> Issue:
    given = value[0] if isinstance(value, tuple) else value
    given = shown(cell) if given is None else given
    given = f"{given.normalize():f}" if isinstance(given, Decimal) else given
    return issue(code, where, shown(cell), field=column.label, given=given)


def shown(cell: Cell) -> str:
    """A cell as text for people, without personal numbers."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return _shown(cell, private.masked)


def shown_number(cell: Cell) -> str:
    """As `shown`, for a column of numbers that a school gave: 11 digits are no phone there."""
    if isinstance(cell, (datetime, date, time)):
        return shown(cell)
    return _shown(cell, private.masked_beside_numbers)


def _shown(cell: Cell, masked: Callable[[str], str]) -> str:
    if isinstance(cell, float):
        return private.MASK if _is_rounded(cell) else masked(f"{cell:.15g}")
    return masked(str(cell))[:200] if cell is not None else ""


def _is_rounded(cell: int | float) -> bool:
    """A card or identity number that a spreadsheet took for an amount: its first digits are still
    somebody's.
    """
    return abs(cell) >= _APPROXIMATE


def _cleaned(text: str) -> Iterator[str]:
    if is_garbled(text):
        yield "mojibake"
    if private.MASK in text:
        yield "personal_number"


def _words(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    text = private.masked(one_line(shown_exact(cell)))
    return text or None, list(_cleaned(text))


def shown_exact(cell: Cell) -> str:
    """A cell's own words; a number of more than 15 digits has none."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if _is_rounded(cell):
            raise Unreadable("damaged_number")
        return f"{cell:.15g}"
    return cell if isinstance(cell, str) else shown(cell)


def _label(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    text = private.masked(one_line(folded(shown_exact(cell))))
    return text or None, list(_cleaned(text))


def _id(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    """An identifier keeps its leading zeros; an identity number is no identifier here."""
    text = re.sub(r"\s+", "", folded(shown_exact(cell))).removeprefix("'")
    if private.MASK in private.masked_beside_numbers(text):
        return None, ["personal_number"]
    if _SHORTENED.fullmatch(text):
        raise Unreadable("damaged_number")
    if column.within:
        found = re.search(column.within, text)
        return (found[1] if found else None), []
    return _WHOLE.sub(r"\1", text) if _WHOLE.fullmatch(text) else text or None, [*_cleaned(text)]


def _name(reader: Reader, column: Column, cell: Cell) -> tuple[str, list[str]]:
    """张　三 is 张三; what is glued to a name is taken off, and said."""
    text = private.masked(shown_exact(cell))
    if len(text) > names.LONGEST:
        raise Unreadable("bad_name")
    found = names.people(text.replace(private.MASK, " "))
    if not found.names:
        raise Unreadable("bad_name")
    if len(found.names) > 1 and column.several == "refused":
        raise Unreadable("several_people")
    notes = [*_cleaned(text), *([found.doubt] if found.doubt else [])]
    return names.JOINED.join(found.names), notes


def _date(reader: Reader, column: Column, cell: Cell) -> tuple[date, list[str]]:
    if column.name in reader.weeks and names_month_of_year(cell):
        raise Unreadable("week_no_day")
    read = read_date(cell, reader.around)
    notes = [read.note] if read.note else []
    if not column.ahead and read.value > reader.today + _FAR:
        notes.append("future_date")
    elif column.strict and read.value > reader.today:  # 3-5 typed in January is this year's
        notes.append("not_yet")
    if not column.ago and read.value.year < (reader.around.year or reader.today.year) - _LONG_AGO:
        notes.append("past_date")
    return read.value, notes


def _time(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    """A day alone tells no time, and is no mistake: `also` reads it."""
    try:
        return read_time(cell), []
    except Unreadable as problem:
        try:
            read_date(cell, reader.around)
        except Unreadable:
            raise problem from None
        if isinstance(cell, (int, float)):
            raise
        return None, []


def _period(reader: Reader, column: Column, cell: Cell) -> tuple[tuple[date, date], list[str]]:
    return read_period(cell, reader.around, column.name in reader.months), []


def _money(reader: Reader, column: Column, cell: Cell) -> tuple[Decimal | None, list[str]]:
    amount = read_amount(cell, reader.scales.get(column.name, 1))
    if amount is None:
        return None, []
    _refuse_persons(cell)
    notes = list(amount.notes)
    if amount.value != amount.value.quantize(_SMALLEST):  # a formula's thirds
        return amount.value.quantize(_CENT, ROUND_HALF_UP), [*notes, "rounded_amount"]
    return amount.value, notes


def _count(reader: Reader, column: Column, cell: Cell) -> tuple[int | None, list[str]]:
    count = read_count(cell)
    _refuse_persons(cell)
    if count and count.value < 0:
        raise Unreadable("negative_count")
    return (int(count.value), list(count.notes)) if count else (None, [])


def _refuse_persons(cell: Cell) -> None:
    """A phone in a column of figures (one cell too far to the left) is no sum and no head count."""
    if private.MASK in shown(cell):
        raise Unreadable("personal_figure")


def _code(reader: Reader, column: Column, cell: Cell) -> tuple[str, list[str]]:
    """A word of the column's list; 否（转建议） is 转建议, A（未解决） contradicts itself."""
    if isinstance(cell, bool):
        cell = "是" if cell else "否"
    text = shown_exact(cell).strip()
    ordinary = folded(text)
    bare = plain_without_brackets(text)
    bracketed = [found[1] for found in _BRACKETED.finditer(ordinary)]
    known = column.codes or CodeList("", ())
    for words in (text, *bracketed, bare, _NUMBERED.sub("", ordinary)):
        if value := known.read(words):
            letter = known.read(bare) if re.fullmatch("[a-z]类?", bare) else None
            if letter not in (None, value):
                break
            return value, []
    raise Unreadable("unknown_code")


_READERS: dict[str, Callable[[Reader, Column, Cell], tuple[Any, list[str]]]] = {
    "id": _id,
    "name": _name,
    "label": _label,
    "text": _words,
    "date": _date,
    "time": _time,
    "period": _period,
    "money": _money,
    "count": _count,
    "code": _code,
}
