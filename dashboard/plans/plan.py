"""A file's bytes to its plans; nothing is stored, nothing outside the bytes is looked at."""

from __future__ import annotations

from dataclasses import replace

from dashboard.errors import RefusedFile
from dashboard.periods import USUAL, Calendars, Period
from dashboard.plans import leftovers, noise, opening, reading, wrapping, years
from dashboard.plans.leftovers import Taken
from dashboard.plans.model import Block, Item, Line, Plan, Row
from dashboard.plans.outline import Node, Outline, grown

_HEAD, _TAIL = 3, 4  # first and last lines that may name the year
_FAR = 120  # characters of them


def read_plan(
    data: bytes, name: str, calendars: Calendars = USUAL, supposed: Period | None = None
) -> Plan:
    """`supposed` is the stretch of a plan that names none itself.

    Raises RefusedFile: empty, too_large, not_a_plan, damaged, password, too_complex, no_plan.
    """
    blocks = _cleaned(opening.blocks(data, name))
    outline = grown(list(wrapping.passages(blocks)))
    items: list[Item] = []
    taken: list[Taken] = []
    for plan, titles, said in zip(outline.plans, outline.titles, outline.said, strict=True):
        period = _period(titles, said, calendars) or _signed(plan, titles, said, calendars)
        period = period or supposed
        within = (period.start, period.end) if period else (None, None)
        reader = reading.Reader(years.Years(period, calendars))
        items += [replace(item, within=within) for item in reader.walk(plan)]
        taken.append(reader.taken)
    if not items:
        raise RefusedFile("no_plan")
    rest = leftovers.leftovers(blocks, items, taken)
    return Plan(name, _titles(outline), tuple(items), rest)


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


def _period(titles: list[str], said: list[str], calendars: Calendars) -> Period | None:
    """As the title names it, else the lines below it."""
    for text in (" ".join(titles), *titles, *(line[:_FAR] for line in said[:_HEAD])):
        if found := years.named(text, calendars):
            return found
    return None


def _signed(plan: Node, titles: list[str], said: list[str], calendars: Calendars) -> Period | None:
    """As the plan's last lines are dated."""
    for text in reversed(said[-_TAIL:]):
        if at := years.signed(text):
            return years.supposed(*at, _listed(plan), " ".join([*titles, *said[:_HEAD]]), calendars)
    return None


def _listed(node: Node) -> list[int]:
    month = node.time.first_month if node.time else None
    found = [month] if month else []
    for child in node.children:
        found += _listed(child)
    return found
