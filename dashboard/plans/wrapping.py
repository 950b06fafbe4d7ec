"""Lines broken in mid-sentence, put together again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dashboard.plans import marks, times
from dashboard.plans.model import Block, Line
from dashboard.plans.passage import Passage

_ENDED = re.compile(r"[。！？!?；;：:”」…】]\s*$")
_OPEN = re.compile(r"[，,、（(《“]\s*$|(?:[\u4e00-\u9fff]的|和|与|及|以及)\s*$")
_FEW = 4  # lines about as long as the longest make a column


def passages(blocks: Sequence[Block]) -> Iterator[Passage | Block]:
    """Each paragraph as one passage; rows of a table as they are."""
    width = _column([block for block in blocks if isinstance(block, Line)])
    held: list[Line] = []
    for block in blocks:
        if isinstance(block, Line) and held and _goes_on(held[-1], block, width):
            held.append(block)
            continue
        if held:
            yield Passage.of(held)
        held = [block] if isinstance(block, Line) and block.text else []
        if not isinstance(block, Line):
            yield block
    if held:
        yield Passage.of(held)


def _goes_on(line: Line, following: Line, width: int) -> bool:
    """Whether a line is the rest of the one before."""
    if not following.text or _ENDED.search(line.text):
        return False
    if marks.marked(following.text)[0] or times.heading(following.text):
        return False
    if times.label(following.text) and not _OPEN.search(line.text):
        return False
    return bool(_OPEN.search(line.text)) or (width > 0 and _wide(line.quote) >= width - 4)


def _column(lines: Sequence[Line]) -> int:
    """The width at which lines were broken, in columns of a screen; 0 where they were not."""
    widths = sorted((_wide(line.quote) for line in lines if line.text), reverse=True)
    if len(widths) < _FEW or not 44 <= widths[0] <= 130:
        return 0
    full = [width for width in widths if width >= widths[0] - 4]
    return widths[0] if len(full) >= max(_FEW - 1, len(widths) * 0.15) else 0


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
