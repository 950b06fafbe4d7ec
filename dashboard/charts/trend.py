"""Twelve months of one or several figures: lines with their names at the end, or bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import plotly.graph_objects as go

from dashboard.charts.template import Chart, Mark, Palette, Twin, axis, blank, lay
from dashboard.charts.words import UNITS, bar, fraction, read
from dashboard.kpis.model import Point, Result
from dashboard.text import Lang, Text, month

HEIGHT = 270
MONTH, FIGURE = Text("月份", "Month"), Text("指标", "Figure")
VALUE, OF = Text("数值", "Value"), Text("n/N", "n/N")
NEAR = 4  # months a name at a line's end reaches back over
AXES: dict[str, Text] = UNITS | {
    "ratio": Text("", ""),
    "yuan": Text("万元", "thousand ¥"),
    "yuan_per_person": Text("元/人", "¥ per person"),
}


def trend(
    results: Sequence[Result], shape: Literal["line", "bar"], palette: Palette, lang: Lang
) -> Chart:
    """A month without a value is a gap, not a zero."""
    drawn = blank(palette, HEIGHT)
    for which, result in enumerate(results):
        _add(drawn, result, shape, palette.series[which], lang)
    _frame(drawn, results, shape, palette, lang)
    (_name_bars if shape == "bar" else _name_lines)(drawn, results, palette, lang)
    if len(results) == 1:
        _target(drawn, results[0], palette, lang)
    return Chart(
        drawn,
        "; ".join(_told(result, lang) for result in results),
        _twin(results, lang),
        tuple(
            tuple(Mark(result.kpi.id, span=point.over) for point in result.trend)
            for result in results
        ),
    )


def _twin(results: Sequence[Result], lang: Lang) -> Twin:
    """A row a month and figure, as the points stand."""
    return Twin(
        (MONTH(lang), FIGURE(lang), VALUE(lang), OF(lang)),
        tuple(
            (
                f"{point.span.as_of:%Y-%m}",
                result.kpi.label(lang),
                read(point.reading, result.kpi.unit, lang),
                fraction(point.reading, result.kpi, lang),
            )
            for result in results
            for point in result.trend
        ),
    )


def scale(unit: str, lang: Lang) -> int:
    """What an axis divides money by, so that its numbers stay short."""
    return (10_000 if lang == "zh" else 1_000) if unit == "yuan" else 1


def sizes(result: Result, lang: Lang) -> list[float | None]:
    """The months' values on the axis' own scale; None where there is none."""
    one = scale(result.kpi.unit, lang)
    values = [point.reading.value for point in result.trend]
    return [None if value is None else float(value / one) for value in values]


def _add(drawn: go.Figure, result: Result, shape: str, colour: str, lang: Lang) -> None:
    unit, label = result.kpi.unit, result.kpi.label(lang)
    shared = {
        "x": list(range(len(result.trend))),
        "y": sizes(result, lang),
        "customdata": [
            [f"{p.span.as_of:%Y-%m}", read(p.reading, unit, lang)] for p in result.trend
        ],
        "hovertemplate": f"%{{customdata[0]}}<br>{label} %{{customdata[1]}}<extra></extra>",
    }
    if shape == "bar":
        drawn.add_bar(**shared, marker={"color": colour})
    else:
        line, marker = {"color": colour, "width": 2.5}, {"color": colour, "size": 6}
        drawn.add_scatter(
            **shared, mode="lines+markers", connectgaps=False, line=line, marker=marker
        )


def _frame(
    drawn: go.Figure, results: Sequence[Result], shape: str, palette: Palette, lang: Lang
) -> None:
    unit, points = results[0].kpi.unit, results[0].trend
    lay(
        drawn,
        xaxis=axis(palette)
        | {
            "tickvals": list(range(len(points))),
            "ticktext": [_month(points, place, lang) for place in range(len(points))],
            "range": [-0.6, len(points) - 0.4],
            "tickangle": 0,
            "tickfont": {"color": palette.quiet, "size": 10},
            "ticklabelstandoff": 4,
        },
        yaxis=axis(palette, grid=True)
        | {"range": _reach(results, shape, lang), "nticks": 6}
        | ({"tickformat": ".0%"} if unit == "ratio" else {"tickformat": ",~f"}),
        bargap=0.35,
        bargroupgap=0.08,
        margin_t=30 if AXES[unit](lang) else 12,
    )
    if AXES[unit](lang):
        _word(drawn, AXES[unit](lang), palette.quiet, x=0, xanchor="left", xshift=-4)


def _month(points: Sequence[Point], place: int, lang: Lang) -> str:
    """The year stands under the first month and under each January."""
    day = points[place].span.start
    year = f"<br>{day.year}" if place == 0 or day.month == 1 else ""
    return f"{month(day, lang)}{year}"


def _reach(results: Sequence[Result], shape: str, lang: Lang) -> list[float]:
    """Bars and shares start at zero; lines of counts show where they move, never less than ±5 %."""
    found = [size for result in results for size in sizes(result, lang) if size is not None]
    low, high = min(found, default=0.0), max(found, default=1.0)
    if results[0].kpi.unit == "ratio":
        return [0.0, max(1.05, high * 1.1)]
    if shape == "bar":
        return [min(0.0, low * 1.1), high * 1.1 or 1.0]
    room = max(high - low, abs(high) * 0.1, 1.0) * 0.5
    return [max(0.0, low - room) if low >= 0 else low - room, high + room]


def _word(drawn: go.Figure, text: str, colour: str, **place: object) -> None:
    """A few words of ours above the plot."""
    settings = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8}
    drawn.add_annotation(
        **(settings | place), text=text, showarrow=False, font={"color": colour, "size": 12}
    )


def _name_bars(drawn: go.Figure, results: Sequence[Result], palette: Palette, lang: Lang) -> None:
    """Bars are named above the plot, each name in its bars' colour."""
    names = [
        f"<span style='color:{palette.series[which]}'>■</span> {result.kpi.label(lang)}"
        for which, result in enumerate(results)
    ]
    if len(results) > 1:
        _word(drawn, "   ".join(names), palette.text, x=1, xanchor="right")


def _name_lines(drawn: go.Figure, results: Sequence[Result], palette: Palette, lang: Lang) -> None:
    """The last value at the line's end, with the line's name where there are several.

    The topmost line is named above, every other below, clear of the line's own last months.
    """
    ends = [sizes(result, lang)[-NEAR:] for result in results]
    tops = [max((size for size in end if size is not None), default=None) for end in ends]
    highest = max((top for top in tops if top is not None), default=None)
    for which, result in enumerate(results):
        words = _last(result, len(results) > 1, lang)
        if words is not None:
            above = tops[which] == highest and not _under_target(result, highest, lang)
            at = max if above else min
            drawn.add_annotation(
                x=len(result.trend) - 1, y=at(s for s in ends[which] if s is not None),
                xanchor="right", yanchor="bottom" if above else "top", yshift=5 if above else -5,
                xshift=8, text=words, showarrow=False,
                font={"color": palette.series[which], "size": 13},
            )  # fmt: skip


def _last(result: Result, named: bool, lang: Lang) -> str | None:
    """What is written at the end of a line, unless its last months are all unknown."""
    known = [p.reading for p in result.trend[-NEAR:] if p.reading.value is not None]
    if not known:
        return None
    value = read(known[-1], result.kpi.unit, lang)
    return f"{result.kpi.label(lang)} {value}" if named else value


def _under_target(result: Result, top: float | None, lang: Lang) -> bool:
    """Whether a name above the line would touch the target's line."""
    if result.bar is None or top is None:
        return False
    low, high = _reach([result], "line", lang)
    distance = float(result.bar / scale(result.kpi.unit, lang)) - top
    return 0 <= distance < (high - low) * 0.12


def _target(drawn: go.Figure, result: Result, palette: Palette, lang: Lang) -> None:
    if result.bar is None:
        return
    at = float(result.bar / scale(result.kpi.unit, lang))
    drawn.add_hline(y=at, line={"color": palette.text, "width": 1.5, "dash": "dot"})
    _word(drawn, bar(result, lang), palette.quiet, x=0, xanchor="left", yref="y", y=at, yshift=1)


def _told(result: Result, lang: Lang) -> str:
    """The months in words: `活动参与率 2017-01 75.0%, …`."""
    months = (
        f"{point.span.as_of:%Y-%m} {read(point.reading, result.kpi.unit, lang)}"
        for point in result.trend
    )
    return f"{result.kpi.label(lang)} {', '.join(months)}"
