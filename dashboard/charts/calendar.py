"""Twelve months across, one kind a row: how many of each, written in the cell and shaded by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.rows import broken, plain
from dashboard.charts.shades import ink, mixed
from dashboard.charts.template import Chart, Mark, Palette, Twin, axis, blank, lay
from dashboard.dimensions import DIMENSIONS, UNSAID, Dimension
from dashboard.periods import Span
from dashboard.text import Lang, Text, month, number

ROW = 32  # pixels
TOP = 40  # above the first row: the months, and the year under some of them
GAP = 0.06  # of a cell, between it and the next
LIGHTEST, DARKEST = 0.3, 1.0  # of the one colour in the paper
CLEAR = "rgba(0,0,0,0)"
ALL = Text("合计", "All")
HEADINGS = Text("月份", "Month"), Text("场次", "Number")


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the grid in one month; `value` is None in the row of them all."""

    name: str
    month: Span
    count: int
    mark: Mark


def calendar(
    found: Sequence[Mapping[str, Any]],
    opens: tuple[str, str],
    months: Sequence[Span],
    palette: Palette,
    lang: Lang,
) -> Chart:
    """`found`: month (its first day), held, and the value of the dimension as `<name>_is`.

    `opens` is the figure counted, and the dimension whose values are the rows: those that occur,
    in their own order, what belongs to none last, and under them all of them together.
    """
    kpi, dimension = opens[0], DIMENSIONS[opens[1]]
    cells = [
        Cell(
            dimension.value(value)(lang),
            span,
            count,
            Mark(kpi, dimension.name, UNSAID if value is None else value, span),
        )
        for value in _values(found, dimension)
        for span in months
        if (count := _count(found, span, dimension, value))
    ]
    cells += [
        Cell(ALL(lang), span, count, Mark(kpi, span=span))
        for span in months
        if (count := sum(row["held"] for row in found if row["month"] == span.start))
    ]
    return Chart(
        _figure(cells, months, palette, lang),
        "; ".join(_told(cell, lang) for cell in cells),
        _twin(cells, dimension, lang),
        (tuple(cell.mark for cell in cells),),
    )


def by_month(
    found: Sequence[Mapping[str, Any]], dimension: Dimension, months: Sequence[Span]
) -> list[tuple[str | None, list[int]]]:
    """Each value that occurs, with its count in each of the months."""
    return [
        (value, [_count(found, span, dimension, value) for span in months])
        for value in _values(found, dimension)
    ]


def _values(found: Sequence[Mapping[str, Any]], dimension: Dimension) -> list[str | None]:
    places = {name: place for place, name in enumerate(dimension.words)}
    values = {row[f"{dimension.name}_is"] for row in found}
    return sorted(values, key=lambda v: (v is None, places.get(v or "", len(places)), v or ""))


def _count(
    found: Sequence[Mapping[str, Any]], span: Span, dimension: Dimension, value: str | None
) -> int:
    name = f"{dimension.name}_is"
    return sum(row["held"] for row in found if row["month"] == span.start and row[name] == value)


def _told(cell: Cell, lang: Lang) -> str:
    return f"{cell.month.start:%Y-%m} {cell.name} {number(cell.count)}"


def _twin(cells: Sequence[Cell], dimension: Dimension, lang: Lang) -> Twin:
    heads = (HEADINGS[0](lang), dimension.label(lang), HEADINGS[1](lang))
    return Twin(heads, tuple((f"{c.month.start:%Y-%m}", c.name, number(c.count)) for c in cells))


# -- the drawing ------------------------------------------------------------------------------


def _figure(
    cells: Sequence[Cell], months: Sequence[Span], palette: Palette, lang: Lang
) -> go.Figure:
    """Cells are bars that begin at their month: a bar can be clicked, and grows with the page."""
    names = list(dict.fromkeys(cell.name for cell in cells))
    drawn = blank(palette, height=ROW * len(names) + TOP)
    most = max((cell.count for cell in cells if cell.name != ALL(lang)), default=1)
    fills = [_fill(cell, most, palette, lang) for cell in cells]
    drawn.add_bar(
        x=[1 - GAP] * len(cells),
        base=[list(months).index(cell.month) + GAP / 2 for cell in cells],
        y=[names.index(cell.name) for cell in cells],
        orientation="h",
        width=1 - 3 * GAP,
        marker={"color": fills},
        text=[f"<b>{number(cell.count)}</b>" for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={
            "size": 13,
            "color": [palette.text if fill == CLEAR else ink(fill) for fill in fills],
        },
        customdata=[plain(_told(cell, lang)) for cell in cells],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _name(drawn, cells, names, palette, lang)
    _name_months(drawn, months, palette, lang)
    return drawn


def _fill(cell: Cell, most: int, palette: Palette, lang: Lang) -> str:
    """The more, the deeper; sums stand unshaded, for they are of another size."""
    if cell.name == ALL(lang):
        return CLEAR
    return mixed(palette, LIGHTEST + (DARKEST - LIGHTEST) * (cell.count - 1) / max(most - 1, 1))


def _name(
    drawn: go.Figure, cells: Sequence[Cell], names: Sequence[str], palette: Palette, lang: Lang
) -> None:
    """Names at the left, what they come to in the year at the right."""
    sums = [sum(cell.count for cell in cells if cell.name == name) for name in names]
    ends = {"range": [len(names) - 0.5, -0.5], "tickvals": list(range(len(names)))}
    dark = {"tickfont": {"color": palette.text, "size": 13}}
    left = axis(palette) | ends | dark | {"ticktext": [broken(name) for name in names]}
    right = axis(palette) | ends | dark | {"ticktext": [f"<b>{number(n)}</b>" for n in sums]}
    # A trace of its own makes the right-hand axis exist; it draws nothing.
    drawn.add_scatter(
        x=[None] * len(names), y=list(range(len(names))), yaxis="y2", hoverinfo="skip"
    )
    lay(
        drawn,
        yaxis=left | {"ticklabelstandoff": 6},
        yaxis2=right | {"side": "right", "overlaying": "y", "ticklabelstandoff": 8},
    )
    if len(names) > 1:
        drawn.add_hline(y=len(names) - 1.5, line={"color": palette.line, "width": 1})


def _name_months(drawn: go.Figure, months: Sequence[Span], palette: Palette, lang: Lang) -> None:
    """The year stands above the first month and above each January."""
    labels = []
    for at, span in enumerate(months):
        year = f"{span.start.year}<br>" if at == 0 or span.start.month == 1 else ""
        labels.append(year + month(span.start, lang))
    lay(
        drawn,
        xaxis=axis(palette)
        | {
            "range": [0, len(months)],
            "tickvals": [at + 0.5 for at in range(len(months))],
            "ticktext": labels,
            "autotickangles": [0, 90],  # upright where a phone leaves no room
            "side": "top",
        },
    )
