"""Two measures of the same rows: a native chart of dots, with both axes named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from dashboard.exhibits.model import Plot
from dashboard.exports.deck.lettering import clean
from dashboard.exports.deck.paper import SMALLEST, Area
from dashboard.exports.deck.scales import Scale, scale
from dashboard.exports.deck.sheets import Dots, scattered
from dashboard.exports.deck.stage import Leaf, Stage

SIZE, SMALL, MANY = 8, 5, 400  # points of a dot, and from how many they are smaller
WORDS = 16.0
FAR = 10.0
TITLED = "{name}（{unit}）"


def leaves(stage: Stage, title: str, hint: str, plot: Plot) -> list[Leaf]:
    """One slide, whatever how many dots there are."""
    return [Leaf(title, hint, partial(_draw, plot=plot))] if plot.dots else []


def _draw(stage: Stage, slide: Any, area: Area, plot: Plot) -> None:
    scales = scale(x for x, _ in plot.dots), scale(y for _, y in plot.dots)
    pairs = tuple((scales[0].size(x) or 0.0, scales[1].size(y) or 0.0) for x, y in plot.dots)
    names = _named(plot.names[0], scales[0]), _named(plot.names[1], scales[1])
    codes = _code([x for x, _ in pairs], scales[0]), _code([y for _, y in pairs], scales[1])
    chart = scattered(slide, area, Dots(names, pairs, codes), stage.meeting.as_of)
    chart.has_title = chart.has_legend = False
    chart.font.size = Pt(SMALLEST)
    for axis, name, code in zip((chart.category_axis, chart.value_axis), names, codes, strict=True):
        _dress(stage, axis, name, code)
    _mark(stage, chart.plots[0].series[0], SIZE if len(pairs) < MANY else SMALL)


def _named(name: str, found: Scale) -> str:
    """With its unit, unless the name says it already."""
    return TITLED.format(name=name, unit=found.unit) if found.unit not in ("", name) else name


def _code(sizes: Sequence[float], found: Scale) -> str:
    """An axis far longer than one needs no decimals."""
    far = max(sizes) - min(sizes) >= FAR and not found.percent
    return replace(found.bare(), places=0 if far else found.places).code


def _dress(stage: Stage, axis: Any, name: str, code: str) -> None:
    """Numbers at the sides, wherever the axes cross."""
    axis.has_title, axis.has_major_gridlines = True, True
    axis.axis_title.text_frame.text = clean(name)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(WORDS)
    axis.tick_label_position, axis.major_tick_mark = XL_TICK_LABEL_POSITION.LOW, XL_TICK_MARK.NONE
    axis.tick_labels.font.size = Pt(SMALLEST)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = code, False
    stage.inks.paint(axis.tick_labels.font.color, "quiet")
    stage.inks.paint(axis.major_gridlines.format.line.color, "line")
    axis.format.line.fill.background()


def _mark(stage: Stage, series: Any, size: int) -> None:
    """Dots alone: no line goes from one row to the next."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    series.marker.format.fill.solid()
    stage.inks.accent(series.marker.format.fill.fore_color, 0)
    series.marker.format.line.fill.background()
