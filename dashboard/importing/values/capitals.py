"""Amounts in Chinese numerals, as vouchers write them: 贰万叁仟元整 is 23000."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)) | {
    "〇": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6, "弍": 2, "弐": 2, "叄": 3,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"拾": 10, "佰": 100, "仟": 1_000, "十": 10, "百": 100, "千": 1_000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_LETTERS = "".join((*_DIGITS, *_UNITS, *_GROUPS))
_AMOUNT = re.compile(
    rf"(?<![\d.])(?P<yuan>[{_LETTERS}]+)(?:元|圆|圓|块)"
    rf"(?:(?P<jiao>[{_LETTERS}])角)?零?(?:(?P<fen>[{_LETTERS}])分)?[整正]?"
)
_LABELS = re.compile(r"(?:金额)?(?:大写|小写|大寫|小寫)|人民[币幣]")
_MARKS = re.compile(r"^[\s:：,，;；()（）\[\]【】]+|[\s:：,，;；()（）\[\]【】]+$")


def split(text: str) -> tuple[Decimal, str] | None:
    """(yuan, what else the cell says) or None where it holds no amount in capitals.

    Only 大写, 小写, brackets and separating marks are taken off what else it says.
    """
    bare = re.sub(r"\s", "", text)
    found = _AMOUNT.search(bare)
    if not found or (value := _value(found)) is None:
        return None
    rest = _LABELS.sub("", f"{bare[: found.start()]} {bare[found.end() :]}")
    rest = _MARKS.sub("", rest)
    if rest and not any(letter.isdigit() for letter in rest):
        return None
    return value, rest


def _value(found: re.Match[str]) -> Decimal | None:
    """Yuan; None where the numerals make no number."""
    yuan = _whole(found["yuan"])
    parts = [_DIGITS.get(found[name] or "零") for name in ("jiao", "fen")]
    if yuan is None or None in parts:
        return None
    return yuan + Decimal(parts[0] or 0) / 10 + Decimal(parts[1] or 0) / 100


def _whole(text: str) -> Decimal | None:
    """Groups of 亿 and 万, each up to 仟; None where two digits stand side by side, or none."""
    if text[0] in _GROUPS or (text[0] in _UNITS and text[0] not in "十拾"):
        return None  # 千元 is a unit
    total = group = 0
    digit: int | None = None
    for letter in text:
        if letter in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[letter]
        elif letter in _UNITS:
            group += (1 if digit is None else digit) * _UNITS[letter]
            digit = None
        else:
            size, group = _GROUPS[letter], group + (digit or 0)
            total = (total + group) * size if size > 10_000 else total + group * size
            group, digit = 0, None
    return Decimal(total + group + (digit or 0))
