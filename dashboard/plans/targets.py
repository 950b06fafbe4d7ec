"""What a plan wants to reach, as it states it: 100%, 1~2次, 不少于2次, 每人1篇."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)"
_TO = r"\s?(?:[~～—–\-至到、]{1,2})\s?"
_RANGE = rf"{_NUMBER}(?:{_TO}{_NUMBER})?"
_BOUND = r"(?:≥|≤|>=|<=|不少于|不得少于|不低于|至少|最少|不超过|最多|超过|达到?|力争达到?|确保)"
_COUNTED = r"(?:次|场次?|篇|项|期|个|人次?|小时|学时|课时|分钟|条|件|份|本|元|名|对|天)"
_NOT_A_COUNT = r"(?<![第再又这每同另首届头某])"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_BOUND}\s?)?\d+(?:\.\d+)?\s?%(?:{_TO}\d+(?:\.\d+)?\s?%)?(?:以上|左右)?",
        rf"(?:{_BOUND}\s?)?百分之[一二三四五六七八九十百零]+(?:以上)?",
        r"(?<![\d/])(\d{1,3})/\1(?![\d/])",
        r"(?<![\d/.])\d{1,2}/\d{1,2}以上",
        rf"{_BOUND}\s?{_RANGE}\s?{_COUNTED}(?:以上)?",
        rf"{_NOT_A_COUNT}{_NUMBER}{_TO}{_NUMBER}\s?次",
        rf"(?<=每人|人均|每月|每年|每周|每天|每日){_RANGE}\s?{_COUNTED}",
        rf"(?<=每学期|每学年|每季度){_RANGE}\s?{_COUNTED}",
        rf"{_RANGE}\s?{_COUNTED}以上",
        rf"(?:每天|每日|每周)[^，。；]{{0,8}}?({_RANGE}\s?个?(?:小时|分钟|课时))",
        rf"每(?:月|周|年|天|学期|学年|季度)[^，。；\d]{{0,6}}?((?:{_BOUND}\s?)?{_RANGE}\s?次)(?!性|会)",
        r"(?:力争|争取|确保|力保|进入)[^，。；]{0,10}?(前[一二三四五六七八九十\d]+名?|第[一二三]名|一等奖)",
        r"全覆盖|零(?:投诉|违规|违纪|事故|体罚|差错|上访)",
    )
)
# 组织一次: a count, where nothing firmer is said; 第一次 and 一次性 are none
_BARE = re.compile(
    rf"{_NOT_A_COUNT}{_NUMBER}\s?次(?!性|会|全会|党代会|教代会|职代会|代表)(?:以上|左右)?"
    rf"|(?<![第\d~～—-])(?:\d+{_TO})?\d+\s?(?:场|期|篇|名|人次)(?!次)"
)
_REACHED = re.compile("^(?:力争)?(?:达到?|确保)")  # says that it is a target, not how much
# 至少审计一次, 不少于召开两次: the bound stands before the verb
_APART = re.compile(rf"({_BOUND})[^，。；\d]{{1,12}}?({_NUMBER}{_TO}{_NUMBER}|{_NUMBER})\s?(次)")


def target(text: str) -> str | None:
    """The first target stated, with its bound; None where there is none."""
    if found := _APART.search(text):
        return f"{found[1]}{found[2]}{found[3]}"
    firm = [found for pattern in _PATTERNS if (found := pattern.search(text))]
    if not firm:
        return (found := _BARE.search(text)) and found[0].replace(" ", "")
    first = min(firm, key=lambda found: found.start())
    whole = first[0] if first.lastindex is None or "/" in first[0] else first[1]
    return _REACHED.sub("", whole.replace(" ", ""))
