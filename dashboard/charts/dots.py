"""Two measures of the same rows: one dot a row, the first across, the second up."""

from __future__ import annotations

from fractions import Fraction

from dashboard.charts.drawn import Drawing, said
from dashboard.charts.measures import Measure
from dashboard.charts.rows import plain
from dashboard.charts.template import Chart, Twin, axis, blank, lay
from dashboard.text import Text, number

HEIGHT = 300
SIZE, MANY = 8, 400  # pixels of a dot, and from how many they are smaller
ALT = Text(
    "{n} 个点；{along} {low} 至 {high}，{measured} {least} 至 {most}",
    "{n} dots; {along} {low} to {high}, {measured} {least} to {most}",
)


def dots(drawing: Drawing) -> Chart:
    """Axes need not begin at nothing: what counts is how the dots lie."""
    counted, palette, lang = drawing.counted, drawing.palette, drawing.lang
    across, up = across_measure(drawing), drawing.measure
    xs, ys = zip(*counted.dots, strict=True)
    told = [(across.words(x), up.words(y)) for x, y in counted.dots]
    names = counted.along(lang), counted.measured(lang)
    drawn = blank(palette, HEIGHT)
    drawn.add_scatter(
        x=[across.size(x) for x in xs],
        y=[up.size(y) for y in ys],
        mode="markers",
        marker={
            "color": palette.series[0],
            "size": SIZE if len(xs) < MANY else SIZE - 3,
            "opacity": 0.6 if len(xs) < MANY else 0.35,
        },
        customdata=[[plain(x), plain(y)] for x, y in told],
        hovertemplate=f"{plain(names[0])} %{{customdata[0]}}<br>{plain(names[1])} "
        "%{customdata[1]}<extra></extra>",
    )
    lay(
        drawn,
        xaxis=axis(palette, grid=True)
        | {"nticks": 7, "tickformat": across.ticks}
        | {"title": {"text": plain(_titled(names[0], across)), "font": _font(drawing)}},
        yaxis=axis(palette, grid=True) | {"nticks": 6, "tickformat": up.ticks},
        margin_t=30,
        margin_b=8,
    )
    said(drawn, plain(_titled(names[1], up)), palette.quiet)
    return Chart(drawn, _alt(drawing, across, list(xs), list(ys)), Twin(names, tuple(told)))


def across_measure(drawing: Drawing) -> Measure:
    """How the values along are written."""
    values = [x for x, _ in drawing.counted.dots]
    return Measure.of(
        values, drawing.counted.along_unit, drawing.counted.along_suffix, drawing.lang
    )


def _titled(name: str, measure: Measure) -> str:
    """The name with its unit, unless the name says it already."""
    word = measure.word
    if not word or word in name:
        return name
    return f"{name}（{word}）" if measure.lang == "zh" else f"{name} ({word})"


def _font(drawing: Drawing) -> dict[str, object]:
    return {"size": 12, "color": drawing.palette.quiet}


def _alt(drawing: Drawing, across: Measure, xs: list[Fraction], ys: list[Fraction]) -> str:
    counted, up = drawing.counted, drawing.measure
    return ALT.format(
        n=number(len(xs)), along=counted.along, low=across.words(min(xs)),
        high=across.words(max(xs)), measured=counted.measured, least=up.words(min(ys)),
        most=up.words(max(ys)),
    )(drawing.lang)  # fmt: skip
