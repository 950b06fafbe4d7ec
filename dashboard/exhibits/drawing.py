"""The chart of a block, drawn in one way for the page and for the wall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard import layout
from dashboard.answers import Answer
from dashboard.charts.breakdown import breakdown
from dashboard.charts.calendar import calendar
from dashboard.charts.funnel import funnel
from dashboard.charts.history import history_lines
from dashboard.charts.moves import Stretch, moves
from dashboard.charts.sankey import sankey
from dashboard.charts.template import Chart, Palette
from dashboard.charts.trend import trend
from dashboard.periods import twelve_months
from dashboard.text import Lang


def chart(block: layout.Charted, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    """The block's chart, once it is known that there is something to draw."""
    return DRAWN[type(block)](block, answer, palette, lang)


def _trend(block: layout.Trend, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    return trend([answer.results[name] for name in block.kpis], block.shape, palette, lang)


def _years(block: layout.Years, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    held = answer.histories[block.kpi]
    return history_lines(held, block.projected and held.is_running, palette, lang)


def _breakdown(block: layout.Breakdown, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    return breakdown(answer.results[block.kpi], block.by, palette, lang)


def _funnel(block: layout.Funnel, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    return funnel([answer.results[name] for name in block.kpis], palette, lang)


def _moves(block: layout.Moves, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    joined, left = (answer.results[name].kpi for name in (block.joined, block.left))
    stretches = [Stretch.of(row) for row in answer.reports[block.report].rows]
    return moves(stretches, joined, left, palette, lang)


def _calendar(block: layout.CalendarHeat, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    found = answer.reports[block.report]
    months = twelve_months(answer.filters.as_of)
    return calendar(found.rows, found.query.opens or ("", ""), months, palette, lang)


def _sankey(block: layout.Sankey, answer: Answer, palette: Palette, lang: Lang) -> Chart:
    return sankey(answer.reports[block.report].rows, palette, lang)


DRAWN: dict[type[Any], Callable[[Any, Answer, Palette, Lang], Chart]] = {
    layout.Trend: _trend,
    layout.Years: _years,
    layout.Breakdown: _breakdown,
    layout.Funnel: _funnel,
    layout.Moves: _moves,
    layout.CalendarHeat: _calendar,
    layout.Sankey: _sankey,
}
