"""Any table's chart: what was counted by its pick lists, in the look of all the others.

Names that stand for the tail of many, or for empty cells, are grey.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.charts.crossed import crossed
from dashboard.charts.dots import dots
from dashboard.charts.drawn import Drawing, can_be_kept, is_quiet, told, twin
from dashboard.charts.measures import measure
from dashboard.charts.rows import Row, figure
from dashboard.charts.template import Chart, Palette
from dashboard.charts.upright import columns, lines
from dashboard.exploring.charting.recipe import Counted, Form, Kept
from dashboard.text import Lang, Text, number

FAINT = 0.3  # of a mark that the others are not kept to
Values = tuple[str | None, ...]
OF = Text("{n} 行", "{n} rows")


def explored(counted: Counted, palette: Palette, lang: Lang) -> Chart:
    """Drawn, in words, and as a table; there must be a name or a dot."""
    drawing = Drawing(counted, measure(counted, lang), palette, lang)
    return FORMS[shape(counted)](drawing)


def shape(counted: Counted) -> Form:
    """The form it is drawn in: of several series no lying bars, for there is no room for both."""
    several = len(counted.series) > 1
    return "columns" if counted.recipe.form == "bars" and several else counted.recipe.form


def places(counted: Counted) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Which (series, name) each point of each trace is, as a click tells them; of points none."""
    if shape(counted) == "points":
        return ()
    pairs = [
        [(at, name) for name in range(len(counted.names))] for at in range(len(counted.series))
    ]
    if shape(counted) == "heat":
        return (tuple(place for row in pairs for place in row),)
    return tuple(map(tuple, pairs))


def lit(chart: Chart, counted: Counted, kept: Kept, palette: Palette) -> None:
    """Make the marks faint that are not among what the other charts are kept to."""
    recipe, wanted = counted.recipe, dict(kept)
    own = [column for column in (recipe.by, recipe.split) if column in wanted]
    if not own:
        return
    for trace, marks in zip(chart.figure.data, places(counted), strict=False):
        shown = [_is_among(counted, place, wanted) for place in marks]
        trace.marker.opacity = [1.0 if one else FAINT for one in shown]
        if shape(counted) == "heat":  # what is written on a dark field is white
            inks = zip(trace.insidetextfont.color, shown, strict=True)
            trace.insidetextfont.color = [ink if one else palette.text for ink, one in inks]


def _is_among(counted: Counted, place: tuple[int, int], wanted: Mapping[int, Values]) -> bool:
    series, name = place
    recipe, (told, _) = counted.recipe, counted.series[series]
    pairs = [(recipe.by, counted.names[name])]
    pairs += [] if recipe.split is None else [(recipe.split, told)]
    return all(can_be_kept(one) and one.value in wanted[at] for at, one in pairs if at in wanted)


def _bars(drawing: Drawing) -> Chart:
    counted, quiet = drawing.counted, drawing.palette.series[-1]
    amounts = counted.series[0][1]
    rows = [
        Row(name, amount.value, words, note(counted, amount.rows, drawing.lang))
        for name, amount, words in zip(drawing.names, amounts, drawing.words[0], strict=True)
    ]
    drawn = figure(rows, drawing.palette, None)
    usual = drawing.palette.series[0]
    drawn.data[0].marker.color = [quiet if is_quiet(name) else usual for name in counted.names]
    return Chart(drawn, told(drawing), twin(drawing))


def note(counted: Counted, rows: int, lang: Lang) -> str:
    """Of how many rows an average is."""
    averaged = counted.recipe.how in ("mean", "median")
    return OF.format(n=number(rows))(lang) if averaged and rows else ""


FORMS: dict[Form, Callable[[Drawing], Chart]] = {
    "bars": _bars,
    "columns": columns,
    "lines": lines,
    "heat": crossed,
    "points": dots,
}
