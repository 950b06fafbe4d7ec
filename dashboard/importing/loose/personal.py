"""What identifies a person, and how much of it may be seen: masked before it leaves the child.

Recognised by the header's words and by the cells alike: identity numbers by check digit or date of
birth (GB 11643), mobile numbers by their 11 digits, bank cards by their Luhn digit, names by their
surname, addresses by road and number. No standard fixes how many letters a mask leaves; these are
the usual ones: 张*, 138****1234, 110***********1234, **** 1234, a place down to its district.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from dashboard.contracts.spelling import folded, one_line
from dashboard.importing.values import names, private
from dashboard.importing.values.absences import is_empty, is_state

_HEADERS = {
    "identity": re.compile(r"身份证|身分證|[證证]件[号號]|^(?:idcard|identity)", re.IGNORECASE),
    "phone": re.compile(r"电话|電話|手机|手機|联系方式|聯絡|phone|mobile|^tel", re.IGNORECASE),
    "card": re.compile(
        r"银行卡|銀行卡|银行[账帐]|(?<!服务)(?<!会员)(?<!工会)卡号|[账帐帳][号號户]|bank",
        re.IGNORECASE,
    ),
    "address": re.compile(r"(?:家庭|联系|通讯|通信|现|常)?住址|地址|address", re.IGNORECASE),
    "name": re.compile(
        r"姓名|名字$|^(?:教师|教工|教职工|职工|员工|会员|学生|家长|代表|委员)$|(?:提案|附议|申请|经办|负责|"
        r"联系|领取|领款|慰问|受助|填报|签收|借阅|候选|当选)人(?:员|名)?$|班主任|^学员$|^(?:full)?name$",
        re.IGNORECASE,
    ),
}  # fmt: skip
# Headers that speak of people's parts or of a person's place among others: their cells decide.
_BEARERS = re.compile(
    r"人$|人员|者$|[师员长]$|成员|对象|家属|配偶|主讲|主持|主任|书记|主席|代表|校长|签[名字收到]|会计|出纳|老师|"
    r"teacher|staff|leader|member|employee|person|owner|handler|applicant",
    re.IGNORECASE,
)
_OF_A_PLACE = re.compile(r"[组室处部科班校院村镇乡州市县区路街府家苑社队段级季]$")
_NO_NAME = re.compile(r"名称|号|数|单位|电话|手机")
_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8}(?:转\d+)?|[2-8]\d{6,7}")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_CARD = re.compile(r"\d{12,19}")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = re.compile(
    rf"{_HAN}{{2,4}}|{_HAN}+[·•]{_HAN}+|[A-Za-z][A-Za-z.'-]*(?: [A-Za-z.'-]+){{0,3}}"
)
_PLACE = re.compile(r"[省市区县州旗镇乡村路街巷弄道号栋幢楼室]|road|street", re.IGNORECASE)
_ROAD = re.compile(r"(?:路|街|巷|弄|村|镇|大道|小区|花园|苑).*\d+.*(?:号|栋|幢|楼|室|弄)")
_DISTRICT = re.compile(r"^.{2,12}?[区县旗]|^.{2,8}?市")
_JOINTS = re.compile(r"[\s\-—()（）']")
_LETTERS = re.compile(r"\d|[A-Za-z]")


def header_says(header: str, kind: str) -> bool:
    """Whether a header, spelled as in `kinds.spelled`, speaks of that kind of value."""
    if kind == "name" and _NO_NAME.search(header):
        return False
    if kind in ("phone", "card") and private.names_numbers(header):
        return False
    return _HEADERS[kind].search(header) is not None


def bears_names(header: str) -> bool:
    """Whether names may stand below such a header, if the cells look like it."""
    return _BEARERS.search(header) is not None


def bare(text: str) -> str:
    """A number without what parts its groups."""
    spelled = folded(text)
    return (spelled if spelled.isalnum() else _JOINTS.sub("", spelled)).upper()


def is_identity(text: str) -> bool:
    return private.is_identity(bare(text))


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch(bare(text)) is not None


def is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(bare(text)) is not None


def is_card(text: str) -> bool:
    return private.is_card(bare(text))


def like_card(text: str) -> bool:
    """12 to 19 digits, whether their last one fits or not."""
    return _CARD.fullmatch(bare(text)) is not None


def is_name(text: str) -> bool:
    """One person's name as such, of whatever surname; a blank within it is none."""
    return _NAME.fullmatch(_whole(text)) is not None


def has_surname(text: str) -> bool:
    """Two or three characters that begin with one of the surnames nine in ten have, or four that
    begin with one of two characters.
    """
    word = _whole(text)
    return bool(re.fullmatch(rf"{_HAN}{{2,4}}", word)) and names.begins_with_surname(word)


def names_people(text: str) -> bool:
    """One name or several, with notes or without: 王芳、李娜（语文组）."""
    found = names.names_in(text)
    return bool(found) and all(map(has_surname, found))


def is_no_place(text: str) -> bool:
    """A name that does not end as departments and places do."""
    return has_surname(text) and _OF_A_PLACE.search(_whole(text)) is None


def is_address(text: str) -> bool:
    return len(text) >= 5 and _PLACE.search(folded(text)) is not None


def names_a_door(text: str) -> bool:
    """A road and a number: an address, whatever its header says."""
    return len(text) >= 8 and _ROAD.search(folded(text)) is not None


def fits(kind: str, text: str) -> bool:
    """Whether it is a value of that personal kind."""
    return _FITS[kind](text)


def _whole(text: str) -> str:
    words = one_line(folded(text))
    return words.replace(" ", "") if re.match(_HAN, words) else words


@lru_cache(maxsize=20_000)
def mask(kind: str, text: str) -> str:
    """A value of that kind, as far as it may be seen."""
    digits = bare(text)
    if kind == "identity":
        return f"{digits[:3]}{'*' * max(len(digits) - 7, 1)}{digits[-4:]}"
    if kind == "phone":
        return f"{digits[:-8]}****{digits[-4:]}" if len(digits) > 8 else f"****{digits[-4:]}"
    if kind == "card":
        return f"**** {digits[-4:]}"
    if kind == "address":
        return f"{seen[0] if (seen := _DISTRICT.match(folded(text))) else ''}****"
    word = _whole(text)
    return f"{names.surname(word)}*"


def hidden(kind: str, text: str) -> str:
    """A cell of such a column that is no such value: its words may be seen, its figures not; of
    what stands among names or addresses only the beginning.
    """
    if kind in ("name", "address"):
        says_why = is_empty(text) or is_state(text)
        return one_line(text) if says_why else f"{one_line(text)[:1]}*"
    return _LETTERS.sub("*", private.masked(one_line(text)))


_FITS: dict[str, Callable[[str], bool]] = {
    "name": is_name,
    "phone": is_phone,
    "identity": is_identity,
    "card": is_card,
    "address": is_address,
}
