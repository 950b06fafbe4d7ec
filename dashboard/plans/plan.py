"""A file's bytes to its plans; nothing is stored, nothing outside the bytes is looked at."""

from __future__ import annotations

from dashboard.errors import RefusedFile
from dashboard.periods import USUAL, Calendars, Period
from dashboard.plans import noise, opening, reading, wrapping, years
from dashboard.plans.model import Block, Item, Line, Plan, Row
from dashboard.plans.outline import Node, Outline, grown

_HEAD = 3  # lines before the first heading that may name the year


def read_plan(data: bytes, name: str, calendars: Calendars = USUAL) -> Plan:
    """Raises RefusedFile: empty, too_large, not_a_plan, damaged, password, too_complex, no_plan."""
    blocks = _cleaned(opening.blocks(data, name))
    outline = grown(list(wrapping.passages(blocks)))
    items: list[Item] = []
    for plan, titles in zip(outline.plans, outline.titles, strict=True):
        period = _period(plan, titles, calendars)
        items += reading.read(plan, years.Years(period, calendars))
    if not items:
        raise RefusedFile("no_plan")
    return Plan(name, _titles(outline), tuple(items))


def _cleaned(blocks: list[Block]) -> list[Block]:
    """All text of all blocks at once: turning characters is dear to begin."""
    texts: list[str] = []
    for block in blocks:
        texts += [block.text] if isinstance(block, Line) else block.cells
    bare = iter(noise.cleaned(texts))
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Line):
            found.append(Line(block.number, next(bare), block.quote))
        else:
            cells = tuple(next(bare) for _ in block.cells)
            found.append(Row(block.number, cells, block.quote))
    return found


def _titles(outline: Outline) -> tuple[str, ...]:
    return tuple(" ".join(titles) for titles in outline.titles)


def _period(plan: Node, titles: list[str], calendars: Calendars) -> Period | None:
    """As the title names it; else the lines below it; else as the plan's last line is dated."""
    for text in (" ".join(titles), *titles, *_texts(plan)[:_HEAD]):
        if found := years.named(text, calendars):
            return found
    texts = _texts(plan)
    for text in reversed(texts[-4:]):
        if at := years.signed(text):
            about = " ".join([*titles, *texts[:_HEAD]])
            return years.supposed(*at, _listed(plan), about, calendars)
    return None


def _texts(node: Node) -> list[str]:
    found = [node.text] if node.text else []
    for child in node.children:
        found += _texts(child)
    return found


def _listed(node: Node) -> list[int]:
    month = node.time.first_month if node.time else None
    found = [month] if month else []
    for child in node.children:
        found += _listed(child)
    return found
