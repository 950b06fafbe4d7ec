"""The same months of several years as lines: this year strong, earlier ones quiet.

What the running year will come to is drawn apart from what it is: dashed, in the band of its
range, with the word 估算. Years differ by dash and weight as well, so that grey print tells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dashboard.charts.canvas import BOTTOM, ESTIMATE, TOP, Canvas
from dashboard.charts.rows import plain
from dashboard.charts.template import Chart, Mark, Palette, Twin, blank
from dashboard.charts.trend import AXES, HEIGHT
from dashboard.projection import Estimate
from dashboard.text import MONTHS_EN, Lang, Number, Text, exact

MOST = 5
LINE = 16  # pixels a line of words takes
BESIDE = 76  # pixels at the right, for the names
DASHES = ("solid", "dot", "dash", "dashdot")  # of earlier years, the newest first
HEADINGS = (Text("月份", "Month"), Text("时间段", "Period"), Text("数值", "Value"))
WHOLE = Text("全期估算", "Whole, estimated")


@dataclass(frozen=True, slots=True)
class Year:
    """One line: its name, and its value in each month of the axis; None where it is not known.

    `marks` are what its points open.
    """

    name: Text
    values: tuple[Number | None, ...]
    marks: tuple[Mark | None, ...] = ()


def running(values: Sequence[Number | None]) -> tuple[Number | None, ...]:
    """Amounts by month as totals since the first one, up to the last month that is known."""
    known = max((at for at, value in enumerate(values) if value is not None), default=-1) + 1
    totals = accumulate(exact(value or 0) for value in values[:known])
    return (*totals, *[None] * (len(values) - known))


def year_lines(
    years: Sequence[Year],
    months: Sequence[int],
    unit: str,
    palette: Palette,
    lang: Lang,
    estimate: Estimate | None = None,
) -> Chart:
    """Oldest first, the last one is this year. `months` are those of the axis, in order: 9 … 8.

    An estimate is one of the whole: it is given where the lines are running totals.
    """
    canvas, shown = Canvas(blank(palette, HEIGHT), unit, palette, lang), list(years[-MOST:])
    named = [_month(at, lang) for at in months]
    for back, year in zip(range(len(shown) - 1, -1, -1), shown, strict=True):
        _add_line(canvas, year, named, back)
    sizes = [canvas.size(value) for year in shown for value in year.values]
    canvas.frame([*sizes, *canvas.ahead(estimate)], named, every=2)
    _name_axis(canvas)
    if estimate and shown:
        _add_estimate(canvas, shown[-1], estimate)
    _name_lines(canvas, shown, estimate)
    marks = tuple(year.marks for year in shown)
    twin, alt = _twin(canvas, shown, named, estimate), _alt(canvas, shown, named, estimate)
    return Chart(canvas.figure, alt, twin, marks if any(marks) else ())


def _twin(
    canvas: Canvas, years: Sequence[Year], months: Sequence[str], estimate: Estimate | None
) -> Twin:
    """A row a point, in the order of the lines; the estimate is the last, and says what it is."""
    rows = [
        (named, year.name(canvas.lang), canvas.words(value))
        for year in years
        for named, value in zip(months, year.values, strict=True)
    ]
    if estimate and years:
        whole = WHOLE(canvas.lang)
        rows.append((whole, years[-1].name(canvas.lang), canvas.told(estimate)))
    return Twin(tuple(heading(canvas.lang) for heading in HEADINGS), tuple(rows))


def _alt(
    canvas: Canvas, years: Sequence[Year], months: Sequence[str], estimate: Estimate | None
) -> str:
    """`2025 年 1月 1.15 万元, …; 全期估算 …`; what is still to come is left out."""
    told = []
    for year in years:
        over = _last(canvas, year)[0] + 1
        pairs = zip(months[:over], year.values[:over], strict=True)
        values = ", ".join(f"{named} {canvas.words(value)}" for named, value in pairs)
        told.append(f"{year.name(canvas.lang)} {values}")
    if estimate and years:
        told.append(f"{WHOLE(canvas.lang)} {canvas.told(estimate)}")
    return "; ".join(told)


def _month(number: int, lang: Lang) -> str:
    return f"{number}月" if lang == "zh" else MONTHS_EN[number - 1]


def _add_line(canvas: Canvas, year: Year, months: Sequence[str], back: int) -> None:
    """This year with its points; one before by a thin grey line, told by its dash."""
    lang, palette = canvas.lang, canvas.palette
    now = {"color": palette.series[0], "width": 3}
    before = {"color": palette.series[5], "width": 1.6, "dash": DASHES[back - 1]}
    canvas.figure.add_scatter(
        x=list(range(len(months))),
        y=[canvas.size(value) for value in year.values],
        mode="lines" if back else "lines+markers",
        connectgaps=False,
        line=before if back else now,
        marker={"color": palette.series[0], "size": 6},
        customdata=[
            [plain(year.name(lang)), named, canvas.words(value)]
            for named, value in zip(months, year.values, strict=True)
        ],
        hovertemplate="%{customdata[0]} %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )


def _add_estimate(canvas: Canvas, year: Year, estimate: Estimate) -> None:
    """From the last month that is known to the end of the year: a dashed line in its range."""
    at, value = _last(canvas, year)
    low, middle, high = canvas.ahead(estimate)
    end, colour = len(year.values) - 1, canvas.palette.series[0]
    canvas.figure.add_scatter(
        x=[at, end, end],
        y=[value, high, low],
        fill="toself",
        mode="none",
        fillcolor=f"rgba({_channels(colour)},0.16)",
        hoverinfo="skip",
    )
    dashed = {"color": colour, "width": 2.2, "dash": "dash"}
    canvas.figure.add_scatter(
        x=[at, end], y=[value, middle], mode="lines", line=dashed, hoverinfo="skip"
    )


def _channels(colour: str) -> str:
    """`#2F5D8A` as `47,93,138`."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def _last(canvas: Canvas, year: Year) -> tuple[int, float]:
    """The last month that is known and its size; the corner of the plot where none is."""
    known = [(at, value) for at, value in enumerate(year.values) if value is not None]
    at, value = known[-1] if known else (0, 0)
    return at, canvas.size(value) or 0.0


def _name_axis(canvas: Canvas) -> None:
    """The axis' unit, above it."""
    canvas.figure.add_annotation(
        x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=8,
        xshift=-4, text=AXES[canvas.unit](canvas.lang), showarrow=False,
        font={"color": canvas.palette.quiet, "size": 12},
    )  # fmt: skip


def _name_lines(canvas: Canvas, years: Sequence[Year], estimate: Estimate | None) -> None:
    """Names at the right, clear of one another; this year's stands at its own last month."""
    known = [year for year in years if any(value is not None for value in year.values)]
    ends = [
        (_last(canvas, year)[1], plain(year.name(canvas.lang)), canvas.palette.quiet)
        for year in known
        if year is not years[-1]
    ]
    if known and known[-1] is years[-1]:
        ends += _name_this_year(canvas, known[-1])
    if estimate:
        said = f"{ESTIMATE(canvas.lang)}<br><b>{canvas.words(estimate.estimate)}</b>"
        ends.append((canvas.size(estimate.estimate) or 0.0, said, canvas.palette.series[0]))
    heights = [LINE * (words.count("<br>") + 1) for _, words, _ in ends]
    low, high = canvas.figure.layout.yaxis.range
    tall = HEIGHT - TOP - BOTTOM
    wanted = [(size - low) / (high - low) * tall for size, _, _ in ends]
    for (size, words, colour), shift in zip(ends, apart(wanted, heights, tall), strict=True):
        canvas.figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=2, y=size, yshift=shift, text=words,
            align="left", showarrow=False, font={"color": colour, "size": 12},
        )  # fmt: skip
    canvas.figure.update_layout(margin_r=BESIDE)


def _name_this_year(canvas: Canvas, year: Year) -> list[tuple[float, str, str]]:
    """Written over its last month; where that is the year's last, at the right with the others."""
    at, size = _last(canvas, year)
    words = f"{plain(year.name(canvas.lang))}<br><b>{canvas.words(year.values[at])}</b>"
    colour = canvas.palette.series[0]
    if at == len(year.values) - 1:
        return [(size, words, colour)]
    side = "right" if at > 1 else "left"
    canvas.figure.add_annotation(
        x=at, y=size, xanchor=side, yanchor="bottom", yshift=5, text=words, showarrow=False,
        align=side, font={"color": colour, "size": 12},
    )  # fmt: skip
    return []


def apart(wanted: Sequence[float], heights: Sequence[int], tall: float) -> list[float]:
    """How far, in pixels, each of some words has to move so that none covers another.

    `wanted` are the heights at which their middles would stand, over a floor at 0; the topmost
    stays below `tall`.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed, ceiling = dict(enumerate(wanted)), tall
    floor = 0.0
    for at in order:
        placed[at] = max(placed[at], floor + heights[at] / 2)
        floor = placed[at] + heights[at] / 2
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling - heights[at] / 2)
        ceiling = placed[at] - heights[at] / 2
    return [placed[at] - height for at, height in enumerate(wanted)]
