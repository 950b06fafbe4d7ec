"""Columns, lines, and who came and went: native charts over names that stand below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import Any

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.exhibits.model import Plot, Series
from dashboard.exhibits.paging import em
from dashboard.exports.deck.extent import (
    Upright,
    clear,
    ends,
    has_gap,
    is_full,
    side,
    told_otherwise,
)
from dashboard.exports.deck.labels import Label, Labels, attach, placed
from dashboard.exports.deck.paper import SMALLEST, Area, broken, cut
from dashboard.exports.deck.scales import scale
from dashboard.exports.deck.sheets import Numbers, added
from dashboard.exports.deck.stage import Leaf, Stage
from dashboard.exports.deck.words import BETWEEN, NUMBERS, UNIT, UNSAID
from dashboard.text import DASH, Lang, exact

TYPES = {
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "moves": XL_CHART_TYPE.COLUMN_CLUSTERED,
}
LARGEST = 18.0
LEGEND = 20.0  # em of a series' name
BROAD, NARROW = 3.0, 6.0  # em a name needs to be broken, and what is kept of it otherwise
SIDES, ENDS = 64.0, 70.0  # points for the axis, and for the words at the lines' ends
GREY = 5  # the series' colour for who went, as on the screen


def leaves(stage: Stage, title: str, hint: str, plot: Plot) -> list[Leaf]:
    """One slide. What is not written in the chart is written in the notes."""
    if not plot.names or not plot.series:
        return []
    found = scale(cell for one in plot.series for cell in one.cells)
    bare = found.bare()
    drawn = Upright(plot, bare, is_full(plot, bare, stage.body.width))
    lang = stage.lang
    told = [hint, UNIT.format(unit=found.unit)(lang) if found.unit else "", _unsaid(plot, lang)]
    is_silent = drawn.full and plot.form != "moves" and not told_otherwise(plot, bare)
    notes = () if is_silent else tuple(_numbers(one, plot.names, lang) for one in plot.series)
    line = " · ".join(part for part in told if part)
    return [Leaf(title, line, partial(_draw, drawn=drawn), notes)]


def _unsaid(plot: Plot, lang: Lang) -> str:
    """Where a value is kept back: `支出 12月 *`."""
    found = [
        f"{one.name} {name} {cell.text}"
        for one in plot.series
        for name, cell in zip(plot.names, one.cells, strict=True)
        if cell.value is None and cell.text not in ("", DASH)
    ]
    return UNSAID.format(list="、".join(found))(lang) if found else ""


def _numbers(one: Series, names: Sequence[str], lang: Lang) -> str:
    pairs = [
        f"{name} {cell.text}" for name, cell in zip(names, one.cells, strict=True) if cell.text
    ]
    return NUMBERS.format(name=one.name, list=BETWEEN(lang).join(pairs))(lang)


def _draw(stage: Stage, slide: Any, area: Area, drawn: Upright) -> None:
    chart = _chart(stage, slide, area, drawn)
    size = _size(drawn.plot, area)
    _frame(stage, chart, drawn, size)
    _legend(stage, chart, drawn)
    for at, one in enumerate(drawn.plot.series):
        _look(stage, chart, drawn, at, one)
        attach(_ser(chart, at), _labels(drawn, one, at, min(size, LARGEST)))
    if drawn.plot.target:
        _aim(stage, chart, drawn)
    if drawn.plot.form == "lines" and not drawn.full:
        left, top = SIDES / area.width, (34.0 if chart.has_legend else 10.0) / area.height
        height = 1 - top - 30.0 / area.height
        placed(chart, left, top, 1 - left - ENDS / area.width, height)


def _size(plot: Plot, area: Area) -> float:
    slot = _slot(plot, area, full=False)
    widest = max((em(name) for name in plot.names), default=1.0)
    return max(SMALLEST, min(LARGEST, slot / (widest + 0.6)))


def _slot(plot: Plot, area: Area, *, full: bool) -> float:
    """Points a name has below the plot; a font may be wider than we think."""
    return (area.width - (0 if full else SIDES + ENDS)) * 0.85 / max(len(plot.names), 1)


def _chart(stage: Stage, slide: Any, area: Area, drawn: Upright) -> Any:
    plot = drawn.plot
    slot = _slot(plot, area, full=drawn.full)
    names = [_below(name, slot) for name in plot.names]
    if plot.notes:
        names = [f"{name}\u2028{note}" for name, note in zip(names, plot.notes, strict=False)]
    series = [(_legible(one.name), tuple(drawn.sizes(one))) for one in plot.series]
    if plot.target:
        aim = float(exact(plot.target[0]) / drawn.scale.divisor)
        series.append((plot.target[1], (aim,) * len(names)))
    numbers = Numbers(tuple(names), tuple(series), drawn.scale.code)
    chart = added(slide, TYPES[plot.form], area, numbers, stage.meeting.as_of)
    chart.has_title = False
    chart.font.size = Pt(SMALLEST)
    _thin(chart, names, slot)
    if slot >= BROAD * SMALLEST:
        chart.category_axis.tick_labels.font.size = Pt(SMALLEST)
        frame = next(chart.element.iter(qn("c:catAx"))).find(qn("c:txPr")).find(qn("a:bodyPr"))
        frame.attrib.update({"rot": "0", "vert": "horz"})  # never aslant
    return chart


def _frame(stage: Stage, chart: Any, drawn: Upright, size: float) -> None:
    """Names below, whatever lies beneath zero; numbers at the side only if points have none."""
    across, up = chart.category_axis, chart.value_axis
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.major_tick_mark = up.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_labels.font.size, up.tick_labels.font.size = Pt(size), Pt(SMALLEST)
    across.has_major_gridlines = False
    for axis in (across, up):
        stage.inks.paint(axis.tick_labels.font.color, "quiet")
    stage.inks.paint(across.format.line.color, "quiet")
    up.format.line.fill.background()
    up.visible, up.has_major_gridlines = not drawn.full, not drawn.full
    if not drawn.full:
        stage.inks.paint(up.major_gridlines.format.line.color, "line")
    _reach(up, drawn)


def _legible(name: str) -> str:
    """A series' name as the legend has room for it."""
    return cut(name, LEGEND * SMALLEST, SMALLEST)


def _below(name: str, slot: float) -> str:
    """A name under its point: on two lines, or, where there are too many for that, cut."""
    if slot >= BROAD * SMALLEST:
        return broken(name, slot, SMALLEST)
    return cut(name, NARROW * SMALLEST, SMALLEST)


def _thin(chart: Any, names: Sequence[str], slot: float) -> None:
    """Of very many names only every so many is written."""
    wide = max(em(name) for name in names) * SMALLEST * 1.15
    if slot < BROAD * SMALLEST and wide > slot:
        skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{ceil(wide / slot)}"/>')
        next(chart.element.iter(qn("c:noMultiLvlLbl"))).addprevious(skip)


def _reach(axis: Any, drawn: Upright) -> None:
    """Even steps, or, where no axis is seen, room for the words beyond the columns."""
    low, high, step = ends(drawn)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    code = drawn.scale.coarse(step).code
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = code, False


def _legend(stage: Stage, chart: Any, drawn: Upright) -> None:
    chart.has_legend = len(drawn.plot.series) > 1 or drawn.plot.target is not None
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(16)
        stage.inks.paint(chart.legend.font.color, "text")


def _look(stage: Stage, chart: Any, drawn: Upright, at: int, one: Series) -> None:
    series, place = chart.plots[0].series[at], at
    if drawn.plot.form == "moves":
        place = GREY if at else 0
        chart.plots[0].overlap, chart.plots[0].gap_width = 100, 80
    if drawn.plot.form != "lines":
        series.invert_if_negative = False
        series.format.fill.solid()
        stage.inks.accent(series.format.fill.fore_color, place)
        if drawn.plot.form == "columns":
            chart.plots[0].overlap, chart.plots[0].gap_width = -5, 45
        return
    series.smooth = False
    series.format.line.width = Pt(3)
    stage.inks.accent(series.format.line.color, place)
    if one.estimated:
        series.format.line.dash_style = MSO_LINE.SQUARE_DOT
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    series.marker.format.fill.solid()
    stage.inks.accent(series.marker.format.fill.fore_color, place)
    stage.inks.accent(series.marker.format.line.color, place)
    _join(chart, drawn)


def _join(chart: Any, drawn: Upright) -> None:
    """An estimate is drawn from the last month known to the year's end, over the months between,
    if no other line has a gap within that this would close.
    """
    real = [one for one in drawn.plot.series if not one.estimated]
    if len(real) < len(drawn.plot.series) and not any(has_gap(drawn.sizes(one)) for one in real):
        next(chart.element.iter(qn("c:dispBlanksAs"))).set("val", "span")


def _ser(chart: Any, at: int) -> Any:
    return list(chart.element.iter(qn("c:ser")))[at]


def _labels(drawn: Upright, one: Series, at: int, size: float) -> Labels:
    sizes = drawn.sizes(one)
    known = [place for place, found in enumerate(sizes) if found is not None]
    shown = known if drawn.full else known[-1:]
    if drawn.plot.form == "moves":
        shown = [place for place in shown if sizes[place]]  # a nothing would stand on its twin
    is_line = drawn.plot.form == "lines"
    where = side(drawn, at) if is_line else "outEnd"
    points = {
        place: Label(
            drawn.scale.words(sizes[place] or 0.0),
            place=clear(sizes, place) if is_line and drawn.full else where,
        )
        for place in shown
    }
    return Labels(
        drawn.scale.code, size, where, points, all=drawn.full and len(shown) == len(known)
    )


def _aim(stage: Stage, chart: Any, drawn: Upright) -> None:
    """The last series, as a thin dotted line; beside columns it needs a plot of its own."""
    ser = _ser(chart, len(drawn.plot.series))
    if drawn.plot.form != "lines":
        _lined(chart, ser)
    series = chart.plots[-1].series[-1]
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.width, series.format.line.dash_style = Pt(2), MSO_LINE.ROUND_DOT
    stage.inks.paint(series.format.line.color, "text")


def _lined(chart: Any, ser: Any) -> None:
    columns = ser.getparent()
    for name in ("c:invertIfNegative", "c:dLbls"):
        for old in ser.findall(qn(name)):
            ser.remove(old)
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in columns.findall(qn("c:axId")))
    lines = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{axes}</c:lineChart>'
    )
    lines.insert(2, ser)
    columns.addnext(lines)
