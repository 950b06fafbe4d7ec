"""Charts as numbers, one function per kind of block; the screen's own functions rank and word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard import layout
from dashboard.answers import Answer
from dashboard.charts import words
from dashboard.charts.breakdown import bars, ranked
from dashboard.charts.calendar import by_month
from dashboard.charts.funnel import stages
from dashboard.charts.history import told
from dashboard.charts.moves import Stretch, signed
from dashboard.charts.rows import Row
from dashboard.dimensions import DIMENSIONS
from dashboard.exhibits import grids
from dashboard.exhibits.model import Cell, Form, Grid, Head, Plot, Series
from dashboard.kpis.model import Reading, Result
from dashboard.periods import twelve_months
from dashboard.text import MONTHS_EN, Lang, Number, Text, day, month, number

Drawn = tuple[Plot, Grid]
Aim = tuple[Number, str] | None
MONTH, STAGE, STRETCH = Text("月份", "Month"), Text("阶段", "Stage"), Text("截至", "Until")
ESTIMATE = Text("{year}（估算）", "{year} (estimate)")


def of_breakdown(block: layout.Breakdown, answer: Answer, lang: Lang) -> Drawn:
    result = answer.results[block.kpi]
    rows = bars(result, block.by, lang)
    target = (result.bar, words.bar(result, lang)) if result.bar is not None else None
    plot = _bars("bars", rows, result, lang, target)
    return plot, grids.of_parts(result, block.by, ranked(result, block.by), lang)


def of_funnel(block: layout.Funnel, answer: Answer, lang: Lang) -> Drawn:
    results = [answer.results[name] for name in block.kpis]
    plot = _bars("funnel", stages(results, lang), results[0], lang, None)
    return plot, grids.of_plot(plot, STAGE, lang)


def _bars(form: Form, rows: Sequence[Row], result: Result, lang: Lang, target: Aim) -> Plot:
    return Plot(
        form,
        tuple(row.name for row in rows),
        (Series(result.kpi.label(lang), tuple(Cell(row.size, row.value) for row in rows)),),
        result.kpi.unit,
        notes=tuple(row.note for row in rows),
        short=tuple(row.bad for row in rows),
        target=target,
    )


def of_trend(block: layout.Trend, answer: Answer, lang: Lang) -> Drawn:
    results = [answer.results[name] for name in block.kpis]
    first = results[0]
    aims = len(results) == 1 and first.bar is not None
    plot = Plot(
        "columns" if block.shape == "bar" else "lines",
        tuple(_month(point.span.start, at == 0, lang) for at, point in enumerate(first.trend)),
        tuple(_series(results, lang)),
        first.kpi.unit,
        target=(first.bar, words.bar(first, lang)) if aims and first.bar is not None else None,
    )
    return plot, grids.of_plot(plot, MONTH, lang)


def _month(first: date, named: bool, lang: Lang) -> str:
    """The year stands with the first month and with each January."""
    word = month(first, lang)
    if not named and first.month > 1:
        return word
    return f"{first.year}年{word}" if lang == "zh" else f"{word} {first.year}"


def _series(results: Sequence[Result], lang: Lang) -> Iterator[Series]:
    """Money of all of them in one scale, so that it can be compared."""
    readings = [point.reading for result in results for point in result.trend]
    told = iter(_column(readings, results[0].kpi.unit, lang))
    for result in results:
        cells = tuple(Cell(point.reading.value, next(told)) for point in result.trend)
        yield Series(result.kpi.label(lang), cells)


def _column(readings: Sequence[Reading], unit: str, lang: Lang) -> list[str]:
    told = words.column([reading.value for reading in readings], unit, lang)
    return [
        words.HIDDEN if reading.hidden else text
        for reading, text in zip(readings, told, strict=True)
    ]


def of_years(block: layout.Years, answer: Answer, lang: Lang) -> Drawn:
    held = answer.histories[block.kpi]
    years, months, estimate = told(held, block.projected and held.is_running)
    unit = held.kpi.unit
    flat = [value for one in years for value in one.values]
    told_as = iter(words.column([*flat, estimate.estimate if estimate else None], unit, lang))
    series = [
        Series(one.name(lang), tuple(Cell(v, next(told_as)) for v in one.values)) for one in years
    ]
    if estimate:
        whole = Cell(estimate.estimate, next(told_as))
        known = [at for at, cell in enumerate(series[-1].cells) if cell.value is not None]
        gaps = [Cell(None, "")] * len(months)
        if known:
            gaps[known[-1]] = series[-1].cells[known[-1]]
        name = ESTIMATE.format(year=years[-1].name)(lang)
        series.append(Series(name, (*gaps[:-1], whole), estimated=True))
    names = tuple(f"{n}月" if lang == "zh" else MONTHS_EN[n - 1] for n in months)
    plot = Plot("lines", names, tuple(series), unit)
    return plot, grids.of_plot(plot, MONTH, lang)


def of_moves(block: layout.Moves, answer: Answer, lang: Lang) -> Drawn:
    found = answer.reports[block.report]
    labels = [answer.results[name].kpi.label(lang) for name in (block.joined, block.left)]
    stretches = [Stretch.of(row) for row in found.rows]
    plot = Plot(
        "moves",
        tuple(day(one.until) for one in stretches),
        (
            Series(labels[0], tuple(Cell(one.joined, signed(one.joined)) for one in stretches)),
            Series(labels[1], tuple(Cell(-one.left, signed(-one.left)) for one in stretches)),
        ),
        "people",
    )
    return plot, grids.of_report(found, lang)


def of_calendar(block: layout.CalendarHeat, answer: Answer, lang: Lang) -> Drawn:
    found = answer.reports[block.report]
    dimension = DIMENSIONS[found.query.opens[1] if found.query.opens else ""]
    months = twelve_months(answer.filters.as_of)
    plot = Plot(
        "heat",
        tuple(_month(span.start, at == 0, lang) for at, span in enumerate(months)),
        tuple(
            Series(
                dimension.value(value)(lang),
                tuple(Cell(n or None, number(n) if n else "") for n in counts),
            )
            for value, counts in by_month(found.rows, dimension, months)
        ),
        "count",
    )
    return plot, _turned(plot, dimension.label(lang))


def _turned(plot: Plot, head: str) -> Grid:
    """Kinds down, months across, as it is drawn."""
    rows = tuple(
        (Cell(one.name, one.name), *(Cell(c.value or 0, c.text or "0") for c in one.cells))
        for one in plot.series
    )
    months = tuple(Head(name, "count") for name in plot.names)
    return Grid((Head(head, "label"), *months), rows)


def of_sankey(block: layout.Sankey, answer: Answer, lang: Lang) -> Drawn:
    rows = answer.reports[block.report].rows
    told_as = words.column([row["value"] for row in rows], "yuan", lang)
    flows = tuple(
        (str(row["source"]), str(row["target"]), Cell(row["value"], text))
        for row, text in zip(rows, told_as, strict=True)
    )
    plot = Plot("flows", (), (), "yuan", flows=flows)
    return plot, grids.of_plot(plot, MONTH, lang)
