"""A chart of columns or lines on its scale: from where to where it goes, and where words fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from dashboard.exhibits.model import Plot, Series
from dashboard.exhibits.paging import em
from dashboard.exports.deck.paper import SMALLEST
from dashboard.exports.deck.scales import Scale
from dashboard.text import exact

ROOM = 0.14  # of the height, for words beyond the columns
STEEP = 0.1  # of the height, from one point to the next
CLOSE = 0.07  # of the height: nearer than a word is high


@dataclass(frozen=True, slots=True)
class Upright:
    """A plot on its scale. `full`: every value is written, so no axis need be."""

    plot: Plot
    scale: Scale
    full: bool

    def sizes(self, one: Series) -> list[float | None]:
        return [self.scale.size(cell) for cell in one.cells]


def is_full(plot: Plot, bare: Scale, width: float) -> bool:
    """Whether every number can be written without touching the next one."""
    told = [bare.words(size) for one in plot.series for c in one.cells
            if (size := bare.size(c)) is not None]  # fmt: skip
    beside = len(plot.series) if plot.form == "columns" else 1
    if plot.form == "lines" and len(plot.series) > 1:
        return False
    slot = width * 0.96 / max(len(plot.names) * beside, 1)
    return max((em(words) for words in told), default=0) * 1.12 * SMALLEST <= slot


def told_otherwise(plot: Plot, bare: Scale) -> bool:
    """Whether a value's own words (`5,877.30 元` among 万元) are not those of the scale."""
    return any(
        bare.words(size) not in cell.text
        for one in plot.series
        for cell in one.cells
        if (size := bare.size(cell)) is not None
    )


def ends(drawn: Upright) -> tuple[float, float, float]:
    """Columns stand on zero, lines near their lowest point if that is far above it."""
    sizes = [size for one in drawn.plot.series for size in drawn.sizes(one) if size is not None]
    if drawn.plot.target:
        sizes.append(float(exact(drawn.plot.target[0]) / drawn.scale.divisor))
    low, high = min(sizes, default=0.0), max(sizes, default=1.0)
    if drawn.plot.form != "lines" or 0 <= low <= high / 2 or low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    reach = high - low or abs(high) or 1.0
    step = _step(reach)
    if drawn.full:
        return low - (reach * ROOM if low else 0), high + reach * ROOM, step
    least, most = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return round(least * step, 12), round(most * step, 12) or step, step


def _step(reach: float) -> float:
    """A fifth of it or so, as people count: 1, 2, 5, 10 …"""
    size = 10.0 ** floor(log10(reach / 5))
    return next(size * n for n in (1, 2, 5, 10) if size * n * 5.5 >= reach)


def side(drawn: Upright, at: int) -> str:
    """A last value stands at its line's end; where two come close, above and below them."""
    if drawn.full:
        return "t"
    low, high, _ = ends(drawn)
    lines = [[size for size in drawn.sizes(one) if size is not None] for one in drawn.plot.series]
    if not lines[at]:
        return "r"
    mine = lines[at][-1]
    others = [end[-1] for place, end in enumerate(lines) if end and place != at]
    close = [other for other in others if abs(other - mine) < CLOSE * (high - low)]
    if not close:
        return "r"
    return "t" if mine >= max(close) else "b" if mine <= min(close) else "r"


def clear(sizes: Sequence[float | None], at: int) -> str:
    """On which side of a point the line does not pass."""
    known = [size for size in sizes if size is not None]
    mine, reach = sizes[at] or 0.0, (max(known) - min(known)) or 1.0
    beside = [sizes[place] for place in (at - 1, at + 1) if 0 <= place < len(sizes)]
    steps = [(size - mine) / reach for size in beside if size is not None]
    if steps and min(steps) >= 0 and max(steps) > STEEP:
        return "b"
    return "r" if max(steps, default=0.0) > STEEP else "t"


def has_gap(sizes: Sequence[float | None]) -> bool:
    known = [at for at, size in enumerate(sizes) if size is not None]
    return bool(known) and len(known) <= known[-1] - known[0]
