"""What charts of several years are drawn on: one scale, one unit, and the words for an estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.template import Palette, axis, lay
from dashboard.charts.trend import scale
from dashboard.charts.words import worded
from dashboard.projection import MARK, Estimate
from dashboard.text import Lang, Number, Text, exact

TOP, BOTTOM = 30, 34  # pixels above and below the plot
ESTIMATE = Text("估算", "estimate")
WHOLE = Text("{value}（{low} 至 {high}），{mark}", "{value} ({low} to {high}), {mark}")


@dataclass(frozen=True, slots=True)
class Canvas:
    """A figure in its unit, its colours and its language."""

    figure: go.Figure
    unit: str
    palette: Palette
    lang: Lang

    def size(self, value: Number | None) -> float | None:
        """On the axis' own scale."""
        return None if value is None else float(exact(value) / scale(self.unit, self.lang))

    def words(self, value: Number | None) -> str:
        return worded(value, self.unit, self.lang)

    def ahead(self, estimate: Estimate | None) -> list[float]:
        """The low end of an estimate, itself, and its high end; nothing where there is none."""
        found = (estimate.low, estimate.estimate, estimate.high) if estimate else ()
        return [size for value in found if (size := self.size(value)) is not None]

    def told(self, estimate: Estimate) -> str:
        return told(estimate, self.unit, self.lang)

    def frame(self, sizes: Sequence[float | None], names: Sequence[str], every: int = 1) -> None:
        """The axes; of many names every so many is written, counted from the last."""
        places = range(len(names) - 1, -1, -every)
        labels = {"tickvals": list(places), "ticktext": [names[at] for at in places]}
        shape = {"tickformat": ".0%" if self.unit == "ratio" else ",~f", "nticks": 6}
        lay(
            self.figure,
            xaxis=axis(self.palette) | labels | {"range": [-0.6, len(names) - 0.4], "tickangle": 0},
            yaxis=axis(self.palette, grid=True) | shape | {"range": _reach(sizes)},
            margin_t=TOP,
            margin_b=BOTTOM,
        )


def told(estimate: Estimate, unit: str, lang: Lang) -> str:
    """It never stands without its range, and without saying that it is no actual figure."""
    value, low, high = (
        worded(one, unit, lang) for one in (estimate.estimate, estimate.low, estimate.high)
    )
    return WHOLE.format(value=value, low=low, high=high, mark=MARK)(lang)


def _reach(sizes: Sequence[float | None]) -> list[float]:
    """From zero, unless all of it lies far above; with room for the words."""
    found = [size for size in sizes if size is not None]
    low, high = min(found, default=0.0), max(found, default=1.0)
    if 0 <= low <= high / 2:
        return [0.0, high * 1.15 or 1.0]
    room = max(high - low, abs(high) * 0.1) * 0.3
    return [low - room, high + room]
