"""One look for every figure: two palettes, one layout, Plotly's own words in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.periods import Span
from dashboard.text import Lang

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme. `series` in the order in which they are used."""

    paper: str
    text: str
    quiet: str
    line: str
    bad: str
    series: tuple[str, ...]


LIGHT = Palette(
    paper="#FAF9F7",
    text="#1F2328",
    quiet="#5E646B",
    line="#E4DFD7",
    bad="#B3261E",
    series=("#2F5D8A", "#C8553D", "#5B8E7D", "#D9A441", "#7A5C8E", "#8A8F98"),
)
DARK = Palette(
    paper="#14171A",
    text="#E8E6E3",
    quiet="#A4A9B1",
    line="#2C3238",
    bad="#E5766D",
    series=("#6FA3D8", "#E0856F", "#86BFA9", "#E6BE6A", "#B193C4", "#A4A9B1"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a bar or point stands for: a figure, for one value of a dimension or one stretch."""

    kpi: str
    dimension: str = ""
    value: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """A chart as a table: the headings, and its rows in words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Figure(go.Figure):  # type: ignore[misc] # plotly tells no types
    """A figure; once finished, what it is in plain values is told once, where every run of a page
    asks for it anew.
    """

    def finish(self) -> None:
        """Nobody changes it from now on."""
        self._told = super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        return dict(self._told) if "_told" in self.__dict__ else dict(super().to_dict())


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, what it says in words for those who do not see it, and the same as a table.

    `marks`: what each point of each trace opens, by trace and point as Plotly numbers them; the
    rows of the twin are the points in that order.
    """

    figure: Figure
    alt: str
    twin: Twin | None = None
    marks: tuple[tuple[Mark | None, ...], ...] = ()


def blank(palette: Palette, height: int) -> Figure:
    """An empty figure in our look; everything else is added to it."""
    return Figure(layout=_layout(palette) | {"height": height})


def _layout(palette: Palette) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    return {
        "template": "none",
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "font": {"family": FONT, "size": 13, "color": palette.text},
        "margin": {"l": 4, "r": 4, "t": 8, "b": 4},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.paper,
            "bordercolor": palette.line,
            "font": {"family": FONT, "size": 13, "color": palette.text},
        },
    }


def lay(drawn: Figure, **layout: object) -> None:
    """Set each of these as a whole; merging axes into those of a blank figure takes many times as
    long.
    """
    drawn.update_layout(overwrite=True, **layout)


def axis(palette: Palette, *, grid: bool = False, shown: bool = True) -> dict[str, Any]:
    """An axis that keeps its labels inside the figure, on a phone too."""
    return {
        "automargin": True,
        "fixedrange": True,
        "showgrid": grid,
        "gridcolor": palette.line,
        "zeroline": False,
        "showline": False,
        "showticklabels": shown,
        "ticks": "",
        "tickfont": {"color": palette.quiet, "size": 12},
    }


def config(lang: Lang) -> dict[str, Any]:
    """What `st.plotly_chart` hands to Plotly: no tool bar, no scrolling, our language."""
    settings: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
    if lang == "zh":
        settings |= {"locale": "zh-CN", "locales": {"zh-CN": _CHINESE}}
    return settings


_CHINESE = {
    "dictionary": {
        "Autoscale": "自动缩放",
        "Click to enter": "点击输入",
        "Double-click to zoom back out": "双击还原",
        "Download plot as a png": "下载图片",
        "Hover over a point": "移到点上查看",
        "Pan": "平移",
        "Reset axes": "还原坐标轴",
        "Zoom": "缩放",
        "Zoom in": "放大",
        "Zoom out": "缩小",
    },
    "format": {
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["日", "一", "二", "三", "四", "五", "六"],
        "months": [f"{n}月" for n in range(1, 13)],
        "shortMonths": [f"{n}月" for n in range(1, 13)],
        "date": "%Y-%m-%d",
    },
}
