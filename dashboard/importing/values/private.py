"""Numbers that identify a person are taken out of every text before anything else sees it.

Columns of identity numbers are dropped by their contract; this catches the ones that stand in a
note, a title or a file name. An 18-digit number is recognised by its check digit or its date of
birth (GB 11643), a phone by its 11 digits, a card by its Luhn digit.
"""

from __future__ import annotations

import re

from dashboard.contracts.spelling import folded

MASK = "[已隐去]"
_RUN = re.compile(r"\d+(?:[\s\-–—]{1,3}\d+)*[Xx]?")
_GROUP = re.compile(r"\d+[Xx]?")
_LONGEST = 6  # groups a personal number is ever written in: 6222 0212 3456 7890 128
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_BIRTH = re.compile(r"^\d{6}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$")
_BIRTH_15 = re.compile(r"^[1-8]\d{5}\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$")
_NUMBERED = re.compile(
    r"[工学職职员員]号|[工學職員]號|编号|編號|(?:staff|employee|student)[ _]?(?:no|id|number)",
    re.IGNORECASE,
)
_HEADER = 20  # characters
_REACHED = re.compile(r"电话|電話|手机|手機|联系|聯絡|phone|mobile|tel", re.IGNORECASE)
_PHONE = re.compile(r"^(86)?1[3-9]\d{9}$")


def is_identity(digits: str) -> bool:
    """18 characters with a right check digit, or with a date of birth where one belongs."""
    if len(digits) == 15:
        return bool(_BIRTH_15.match(digits))
    if len(digits) != 18 or not digits[:17].isdecimal():
        return False
    if _BIRTH.match(digits):
        return True
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return digits[17] == _CHECK[total % 11] and digits[0] != "0"


def is_card(digits: str) -> bool:
    """16 to 19 digits with a right Luhn digit, as bank cards have."""
    if not (16 <= len(digits) <= 19 and digits.isdigit() and digits[0] in "34569"):
        return False
    doubled = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _is_personal(digits: str) -> bool:
    return bool(is_identity(digits) or is_card(digits) or _PHONE.match(digits))


def _masked(found: re.Match[str]) -> str:
    """Each group of digits by itself, and joined with its neighbours, longest first."""
    text = found[0]
    groups = [(group.start(), group.end(), group[0].upper()) for group in _GROUP.finditer(text)]
    clean, place, at = "", 0, 0
    while at < len(groups):
        end = next(
            (
                to
                for to in range(min(at + _LONGEST, len(groups)), at, -1)
                if _is_personal("".join(group[2] for group in groups[at:to]))
            ),
            None,
        )
        if end is None:
            at += 1
            continue
        clean += text[place : groups[at][0]] + MASK
        place, at = groups[end - 1][1], end
    return clean + text[place:]


def masked(text: str) -> str:
    """The text with every personal number replaced; the same text if it holds none."""
    if len(text) < 11 or sum(map(str.isdigit, text)) < 11:
        return text
    if (clean := _RUN.sub(_masked, text)) != text:
        return clean
    ordinary = folded(text)
    clean = _RUN.sub(_masked, ordinary)
    return clean if clean != ordinary else text


def names_numbers(header: str) -> bool:
    """Whether a column so headed holds numbers a school gave, not those people are reached by. A
    sentence is no header.
    """
    told = len(header) <= _HEADER and _NUMBERED.search(header) is not None
    return told and not _REACHED.search(header)


def masked_beside_numbers(text: str) -> str:
    """As `masked`, for a cell of such a column: 11 digits alone are the number itself."""
    return text if re.fullmatch(r"\s*\d{11}\s*", folded(text)) else masked(text)


def hint(text: str) -> str:
    """A value of a column that is dropped, shown as nothing but its length."""
    return f"{MASK}（{len(text)} 位）" if text else ""
