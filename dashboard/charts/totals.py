"""What each of several years came to, as columns; on this one, hatched, what it will come to."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.canvas import ESTIMATE, TOP, Canvas
from dashboard.charts.rows import plain
from dashboard.charts.template import Chart, Mark, Palette, Twin, blank
from dashboard.charts.trend import HEIGHT
from dashboard.charts.words import column
from dashboard.projection import Estimate
from dashboard.text import Lang, Number, Text

MOST = 5
WIDTH = 0.56
SO_FAR = Text("已有 {value}", "{value} so far")
HEADINGS = Text("时间段", "Period"), Text("数值", "Value")
ESTIMATED = Text("{year} 全期估算", "{year}, the whole estimated")


def year_totals(
    totals: Sequence[tuple[Text, Number | None]],
    unit: str,
    palette: Palette,
    lang: Lang,
    estimate: Estimate | None = None,
    marks: tuple[Mark | None, ...] = (),
) -> Chart:
    """Oldest first, the last one is this year; an estimate stands hatched upon it."""
    canvas, shown = Canvas(blank(palette, HEIGHT), unit, palette, lang), list(totals[-MOST:])
    names, words = [name(lang) for name, _ in shown], column([v for _, v in shown], unit, lang)
    sizes = [canvas.size(value) for _, value in shown]
    canvas.frame([0.0, *sizes, *canvas.ahead(estimate)], [plain(name) for name in names])
    canvas.figure.update_yaxes(showgrid=False, showticklabels=False)
    _add_columns(canvas, sizes, words)
    rows = list(zip(names, words, strict=True))
    if estimate and shown:
        _add_hatched(canvas, sizes[-1] or 0.0, len(shown) - 1, estimate)
        rows.append((ESTIMATED.format(year=shown[-1][0])(lang), canvas.told(estimate)))
    twin = Twin(tuple(heading(lang) for heading in HEADINGS), tuple(rows))
    opens = (tuple(marks[-MOST:]),) if marks else ()
    return Chart(canvas.figure, "; ".join(" ".join(row) for row in rows), twin, opens)


def _add_columns(canvas: Canvas, sizes: Sequence[float | None], words: Sequence[str]) -> None:
    """Earlier years are grey; every value stands on its column, and a dash where none is."""
    series = canvas.palette.series
    canvas.figure.add_bar(
        x=list(range(len(sizes))),
        y=[size or 0.0 for size in sizes],
        width=WIDTH,
        marker={"color": [series[5]] * (len(sizes) - 1) + [series[0]]},
        text=[f"<b>{word}</b>" for word in words],
        textposition="outside",
        textfont={"size": 12},
        constraintext="none",
        cliponaxis=False,
        customdata=list(words),
        hovertemplate="%{customdata}<extra></extra>",
    )
    canvas.figure.update_layout(barmode="overlay")


def _add_hatched(canvas: Canvas, size: float, at: int, estimate: Estimate) -> None:
    """What is to come, hatched, and its range as a whisker; its words above both."""
    low, middle, high = canvas.ahead(estimate)
    colour, paper = canvas.palette.series[0], canvas.palette.paper
    canvas.figure.add_bar(
        x=[at],
        y=[max(middle - size, 0.0)],
        base=[size],
        width=WIDTH,
        marker={
            "color": paper,
            "line": {"color": colour, "width": 1.2},
            "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": paper, "size": 7},
        },
        hoverinfo="skip",
    )
    canvas.figure.add_scatter(
        x=[at], y=[middle], mode="markers", hoverinfo="skip",
        marker={"color": canvas.palette.text, "size": 5},
        error_y={
            "type": "data", "symmetric": False, "array": [high - middle],
            "arrayminus": [middle - low], "color": canvas.palette.text, "thickness": 1.4,
            "width": 6,
        },
    )  # fmt: skip
    canvas.figure.data[0].text = [*canvas.figure.data[0].text[:-1], ""]
    so_far = SO_FAR.format(value=canvas.words(estimate.so_far))(canvas.lang)
    words = f"{ESTIMATE(canvas.lang)} <b>{canvas.words(estimate.estimate)}</b><br>{so_far}"
    canvas.figure.add_annotation(
        x=at, y=max(high, size), yanchor="bottom", yshift=4, text=words, showarrow=False,
        font={"color": colour, "size": 12},
    )  # fmt: skip
    canvas.figure.update_layout(margin_t=2 * TOP)
