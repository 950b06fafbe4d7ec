"""One cell to one typed value, and an issue for everything that was not plainly so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboard.contracts.model import Column, Surroundings
from dashboard.contracts.spelling import folded, one_line, plain_without_brackets
from dashboard.importing import private
from dashboard.importing.amounts import EMPTY, read_amount, read_count
from dashboard.importing.dates import Unreadable, read_date
from dashboard.importing.grids import Cell
from dashboard.importing.issues import issue
from dashboard.importing.report import Issue
from dashboard.importing.sheetxml import ERRORS, UNCALCULATED
from dashboard.importing.stretches import read_period

_MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|\ufffd|Ã.|â€")
_NAME = r"[\u3400-\u9fff\U00020000-\U0003ffff\ue000-\uf8ff·•.．]"
_NOTED_NAME = re.compile(rf"^({_NAME}{{2,}}?)\s*(?:[(（\[【].*|\d.*)$", re.DOTALL)
_BRACKETED = re.compile(r"\(([^()]+)\)")
_INNER = re.compile(rf"(?<={_NAME})\s+(?={_NAME})")
_CENT, _SMALLEST = Decimal("0.01"), Decimal("0.0001")
_COMPOUND = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
     "端木", "南宫", "长孙", "宇文")
)  # fmt: skip
_APPROXIMATE = 10**15  # a float at or above it has lost its last digits


@dataclass(slots=True)
class Reader:
    """Reads the cells of one sheet. `scales` holds a money field's factor to yuan."""

    around: Surroundings
    scales: dict[str, int] = field(default_factory=dict)

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
            return None, [_unreadable(column, problem.code, cell, where)]
        issues = [_noted(column, code, value, cell, where) for code in notes]
        return value, issues

    def _blank(self, column: Column, where: str) -> tuple[Any, list[Issue]]:
        if column.required:
            return None, [issue("required_empty", where, field=column.label)]
        return column.blank, []


def _refuse_marks(cell: Cell) -> None:
    """#REF! and a formula nobody calculated are not words."""
    if cell == UNCALCULATED:
        raise Unreadable("uncalculated")
    if isinstance(cell, str) and cell in ERRORS:
        raise Unreadable("error_cell")


def _says_nothing(column: Column, cell: Cell) -> bool:
    """无 or a dash in a column of days or amounts is an empty cell."""
    if column.type not in ("date", "period", "money", "count") or not isinstance(cell, str):
        return False
    return folded(cell).strip().lower() in EMPTY


def _unreadable(column: Column, code: str, cell: Cell, where: str) -> Issue:
    known = "、".join(code.label.zh for code in column.codes.codes) if column.codes else ""
    found = issue(code, where, shown(cell), field=column.label, known=known)
    fatal = column.required or column.strict
    return found if fatal else replace(found, severity="warning")


def _noted(column: Column, code: str, value: Any, cell: Cell, where: str) -> Issue:
    given = value[0] if isinstance(value, tuple) else value
    return issue(code, where, shown(cell), field=column.label, given=given)


def shown(cell: Cell) -> str:
    """A cell as text for people, without personal numbers."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return private.masked(str(cell))[:200] if cell is not None else ""


def _cleaned(text: str) -> Iterator[str]:
    if _MOJIBAKE.search(text):
        yield "mojibake"
    if private.MASK in text:
        yield "personal_number"


def _words(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    text = private.masked(one_line(shown_exact(cell)))
    return text or None, list(_cleaned(text))


def shown_exact(cell: Cell) -> str:
    """A cell's own words; a number of more than 15 digits has none."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= _APPROXIMATE:
        raise Unreadable("damaged_number")
    return cell if isinstance(cell, str) else shown(cell)


def _label(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    text = private.masked(one_line(folded(shown_exact(cell))))
    return text or None, list(_cleaned(text))


def _id(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    """An identifier keeps its leading zeros; an identity number is no identifier here."""
    text = re.sub(r"\s+", "", folded(shown_exact(cell)))
    if private.masked(text) != text:
        return None, ["personal_number"]
    return text or None, []


def _name(reader: Reader, column: Column, cell: Cell) -> tuple[str | None, list[str]]:
    """张　三 is 张三; what is glued to a name is taken off, and said."""
    text, notes = _words(reader, column, cell)
    if text is None:
        return None, notes
    if not any(letter.isalpha() for letter in text):
        raise Unreadable("bad_name")
    text = _INNER.sub("", text) if _is_spaced_out(text) else text
    if found := _NOTED_NAME.match(text):
        return found[1], [*notes, "note_in_name"]
    return text, notes


def _is_spaced_out(text: str) -> bool:
    """王 小 明, 张　三, 欧阳 娜娜: one name with blanks in it, not two names side by side."""
    parts = text.split()
    return (
        all(len(part) == 1 for part in parts)
        or len("".join(parts)) <= 3
        or (len(parts) == 2 and parts[0] in _COMPOUND and len(parts[1]) <= 2)
    )


def _date(reader: Reader, column: Column, cell: Cell) -> tuple[date, list[str]]:
    read = read_date(cell, reader.around)
    return read.value, [read.note] if read.note else []


def _period(reader: Reader, column: Column, cell: Cell) -> tuple[tuple[date, date], list[str]]:
    return read_period(cell, reader.around), []


def _money(reader: Reader, column: Column, cell: Cell) -> tuple[Decimal | None, list[str]]:
    amount = read_amount(cell, reader.scales.get(column.name, 1))
    if amount is None:
        return None, []
    notes = [amount.note] if amount.note else []
    if amount.value != amount.value.quantize(_SMALLEST):  # a formula's thirds
        return amount.value.quantize(_CENT, ROUND_HALF_UP), [*notes, "rounded_amount"]
    return amount.value, notes


def _count(reader: Reader, column: Column, cell: Cell) -> tuple[int | None, list[str]]:
    return read_count(cell), []


def _code(reader: Reader, column: Column, cell: Cell) -> tuple[str, list[str]]:
    text = shown_exact(cell).strip()
    bracketed = [found[1] for found in _BRACKETED.finditer(folded(text))]
    for words in (text, *bracketed, plain_without_brackets(text)):  # 否（转建议） is 转建议
        if column.codes and (value := column.codes.read(words)):
            return value, []
    raise Unreadable("unknown_code")


_READERS: dict[str, Callable[[Reader, Column, Cell], tuple[Any, list[str]]]] = {
    "id": _id,
    "name": _name,
    "label": _label,
    "text": _words,
    "date": _date,
    "period": _period,
    "money": _money,
    "count": _count,
    "code": _code,
}
