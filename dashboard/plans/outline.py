"""A plan as a tree: parts, stretches of time, numbered entries, and the prose below each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from dashboard.plans import asides, marks, times, zones
from dashboard.plans.model import Block, Row
from dashboard.plans.passage import Passage
from dashboard.plans.times import Time

Kind = Literal["plan", "entry", "time", "part", "prose", "row"]
PART, ENTRY = 2.0, 4.0  # the ranks of 一、 and of 1、

_TITLE = re.compile(
    r"(?!附)(?:[^。；;！!]{0,50})(?:计划|要点|安排意见|打算|行事历|工作安排|工作思路|实施方案)(?:书|表)?"
    r"\s*(?:[(（【]?.{0,20}[)）】]?|篇.{1,3}|范文.{0,8}|模板.{0,8})"
)
_NUMBERED_TITLE = re.compile(
    r"[【\[（(]?(?:.{0,20}\s)?(?:第[一二三四五六七八九十\d]+篇|篇[一二三四五六七八九十\d]+)[】\]）)]?[：:\s]*.{0,40}"
)
_SENTENCE = re.compile(r"[。；;！!？，,]")
_LONGEST = 45
_NAMED_PART = re.compile(r"([\u4e00-\u9fff]{4,10})\s?[：:]\s*(?=.)")
_YEAR = re.compile(r"20\d\d\s?年度?\s?[：:]?")
_WHOLES = ("全年", "本学期", "全学年", "本年度", "每学期", "每年", "每学年", "全年度")
_REACH = 80  # characters within which a label is told
_BLANK = re.compile(r"(?<=[\s。；;])(?=\S)")


@dataclass(slots=True)
class Node:
    """`rank` and `number` are its mark's; `time` is set where its heading names one."""

    kind: Kind
    rank: float = 0.0
    number: int = 0
    passage: Passage | None = None
    row: Row | None = None
    time: Time | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.passage.text if self.passage else ""

    @property
    def entries(self) -> list[Node]:
        """What stands below it under a mark or a heading of its own."""
        return [child for child in self.children if child.kind in ("entry", "time", "part")]


def is_title(text: str) -> bool:
    """Whether an unnumbered line names a plan."""
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return False
    whole = text.strip("#* ")
    return bool(_TITLE.fullmatch(whole) or _NUMBERED_TITLE.fullmatch(whole))


class Outline:
    """Grows line by line; `plans` are the trees, one for each plan of the file."""

    def __init__(self) -> None:
        self.plans: list[Node] = [Node("plan")]
        self.titles: list[list[str]] = [[]]
        self.said: list[list[str]] = [[]]  # every line of each plan, titles aside
        self._open: list[Node] = [self.plans[0]]

    def add(self, block: Passage | Block) -> None:
        if isinstance(block, Row):
            self._open[-1].children.append(Node("row", row=block))
            return
        whole = block if isinstance(block, Passage) else Passage.of([block])
        if self._titles(whole.text):
            self._begin(whole)
            return
        self.said[-1].append(whole.text)
        self._inside(whole)

    def _titles(self, text: str) -> bool:
        """第一学期工会工作计划 names a plan at its head, a part of one below."""
        if _NUMBERED_TITLE.fullmatch(text):
            return True
        if not is_title(text) or marks.marked(text)[0]:
            return False
        time = times.heading(text)
        first = time is not None and time.kind == "term" and not self.plans[-1].children
        return first or not (time or times.label(text))

    def _begin(self, title: Passage) -> None:
        """A new plan, unless the one before has said nothing yet."""
        if self.plans[-1].children and _has_entries(self.plans[-1]):
            self.plans.append(Node("plan"))
            self.titles.append([])
            self.said.append([])
        self.titles[-1].append(title.text.strip("#*= "))
        self._open = [self.plans[-1]]

    def _add(self, piece: Passage) -> None:
        mark, text = marks.marked(piece.text, self._awaited())
        rest = piece.rest(text)
        if _YEAR.fullmatch(text):
            self._turn()
        elif mark:
            self._numbered(mark, rest)
        elif (time := times.heading(text)) and not _dates(time, text):
            self._timed(time, None)
        elif (labelled := times.label(text)) and _sets_off(*labelled, text):
            self._timed(labelled[0], rest.rest(labelled[1]))
        elif zones.is_heading(text):
            self._part(rest)
        elif (named := _NAMED_PART.match(text)) and zones.is_heading(named[1]):
            self._part(rest.part(0, named.end()))
            self._inside(rest.part(named.end()))
        else:
            self._open[-1].children.append(Node("prose", passage=rest))

    def _awaited(self) -> int:
        """The number that follows in a list of 一、 whose entries are times."""
        last = next((node for node in self._open if node.rank == PART and node.time), None)
        return last.number + 1 if last else 0

    def _turn(self) -> None:
        """2026年 in a line of its own, between months: what was before it is closed."""
        while self._open[-1].kind == "time":
            self._open.pop()

    def _numbered(self, mark: marks.Mark, rest: Passage) -> None:
        self._climb(mark.rank, mark.number)
        rest = rest.rest(asides.without_label(rest.text))
        node = Node("entry", mark.rank, mark.number, rest)
        if time := times.heading(rest.text):
            node.time = None if time.recurs and "安排" in rest.text else time
        elif labelled := times.label(rest.text):
            node.time, text = labelled
            node.passage = rest.rest(text)
        self._push(node)
        if node.time:
            inner, node.passage = node.passage or rest, rest.part(0, 0)
            if not times.heading(inner.text):
                self._inside(inner)

    def _timed(self, time: Time, rest: Passage | None) -> None:
        """An unnumbered heading of time, below the part it stands in."""
        level = _level(time)
        while any(node.kind == "time" and node.rank >= level for node in self._open):
            self._open.pop()
        while self._open[-1].kind == "entry" and not _leads(self._open[-1]):
            self._open.pop()
        self._push(Node("time", level, 0, None, None, time))
        if rest:
            self._inside(rest)

    def _part(self, name: Passage) -> None:
        self._climb(PART)
        self._push(Node("part", PART, 0, name))

    def _inside(self, rest: Passage) -> None:
        """Piece by piece: marks, months and parts may stand within a line."""
        cut = [piece for marked in marks.pieces(rest.text) for piece in _cut(marked)]
        for piece in rest.parts(cut):
            self._add(piece)

    def _push(self, node: Node) -> None:
        self._open[-1].children.append(node)
        self._open.append(node)

    def _climb(self, rank: float, number: int = 0) -> None:
        """Up to the node that what is marked so stands under."""
        while len(self._open) > 1 and not self._holds(self._open[-1], rank, number):
            self._open.pop()

    def _holds(self, node: Node, rank: float, number: int) -> bool:
        if node.kind != "time":
            return node.rank < rank
        base = [above for above in self._open if above.kind in ("entry", "part")]
        before = base[: base.index(node)] if node in base else base
        if not before or rank > before[-1].rank:
            return True
        last = [child.number for child in node.children if child.rank == rank]
        return number == 1 or bool(last and number > last[-1])


def _cut(text: str) -> list[str]:
    """Before 三月：and 工作目标：inside a line."""
    places = [0]
    for found in _BLANK.finditer(text):
        rest = text[found.start() : found.start() + _REACH]
        named = _NAMED_PART.match(rest)
        labelled = times.label(rest) if re.match(r"\S{2,8}\s?[：:]", rest) else None
        if labelled or (named and zones.is_heading(named[1])):
            places.append(found.start())
    ends = [*places[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(places, ends, strict=True)]


def _has_entries(node: Node) -> bool:
    return any(child.kind != "prose" or _has_entries(child) for child in node.children)


def _sets_off(time: Time, rest: str, text: str) -> bool:
    """Whether the time heads what follows: of what recurs 每月：… does, 每月，… does not."""
    return not time.recurs or text[: -len(rest)].rstrip()[-1:] in "：:"


def _dates(time: Time, text: str) -> bool:
    """Whether a line dates a letter: 2026年1月12日."""
    return time.kind == "day" and time.year is not None and text.rstrip()[-1:] in "日号"


def _level(time: Time) -> float:
    """Halves and terms hold months, months hold weeks and days. As a rank it lies outside those
    of the marks: it is only compared with other times.
    """
    if time.kind in ("half", "term") or time.words in _WHOLES:
        return 10.0
    if time.kind == "quarter":
        return 11.0
    return 13.0 if time.kind in ("week", "day", "days", "part", "piece") else 12.0


def _leads(node: Node) -> bool:
    """Whether months may follow below it: 四、主要活动安排："""
    if node.rank <= 3.0:
        return True
    text = node.text
    return (
        len(text) <= 20
        and "。" not in text
        and bool(text.endswith(("：", ":")) or re.search("安排|行事|计划", text))
    )


def grown(blocks: list[Passage | Block]) -> Outline:
    outline = Outline()
    for block in blocks:
        outline.add(block)
    return outline
