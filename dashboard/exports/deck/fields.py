"""Numbers over months and kinds: a table whose fields are shaded by their value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from dashboard.exhibits.model import Cell, Plot
from dashboard.exhibits.paging import em
from dashboard.exports.deck.inks import BLACK, rgb
from dashboard.exports.deck.lettering import Run
from dashboard.exports.deck.paper import LEADING, Area, broken
from dashboard.exports.deck.stage import Leaf, Stage
from dashboard.exports.deck.tables import PAD, Sheet

SIZE = 16.0
NAME = 15.0  # em of a row's name, at most
ROW = 2 * SIZE * LEADING + 2 * PAD
LIGHTEST, DARKEST = 0.85, 0.35  # how much white is in the first colour
FEWEST = 3.2  # em a field takes at least


def leaves(stage: Stage, title: str, hint: str, plot: Plot) -> list[Leaf]:
    """A slide each so many rows and months; the shades mean the same on all."""
    names = NAME * SIZE
    across = max(1, int((stage.body.width - names) / (FEWEST * SIZE)))
    down = max(1, int(stage.body.height / ROW) - 1)
    parts = [
        _part(plot, rows, months, across)
        for rows in (plot.series[at : at + down] for at in range(0, len(plot.series), down))
        for months in range(0, len(plot.names), across)
    ]
    most = max((_size(cell) for one in plot.series for cell in one.cells), default=0.0)
    return [Leaf(title, hint, partial(_draw, plot=part, most=most)) for part in parts]


def _part(plot: Plot, rows: Sequence[Any], at: int, across: int) -> Plot:
    series = tuple(replace(one, cells=one.cells[at : at + across]) for one in rows)
    return replace(plot, names=plot.names[at : at + across], series=series)


def _size(cell: Cell) -> float:
    """Hidden and empty fields have none."""
    return float(cell.value) if isinstance(cell.value, int | float | Fraction) else 0.0


def _draw(stage: Stage, slide: Any, area: Area, plot: Plot, most: float) -> None:
    longest = max(em(one.name) for one in plot.series)
    first = (min(NAME, longest) + 1.4) * SIZE
    width = (area.width - first) / max(len(plot.names), 1)
    sheet = Sheet(stage, slide, area, [first, *([width] * len(plot.names))])
    sheet.begin([ROW] * (len(plot.series) + 1))
    sheet.put(0, 0, [Run("", SIZE)], "left")
    for at, name in enumerate(plot.names, start=1):
        sheet.put(0, at, [Run(broken(name, width - 10, 14), 14, "quiet")], "centre")
    for line, one in enumerate(plot.series, start=1):
        sheet.put(line, 0, [Run(broken(one.name, first - 10, SIZE), SIZE)], "left")
        for at, cell in enumerate(one.cells, start=1):
            field = sheet.put(line, at, [Run(cell.text, 18, bold=True)], "centre")
            _shade(stage, field, _size(cell) / most if most else 0.0)


def _shade(stage: Stage, field: Any, share: float) -> None:
    """The more, the deeper; never so deep that dark words could not be read on it."""
    if share <= 0:
        return
    field.fill.solid()
    stage.inks.accent(field.fill.fore_color, 0)
    field.fill.fore_color.brightness = LIGHTEST + (DARKEST - LIGHTEST) * share
    for run in field.text_frame.paragraphs[0].runs:
        run.font.color.rgb = rgb(BLACK)
