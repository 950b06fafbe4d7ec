"""Numbering as plans use it: 一、 (一) 1、 (1) ① and bullets, whole or broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from dashboard.plans.numerals import number

_CHINESE = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"  # 叁 is 参 in traditional writing
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKET_CHINESE = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_BRACKET_FIGURE = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
BULLET, CIRCLE, POINT = 9.0, 7.0, 8.0
_OPEN = (2.0, 4.0)  # 一、 and 1、: what follows may belong to the number
_BULLETS = "•·●○◆◇■□▲△★☆※✓√►▶➢➤❖◎∙‧▪▫◦－*+"

_OF_MONTHS = r"[份度]?(?:工作|活动|主要|具体|重点|行事|安排|计划|要点)"  # 四、月份安排
_TO = r"[-—–~～至到]{1,2}"
# rank, pattern: a lower rank stands above a higher one
_STYLES = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (1.0, rf"第([{_CHINESE}]{{1,3}})(?:部分|章|篇)[、：:\s]*"),
        (1.5, rf"([{_FORMAL}参])\s?[、．.,，:：]\s*"),
        (3.8, rf"第([{_CHINESE}]{{1,2}})[、，,]\s*"),
        (2.0, rf"([{_CHINESE}]{{1,3}})\s?[、．.,，:：]\s*(?!、|月(?!{_OF_MONTHS}))"),
        (3.0, rf"[（(]\s?([{_CHINESE}]{{1,3}}|[{_BRACKET_CHINESE}])\s?[）)]\s*[、．.]?\s*"),
        (3.0, rf"([{_BRACKET_CHINESE}])\s*[、．.]?\s*"),
        (3.5, rf"([{_CHINESE}]{{1,2}})[)）]\s*"),
        (4.5, rf"\d{{1,2}}[.．](\d{{1,2}})(?:[.．、]|(?=[^\d.．月%]))\s*(?!\d|月|(?:{_TO}|、)\d)"),
        (
            4.0,
            rf"(\d{{1,2}})\s?(?:[、，]|[．.,。](?!\d)|[．.](?=\d{{1,2}}(?:(?:{_TO}|、)\d{{1,2}})?\s?月))\s*",
        ),
        (4.0, rf"([{_DOTTED}])\s*"),
        (5.0, r"[（(]\s?(\d{1,2})\s?[）)]\s*[、．.]?\s*"),
        (5.0, rf"([{_BRACKET_FIGURE}])\s*"),
        (6.0, r"(\d{1,2})\s?[)）]\s*[、．.]?\s*"),
        (CIRCLE, rf"([{_CIRCLES}])\s*[、．.]?\s*"),
        (CIRCLE, r"()(?:[?？\ufffd]+\s?[、．.]|、)\s*[?？\ufffd]*\s*"),
        (POINT, rf"([{_CHINESE}])是(?=[^{_CHINESE}])[：:，,]?"),
        (BULLET, rf"()(?:[{_BULLETS}]|[-—–]{{1,2}}(?=\s)|[?？\ufffd]{{2,}}|\ufffd|o(?=\s))+\s*"),
    )
)
_REACH = 40  # characters within which a mark is told
_RANGE = re.compile(rf"(\d{{1,2}}|[{_CHINESE}]{{1,2}})\s?(?:月|年级|班|号|日|次|场|学期|季度)")
_SIGNS = re.compile(r"^(?:#{1,6}\s+|>\s*|\[[ xX]\]\s*|[-*+]\s+(?=\S))+")


@dataclass(frozen=True, slots=True)
class Mark:
    """`rank` tells the style, `number` is 0 where it has none or it is broken."""

    rank: float
    number: int


def marked(text: str, awaited: int = 0) -> tuple[Mark | None, str]:
    """The mark a line begins with, and what stands behind it. `awaited` is the next number of a
    list of months: there 五、六月 is a fifth entry.
    """
    signs = _SIGNS.match(text)
    bare = text[signs.end() :] if signs else text
    for rank, pattern in _STYLES:
        found = pattern.match(bare)
        if found and (
            rank not in _OPEN
            or not _is_range(found, bare[found.end() :])
            or (rank == _OPEN[0] and _value(found[1]) == awaited)
        ):
            return Mark(rank, _value(found[1])), bare[found.end() :].strip()
    if signs and not text.startswith(("#", ">")):
        return Mark(BULLET, 0), bare.strip()
    return None, bare.strip()


def _is_range(mark: re.Match[str], rest: str) -> bool:
    """七、八月 and 1、2年级 are ranges, 七、九月 is a seventh entry."""
    found = _RANGE.match(rest) if "、" in mark[0] else None
    return bool(found and number(found[1]) == _value(mark[1]) + 1)


def _value(text: str) -> int:
    text = "叁" if text == "参" else text
    for row in (_FORMAL, _CIRCLES, _BRACKET_CHINESE, _BRACKET_FIGURE, _DOTTED):
        if text and text in row:
            return row.index(text) + 1
    return number(text) if text else 0


_MONTH_RANGE = rf"\d{{1,2}}(?:{_TO}|、)\d{{1,2}}\s?月"  # 4.7、8月送清凉
# Where a mark may stand inside a line: behind a blank or the end of a clause.
_INSIDE = re.compile(
    rf"(?:(?<=[\s。；;：:！!）)”])|(?<=[。；;] ))(?="
    rf"[{_CHINESE}]{{1,3}}、(?![{_CHINESE}])|[（(][{_CHINESE}\d]{{1,2}}[）)]|\d{{1,2}}(?:、(?!月)|\s?[．.](?:(?![\d月])|(?={_MONTH_RANGE})))"
    rf"|\d{{1,2}}[)）]|[?？\ufffd]+[、．.])|(?=[{_CIRCLES}{_BRACKET_FIGURE}{_DOTTED}{_BRACKET_CHINESE}])"
    r"|(?=[?？\ufffd]、)|(?<=[。；;：:])(?=\s?、)|(?<=\s)(?=[●○◆◇■□▲△★☆※►▶➢➤❖◎▪]\s?\S)"
)
_POINTS = re.compile(r"(?=[一二三四五六七八]是[^一二三四五六七八])")
_CLOSE = re.compile(
    rf"(?=(?<![\d第])\d{{1,2}}(?:、|\s?[．.])(?:(?!\d)|(?={_MONTH_RANGE})))"
    r"|(?<![第见按之条款项])(?=[（(]\d{1,2}[）)])"
)


def pieces(text: str) -> list[str]:
    """A line cut before every mark inside it: `1、…；2、…` are two. A lone bracketed figure, or
    numbers that do not count on, cut nothing.
    """
    for places in (_INSIDE, _POINTS, _CLOSE):
        text = _cut(text, places)
    text = "\n".join(_doings(line) for line in text.split("\n"))
    return [piece.strip() for piece in text.split("\n") if piece.strip()]


# 十月：、慈善一日捐、乒乓球比赛: marks that have lost their figures look like a list's commas.
_LOST = re.compile(r"\s?、\s?")
_OUTSIDE = re.compile(r"、(?![^（(]*[）)])")
_DOING = re.compile(
    r"^(?:慰问|走访|庆祝|召开|组织|举办|举行|开展|参加|迎接|完成|准备)"
    r"|(?:赛|活动|评比|评选|总结|上交|上报|收缴|发放|捐|调研|走访|申报|会|培训|检查|慰问|体检|旅游|工作)$"
)


def _doings(line: str) -> str:
    """Behind such a mark, and if each part says what is done, a part is an entry."""
    lost = _LOST.match(line)
    parts = _OUTSIDE.split(line[lost.end() :].rstrip("，,。；; ")) if lost else []
    if lost and all(map(_is_doing, parts)):
        return lost[0] + "\n、".join(parts)  # as it is written: its place on the line is told
    return line


def _is_doing(part: str) -> bool:
    return bool(_DOING.search(re.sub(r"[（(][^（()）]*[）)]$", "", part.strip())))


def _cut(text: str, places: re.Pattern[str]) -> str:
    """With a line break before every mark that counts on from another or begins at one."""
    ends = [place.start() for place in places.finditer(text) if place.start() > 0]
    found = [(end, marked(text[end : end + _REACH])[0]) for end in ends]
    first = [marked(line[:_REACH])[0] for line in text.split("\n")]
    numbers: dict[float, set[int]] = {}
    for mark in (*first, *(mark for _, mark in found)):
        if mark:
            numbers.setdefault(mark.rank, set()).add(mark.number)
    cuts = [end for end, mark in found if mark and _counts(mark, numbers[mark.rank])]
    return "\n".join(text[a:b] for a, b in pairwise([0, *cuts, len(text)]))


def _counts(mark: Mark, numbers: set[int]) -> bool:
    """Whether another of its style stands just before or behind it; 一、 behind a sentence, ①, (一)
    and broken ones mark nothing else.
    """
    near = {mark.number - 2, mark.number - 1, mark.number + 1, mark.number + 2}
    return mark.number == 0 or mark.rank in (2.0, 3.0, CIRCLE) or bool(numbers & near)
