"""What of a plan became no item, line by line: nothing of the text is dropped unseen.

Every line that is not blank is quoted by an item, or stands word by word in one (the rest of a
broken line), or is listed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dashboard.plans import marks, tables, times, years, zones
from dashboard.plans.model import Block, Item, Leftover, Line, Role, Row
from dashboard.plans.outline import is_title
from dashboard.plans.passage import Passage

_SLACK = 8  # characters of a line that no item needs: its mark, its stops
_SHORT = 24  # characters of a numbered heading
Place = tuple[int, str]


class Taken:
    """How many characters of each line the items have been read from."""

    def __init__(self) -> None:
        self._counts: Counter[Place] = Counter()

    def add(self, part: Passage) -> None:
        ends = [at for at, _ in part.sources[1:]] + [len(part.text)]
        for (start, line), end in zip(part.sources, ends, strict=True):
            self._counts[_place(line)] += max(0, end - max(start, 0))

    def holds(self, block: Block) -> bool:
        """Whether all of a line stands in items."""
        counted = self._counts[_place(block)]
        return counted > 0 and counted + _SLACK >= len(_words(block))


def leftovers(
    blocks: Iterable[Block], items: Sequence[Item], taken: Sequence[Taken]
) -> tuple[Leftover, ...]:
    """In the order of the text."""
    quoted = {(item.line, item.quote) for item in items}
    return tuple(
        Leftover(block.number, block.quote.strip(), _role(block))
        for block in blocks
        if block.quote.strip()
        and _place(block) not in quoted
        and not any(one.holds(block) for one in taken)
    )


def _place(block: Block) -> Place:
    return block.number, block.quote.strip()


def _words(block: Block) -> str:
    return block.text if isinstance(block, Line) else " ".join(filter(None, block.cells))


def _role(block: Block) -> Role:
    text = _words(block)
    if not text:
        return "noise"
    if isinstance(block, Row):
        return "heading" if tables.header(block) else "text"
    mark, bare = marks.marked(text)
    if not mark and is_title(text):
        return "title"
    named = mark and len(bare) <= _SHORT and not any(stop in bare[:-1] for stop in "。；;")
    timed = times.heading(bare) and not years.signed(bare)
    return "heading" if named or timed or zones.is_heading(bare) else "text"
