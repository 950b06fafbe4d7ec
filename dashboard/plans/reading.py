"""From the tree of a plan to its items."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dashboard.plans import asides, kinds, sentences, tables, targets, times, years
from dashboard.plans.leftovers import Taken
from dashboard.plans.model import Item, Line
from dashboard.plans.noise import trimmed
from dashboard.plans.outline import Node
from dashboard.plans.passage import Passage
from dashboard.plans.times import Span, Time
from dashboard.plans.years import Years
from dashboard.plans.zones import Zone, is_heading, zone

_SHORT, _LINE = 25, 50
_TIMED_TAIL = re.compile(r"[（(]([^（）()]{1,14})[）)]\s*[。；;，,]?$")
_SENDER = re.compile(
    r"[\w（）()·]{2,20}(?:小学|中学|学校|幼儿园|中心校|工会|工会委员会|支部)(?:工会|委员会)?"
    r"|(?:签发人|拟稿人?|制表人?|工会主席|抄送|报送)\s*[：:].{0,20}|附[件表录]?\d*\s*[：:].{0,40}"
)
_SOURCE = re.compile(r"精神|讲话|文件|通知|以来|来的|颁布|下发|出台")
_NAMED = re.compile(r"([\u4e00-\u9fff]{2,8})\s?[：:](?=.{12})")  # 工作目标：以…为…
_MONTHLY = ("month", "months", "part", "holiday", "quarter", "week")
_PART = re.compile(r"[上中下]旬|月[初末底]|(?<!开学)第[一二三四五1-5]周")
_GENERAL = ("本学期", "本年度", "全年", "年内", "平时", "日常", "本学年", "全学年", "常年", "长年")


@dataclass(frozen=True, slots=True)
class Context:
    """What the headings above say: the time, in words and days, and whether tasks stand here."""

    zone: Zone = "tasks"
    words: str | None = None
    span: Span = (None, None)
    time: Time | None = None


class Reader:
    """Walks one plan; `items` in the order of the text, `taken` what they were read from."""

    def __init__(self, years: Years) -> None:
        self._years = years
        self.items: list[Item] = []
        self.taken = Taken()

    def walk(self, plan: Node) -> list[Item]:
        marked = any(child.kind in ("entry", "part") for child in plan.children)
        for child in plan.children:
            if child.kind == "prose" and marked:
                continue  # what stands before the first heading introduces the plan
            self._node(child, Context())
        self._tables(plan, Context())
        return self.items

    def _node(self, node: Node, above: Context, below: bool = False) -> None:
        """`below`: it is one of several short lines, which make a list."""
        if node.kind in ("entry", "time", "part"):
            self._heading(node, self._under(node, above))
        elif node.passage and not _signs(node.text) and above.zone == "tasks":
            listed = above.time is not None or (below and not sentences.is_reason(node.text))
            self._paragraph(node.passage, above, listed)
        elif node.passage and above.zone == "goals":
            self._goals(node.passage, above)

    def _goals(self, passage: Passage, here: Context) -> None:
        """Of goals in prose those that state a target."""
        for part in sentences.sentences(passage):
            if targets.target(part.text):
                self._item(part, here)

    def _under(self, node: Node, above: Context) -> Context:
        """The context below a heading."""
        titled = node.kind == "part" or node.rank <= 3.0 or _leads(node)
        named = _NAMED.match(node.text)
        text = named[1] if named else node.text.strip("：: 。")
        here = zone(text, above.zone) if titled and node.text else above.zone
        time = node.time
        if not time:
            return replace(above, zone=here)
        words = _joined(above, time)
        if time.first_month:
            self._years.listed.append(time.first_month)
        span = self._years.span(_within(words, time), above.span)
        return Context("tasks", words, span, time)

    def _heading(self, node: Node, here: Context) -> None:
        """Its own words, if they are more than a title, then all below."""
        begun = len(self.items)
        if node.kind != "time" and node.rank <= 3.0 and not node.time:
            self._years.listed = []
        if node.passage and node.text and self._speaks(node, here):
            self._paragraph(node.passage, here, listed=not node.entries)
        lines = _are_lines(node.children)
        for child in node.children:
            self._node(child, here, lines)
        self._tables(node, here)
        silent = len(self.items) == begun and node.kind == "entry" and not node.entries
        listed = here.zone == "tasks" or (here.zone == "goals" and not node.children)
        if silent and listed and node.passage and node.text and not is_heading(node.text):
            if here.zone == "goals" and _NAMED.match(node.text):
                self._goals(node.passage, here)
            else:
                self._paragraph(node.passage, here, listed=True)

    def _speaks(self, node: Node, here: Context) -> bool:
        if here.zone == "none":
            return False
        if node.kind == "part" or is_heading(node.text):
            return False
        if not node.children:
            return node.rank > 3.0 or here.zone == "tasks"
        if here.time is not None and not node.entries:
            return True
        return len(node.text) > _SHORT or "。" in node.text[:-1]

    def _paragraph(self, passage: Passage, here: Context, listed: bool) -> None:
        """Sentence by sentence. The first of a listed entry is an item whatever it says, unless
        it only names the others; of prose, and of what follows, only tasks are.
        """
        found = sentences.sentences(passage)
        others = {
            place
            for place, part in enumerate(found)
            if place and not asides.parted(part.text).is_all and self._tells(part.text, here)
        }
        for place, part in enumerate(found):
            first = place == 0 and listed and not (others and sentences.is_slogan(part.text))
            told = place == 0 and not listed and self._tells(part.text, here)
            if first or told or place in others:
                self._item(part, here)
            else:
                self._field(part, here)

    def _tells(self, text: str, here: Context) -> bool:
        month = here.time is not None and here.time.kind in _MONTHLY
        dated = any(not time.recurs for time in times.find(text))
        return month or dated or sentences.is_task(text)

    def _field(self, part: Passage, here: Context) -> None:
        """负责人：张三 or 时间：3月 in a sentence of its own belongs to the item before."""
        aside = asides.parted(part.text)
        if not self.items or not aside.is_all:
            return
        item = self.items[-1]
        if aside.owner and not item.owner:
            item = replace(item, owner=aside.owner)
        if aside.when and item.period in (None, here.words):
            period, (start, end) = self._when(aside.when, here)
            item = replace(item, period=period, start=start, end=end)
        if item != self.items[-1]:
            self.items[-1] = item
            self.taken.add(part)

    def _item(self, part: Passage, here: Context) -> None:
        aside = asides.parted(part.text)
        if aside.is_all or asides.is_field(part.text):
            self._field(part, here)
            return
        text, owner = aside.text, aside.owner
        words, span = self._when(f"{aside.when}，{text}" if aside.when else text, here)
        bare = trimmed(_untimed(sentences.without_fields(text)))
        if len(bare) > 1:
            line = part.source()
            said = kinds.kind(bare), targets.target(text), owner
            self.items.append(Item(words, *span, bare, *said, line.number, line.quote.strip()))
            self.taken.add(part)

    def _tables(self, node: Node, here: Context) -> None:
        rows = [child.row for child in node.children if child.row]
        for entry in tables.entries(rows):
            under = self._stretch(entry.period, here)
            line = Line(entry.number, entry.item, entry.quote)
            begun = len(self.items)
            for part in sentences.sentences(Passage.of([line])):
                self._item(part, under)
            for at in range(begun, len(self.items)):
                item = self.items[at]
                owner, target = entry.owner or item.owner, entry.target or item.target
                self.items[at] = replace(item, owner=owner, target=target)

    def _stretch(self, words: str | None, here: Context) -> Context:
        """A table's cell of time; 9 means September."""
        if not words:
            return here
        found = times.find(f"{words}月" if words.isdecimal() else words)
        if not found:
            return replace(here, words=words.replace(" ", ""))
        if found[0].first_month and found[0].first_month not in self._years.listed[-1:]:
            self._years.listed.append(found[0].first_month)
        span = self._years.span(found[0], here.span)
        return Context("tasks", words.replace(" ", ""), span, found[0])

    def _when(self, text: str, here: Context) -> tuple[str | None, Span]:
        """An item's own time where it is finer than the heading's, else the heading's."""
        found = [
            time
            for time in times.find(text)
            if time.kind != "piece" and self._speaks_of(time, text)
        ]
        if here.time is None and here.words is None:
            time = _chief(found)
            return (time.words, self._years.span(time)) if time else (None, (None, None))
        for time in sorted(found, key=lambda time: time.recurs):
            span = self._years.span(time, here.span)
            if self._finer(time, span, here):
                return time.words, span
        return self._part(text, here)

    def _speaks_of(self, time: Time, text: str) -> bool:
        """Not the date of a paper that is studied, nor another year's."""
        if _SOURCE.search(text[time.end : time.end + 15]):
            return False
        period = self._years.period
        return not (time.year and period and not period.start.year <= time.year <= period.end.year)

    def _finer(self, time: Time, span: Span, here: Context) -> bool:
        """Within the heading's stretch and shorter; a recurrence only below more than a month."""
        month = here.time is not None and here.time.kind in ("month", "months", "part")
        if times.is_loose(time):
            return False
        if time.recurs:
            return not month and time.words.startswith("每")
        if month and here.time and time.first_month != here.time.first_month:
            return False
        (start, end), (low, high) = span, here.span
        if None in (end, low, high):
            return time.kind in ("day", "days", "part") or not month
        inside = low <= (start or low) and end <= high  # type: ignore[operator]
        return bool(inside and ((start, end) != (low, high) or times.is_deadline(time)))

    def _part(self, text: str, here: Context) -> tuple[str | None, Span]:
        """上旬, 月底, 第一周 below a month's heading."""
        found = _PART.search(text)
        if not found or not here.time or here.time.kind != "month" or not here.words:
            return here.words, here.span
        time = _chief(times.find(f"{here.time.words}{found[0].removeprefix('月')}"))
        if not time or time.kind != "part":
            return here.words, here.span
        words = f"{here.words.removesuffix('份')}{found[0].removeprefix('月')}"
        return words, self._years.span(time, here.span)


def _leads(node: Node) -> bool:
    """Whether what stands below an entry is what it names: no sentence leads."""
    return bool(node.entries) or (bool(node.children) and node.text[-1:] not in "。；;")


def _are_lines(nodes: list[Node]) -> bool:
    """Whether what stands below a heading is a list without marks: several lines, all short."""
    prose = [node for node in nodes if node.kind == "prose"]
    return len(prose) > 1 and all(len(node.text) <= _LINE for node in prose)


def _signs(text: str) -> bool:
    """Whether a line only says who signed, or when."""
    return bool(_SENDER.fullmatch(text)) or years.signed(text) is not None


def _joined(above: Context, time: Time) -> str:
    """第一周 below 三月 is 三月第一周."""
    month = above.time is not None and above.time.kind == "month" and above.words
    if not month or time.kind not in ("week", "piece"):
        return time.words
    return f"{(above.words or '').removesuffix('份')}{time.words.removeprefix('月')}"


def _within(words: str, time: Time) -> Time:
    """The part of a month that the joined words name."""
    found = times.find(words)
    return found[0] if found and found[0].kind == "part" else time


def _chief(found: list[Time]) -> Time | None:
    """What says most: a date, then a stretch, then 每月, then 本学期."""

    def weight(time: Time) -> int:
        if time.recurs:
            return 3 if time.words in _GENERAL else 1
        return 2 if time.kind in ("edge", "week", "ending") else 0

    return min(found, key=weight, default=None)


def _untimed(text: str) -> str:
    """Without a time in brackets at its end, or set off at its head: 三月份，庆三八."""
    tail = _TIMED_TAIL.search(text)
    if tail and times.heading(tail[1]):
        text = text[: tail.start()]
    head = times.label(text)
    if head:
        return head[1]
    first = next(iter(times.find(text)), None)
    if first and first.start == 0 and text[first.end : first.end + 1] in ("，", ","):
        return text[first.end + 1 :]
    return text
