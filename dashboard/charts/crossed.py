"""Two ways of grouping crossed: series down, names across, each field shaded by its value."""

from __future__ import annotations

from fractions import Fraction

import plotly.graph_objects as go

from dashboard.charts.drawn import LETTER, WIDE, Drawing, is_quiet, told, twin, under
from dashboard.charts.rows import broken, letters, plain
from dashboard.charts.shades import ink, mixed
from dashboard.charts.template import Chart, axis, blank, lay

ROW, TOP = 32, 44  # pixels
GAP = 0.05  # of a field, between it and the next
LIGHTEST, DARKEST = 0.12, 1.0  # of the one colour in the paper
CLEAR = "rgba(0,0,0,0)"
NAME = 90  # pixels a row's name usually takes


def crossed(drawing: Drawing) -> Chart:
    """A field of nothing stands empty; where all fields have room, each says its value."""
    series = [name.text(drawing.lang) for name, _ in drawing.counted.series]
    drawn = blank(drawing.palette, ROW * len(series) + TOP)
    fields = [(at, place) for at in range(len(series)) for place in range(len(drawing.names))]
    fills = _fills(drawing)
    drawn.add_bar(
        x=[1 - GAP] * len(fields),
        base=[place + GAP / 2 for _, place in fields],
        y=[at for at, _ in fields],
        orientation="h",
        width=1 - 3 * GAP,
        marker={"color": fills},
        text=_written(drawing),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"size": 12, "color": [_ink(fill, drawing) for fill in fills]},
        customdata=[_hover(drawing, series, at, place) for at, place in fields],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _axes(drawn, drawing, series)
    return Chart(drawn, told(drawing), twin(drawing))


def _values(drawing: Drawing) -> list[Fraction | None]:
    return [amount.value for _, held in drawing.counted.series for amount in held]


def _fills(drawing: Drawing) -> list[str]:
    """The more, the deeper; where some are below nothing, by how far they are from the least."""
    known = [value for value in _values(drawing) if value]
    most, least = max(known, default=Fraction(1)), min([*known, Fraction(0)])
    shares = [
        None if not value else float((value - least) / ((most - least) or 1))
        for value in _values(drawing)
    ]
    return [
        CLEAR if share is None else mixed(drawing.palette, LIGHTEST + (DARKEST - LIGHTEST) * share)
        for share in shares
    ]


def _ink(fill: str, drawing: Drawing) -> str:
    return drawing.palette.quiet if fill == CLEAR else ink(fill)


def _written(drawing: Drawing) -> list[str]:
    """What is nothing at all is not written; nor is anything where there is no room for all."""
    told = [drawing.measure.bare(value) if value else "" for value in _values(drawing)]
    room = (WIDE - NAME) / max(len(drawing.names), 1)
    fits = max(map(letters, told), default=0) * LETTER <= room
    return told if fits else [""] * len(told)


def _hover(drawing: Drawing, series: list[str], at: int, place: int) -> str:
    return plain(f"{series[at]} · {drawing.names[place]} {drawing.words[at][place]}")


def _axes(drawn: go.Figure, drawing: Drawing, series: list[str]) -> None:
    """Rows' names at the left, the others above."""
    labels = under(drawing.names, WIDE - NAME)
    quiet = drawing.palette.quiet
    rows = [
        f"<span style='color:{quiet}'>{broken(name)}</span>" if is_quiet(head) else broken(name)
        for name, (head, _) in zip(series, drawing.counted.series, strict=True)
    ]
    ends = {"range": [len(rows) - 0.5, -0.5], "tickvals": list(range(len(rows)))}
    # A trace of its own makes the right-hand axis exist; it draws nothing.
    drawn.add_scatter(x=[None] * len(rows), y=list(range(len(rows))), yaxis="y2", hoverinfo="skip")
    if drawing.measure.word:
        drawn.add_annotation(
            x=0, xref="paper", xanchor="right", xshift=-8, y=1, yref="paper", yanchor="bottom",
            yshift=4, text=plain(drawing.measure.word), showarrow=False,
            font={"color": quiet, "size": 12},
        )  # fmt: skip
    lay(
        drawn,
        xaxis=axis(drawing.palette)
        | {
            "range": [0, len(labels)],
            "tickvals": [at + 0.5 for at in range(len(labels))],
            "ticktext": labels,
            "autotickangles": [0, -90],
            "tickfont": {"color": drawing.palette.quiet, "size": 11},
            "side": "top",
        },
        yaxis=axis(drawing.palette)
        | ends
        | {"ticktext": rows, "tickfont": _dark(drawing), "ticklabelstandoff": 6},
        yaxis2=axis(drawing.palette)
        | ends
        | {"ticktext": _sums(drawing), "tickfont": _dark(drawing), "ticklabelstandoff": 8}
        | {"side": "right", "overlaying": "y"},
    )


def _dark(drawing: Drawing) -> dict[str, object]:
    return {"color": drawing.palette.text, "size": 13}


def _sums(drawing: Drawing) -> list[str]:
    """What a row comes to, where its values add up."""
    if drawing.counted.recipe.how not in ("rows", "sum"):
        return [""] * len(drawing.counted.series)
    sums = (
        sum((a.value or Fraction(0) for a in held), Fraction(0))
        for _, held in drawing.counted.series
    )
    return [f"<b>{drawing.measure.bare(total)}</b>" for total in sums]
