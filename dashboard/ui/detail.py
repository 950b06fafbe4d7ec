"""One figure at full length: twelve months, several years, and every dimension it is told by."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.charts.breakdown import breakdown
from dashboard.charts.history import history_lines, points
from dashboard.charts.template import Chart, Mark
from dashboard.charts.trend import trend
from dashboard.dimensions import DIMENSIONS
from dashboard.kpis.flows import adds_up
from dashboard.kpis.history import history
from dashboard.kpis.model import Result
from dashboard.proving import Proven, provable
from dashboard.text import Lang, Text
from dashboard.ui.card import draw, open_mark, palette
from dashboard.ui.identity import role
from dashboard.ui.spaces import warehouse
from dashboard.ui.years import said

OPEN = Text("依据与明细", "How it is counted")
TREND = Text("近十二个月", "Twelve months")
ROLLING = Text(
    "近十二个月，每点为截至当月的同长期间", "Twelve months, each the same length up to that month"
)
YEARS = Text("与往年同期比", "Beside earlier years")
BY = Text("按{name}", "By {name}")
NO_TREND = Text("近十二个月没有数据。", "No data in these twelve months.")


def opener(result: Result, lang: Lang) -> None:
    """The button at a tile's foot, for who reads such rows; they are read when it is pressed."""
    if not provable(role(), result.kpi):
        return
    st.button(
        OPEN(lang),
        type="tertiary",
        icon=":material/fact_check:",
        key=f"open_{result.kpi.id}",
        width="content",
        on_click=partial(open_mark, Mark(result.kpi.id)),
    )


def trends(found: Proven, workspace: str, lang: Lang) -> None:
    _months(found.result, lang)
    if adds_up(found.result.kpi) and not found.result.now.missing:
        _years(found, workspace, lang)


def _months(result: Result, lang: Lang) -> None:
    st.markdown(f"**{(ROLLING if result.kpi.trend == 'rolling' else TREND)(lang)}**")
    if any(point.reading.value is not None for point in result.trend):
        chart = trend([result], "line", palette(), lang)
        _draw(chart, result, "trend", lang)
    else:
        st.caption(NO_TREND(lang))


def _years(found: Proven, workspace: str, lang: Lang) -> None:
    with warehouse(workspace).snapshot() as reader:
        held = history(reader, found.result.kpi, found.filters)
    if not held.says_anything:
        return
    quiet = points(held, projected=True)(lang)
    st.markdown(f"**{YEARS(lang)}** :gray[:small[{quiet}]]")
    chart = history_lines(held, held.is_running, palette(), lang)
    _draw(chart, found.result, "years", lang)
    said(held, lang)


def groups(result: Result, lang: Lang) -> None:
    for name in result.kpi.by:
        if result.parts.get(name):
            st.markdown(f"**{BY.format(name=DIMENSIONS[name].label)(lang)}**")
            _draw(breakdown(result, name, palette(), lang), result, name, lang)


def _draw(chart: Chart, result: Result, what: str, lang: Lang) -> None:
    """In a drawer nothing opens a second one."""
    draw(replace(chart, marks=()), result.kpi.label, f"detail_{what}_{result.kpi.id}", lang)
