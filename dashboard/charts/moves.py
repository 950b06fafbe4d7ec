"""Who came and who went, roster by roster: joined upwards, left downwards, the net beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.template import Chart, Mark, Palette, Twin, axis, blank, lay
from dashboard.kpis.model import Kpi
from dashboard.periods import Span
from dashboard.text import Lang, Text

HEIGHT = 300
MINUS = "−"  # as wide as a plus
HEADINGS = (
    Text("时间段", "Stretch"),
    Text("变动", "Change"),
    Text("人次", "Times"),
    Text("净变化", "Net change"),
    Text("期末会员", "Members then"),
)
NET = Text("净 {n}", "net {n}")
WHOLE = Text("{since} 至 {until}", "{since} to {until}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What changed after the roster of `since`, up to the day `until`, that day included."""

    since: date
    until: date
    joined: int
    left: int
    members: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Stretch:
        names = ("since", "until", "joined", "gone", "members_after")
        return cls(*(row[name] for name in names))

    @property
    def span(self) -> Span:
        return Span(self.since + timedelta(1), self.until)

    @property
    def net(self) -> str:
        return signed(self.joined - self.left)


def moves(
    stretches: Sequence[Stretch], joined: Kpi, left: Kpi, palette: Palette, lang: Lang
) -> Chart:
    """Filled bars up, hatched bars down, so that grey print tells them apart too."""
    drawn = blank(palette, HEIGHT)
    ups, downs = [one.joined for one in stretches], [-one.left for one in stretches]
    _add(drawn, ups, palette.series[0], "", stretches)
    _add(drawn, downs, palette.series[5], "/", stretches)
    _frame(drawn, stretches, palette, lang)
    _name(drawn, (joined.label(lang), left.label(lang)), palette)
    told = [
        *(_told(one, joined.label(lang), one.joined, lang) for one in stretches),
        *(_told(one, left.label(lang), -one.left, lang) for one in stretches),
    ]
    return Chart(
        drawn,
        "; ".join(" ".join(row) for row in told),
        Twin(tuple(head(lang) for head in HEADINGS), tuple(told)),
        tuple(tuple(Mark(kpi.id, span=one.span) for one in stretches) for kpi in (joined, left)),
    )


def signed(n: int) -> str:
    """`+3`, `−3`, `0`."""
    return f"{'+' if n > 0 else MINUS}{abs(n)}" if n else "0"


def _told(one: Stretch, change: str, n: int, lang: Lang) -> tuple[str, ...]:
    whole = WHOLE.format(since=one.span.start, until=one.until)(lang)
    return whole, change, signed(n), one.net, str(one.members)


def _add(
    drawn: go.Figure, sizes: Sequence[int], colour: str, shape: str, stretches: Sequence[Stretch]
) -> None:
    drawn.add_bar(
        x=list(range(len(sizes))),
        y=list(sizes),
        width=0.5,
        marker={"color": colour, "pattern": {"shape": shape, "fgcolor": colour, "size": 6}}
        if not shape
        else {
            "color": "rgba(0,0,0,0)",
            "line": {"color": colour, "width": 1.5},
            "pattern": {"shape": shape, "fgcolor": colour, "size": 6},
        },
        text=[f"<b>{signed(size)}</b>" if size else "" for size in sizes],
        textposition="outside",
        textfont={"size": 12},
        constraintext="none",
        cliponaxis=False,
        customdata=[
            [f"{one.span.start} – {one.until}", signed(n)]
            for one, n in zip(stretches, sizes, strict=True)
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )


def _frame(drawn: go.Figure, stretches: Sequence[Stretch], palette: Palette, lang: Lang) -> None:
    """The zero line is the only line; under it each roster's day and the net."""
    high = max([1, *(one.joined for one in stretches)])
    low = max([1, *(one.left for one in stretches)])
    room = (high + low) * 0.14
    lay(
        drawn,
        barmode="overlay",
        margin_t=30,
        xaxis=axis(palette)
        | {
            "tickvals": list(range(len(stretches))),
            "ticktext": [_tick(one, lang) for one in stretches],
            "range": [-0.6, len(stretches) - 0.4],
            "tickangle": 0,
            "tickfont": {"color": palette.quiet, "size": 11},
        },
        yaxis=axis(palette, shown=False)
        | {
            "range": [-low - room, high + room],
            "zeroline": True,
            "zerolinecolor": palette.quiet,
            "zerolinewidth": 1,
        },
    )


def _tick(one: Stretch, lang: Lang) -> str:
    return f"{one.until.year}<br>{one.until:%m-%d}<br><b>{NET.format(n=one.net)(lang)}</b>"


def _name(drawn: go.Figure, names: tuple[str, str], palette: Palette) -> None:
    marks = zip("■▨", (palette.series[0], palette.series[5]), names, strict=True)
    drawn.add_annotation(
        x=1, y=1, xref="paper", yref="paper", xanchor="right", yanchor="bottom", yshift=8,
        text="   ".join(f"<span style='color:{c}'>{mark}</span> {name}" for mark, c, name in marks),
        showarrow=False, font={"color": palette.text, "size": 12},
    )  # fmt: skip
