"""Charts beside the tables they are drawn from: the spreadsheet's own, to be changed there.

A chart refers to cells, so it shows what they hold; where it would have to draw a hidden value
as nought there is none, or the bar says `*`.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.template import LIGHT
from dashboard.charts.words import HIDDEN
from dashboard.exhibits.model import Plot
from dashboard.exports.leaves import Leaf
from dashboard.exports.neutral import FONT

_TYPES = {"bars": "bar", "funnel": "bar", "columns": "column", "lines": "line", "moves": "column",
          "points": "scatter"}  # fmt: skip
_MOST = 60  # rows of a table that still make a chart; of dots there may be any number
_TEXT = {"name": FONT, "size": 9, "color": LIGHT.text}
_FORMATS = {"ratio": "0%", "yuan": "#,##0", "yuan_per_person": "#,##0", "number": "#,##0.0"}
_LABELS = {"ratio": "0.0%", "yuan": "#,##0", "yuan_per_person": "#,##0.00", "number": "#,##0.00"}


def sketched(book: Workbook, sheet: Worksheet, leaf: Leaf, header: int) -> bool:
    """Put the leaf's chart to the right of its table; False where it has none to draw.

    header: its header's row from 0.
    """
    plot = leaf.plot
    if plot is None or plot.form not in _TYPES or not _is_drawn(leaf, plot):
        return False
    columns = [1] if plot.form == "points" else _columns(leaf, plot)
    if columns is None or (plot.form == "lines" and _hides(leaf, columns)):
        return False
    chart = book.add_chart({"type": _TYPES[plot.form]})
    for number, column in enumerate(columns):
        chart.add_series(_series(leaf, plot, header, column, number))
    _dress(chart, leaf, plot, header)
    high = max(220, 26 * len(leaf.rows) + 90) if _TYPES[plot.form] == "bar" else 320
    chart.set_size({"width": 720, "height": high})
    sheet.insert_chart(header, len(leaf.heads) + 1, chart, {"description": leaf.title})
    return True


def _is_drawn(leaf: Leaf, plot: Plot) -> bool:
    return len(leaf.rows) > 1 and (plot.form == "points" or len(leaf.rows) <= _MOST)


def _columns(leaf: Leaf, plot: Plot) -> list[int] | None:
    """Where each series stands: under its own name."""
    places = {head.label: place for place, head in enumerate(leaf.heads)}
    if not all(series.name in places for series in plot.series):
        return None
    return [places[series.name] for series in plot.series]


def _hides(leaf: Leaf, columns: list[int]) -> bool:
    return any(isinstance(row[column].value, str) for row in leaf.rows for column in columns)


def _series(leaf: Leaf, plot: Plot, header: int, column: int, number: int) -> dict[str, Any]:
    colour = LIGHT.series[number % len(LIGHT.series)]
    first, last = header + 1, header + len(leaf.rows)
    found: dict[str, Any] = {
        "name": [leaf.name, header, column],
        "categories": [leaf.name, first, 0, last, 0],
        "values": [leaf.name, first, column, last, column],
    }
    if plot.form == "lines":
        dash = "round_dot" if plot.series[number].estimated else "solid"
        mark = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"none": True}}
        return found | {"line": {"color": colour, "width": 2.25, "dash_type": dash}, "marker": mark}
    if plot.form == "points":
        fill = {"color": colour, "transparency": 45}
        mark = {"type": "circle", "size": 6, "fill": fill, "border": {"none": True}}
        return found | {"marker": mark}
    return found | {"fill": {"color": colour}, "gap": 60} | _labels(leaf, plot, column)


def _labels(leaf: Leaf, plot: Plot, column: int) -> dict[str, Any]:
    """The value at each bar's end; of a hidden one its text."""
    if len(plot.series) > 1 and len(leaf.rows) > 6:
        return {}
    told = [row[column].value for row in leaf.rows]
    custom = [{"value": HIDDEN} if isinstance(one, str) else None for one in told]
    shape = {"value": True, "font": _TEXT, "num_format": _LABELS.get(plot.unit, "#,##0")}
    return {"data_labels": shape | ({"custom": custom} if any(custom) else {})}


def _dress(chart: Any, leaf: Leaf, plot: Plot, header: int) -> None:
    """Title (the sheet's own cell, so that no text is taken for a formula), axes, legend."""
    chart.set_title({"name": [leaf.name, 0, 0], "name_font": _TEXT | {"size": 12, "bold": True}})
    grid = {"visible": True, "line": {"color": LIGHT.line, "width": 0.75}}
    values: dict[str, Any] = {
        "num_font": _TEXT,
        "num_format": _FORMATS.get(plot.unit, "#,##0"),
        "line": {"none": True},
        "major_gridlines": grid,
        "min": None if plot.form == "lines" else 0,
    }
    names = {"num_font": _TEXT, "line": {"color": LIGHT.line}, "major_tick_mark": "none"}
    if _TYPES[plot.form] == "bar":
        names |= {"reverse": True}
        values |= {"label_position": "none", "major_gridlines": {"visible": False}}
    if plot.form == "points":
        names = values | {"name": [leaf.name, header, 0], "name_font": _TEXT, "min": None}
        names["num_format"] = "General"
        values |= {"name": [leaf.name, header, 1], "name_font": _TEXT, "min": None}
    across, up = (values, names) if _TYPES[plot.form] == "bar" else (names, values)
    chart.set_x_axis(across)
    chart.set_y_axis(up)
    chart.set_legend(
        {"none": True} if len(plot.series) < 2 else {"position": "bottom", "font": _TEXT}
    )
    chart.show_blanks_as("gap")
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": LIGHT.paper}})
