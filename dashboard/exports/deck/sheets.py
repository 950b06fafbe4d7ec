"""The numbers of a chart with the workbook behind them, which opens on `edit data`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pptx.chart.data import CategoryChartData

from dashboard.exports import neutral
from dashboard.exports.deck.lettering import clean
from dashboard.exports.deck.paper import BREAK

SHEET = "Sheet1"  # what the chart's references call it


@dataclass(frozen=True, slots=True)
class Numbers:
    """Series over names; None is a gap. `code` is the number format."""

    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    code: str


class ChartData(CategoryChartData):
    """As the library's own, but its workbook runs no formula and has no date of today."""

    def __init__(self, numbers: Numbers, made: date) -> None:
        super().__init__(number_format=numbers.code)
        self.categories = [_lines(name) for name in numbers.names]
        for name, sizes in numbers.series:
            self.add_series(clean(name), sizes)
        self._numbers, self._made = numbers, made

    @property
    def xlsx_blob(self) -> bytes:
        return _workbook(self._numbers, self._made)


def chart_data(names: Sequence[str], series: Sequence[Any], code: str, made: date) -> ChartData:
    """`series`: pairs of a name and its sizes."""
    told = tuple((name, tuple(sizes)) for name, sizes in series)
    return ChartData(Numbers(tuple(names), told, code), made)


def _lines(name: str) -> str:
    """A broken name keeps its break, in the form charts and cells know."""
    return "\n".join(clean(line) for line in name.split(BREAK)) or " "


def _workbook(numbers: Numbers, made: date) -> bytes:
    buffer = io.BytesIO()
    book = neutral.workbook(buffer, "")
    book.set_properties({"created": datetime.combine(made, time())})
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
