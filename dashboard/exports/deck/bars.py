"""Horizontal bars, the first at the top: native, with the target as a thin dotted line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.exhibits.model import Cell, Plot, Series
from dashboard.exhibits.paging import em
from dashboard.exports.deck.labels import Label, Labels, attach, placed
from dashboard.exports.deck.lettering import Run
from dashboard.exports.deck.paper import BOLD, BREAK, SMALLEST, Area, broken, cut
from dashboard.exports.deck.scales import Scale, scale
from dashboard.exports.deck.sheets import Numbers, added
from dashboard.exports.deck.stage import Leaf, Stage
from dashboard.text import exact

ROW, TALLEST = 29.0, 84.0  # points a bar takes, at least and at most
LARGEST = 18.0
NAMES = 16.0  # em of a name before it is broken, and of each of its two lines
AIM = 24.0  # points above the bars for what the target says


@dataclass(frozen=True, slots=True)
class Bars:
    """What one slide shows, on the scale that all its slides share."""

    plot: Plot
    scale: Scale
    low: float
    high: float
    aim: float | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.plot.series[0].cells

    def note(self, at: int) -> str:
        return self.plot.notes[at] if at < len(self.plot.notes) else ""

    def short(self, at: int) -> bool:
        return at < len(self.plot.short) and self.plot.short[at]


def leaves(stage: Stage, title: str, hint: str, plot: Plot) -> list[Leaf]:
    """As many slides as the names need."""
    if not plot.names or not plot.series:
        return []
    most = max(1, int((stage.body.height - (AIM if plot.target else 0.0)) / ROW))
    count = max(1, -(-len(plot.names) // most))
    each = -(-len(plot.names) // count)
    whole = _bars(plot)
    parts = [_part(whole, at, at + each) for at in range(0, len(plot.names), max(each, 1))]
    return [Leaf(title, hint, partial(_draw, bars=part)) for part in parts]


def _bars(plot: Plot) -> Bars:
    found = scale(plot.series[0].cells)
    sizes = [size for cell in plot.series[0].cells if (size := found.size(cell)) is not None]
    aim = float(exact(plot.target[0]) / found.divisor) if plot.target else None
    reach = [0.0, *sizes, *([aim] if aim is not None else [])]
    high = max(reach) or 1.0
    if found.percent and plot.form == "bars":
        high = max(high, 1.0)  # a share is seen against the whole
    return Bars(plot, found, min(reach), high, aim)


def _part(bars: Bars, first: int, last: int) -> Bars:
    plot = bars.plot
    one = replace(plot.series[0], cells=plot.series[0].cells[first:last])
    return replace(bars, plot=replace(
        plot, names=plot.names[first:last], series=(one,), notes=plot.notes[first:last],
        short=plot.short[first:last],
    ))  # fmt: skip


def _draw(stage: Stage, slide: Any, area: Area, bars: Bars) -> None:
    """Names at the left, values at the bars' ends, everything at a place that is known."""
    top = AIM if bars.aim is not None else 0.0
    row = min(TALLEST, (area.height - top) / len(bars.plot.names))
    size = max(SMALLEST, min(LARGEST, row / 2))
    frame = Area(area.left, area.top + top, area.width, row * len(bars.plot.names))
    names = [_name(bars, at, size, row) for at in range(len(bars.plot.names))]
    left = (max(em(line) for name in names for line in name.split(BREAK)) + 1.2) * size
    inner = Area(frame.left + left, frame.top, frame.width - left, frame.height)
    reach = _reach(bars, min(0.4, _longest(bars, size) / inner.width))
    chart = _chart(stage, slide, frame, names, bars)
    placed(chart, left / frame.width, 0.0, 1 - left / frame.width, 1.0)
    _axes(stage, chart, reach, size)
    _colour(stage, chart, bars)
    _label(chart, bars, size)
    if bars.aim is not None and bars.plot.target:
        ends = _ends(bars, inner, reach, size)
        at = _across(inner, reach, bars.aim)
        free = [not (start + 2 < at < end) for start, end in ends]
        _aim(stage, slide, inner, at, free)
        _say_aim(stage, slide, area, at, bars.plot.target[1])


def _name(bars: Bars, at: int, size: float, row: float) -> str:
    """A name; what has no bar says there why: `—`, `*`."""
    cell = bars.cells[at]
    words = bars.plot.names[at]
    why = f"  {cell.text}" if bars.scale.size(cell) is None and cell.text else ""
    if row < 2.7 * size:  # no room for a second line
        return cut(words, (1.3 * NAMES - em(why)) * size, size) + why
    return broken(words, NAMES * size, size, why)


def _reach(bars: Bars, words: float) -> tuple[float, float]:
    """The axis' ends, with room for words (a share of the whole) beyond the bars' ends."""
    below = bars.low < 0
    whole = (bars.high - bars.low) / (1 - words * (1 + below))
    return bars.low - whole * words * below, bars.high + whole * words


def _across(inner: Area, reach: tuple[float, float], size: float) -> float:
    """Where on the slide a value stands."""
    return inner.left + (size - reach[0]) / (reach[1] - reach[0]) * inner.width


def _longest(bars: Bars, size: float) -> float:
    """Points that the words at a bar's end take."""
    told = [f"{cell.text}  {bars.note(at)}" for at, cell in enumerate(bars.cells)]
    return (max(em(words) for words in told) * BOLD + 0.8) * size


def _chart(stage: Stage, slide: Any, frame: Area, names: Sequence[str], bars: Bars) -> Any:
    one: Series = bars.plot.series[0]
    sizes = tuple(bars.scale.size(cell) for cell in one.cells)
    numbers = Numbers(tuple(names), ((one.name, sizes),), bars.scale.code)
    chart = added(slide, XL_CHART_TYPE.BAR_CLUSTERED, frame, numbers, stage.meeting.as_of)
    chart.has_legend = chart.has_title = False
    return chart


def _axes(stage: Stage, chart: Any, reach: tuple[float, float], size: float) -> None:
    across, down = chart.value_axis, chart.category_axis
    across.minimum_scale, across.maximum_scale = reach
    across.visible, across.has_major_gridlines = False, False
    down.reverse_order = True
    down.format.line.fill.background()
    down.major_tick_mark = down.minor_tick_mark = XL_TICK_MARK.NONE
    down.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    down.tick_labels.font.size = Pt(size)
    stage.inks.paint(down.tick_labels.font.color, "text")
    chart.plots[0].gap_width = 60


def _colour(stage: Stage, chart: Any, bars: Bars) -> None:
    series = chart.plots[0].series[0]
    series.invert_if_negative = False
    series.format.fill.solid()
    stage.inks.accent(series.format.fill.fore_color, 0)
    for at, cell in enumerate(bars.cells):
        if bars.short(at) and bars.scale.size(cell) is not None:
            fill = series.points[at].format.fill
            fill.solid()
            stage.inks.fill_bad(fill.fore_color)


def _label(chart: Any, bars: Bars, size: float) -> None:
    points = {}
    for at, cell in enumerate(bars.cells):
        found = bars.scale.size(cell)
        if found is not None:
            live = bars.scale.words(found) == cell.text
            points[at] = Label(cell.text, live, bars.note(at))
    series = next(chart.element.iter(qn("c:ser")))
    attach(series, Labels(bars.scale.code, size, "outEnd", points, all=True))


def _ends(
    bars: Bars, inner: Area, reach: tuple[float, float], size: float
) -> list[tuple[float, float]]:
    """From where to where the words at each bar's end stand, across the slide."""
    found = []
    for at, cell in enumerate(bars.cells):
        length = bars.scale.size(cell)
        wide = (em(f"{cell.text}  {bars.note(at)}") * BOLD + 0.8) * size
        start = _across(inner, reach, length or 0.0)
        begin, end = (start - wide, start) if (length or 0) < 0 else (start, start + wide)
        found.append((begin, end) if length is not None else (start, start))
    return found


def _aim(stage: Stage, slide: Any, inner: Area, at: float, free: Sequence[bool]) -> None:
    """A dotted line over the bars, but never over words: there it is interrupted."""
    row = inner.height / len(free)
    for is_free, places in groupby(range(len(free)), key=lambda place: free[place]):
        found = list(places)
        if not is_free:
            continue
        top, bottom = inner.top + found[0] * row, inner.top + (found[-1] + 1) * row
        line = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Pt(at), Pt(top), Pt(at), Pt(bottom)
        )
        line.name = "target"
        line.line.width, line.line.dash_style = Pt(1.75), MSO_LINE.ROUND_DOT
        stage.inks.paint(line.line.color, "text")


def _say_aim(stage: Stage, slide: Any, area: Area, at: float, words: str) -> None:
    """What the line stands for, above the bars."""
    width = (em(words) + 1) * SMALLEST
    left = min(max(area.left, at - width / 2), area.right - width)
    stage.box(
        slide, Area(left, area.top, width, AIM - 2), [[Run(words, SMALLEST, "quiet")]],
        align="centre", anchor="middle",
    )  # fmt: skip
