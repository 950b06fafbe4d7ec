"""Which cells may name a column, and which are values in whatever row they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from dashboard.contracts.spelling import folded, one_line
from dashboard.importing.columns import Cell

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_CAPTION = re.compile(r"^[^\d:]{1,30}:(?!//)")
_UNIT = re.compile(r"单位:|單位:")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_VALUE = re.compile(
    r"[¥$]?\s*[-+]?\(?[\d,]*(?:(?<=\d)|\.\d+)\)?\s*(?:%|元|万元)?"  # an amount
    r"|(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:[\sT].*)?"  # a day
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}:\d\d(?::\d\d)?"
    r"|[√✓✔☑×✕✖✗✘○●◎△▲☆★♀♂⊕⊙◇/\\-]+"  # a mark
    r"|\S+@\S+\.\w+|(?:https?://|www\.)\S*|[^\s()]+\.(?:png|jpe?g|gif|bmp)",
    re.IGNORECASE,
)
_LEAST = 3  # numbers or days that rise or fall before they name columns; of years two


@lru_cache(maxsize=20_000)
def is_value(text: str) -> bool:
    """An amount, a day, a mark, an address: it names no column by itself."""
    return bool(_VALUE.fullmatch(folded(text).strip()))


def is_caption(text: str) -> bool:
    """`制表人：张三`, `单位：元`; not the unit in 金额（单位：元）."""
    return bool(_CAPTION.match(_BRACKETED.sub("", folded(text)).strip()))


def is_number(cell: Cell) -> bool:
    """A number, or a text that is one; no day and no mark."""
    if isinstance(cell, str):
        return is_value(cell) and bool(re.fullmatch(r"[¥$\s\d.,()%元万+-]+", folded(cell)))
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def may_name(row: Sequence[Cell]) -> bool:
    """Whether these cells may name columns: words, and behind the first of them years, rates,
    numbers of sessions or days that rise or fall from column to column.
    """
    cells = [cell for cell in row if cell is not None]
    words = [cell for cell in cells if isinstance(cell, str) and not is_value(cell)]
    captions = sum(map(is_caption, words))
    if (captions and captions * 2 >= len(words)) or any(map(_is_unit, words)):
        return False
    figures = [cell for cell in cells if not isinstance(cell, str) or is_value(cell)]
    return not figures or (_are_in_order(figures) and (not words or isinstance(cells[0], str)))


def names(row: Sequence[Cell]) -> int:
    """How many different names the row gives."""
    return len({one_line(cell) if isinstance(cell, str) else cell for cell in row} - {None})


def _is_unit(word: str) -> bool:
    return bool(_UNIT.match(folded(word).replace(" ", "")))


def _are_in_order(figures: Sequence[Cell]) -> bool:
    """Days or whole numbers that only rise, or only fall."""
    keys = [_key(cell) for cell in figures]
    found = [key for key in keys if key is not None]
    if len(found) < len(keys) or len({kind for kind, _ in found}) != 1:
        return False
    least = 2 if found[0][0] == "year" else _LEAST
    rising = all(a < b for a, b in pairwise(found))
    return len(found) >= least and (rising or all(a > b for a, b in pairwise(found)))


def _key(cell: Cell) -> tuple[str, float] | None:
    """(what it is a number of, its place in the order); None for what names no column."""
    if isinstance(cell, str):
        return _written(folded(cell).strip())
    if isinstance(cell, date):
        return "day", cell.timestamp() if isinstance(cell, datetime) else cell.toordinal()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole(cell)
    return None


def _written(text: str) -> tuple[str, float] | None:
    if found := _DAY.fullmatch(text.removesuffix("日")):
        return "day", int(found[1]) * 10_000 + int(found[2]) * 100 + int(found[3])
    if re.fullmatch(r"\d{1,3}(?:\.\d+)?%", text):
        return "rate", float(text[:-1])
    return _whole(float(text)) if re.fullmatch(r"\d{1,8}", text) else None


def _whole(number: float) -> tuple[str, float] | None:
    if not 0 <= number < 10**9 or number != int(number):
        return None
    return ("year" if 1990 <= number <= 2050 else "number"), number
