"""Columns and lines of any table: names below, values above; several series side by side.

Where every value is written at its mark there is no grid and no axis of numbers.
"""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.drawn import (
    LETTER,
    WIDE,
    Drawing,
    colours,
    is_quiet,
    said,
    told,
    twin,
    under,
)
from dashboard.charts.rows import letters, plain
from dashboard.charts.template import Chart, axis, blank, lay
from dashboard.exploring.charting.recipe import Counted

HEIGHT = 280
DIRECT = 4  # lines that are named at their ends; more have a legend
NAME = 12  # letters of a name there; a Chinese character takes two
LINE = 16  # pixels between two names at lines' ends


def columns(drawing: Drawing) -> Chart:
    counted, written = drawing.counted, _are_written(drawing)
    drawn = blank(drawing.palette, HEIGHT)
    for at, (name, _) in enumerate(counted.series):
        colour = colours(drawing)[at]
        fills = [drawing.palette.series[-1] if is_quiet(n) else colour for n in counted.names]
        drawn.add_bar(
            **_shared(drawing, at),
            name=plain(name.text(drawing.lang)),
            marker={"color": fills if len(counted.series) == 1 else colour},
            **(_written(drawing, at) if written else {}),
        )
    _frame(drawn, drawing, [0.0, *_known(drawing)], written=written)
    gap = 0.06 if is_distribution(counted) else 0.35
    drawn.update_layout(bargap=gap, bargroupgap=0.08)
    if len(counted.series) > 1:
        _legend(drawn, drawing)
    return Chart(drawn, told(drawing), twin(drawing))


def lines(drawing: Drawing) -> Chart:
    drawn, count = blank(drawing.palette, HEIGHT), len(drawing.counted.names)
    for at, (name, _) in enumerate(drawing.counted.series):
        colour = colours(drawing)[at]
        drawn.add_scatter(
            **_shared(drawing, at),
            name=plain(name.text(drawing.lang)),
            mode="lines+markers",
            connectgaps=False,
            cliponaxis=False,  # a mark at nothing is whole
            line={"color": colour, "width": 2.5},
            marker={"color": colour, "size": 6 if count <= 40 else 3},
        )
    _frame(drawn, drawing, _known(drawing), written=False)
    if len(drawing.counted.series) > DIRECT:
        _legend(drawn, drawing)
    else:
        _name_ends(drawn, drawing)
    return Chart(drawn, told(drawing), twin(drawing))


def is_distribution(counted: Counted) -> bool:
    """Columns of neighbouring ranges stand close."""
    known = [name for name in counted.names if not is_quiet(name)]
    return bool(known) and all((name.value or "").startswith("[") for name in known)


def _known(drawing: Drawing) -> list[float]:
    every = (drawing.sizes(at) for at in range(len(drawing.counted.series)))
    return [size for sizes in every for size in sizes if size is not None]


def _shared(drawing: Drawing, at: int) -> dict[str, object]:
    name = drawing.counted.series[at][0].text(drawing.lang)
    first = f"{plain(name)} · " if len(drawing.counted.series) > 1 else ""
    pairs = zip(drawing.names, drawing.words[at], strict=True)
    return {
        "x": list(range(len(drawing.names))),
        "y": drawing.sizes(at),
        "customdata": [[plain(along), plain(words)] for along, words in pairs],
        "hovertemplate": f"{first}%{{customdata[0]}}<br>%{{customdata[1]}}<extra></extra>",
    }


def _are_written(drawing: Drawing) -> bool:
    """Whether each column has room for its value."""
    many = len(drawing.names) * len(drawing.counted.series)
    return many <= 24 and _widest(drawing) * LETTER <= WIDE / max(many, 1) * 1.1


def _widest(drawing: Drawing) -> int:
    told = (drawing.measure.bare(a.value) for _, held in drawing.counted.series for a in held)
    return max(map(letters, told), default=1)


def _written(drawing: Drawing, at: int) -> dict[str, object]:
    amounts = drawing.counted.series[at][1]
    return {
        "text": [f"<b>{drawing.measure.bare(a.value)}</b>" for a in amounts],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {"size": 12, "color": drawing.palette.text},
        "constraintext": "none",
    }


def _frame(drawn: go.Figure, drawing: Drawing, sizes: list[float], *, written: bool) -> None:
    """The axes, and the unit once."""
    palette, measured = drawing.palette, drawing.measure
    low, high = reach(sizes)
    lay(
        drawn,
        xaxis=axis(palette) | _ticks(drawing) | {"range": [-0.6, len(drawing.names) - 0.4]},
        yaxis=axis(palette, grid=not written, shown=not written)
        | {"range": [low, high], "nticks": 6, "tickformat": measured.ticks},
        margin_t=30 if measured.word else 14,
    )
    if low < 0:
        drawn.add_hline(y=0, line={"color": palette.line, "width": 1.5})
    if measured.word:
        said(drawn, plain(measured.word), palette.quiet)


def reach(sizes: list[float]) -> tuple[float, float]:
    """From zero, unless all of it lies far above; with room for words."""
    low, high = min(sizes, default=0.0), max(sizes, default=1.0)
    if 0 <= low <= high / 2:
        return 0.0, high * 1.14 or 1.0
    room = max(high - low, abs(high) * 0.1) * 0.14
    return (low - room if low else 0.0), high + room


def _ticks(drawing: Drawing) -> dict[str, object]:
    """Of many names every so many is written; names that do not fit are turned."""
    labels = under(drawing.names, WIDE)
    widest = max((letters(part) for name in labels for part in name.split("<br>")), default=1)
    slot = WIDE / max(len(labels), 1)
    every = max(1, -int(-min(widest * LETTER, 60) // slot)) if len(labels) > 14 else 1
    shown = range(0, len(labels), every)
    return {
        "tickvals": list(shown),
        "ticktext": [labels[at] for at in shown],
        "tickfont": {"color": drawing.palette.quiet, "size": 11},
        "autotickangles": [0, -40, -90],
        "ticklabeloverflow": "allow",
        "ticklabelstandoff": 4,
    }


def _legend(drawn: go.Figure, drawing: Drawing) -> None:
    """Above the plot, on as many lines as it needs."""
    lay(
        drawn,
        showlegend=True,
        legend={
            "orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom",
            "itemclick": False, "itemdoubleclick": False,
            "font": {"size": 12, "color": drawing.palette.text},
        },
    )  # fmt: skip


def _name_ends(drawn: go.Figure, drawing: Drawing) -> None:
    """The last value at each line's end, with the line's name where there are several; names
    that would touch are moved apart.
    """
    several = len(drawing.counted.series) > 1
    low, high = drawn.layout.yaxis.range
    pixel = (HEIGHT - 80) / ((high - low) or 1)
    ends = [(*end, at) for at in range(len(drawing.counted.series)) if (end := _last(drawing, at))]
    lowest, widest = float("-inf"), 0
    for place, size, at in sorted(ends, key=lambda end: end[1]):
        words = _end(drawing, at, place, named=several)
        lowest = max(size * pixel, lowest + LINE)
        widest = max(widest, letters(words))
        drawn.add_annotation(
            x=len(drawing.names) - 1, y=size, xanchor="left", yanchor="middle", xshift=8,
            yshift=lowest - size * pixel, text=f"<b>{plain(words)}</b>", showarrow=False,
            font={"color": colours(drawing)[at], "size": 12},
        )  # fmt: skip
    drawn.update_layout(margin={"r": 12 + widest * LETTER})


def _end(drawing: Drawing, at: int, place: int, *, named: bool) -> str:
    """What stands at a line's end."""
    name, amounts = drawing.counted.series[at]
    if not named:
        return drawing.measure.words(amounts[place].value)
    return f"{cut(name.text(drawing.lang))} {drawing.measure.bare(amounts[place].value)}"


def cut(name: str) -> str:
    """As much of a name as has room beside the plot."""
    while letters(name) > NAME:
        name = name[:-2] + "…"
    return name


def _last(drawing: Drawing, at: int) -> tuple[int, float] | None:
    known = [(place, size) for place, size in enumerate(drawing.sizes(at)) if size is not None]
    return known[-1] if known else None
