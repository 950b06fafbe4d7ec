"""Named horizontal bars with their values in a column at the right.

The one form that breakdowns, reports and the funnel share. Values stand outside the plot, so
that no target line can run through them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

import plotly.graph_objects as go

from dashboard.charts.template import Palette, axis, blank, lay
from dashboard.text import Number

ROW = 34  # pixels a bar takes
WIDEST = 18  # letters of a name before it is broken; a Chinese character takes two


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: a gap in place of it where `size` is None. `note` follows the value, quietly."""

    name: str
    size: Number | None
    value: str
    note: str = ""
    bad: bool = False

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.name, self.value, self.note) if part)


def figure(rows: Sequence[Row], palette: Palette, line: tuple[float, str] | None) -> go.Figure:
    """The bars from top down, and a dotted line with its word where there is a target."""
    drawn = blank(palette, height=ROW * len(rows) + (34 if line else 14))
    places = list(range(len(rows)))
    drawn.add_bar(
        x=sizes(rows),
        y=places,
        orientation="h",
        width=0.62,
        marker={"color": [palette.bad if row.bad else palette.series[0] for row in rows]},
        customdata=[[plain(row.name), plain(f"{row.value} {row.note}")] for row in rows],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )
    # A trace of its own makes the right-hand axis exist; it draws nothing.
    drawn.add_scatter(x=[None] * len(rows), y=places, yaxis="y2", hoverinfo="skip")
    _name(drawn, rows, palette)
    if line:
        _draw_line(drawn, line, palette)
    return drawn


def _name(drawn: go.Figure, rows: Sequence[Row], palette: Palette) -> None:
    """Names at the left, values at the right, top row first."""
    ends = {"range": [len(rows) - 0.5, -0.5], "tickvals": list(range(len(rows)))}
    dark = {"tickfont": {"color": palette.text, "size": 13}}
    left = axis(palette) | ends | dark | {"ticktext": [broken(row.name) for row in rows]}
    right = axis(palette) | ends | dark | {"ticktext": [_value(row, palette) for row in rows]}
    lay(
        drawn,
        xaxis=axis(palette, shown=False) | {"range": _reach(rows)},
        yaxis=left | {"ticklabelstandoff": 6},
        yaxis2=right | {"side": "right", "overlaying": "y", "ticklabelstandoff": 8},
        bargap=0.38,
    )


def sizes(rows: Sequence[Row]) -> list[float | None]:
    return [None if row.size is None else float(row.size) for row in rows]


def _reach(rows: Sequence[Row]) -> list[float]:
    known = [size for size in sizes(rows) if size is not None]
    widest = max([0.0, *known]) or 1.0
    if all(row.value.endswith("%") for row in rows if row.size is not None):
        widest = max(widest, 1.0)  # a share is seen against the whole
    return [min([0.0, *known]), widest]


def _value(row: Row, palette: Palette) -> str:
    note = f"  <span style='color:{palette.quiet}'>{plain(row.note)}</span>" if row.note else ""
    return f"<b>{plain(row.value)}</b>{note}"


def _draw_line(drawn: go.Figure, line: tuple[float, str], palette: Palette) -> None:
    """The dotted line, its word above the topmost bar, on the side where there is room."""
    at, word = line
    low, high = drawn.layout.xaxis.range
    high = max(high, at)
    drawn.update_layout(xaxis_range=[low, high * 1.005], margin_t=26)
    drawn.add_vline(x=at, line={"color": palette.paper, "width": 5})
    drawn.add_vline(x=at, line={"color": palette.text, "width": 1.5, "dash": "dot"})
    leans = "right" if at > high / 2 else "left"
    drawn.add_annotation(
        x=at, y=1, yref="paper", yanchor="bottom", xanchor=leans, text=word, showarrow=False,
        font={"size": 12, "color": palette.quiet},
    )  # fmt: skip


def broken(name: str, widest: int = WIDEST) -> str:
    """A long name on two lines; what does not fit there is cut with a mark."""
    lines = [""]
    for word in re.findall(r"[\x21-\u02ff]+ ?|.", name):
        if lines[-1] and letters(lines[-1] + word.rstrip()) > widest:
            lines.append("")
        lines[-1] += word
    shown = [line.strip() for line in lines[:2]]
    return "<br>".join(plain(line) for line in shown) + ("…" if len(lines) > 2 else "")


def letters(words: str) -> int:
    """How wide words are; a Chinese character takes two."""
    return sum(2 if east_asian_width(mark) in "WF" else 1 for mark in words)


def plain(words: str) -> str:
    """Words from a school's file, harmless to Plotly's own little mark-up."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
