"""The numbers of a chart with the workbook behind them, which opens on `edit data`."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.exports import neutral
from dashboard.exports.deck.lettering import clean
from dashboard.exports.deck.paper import BREAK, Area

SHEET = "Sheet1"  # what the chart's references call it


@dataclass(frozen=True, slots=True)
class Numbers:
    """Series over names; None is a gap. `code` is the number format."""

    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    code: str


def added(slide: Any, kind: Any, area: Area, numbers: Numbers, made: date) -> Any:
    """A chart with these numbers, at this place. The library's own workbook would run a name that
    looks like a formula, and tell when it was made; ours takes its place.
    """
    library: Any = CategoryChartData
    data = library(number_format=numbers.code)
    data.categories = [_lines(name) for name in numbers.names]
    for name, sizes in numbers.series:
        data.add_series(clean(name), sizes)
    chart = slide.shapes.add_chart(kind, *area.sides(), data).chart
    chart.plots[0].vary_by_categories = False
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(numbers, made))
    return chart


@dataclass(frozen=True, slots=True)
class Dots:
    """Pairs of numbers: what is across and what is up, and the number format of each."""

    names: tuple[str, str]
    pairs: tuple[tuple[float, float], ...]
    codes: tuple[str, str]


def scattered(slide: Any, area: Area, dots: Dots, made: date) -> Any:
    """A chart with one dot a pair, at this place."""
    library: Any = XyChartData
    data = library(number_format=dots.codes[1])
    series = data.add_series(clean(dots.names[1]))
    for x, y in dots.pairs:
        series.add_data_point(x, y)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *area.sides(), data).chart
    chart.part.chart_workbook.update_from_xlsx_blob(_pairs(dots, made))
    return chart


def _pairs(dots: Dots, made: date) -> bytes:
    buffer = io.BytesIO()
    book = neutral.workbook(buffer, "", made=datetime.combine(made, time()))
    sheet, plain = book.add_worksheet(SHEET), book.add_format()
    sheet.set_column(0, 1, 18)
    for column in range(2):
        shown = book.add_format({"num_format": dots.codes[column]})
        neutral.write(sheet, 0, column, clean(dots.names[column]), plain)
        for row, pair in enumerate(dots.pairs, start=1):
            neutral.write(sheet, row, column, pair[column], shown)
    book.close()
    return buffer.getvalue()


def _lines(name: str) -> str:
    """A broken name keeps its break, in the form charts and cells know."""
    return "\n".join(clean(line) for line in name.split(BREAK)) or " "


def _workbook(numbers: Numbers, made: date) -> bytes:
    buffer = io.BytesIO()
    book = neutral.workbook(buffer, "", made=datetime.combine(made, time()))
    sheet, plain = book.add_worksheet(SHEET), book.add_format()
    shown = book.add_format({"num_format": numbers.code})
    sheet.set_column(0, len(numbers.series), 18)
    for row, name in enumerate(numbers.names, start=1):
        neutral.write(sheet, row, 0, _lines(name), plain)
    for column, (name, sizes) in enumerate(numbers.series, start=1):
        neutral.write(sheet, 0, column, clean(name), plain)
        for row, size in enumerate(sizes, start=1):
            neutral.write(sheet, row, column, size, shown)
    book.close()
    return buffer.getvalue()
