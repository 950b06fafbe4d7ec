"""Numbers that identify a person are taken out of every text before anything else sees it.

Columns of identity numbers are dropped by their contract; this catches the ones that stand in a
note, a title or a file name. An 18-digit number is recognised by its check digit or its date of
birth (GB 11643), a phone by its 11 digits, a card by its Luhn digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from operator import sub
from typing import NamedTuple

from dashboard.contracts.spelling import CROSS, GAP, LOOSE, folded

MASK = "[已隐去]"
_RUN = re.compile(rf"\d(?:(?:{GAP}{{0,3}}|\s{{4,}})\d){{10,}}(?:{GAP}{{0,3}}(?P<cross>{CROSS}))?")
# As an amount is written: 13,800,001,118.
_GROUPED = re.compile(r"(?<![\d,，.])\d{1,3}(?:[,，]\d{3}){3,6}(?![\d,，])")
_GROUP = re.compile(r"\d+")
_ONLY_LOOSE = re.compile(rf"[{LOOSE}]*")
_SIZES = frozenset((11, 13, *range(15, 20)))  # figures of a personal number, X counted
_LONGEST = 6  # groups a personal number is ever written in: 6222 0212 3456 7890 128
# Sizes of its groups where points or slashes part them; those of dates and amounts are others.
_USUAL = re.compile(r"3,4,4|3,8|6,8,[34]|6,4,(?:4|2,2),[34]|4(?:,4){3}(?:,[1-3])?|1(?:,1){10,18}")
_POWER = re.compile(r"(?<![\d.])(\d)\.(\d{8,17})[Ee]\+?(\d\d)(?!\d)")
_ROUNDED = 15  # as a power of ten: an identity or card number of which the last figures are lost
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
_PHONE = re.compile(r"^(?:(?:00)?86)?1[3-9]\d{9}$")
_GLUED = re.compile(r"^(?:1[3-9]\d{9}){2,}$")


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
    known = _PHONE.match(digits) or _GLUED.match(digits)
    return bool(known or is_identity(digits) or is_card(digits))


class _Group(NamedTuple):
    """Figures that stand together; `loose` where only blanks and dashes part them from those
    before, `point` where a single point does.
    """

    start: int
    end: int
    digits: str
    loose: bool
    point: bool


def _groups(text: str) -> list[_Group]:
    found: list[_Group] = []
    end = 0
    for group in _GROUP.finditer(text):
        before, (start, end) = text[end : group.start()], group.span()
        loose = _ONLY_LOOSE.fullmatch(before) is not None
        found.append(_Group(start, end, _ascii(group[0]), loose, before in (".", "．")))
    return found


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(one)) for one in digits)


def _are_one(groups: Sequence[_Group], cross: str = "") -> bool:
    """Whether these are the groups of one personal number."""
    if not _is_size(sum([len(group.digits) for group in groups]) + len(cross)):
        return False
    digits = "".join([group.digits for group in groups]) + cross
    if not _is_personal(digits):
        return False
    return all(group.loose for group in groups[1:]) or _is_usual(groups, digits)


def _is_size(size: int) -> bool:
    return size in _SIZES or (size >= 22 and size % 11 == 0)


def _may_be_there(sizes: list[int], cross: bool) -> bool:
    """Whether groups of these sizes, as `_ends` takes them, are as long as a personal number: of
    ten thousand groups most hold none, and are not tried one by one.
    """
    ends = [0, *accumulate(sizes)]
    found = {len(list(ones)) for size, ones in groupby(sizes) if size == 1}
    for many in range(1, _LONGEST + 1):
        found.update(map(sub, ends[many:], ends))
    return any(_is_size(size) or (cross and _is_size(size + 1)) for size in found)


def _is_usual(groups: Sequence[_Group], digits: str) -> bool:
    sizes = [len(group.digits) for group in groups]
    if len(groups) == 2 and groups[1].point:
        return False  # an amount, 138.00001116
    before = len(digits) - 11 if _PHONE.match(digits) else 0
    if 0 < before <= sizes[0]:  # 86
        sizes[:1] = [sizes[0] - before] if sizes[0] > before else []
    return len(sizes) == 1 or _USUAL.fullmatch(",".join(map(str, sizes))) is not None


def _ends(groups: Sequence[_Group], at: int) -> Iterator[int]:
    """Where a number that begins there may end, the last first: figures one by one as a whole,
    else some groups.
    """
    stop = at
    if at == 0 or len(groups[at - 1].digits) > 1:  # within such a run it would be counted again
        while stop < len(groups) and len(groups[stop].digits) == 1:
            stop += 1
    if stop > at + _LONGEST:
        yield stop
    yield from range(min(at + _LONGEST, len(groups)), at, -1)


def _masked(found: re.Match[str]) -> str:
    """Each group of digits by itself, and joined with its neighbours, longest first."""
    text = found[0]
    if not _may_be_there(list(map(len, _GROUP.findall(text))), bool(found["cross"])):
        return text
    groups = _groups(text)
    clean, place, at = "", 0, 0
    while at < len(groups):
        if (end := _end(found, groups, at)) is None:
            at += 1
            continue
        to, stop = end
        clean += text[place : groups[at].start] + MASK
        at, place = to, stop
    return clean + text[place:]


def _end(found: re.Match[str], groups: Sequence[_Group], at: int) -> tuple[int, int] | None:
    """After which group, and after which character, a personal number ends that begins there."""
    for to in _ends(groups, at):
        if to == len(groups) and found["cross"] and _are_one(groups[at:to], "X"):
            return to, len(found[0])
        if _are_one(groups[at:to]):
            return to, groups[to - 1].end
    return None


def _raised(found: re.Match[str]) -> str:
    """1.3800001118E10 is a phone that a program wrote as an amount."""
    first, more, power = found[1], found[2], int(found[3])
    digits = _ascii(first + more).ljust(power + 1, "0")
    is_rounded = _ROUNDED <= power < _ROUNDED + 4 and len(more) > 10
    is_whole = len(digits) == power + 1 and _is_personal(digits)
    return MASK if is_rounded or is_whole else found[0]


def _ungrouped(found: re.Match[str]) -> str:
    return MASK if _is_personal("".join(map(_ascii, _GROUP.findall(found[0])))) else found[0]


def _without(text: str) -> str:
    text = _GROUPED.sub(_ungrouped, text) if "," in text or "，" in text else text
    text = _POWER.sub(_raised, text) if "." in text else text
    return _RUN.sub(_masked, text)


def masked(text: str) -> str:
    """The text with every personal number replaced; the same text if it holds none."""
    if len(text) < 11 or sum(map(str.isdigit, text)) < 11:
        return text
    if (clean := _without(text)) != text:
        return clean
    ordinary = folded(text)
    clean = _without(ordinary) if ordinary != text else text
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
