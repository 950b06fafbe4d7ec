"""Amounts and counts, exactly: from the cell to the tile no binary fraction touches them.

One number must stand in the cell. What may stand beside it without a question is its sign, its
currency and its unit; some words may, and are told; with anything else the cell is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from dashboard.contracts.spelling import folded_figures, visible
from dashboard.importing.columns import Cell
from dashboard.importing.values import capitals
from dashboard.importing.values.absences import is_empty
from dashboard.importing.values.dates import Unreadable

UNITS = {
    "元": 1,
    "百元": 100,
    "千元": 1_000,
    "万元": 10_000,
    "萬元": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿元": 100_000_000,
}
_LONGEST = 80  # characters
_SMALL = {"十": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_SCALE = _SMALL | _LARGE | {a + b: x * y for a, x in _SMALL.items() for b, y in _LARGE.items()}
_SCALE |= {"k": 1_000, "w": 10_000}
_UNIT = "|".join(sorted(_SCALE, key=len, reverse=True))
_YUAN = "元|圆|圓|块钱|块|塊"
_CURRENCY = "人民币|人民幣|rmb|cny|[¥￥]|nt\\$|(?<!us)\\$"
_RED = r"\((?:[红紅]字?|[负負][数數]?)\)"
_NEGATIVE = rf"{_RED}|负|負|[红紅]字"
_DIGITS = r"(?:\d(?:[\d, ]*\d)?(?:\.\d*)?|\.\d+)"
_NUMBER = re.compile(
    rf"(?P<minus>[+-]|{_NEGATIVE})? ?(?:{_CURRENCY})? ?:? ?(?P<inner>[+-])? ?(?P<digits>{_DIGITS})"
    rf"(?:e(?P<power>\+?\d\d?))? ?(?P<unit>{_UNIT})? ?(?P<yuan>{_YUAN})?[整正]?"
    rf" ?(?:人民币|人民幣|rmb|cny)?(?P<after>(?<!\.)-$| ?{_RED}$)?"
)
_BRACKETED = re.compile(
    rf"^(?:{_CURRENCY})? ?\( ?(?:{_CURRENCY})? ?({_DIGITS}) ?(?:{_YUAN})? ?\) ?(?:{_YUAN})?$"
)
_UNIT_BESIDE = re.compile(rf"(?<=\d) ?[(\[【] ?({_UNIT})?({_YUAN})? ?[)\]】]$")
_PARTS = re.compile(r"^(?:(\d+(?:\.\d+)?)[万萬])?(?:(\d)[千仟])?(?:(\d)[百佰])?(?:元|块)?$")
_COINS = re.compile(rf"^(?:({_DIGITS}) ?(?:{_YUAN}))? ?(?:(\d)角)? ?(?:(\d)分)?$")
_ABOUT = re.compile(
    r"^(?:(?:预估|預估|估算|估计|估計|暂估|暫估|预计|預計|大约|大約|大概|约|約|近|≈|~|共计|共計|共|计)"
    r" ?:?)$"
)
_STATED = re.compile(
    r"^(?:左右|上下|[余餘多]元?|[,;]? ?(?:尚未|未|已|待|暂|暫|含|不含|预估|預估|估|约|約)[^\d%]*"
    r"|[(\[【] ?[^\d%].*)$"
)
_REVERSED = re.compile(r"[红紅]字|[冲沖][红紅销銷]|[红紅][冲沖]|[负負][数數]")
_EACH = re.compile(r"[每/%*×x\d]|人均|以[上下内]|不[足到超]|[折倍美欧英港日]")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d*)?$")
_SPACED = re.compile(r"^\d{1,3}(?: \d{3})+(?:\.\d*)?$")
_COUNTER = re.compile(
    r"(?<=\d) ?(?:人次|人|名|位|件|票|次|[个個]|[项項]|份|[张張]|[场場]|期|天)(?=$|[\W余左多])"
)
# 500 above 600 in one cell are two amounts, and no 500 600.
_ABOVE = re.compile(r"\d[\s,，]*[\n\r\v\f\x85\u2028\u2029][\s,，]*\d")
_EXACT = Decimal(10) ** 11  # from here on spreadsheets shorten what they export: 1.23457E+11


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact number, and the issues that say what stood beside it."""

    value: Decimal
    notes: tuple[str, ...] = ()


def from_number(cell: int | float) -> Decimal:
    """The number a spreadsheet shows: 15 digits, so 0.30000000000000004 is 0.3."""
    return Decimal(cell) if isinstance(cell, int) else Decimal(f"{cell:.15g}")


def read_amount(cell: Cell, scale: int = 1) -> Amount | None:
    """Exact yuan, None for a cell that says there is none.

    `scale` is the sheet's unit (单位：千元 is 1000); a unit in the cell goes before it. Raises
    Unreadable: bad_amount, capitals_differ, damaged_number.
    """
    if isinstance(cell, bool) or cell is None:
        raise Unreadable("bad_amount")
    if isinstance(cell, (int, float)):
        return Amount(_finite(from_number(cell)) * scale)
    if not isinstance(cell, str) or len(cell) > _LONGEST or _ABOVE.search(visible(cell)):
        raise Unreadable("bad_amount")
    if is_empty(cell):
        return None
    return _text(_tidy(cell), scale)


def _tidy(text: str) -> str:
    """Small letters, single blanks, one kind of minus and bracket, no mark before or after."""
    words = " ".join(folded_figures(text).lower().replace("−", "-").split()).removeprefix("'")
    words = f"-{words[1:]}" if words.startswith("–") else words
    return re.sub(r"[。;]$|(?<=整)\.$", "", re.sub(r" ?, ?", ",", words))


def _text(text: str, scale: int) -> Amount:
    if (written := capitals.split(text)) is not None:
        return _beside_capitals(*written, scale)
    if found := _UNIT_BESIDE.search(text):  # 1200（万元）
        text = text[: found.start()] + (found[1] or "") + (found[2] or "")
    if found := _BRACKETED.match(text):  # accountants write a negative in brackets
        return Amount(-_decimal(found[1]) * (1 if re.search(_YUAN, text) else scale))
    if (parts := _in_parts(text)) is not None:
        return parts
    found = _NUMBER.search(text)
    if not found:
        raise Unreadable("bad_amount")
    before, after = text[: found.start()], text[found.end() :]
    return _noted(_number(found, scale), before.strip(), after, bool(found["yuan"]))


def _number(found: re.Match[str], scale: int) -> Amount:
    value, notes = _decimal(found["digits"]), tuple[str, ...]()
    minus = [sign for sign in (found["minus"], found["inner"], found["after"]) if sign]
    if len(minus) > 1:
        raise Unreadable("bad_amount")
    if found["power"]:
        value = Decimal(f"{value.scaleb(int(found['power'])):f}")
        notes = ("scientific_amount",)
        if value >= _EXACT:
            raise Unreadable("damaged_number")
    named = found["unit"] or found["yuan"]
    factor = _SCALE[found["unit"]] if found["unit"] else 1 if named else scale
    value = _finite(-value if minus and minus[0] != "+" else value) * factor
    return Amount(value, notes if factor == scale else (*notes, "unit_in_cell"))


def _noted(amount: Amount, before: str, after: str, has_yuan: bool) -> Amount:
    """The number stands, and the words beside it are told; other words make it something else."""
    words = after.strip()
    fine = not words or _STATED.match(words) or (has_yuan and not _EACH.search(words))
    if (before and not _ABOUT.match(before)) or not fine or _REVERSED.search(words):
        raise Unreadable("bad_amount")
    if not before and not words:
        return amount
    return replace(amount, notes=(*amount.notes, "text_after_amount"))


def _in_parts(text: str) -> Amount | None:
    """1万2千元, 12元5角: figures with several units. 3万5 has two readings and is none."""
    if (found := _PARTS.match(text)) and sum(map(bool, found.groups())) > 1:
        sizes = zip(found.groups(), (10_000, 1_000, 100), strict=True)
        return Amount(
            sum((Decimal(part or 0) * size for part, size in sizes), Decimal(0)), ("unit_in_cell",)
        )
    if not text.endswith(("角", "分")) or not (found := _COINS.match(text)):
        return None
    whole = _decimal(found[1]) if found[1] else Decimal(0)
    return Amount(whole + Decimal(found[2] or 0) / 10 + Decimal(found[3] or 0) / 100)


def _beside_capitals(written: Decimal, rest: str, scale: int) -> Amount:
    """An amount in capitals, and in figures too where the cell has both: they must agree."""
    if not any(letter.isdigit() for letter in rest):
        return Amount(written)
    if _text(rest, scale).value != written:
        raise Unreadable("capitals_differ")
    return Amount(written)


def _decimal(text: str) -> Decimal:
    """Digits with their separators removed; 1,2,3 and 12 34 are no numbers."""
    for separator, grouped in ((",", _GROUPED), (" ", _SPACED)):
        if separator in text and not grouped.match(text):
            raise Unreadable("bad_amount")
    try:
        return _finite(Decimal(text.replace(",", "").replace(" ", "")))
    except InvalidOperation:
        raise Unreadable("bad_amount") from None


def _finite(value: Decimal) -> Decimal:
    """What a DECIMAL(20,4) can hold; anything larger was never money."""
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        raise Unreadable("bad_amount")
    return value


def read_count(cell: Cell) -> Amount | None:
    """A whole number of people or things: 60人, 约60, 60（含家属）.

    Raises Unreadable: bad_count.
    """
    if isinstance(cell, str) and re.search(rf"{_YUAN}|{_CURRENCY}", folded_figures(cell).lower()):
        raise Unreadable("bad_count")
    try:
        words = _COUNTER.sub("", folded_figures(cell)) if isinstance(cell, str) else cell
        amount = read_amount(words)
    except Unreadable:
        raise Unreadable("bad_count") from None
    if amount and amount.value != amount.value.to_integral_value():
        raise Unreadable("bad_count")
    return amount
