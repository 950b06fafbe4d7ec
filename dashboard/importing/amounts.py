"""Amounts and counts, exactly: from the cell to the tile no binary fraction touches them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dashboard.contracts.spelling import folded
from dashboard.importing import capitals
from dashboard.importing.dates import Unreadable
from dashboard.importing.grids import Cell

EMPTY = frozenset(
    ("-", "--", "—", "——", "–", "/", "\\", "无", "無", "无。", "n/a", "na", "nil", "none")
)
UNITS = {
    "元": 1,
    "千元": 1_000,
    "万元": 10_000,
    "萬元": 10_000,
    "百万元": 1_000_000,
    "亿元": 100_000_000,
}
_NUMBER = r"[+\-−－]?\s*[¥￥$]?\s*[+\-]?(?:\d[\d, ]*(?:\.\d*)?|\.\d+)"
_WHOLE = re.compile(
    rf"^(?:人民币|rmb|cny|￥|¥)?\s*({_NUMBER})\s*(元整|元|圆|块|千元|万元|万|萬元|亿元|人|人次|名|件|次)?$"
)
_BRACKETED = re.compile(r"^[(（]\s*([¥￥]?\s*\d[\d, ]*(?:\.\d+)?)\s*[)）]\s*元?$")
_NOTED = re.compile(rf"^({_NUMBER})\s*(元|万元|万|千元)?\s*[(\[【]\s*\D.*$", re.DOTALL)
_SCALE = {"千元": 1_000, "万元": 10_000, "万": 10_000, "萬元": 10_000, "亿元": 100_000_000}
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d*)?$")


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact number, and the issue that says what stood beside it."""

    value: Decimal
    note: str | None = None


def from_number(cell: int | float) -> Decimal:
    """The number a spreadsheet shows: 15 digits, so 0.30000000000000004 is 0.3."""
    return Decimal(cell) if isinstance(cell, int) else Decimal(f"{cell:.15g}")


def read_amount(cell: Cell, scale: int = 1) -> Amount | None:
    """Exact yuan, None for a cell that says there is none. Raises Unreadable: bad_amount.

    `scale` is the sheet's unit (单位：千元 is 1000); a unit in the cell goes before it.
    """
    if isinstance(cell, bool) or cell is None:
        raise Unreadable("bad_amount")
    if isinstance(cell, (int, float)):
        return Amount(_finite(from_number(cell)) * scale)
    if not isinstance(cell, str):
        raise Unreadable("bad_amount")
    text = folded(cell).strip().replace("−", "-")
    if text.lower() in EMPTY:
        return None
    return _text(text, scale)


def _text(text: str, scale: int) -> Amount:
    if found := _BRACKETED.match(text):  # accountants write a negative in brackets
        return Amount(-_decimal(found[1]) * scale)
    if found := _WHOLE.match(text.lower()):
        return Amount(_decimal(found[1]) * _scaled(found[2], scale))
    if found := _NOTED.match(text):
        return Amount(_decimal(found[1]) * _scaled(found[2], scale), "text_after_amount")
    if (written := capitals.amount(text)) is not None:
        return Amount(written)
    raise Unreadable("bad_amount")


def _scaled(unit: str | None, scale: int) -> int:
    return _SCALE.get(unit, 1) if unit in _SCALE or unit in ("元", "元整", "圆", "块") else scale


def _decimal(text: str) -> Decimal:
    """Digits with their separators removed; 1,2,3 is no number."""
    bare = re.sub(r"[¥￥$\s+]", "", text)
    unsigned = bare.lstrip("-")
    if "," in unsigned and not _GROUPED.match(unsigned):
        raise Unreadable("bad_amount")
    try:
        return _finite(Decimal(bare.replace(",", "")))
    except InvalidOperation:
        raise Unreadable("bad_amount") from None


def _finite(value: Decimal) -> Decimal:
    """What a DECIMAL(20,4) can hold; anything larger was never money."""
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        raise Unreadable("bad_amount")
    return value


def read_count(cell: Cell) -> int | None:
    """A whole number. Raises Unreadable: bad_count."""
    try:
        amount = read_amount(cell)
    except Unreadable:
        raise Unreadable("bad_count") from None
    if amount is None:
        return None
    if amount.note or amount.value != amount.value.to_integral_value():
        raise Unreadable("bad_count")
    return int(amount.value)
