"""The unit of a sheet's amounts: in its 单位 line, a bracket, a header, its name or the file's.

What is told and is not yuan (美元, 元/人) is told all the same: it must not pass for yuan.
"""

from __future__ import annotations

import re

from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded
from dashboard.importing.values.amounts import UNITS

_SPELLINGS = str.maketrans("單萬億圆圓幣", "单万亿元元币")
_APART = re.compile(r"(?<=[单百千万亿])\s+(?=[位万元])")  # 单 位：千 元
_SIZE = "百万|千万|[百千万亿]"
_RMB = r"(?:人民币|rmb|cny|¥)?\s*"
_YUAN = rf"(?:{_SIZE})?元"
_OTHER = (
    rf"(?:{_SIZE})?(?:[美港欧日澳加韩]元|[美港]币|美金|英镑|新?台币|澳门[元币]"
    r"|us\$|usd|eur|hkd|jpy|gbp|[$€£])"
)
_OPEN, _CLOSE, _IN = r"[(\[【〔]\s*", r"\s*[)\]】〕]", r"[^()\[\]【】〔〕]*"
_SAID = r"单位\s*(?:均?为|是)?\s*[:(\[【]*\s*(?:[人次件张名个项]{1,2}\s*[,、]\s*)*"
_EXPLICIT = re.compile(rf"{_SAID}{_RMB}({_YUAN})(?!\s*[/每以])")
_SHORT = re.compile(rf"单位\s*(?:[:(\[【]|均?为)\s*{_RMB}({_SIZE})(?!\w)")  # 单位：万; no 万里小学
_STRANGE = re.compile(
    rf"单位\s*(?:[:(\[【]|均?为)\s*(?!人民币)({_OTHER}(?!\w)|%|{_YUAN}\s*[/每]\w+"
    r"|[^\s,;、:()\[\]【】/]{1,6}[元镑币](?![^\s,;、)\]】]))"
)
_BRACKETED = re.compile(rf"{_OPEN}(?:{_IN}[:,;、为\s])?{_RMB}({_YUAN}|{_OTHER}){_CLOSE}")
_COUNTED_IN = re.compile(rf"以{_RMB}({_YUAN}|{_SIZE})(?:为单位|计)")
_ALONE = re.compile(rf"(?:^|\s){_OPEN}({_SIZE}){_CLOSE}(?=\s|$)")
_BARE = re.compile(rf"{_OPEN}(?:{_IN}[:,;、为\s])?{_RMB}({_SIZE}){_CLOSE}")
_BELOW = re.compile(rf"(?:^|[\s/:,_-]){_RMB}({_YUAN}|{_OTHER})(?=\s|$)")  # a row of its own
_LONGEST = 100  # characters of a cell that holds a unit and nothing else
_ANYWHERE = (_EXPLICIT, _SHORT, _BRACKETED, _COUNTED_IN, _STRANGE)


def said(text: str) -> str | None:
    """千元 in `单位：千元`, 美元 in `单位：美元`: what stands nearest to the table, as the words
    above it end there. None where no unit is named.
    """
    return _last(text, (*_ANYWHERE, _ALONE))


def said_in_header(text: str, of_money: bool = False) -> str | None:
    """万元 in a header such as 金额（万元）; `of_money`: 金额（万） is 万元, too."""
    return _last(text, (*_ANYWHERE, _BELOW, *((_BARE,) if of_money else ())))


def around(words: Surroundings) -> str | None:
    """The nearest word wins: the title before the sheet's name before the file's."""
    return next(filter(None, map(said, (words.title, words.sheet, words.file))), None)


def in_yuan(unit: str | None) -> str | None:
    """The unit where it is one of yuan."""
    return unit if unit in UNITS else None


def is_unit(text: str) -> bool:
    """万元 or (万元) by itself, as in a header's last row."""
    bare = _bare(text[: _LONGEST + 1]).strip("()[]【】")
    return len(text) <= _LONGEST and re.fullmatch(rf"{_RMB}(?:{_YUAN}|{_OTHER})", bare) is not None


def _last(text: str, patterns: tuple[re.Pattern[str], ...]) -> str | None:
    bare = _bare(text)
    found = [match for pattern in patterns for match in pattern.finditer(bare)]
    if not found:
        return None
    word = max(found, key=lambda match: match.end(1))[1]
    return f"{word}元" if re.fullmatch(_SIZE, word) else word


def _bare(text: str) -> str:
    """In one spelling; with single blanks, for patterns try each run of them from every place."""
    return _APART.sub("", " ".join(folded(text).lower().translate(_SPELLINGS).split()))
