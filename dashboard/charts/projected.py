"""A chart as it stands on a slide: the same figure, everything in it grown for a hall.

Nothing moves or answers to the pointer there, so what only a pointer would read is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.berths import berths
from dashboard.charts.template import Chart

LEAST = 28  # pixels of the smallest letter on a slide 1920 wide
WORDS = 12  # pixels of a chart's own small words, which grow to the least
LARGEST = 3.0  # times, however few bars there are
ROWS = 14  # bars or rows, before the rest stands on another slide
TWO_LINES = 2.7  # times a letter's size: what a name on two lines needs
_SIZED = ("marker", "pattern")
_SHIFTS = ("xshift", "yshift", "ticklabelstandoff", "pad", "thickness", "zerolinewidth")
_POINTER = ("customdata", "hovertemplate", "hoverlabel", "hoverinfo")


def projected(chart: Chart, width: int, height: int) -> list[go.Figure]:
    """The figure in `width` × at most `height` pixels; more bars than fit go on, part by part."""
    drawn = chart.figure.to_plotly_json()
    count = _rows(drawn)
    return [_part(drawn, part, (width, height)) for part in _parts(count)]


def _rows(drawn: dict[str, Any]) -> int:
    """How many rows stand one under another; none in a chart that is no list of names."""
    lying = any(trace.get("orientation") == "h" for trace in drawn["data"])
    return len(drawn["layout"]["yaxis"]["tickvals"]) if lying else 0


def _parts(count: int) -> Iterator[range | None]:
    """Equally many rows on each slide."""
    if count <= ROWS:
        yield None
        return
    slides = -(-count // ROWS)
    each = -(-count // slides)
    yield from (range(at, min(at + each, count)) for at in range(0, count, each))


def _part(drawn: dict[str, Any], part: range | None, room: tuple[int, int]) -> go.Figure:
    width, height = room
    share = len(part) / _rows(drawn) if part else 1.0
    own = drawn["layout"]["height"] * share
    scale = min(max(height / own, LEAST / WORDS), LARGEST)
    tall = round(min(height, own * scale)) if _rows(drawn) else height
    grown = _grown(drawn, scale)
    for trace in grown["data"]:
        if trace["type"] == "sankey":
            edges = grown["layout"]["margin"]
            room = width - edges["l"] - edges["r"], tall - edges["t"] - edges["b"]
            trace["node"] |= berths(trace, *room)
    figure = go.Figure(grown["data"], grown["layout"])
    figure.update_traces(cliponaxis=False, selector={"type": "scatter"})
    figure.update_layout(width=width, height=tall, autosize=False, hovermode=False)
    if part:
        _keep(figure, part)
    if _rows(drawn):
        _join(figure, tall / len(part or range(_rows(drawn))))
    return figure


def _grown(value: Any, scale: float, key: str = "", of: str = "") -> Any:
    """All that is measured in pixels, grown; what the pointer reads, dropped."""
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if name not in _POINTER}
        return {name: _grown(one, scale, name, key) for name, one in kept.items()}
    if isinstance(value, list | tuple):
        return [_grown(one, scale, key, of) if isinstance(one, dict) else one for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_pixels(key, of):
        grown = round(value * scale)  # some of them must be whole
        return max(LEAST, grown) if of.endswith("font") else grown
    return value


def _is_pixels(key: str, of: str) -> bool:
    if key == "size":
        return of.endswith("font") or of in _SIZED
    if key == "width":
        return of in ("line", "error_y")
    return key in _SHIFTS or of == "margin"


def _keep(figure: go.Figure, part: range) -> None:
    """The window on some of the rows; the scale of values stays that of all."""
    for axis in (figure.layout.yaxis, figure.layout.yaxis2):
        axis.range = [part[-1] + 0.5, part[0] - 0.5]
        axis.ticktext = [axis.ticktext[at] for at in part]
        axis.tickvals = list(part)


def _join(figure: go.Figure, room: float) -> None:
    """Names broken for a narrow card stand on one line again where rows are low."""
    axis = figure.layout.yaxis
    if room < axis.tickfont.size * TWO_LINES:
        axis.ticktext = [_one_line(name) for name in axis.ticktext]


def _one_line(name: str) -> str:
    first, _, second = name.partition("<br>")
    is_latin = first[-1:].isascii() and second[:1].isascii() and second
    return f"{first} {second}" if is_latin else first + second
