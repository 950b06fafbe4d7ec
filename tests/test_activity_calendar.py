"""Twelve months of activities in a grid: every cell is a reading of the figure it opens."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from schools import Schools, opened

from dashboard import reports
from dashboard.charts.calendar import calendar
from dashboard.charts.shades import contrast, ink, mixed
from dashboard.charts.template import DARK, LIGHT, Chart, Mark, Palette
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.periods import Span, parse, twelve_months
from dashboard.proving import over
from dashboard.text import Lang
from dashboard.warehouse import Warehouse

TODAY = date(2018, 3, 31)


def drawn_of(warehouse: Warehouse, filters: Filters, lang: Lang = "zh") -> Chart:
    found = reports.run(warehouse, "activity_calendar", filters, lang)
    assert found.query.opens is not None
    return calendar(found.rows, found.query.opens, twelve_months(filters.as_of), LIGHT, lang)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    held: list[tuple[str, str | None]] = [
        ("2016-02-29", "sports"), ("2016-12-31", "care"), ("2017-01-01", "sports"),
        ("2017-02-28", "sports"), ("2017-02-01", "sports"), ("2017-02-14", None),
        ("2017-12-31", "care"),
    ]  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"name": f"活动{n}", "held_on": date.fromisoformat(day), "kind": kind}
        for n, (day, kind) in enumerate(held)
    ]
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)(activities=rows)


def test_kinds_stand_in_their_own_order_and_all_of_them_below(warehouse: Warehouse) -> None:
    chart = drawn_of(warehouse, Filters(parse("2017"), TODAY))
    assert list(chart.figure.layout.yaxis.ticktext) == ["文体", "慰问", "未填写", "合计"]
    sums = [
        text.replace("<b>", "").replace("</b>", "") for text in chart.figure.layout.yaxis2.ticktext
    ]
    assert sums == ["3", "1", "1", "5"]
    assert chart.alt.startswith("2017-01 文体 1; 2017-02 文体 2; 2017-12 慰问 1; 2017-02 未填写 1")


def test_the_number_is_written_in_every_cell_and_a_month_without_is_empty(
    warehouse: Warehouse,
) -> None:
    bars = drawn_of(warehouse, Filters(parse("2017"), TODAY)).figure.data[0]
    cells = list(zip(bars.y, [int(base) for base in bars.base], bars.text, strict=True))
    assert cells == [
        (0, 0, "<b>1</b>"), (0, 1, "<b>2</b>"), (1, 11, "<b>1</b>"), (2, 1, "<b>1</b>"),
        (3, 0, "<b>1</b>"), (3, 1, "<b>3</b>"), (3, 11, "<b>1</b>"),
    ]  # fmt: skip


def test_twelve_months_up_to_the_day_and_the_leap_day_is_in_its_own(warehouse: Warehouse) -> None:
    chart = drawn_of(warehouse, Filters(parse("2016-2017"), date(2017, 1, 1)), "en")
    assert chart.twin is not None
    assert chart.twin.columns == ("Month", "Kind of activity", "Number")
    assert chart.twin.rows[0] == ("2016-02", "Sports and arts", "1")
    assert chart.marks[0][0] == Mark(
        "activities_held", "activity_kind", "sports", Span(date(2016, 2, 1), date(2016, 2, 29))
    )
    labels = chart.figure.layout.xaxis.ticktext
    assert (labels[0], labels[1], labels[11]) == ("2016<br>Feb", "Mar", "2017<br>Jan")


def test_the_grid_is_narrowed_like_the_figure(warehouse: Warehouse) -> None:
    care = Filters(parse("2017"), TODAY, chosen({"activity_kind": "care"}))
    chart = drawn_of(warehouse, care)
    assert chart.twin is not None
    assert [row[1:] for row in chart.twin.rows] == [("慰问", "1"), ("合计", "1")]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("period", ["2017", "2016-2017", "2016-02"])
def test_every_cell_is_the_figure_it_opens(seed: int, period: str, tmp_path: Path) -> None:
    filters = Filters(parse(period), TODAY)
    with opened(tmp_path, drawn(seed)) as warehouse:
        chart = drawn_of(warehouse, filters)
        assert chart.twin is not None
        for row, mark in zip(chart.twin.rows, chart.marks[0], strict=True):
            assert mark is not None
            assert mark.span is not None
            view = filters.narrowed(mark.dimension, mark.value) if mark.dimension else filters
            result = evaluate(warehouse, KPIS[mark.kpi], over(view, mark.span), ())
            assert str(result.now.numerator) == row[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_written_can_be_read_on_every_depth(palette: Palette) -> None:
    for step in range(30, 101):
        fill = mixed(palette, step / 100)
        assert contrast(ink(fill), fill) >= 4.5, step


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
