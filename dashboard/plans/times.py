"""When something is planned: the words, found in a line, and what stretch of a year they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dashboard.periods import last_day
from dashboard.plans.numerals import number

_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元(?=月)|正(?=月))"
_D = (
    r"(?:3[01]|[12]\d|0?[1-9]|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?"
    r"|[一二三四五六七八九])"
)
_TO = r"\s?(?:[~～—–―－\-至到、]{1,3}|-{1,3})\s?"
_YEAR = r"(?:(?P<{}>20\d\d)\s?年\s?|今年\s?|当年\s?|本年\s?)?"
_PART = r"[上中]?[中下]旬|上旬|月?[初末底]|中(?=[^学小秋期])|第[一二三四五1-5]周"
_COUNT = r"[一二三四五六七八九十\d]{1,3}"

_BEFORE = r"(?:前后|左右|(?P<before{}>之前|以前|前))?"
_EACH = (
    r"每(?:个|一)?(?:学期[初中末]?|学年|季度|年[初底末]|年度?|月[初中底末]|月份?|两周|星期[一二三四五六日]?|周(?:[一二三四五六日](?![次节个下回场课期]))?"
    r"|天|日|半年)|寒、?暑[假期]|全年度?(?!(?:工会)?(?:工作)?(?:计划|总结|目标))|常年|长年|平时|日常|全学年|本学年|年内|本年度|本学期|整个学期|不定期|定期"
)
_DAYS = (
    rf"{_YEAR.format('y1')}(?P<m1>{_M})\s?月\s?(?P<d1>{_D})\s?[日号]?{_TO}"
    rf"(?:(?P<m2>{_M})\s?月\s?)?(?P<d2>{_D})\s?[日号]{_BEFORE.format(1)}"
)
_DAY = rf"{_YEAR.format('y2')}(?P<m3>{_M})\s?月\s?(?P<d3>{_D})\s?[日号]{_BEFORE.format(2)}"
_MONTHS = (
    rf"{_YEAR.format('y3')}(?<!\d)(?P<m4>{_M})\s?(?:月份?)?{_TO}(?P<m5>{_M})\s?月[份分]?(?:期间)?"
)
_OF_MONTH = (
    rf"{_YEAR.format('y4')}(?<!\d)(?P<m6>{_M})\s?月[份分]?\s?(?P<part>{_PART}){_BEFORE.format(3)}"
)
_MONTH = (
    rf"{_YEAR.format('y5')}(?<![\d第.])(?P<m7>{_M})\s?月(?:[份分]|(?!度|[一1两]次))"
    r"(?:前后|左右|(?P<before4>之前|以前|底前|前))?"
)
_EDGE = (
    r"(?:学期|开学)(?:初|中|末|之初|前|伊始)|期[中末](?=[，。：:\s、]|$|前|后|考|工作|召开|组织|举[行办]|开展|进行|慰问)"
    r"|开学(?:第[一二]周|初)?"
)
_FESTIVALS = {  # month, first and last day of those that fall on the same days every year
    "三八": (3, 8, 8), "妇女": (3, 8, 8), "五一": (5, 1, 5), "劳动": (5, 1, 5), "五四": (5, 4, 4),
    "六一": (6, 1, 1), "儿童": (6, 1, 1), "七一": (7, 1, 1), "教师": (9, 10, 10),
    "国庆": (10, 1, 7), "十一": (10, 1, 7), "元旦": (1, 1, 1),
}  # fmt: skip
_NAME = (
    r"[“”\"]?(?:三八|五一|五四|六一|七一)[“”\"]?(?:国际)?(?:劳动|妇女|儿童|青年)?节?|妇女节|劳动节|儿童节|教师节"
    r"|国庆节?|元旦节?|元宵节?|春节|清明节?|端午节?|中秋节?|重阳节?|母亲节|十一假期|十一(?=前|期间)|新年"
)
_FESTIVAL = (
    rf"(?P<festival>(?:(?:{_NAME})[、和及与])*(?:{_NAME}))(?:节日|假期|长假)?"
    r"(?:期间|前后|当天|当日|(?:来临|到来)?之际"
    r"|(?P<before5>前夕|之前|以前|(?:来临|到来)?前(?![后夕进线期十]))|(?=\s?[：:])"
    r"|(?<=[节”\"])(?=(?:组织|开展|举办|举行|召开|慰问(?![品金]))))"
)
_WEEK = (
    rf"第{_COUNT}(?:{_TO}第?{_COUNT})?周(?!年)"
    r"(?:\s?[（(](?P<m8>1[0-2]|0?[1-9])[.．/月](?P<d8>\d{1,2})日?"
    rf"{_TO}(?:(?P<m9>1[0-2]|0?[1-9])[.．/月])?(?P<d9>\d{{1,2}})日?[）)])?"
    rf"|(?<![\d一二三四五六七八九十]){_COUNT}{_TO}{_COUNT}周(?![年岁])"
)

# name, pattern: the first that fits at a place is taken, the longer before the shorter
_KINDS = (
    (
        "parts",
        rf"(?P<from>{_M}\s?月[份分]?\s?(?:{_PART})){_TO}(?P<until>{_M}\s?月[份分]?\s?(?:{_PART}))",
    ),
    ("days", _DAYS),
    ("day", _DAY),
    ("months", _MONTHS),
    ("part", _OF_MONTH),
    ("month", _MONTH),
    ("each", _EACH),
    ("half", r"(?:今年|本年|当年|20\d\d年)?(?P<half>上|下)半年"),
    ("quarter", r"第?(?P<quarter>[一二三四1-4])季度"),
    ("festival", _FESTIVAL),
    ("edge", _EDGE),
    (
        "term",
        r"第(?P<nth>[一二12])学期(?P<edge>[初中末])?|(?P<side>[上下])学期|(?P<season>[春秋])季(?:学期)?",
    ),
    ("holiday", r"(?P<holiday>暑|寒)[假期](?:期间)?"),
    ("ending", r"(?P<ending>年[初底末中终])"),
    ("week", _WEEK),
    ("piece", r"[上中下]旬|月[初末底]"),  # of the month above
)
_TIME = re.compile("|".join(f"(?P<is_{name}>{pattern})" for name, pattern in _KINDS))
_TAIL = (
    r"(?:的)?(?:(?:主要|重点|具体|工会)?(?:工作|活动)?"
    r"(?:安排|内容|计划|要点|重点|工作|活动|任务|行事历)?)"
)
_HEADING = re.compile(
    rf"[（(【\[《]?\s*(?:{_TIME.pattern})\s*[）)】\]》]?(?:[（(][^（）()]{{1,16}}[）)])?{_TAIL}\s*[：:。.、,，—-]*"
)
_LABEL = re.compile(
    rf"[（(【\[]?\s*(?:{_TIME.pattern})\s*[）)】\]]?(?:(?:主要|重点)?(?:工作|活动)?(?:安排|内容)?)"
    r"\s*(?:[：:]|——|—(?!\d)|[、,，](?=[1１一①(（])|(?<=[）)】\]])|(?<=月)、(?!\s?{_M}\s?月)|\s+|(?<=[份】\]])\s*(?=[1一①])|(?=\d[、.．]|①))\s*"
)
_NOW = re.compile("^(?:今年|当年|本年)(?=.)")
Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Time:
    """Words of time at a place of a text; `parts` holds what its kind needs."""

    kind: str
    words: str
    start: int
    end: int
    parts: dict[str, str]

    @property
    def recurs(self) -> bool:
        return self.kind == "each"

    @property
    def first_month(self) -> int | None:
        if known := festival(self):
            return known[0]
        found = next((self.parts[f"m{n}"] for n in range(1, 9) if f"m{n}" in self.parts), None)
        return number(found) if found else None

    @property
    def year(self) -> int | None:
        return next((int(self.parts[f"y{n}"]) for n in range(1, 6) if f"y{n}" in self.parts), None)


def _time(found: re.Match[str]) -> Time:
    parts = {name: value for name, value in found.groupdict().items() if value}
    kind = next(name for name, _ in _KINDS if f"is_{name}" in parts)
    at, end = found.span(f"is_{kind}")
    return Time(kind, _NOW.sub("", parts[f"is_{kind}"].replace(" ", "")), at, end, parts)


def find(text: str) -> list[Time]:
    """Every expression of time in a text, from left to right."""
    return [_time(found) for found in _TIME.finditer(text)]


def heading(text: str) -> Time | None:
    """The time, where the line is nothing else: 三月份工作安排, （上半年）."""
    found = _HEADING.fullmatch(text)
    return _time(found) if found else None


def label(text: str) -> tuple[Time, str] | None:
    """The time a line begins with, set off from the rest: 三月：…, 九月份 …, 十月 1、…"""
    found = _LABEL.match(text)
    if not found or found.end() == len(text):
        return None
    time = _time(found)
    return None if time.recurs and found[0].endswith(" ") else (time, text[found.end() :])


_QUARTER = {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)}
_ENDING = {"年初": (1, 1), "年中": (6, 7), "年底": (12, 12), "年末": (12, 12), "年终": (12, 12)}


def months(time: Time) -> tuple[int, int] | None:
    """First and last month of what is counted in months."""
    parts = time.parts
    if time.kind == "months":
        return number(parts["m4"]), number(parts["m5"])
    if time.kind in ("month", "part"):
        return (month := time.first_month or 0), month
    if time.kind == "half":
        return (1, 6) if parts["half"] == "上" else (7, 12)
    if time.kind == "quarter":
        return _QUARTER[number(parts["quarter"])]
    if time.kind == "holiday":
        return (7, 8) if parts["holiday"] == "暑" else (1, 2)
    return _ENDING.get(time.words)


def festival(time: Time) -> tuple[int, int, int] | None:
    """Month, first and last day; None for one by the moon, or several."""
    words = time.parts.get("festival", "")
    if re.search("[、和及与]", words):
        return None
    return next((days for name, days in _FESTIVALS.items() if name in words), None)


def which_term(time: Time) -> int | None:
    """1 or 2; None where the words name no term."""
    parts = time.parts
    if "nth" in parts:
        return number(parts["nth"])
    if "side" in parts:
        return 1 if parts["side"] == "上" else 2
    return (1 if parts["season"] == "秋" else 2) if "season" in parts else None


def within_month(time: Time, first: date) -> Span:
    """三月上旬, 三月底, 三月第二周, of the month that begins with `first`."""
    last, part = last_day(first.year, first.month), time.parts["part"].removeprefix("月")
    days = {
        "上旬": (1, 10),
        "初": (1, 10),
        "上中旬": (1, 20),
        "中旬": (11, 20),
        "中": (11, 20),
        "中下旬": (11, last.day),
    }.get(part)
    if found := re.search(r"第([一二三四五1-5])周", part):
        days = (number(found[1]) * 7 - 6, min(number(found[1]) * 7, last.day))
    low, high = days or (21, last.day)
    return first.replace(day=low), first.replace(day=high)


def is_loose(time: Time) -> bool:
    """Whether it is the mere name of a festival: it says less than a heading of time."""
    return time.kind == "festival" and re.search(r"[节”\"]$", time.words) is not None


def is_deadline(time: Time) -> bool:
    return any(f"before{n}" in time.parts for n in range(1, 6))
