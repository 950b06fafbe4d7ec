"""One figure at full length, in a drawer: what it says, twelve months, every department."""

from __future__ import annotations

import streamlit as st

from dashboard.charts import words
from dashboard.charts.breakdown import breakdown
from dashboard.charts.trend import trend
from dashboard.kpis.model import Result
from dashboard.text import Lang, Text, day
from dashboard.ui.draw import draw, palette
from dashboard.ui.markdown import escaped

OPEN = Text("趋势与部门", "Trend and departments")
TREND = Text("近十二个月", "Twelve months")
ROLLING = Text(
    "近十二个月，每点为截至当月的同长期间", "Twelve months, each the same length up to that month"
)
DEPARTMENTS = Text("按部门", "By department")
NO_DEPARTMENTS = Text("这项指标不按部门统计。", "This figure knows no departments.")
NO_TREND = Text("近十二个月没有数据。", "No data in these twelve months.")
FORMULA, SOURCE = Text("公式", "Formula"), Text("出处", "Source")
AS_OF = Text("数据截至 {day}", "as of {day}")


def opener(result: Result, lang: Lang) -> None:
    """The button at a tile's foot; the drawer is drawn only when it is pressed."""
    pressed = st.button(
        OPEN(lang),
        type="tertiary",
        icon=":material/query_stats:",
        key=f"open_{result.kpi.id}",
        width="content",
    )
    if pressed:
        drawer = st.dialog(escaped(result.kpi.label(lang)), width="large", position="right")
        drawer(_drawer)(result, lang)


def _drawer(result: Result, lang: Lang) -> None:
    _said(result, lang)
    _trend(result, lang)
    _departments(result, lang)
    kpi = result.kpi
    st.caption(
        f"**{FORMULA(lang)}** {escaped(kpi.formula(lang))}\n\n"
        f"**{SOURCE(lang)}** {escaped(kpi.source(lang))}"
    )


def _said(result: Result, lang: Lang) -> None:
    parts = [
        words.read(result.now, result.kpi.unit, lang),
        words.fraction(result.now, result.kpi, lang),
        words.bar(result, lang),
        AS_OF.format(day=day(result.span.as_of))(lang),
    ]
    st.markdown(" · ".join(escaped(part) for part in parts if part))


def _trend(result: Result, lang: Lang) -> None:
    st.markdown(f"**{(ROLLING if result.kpi.trend == 'rolling' else TREND)(lang)}**")
    if any(point.reading.value is not None for point in result.trend):
        chart = trend([result], "line", palette(), lang)
        draw(chart, result.kpi.label, f"detail_trend_{result.kpi.id}", lang)
    else:
        st.caption(NO_TREND(lang))


def _departments(result: Result, lang: Lang) -> None:
    st.markdown(f"**{DEPARTMENTS(lang)}**")
    if result.parts and result.kpi.by_department:
        chart = breakdown(result, palette(), lang)
        draw(chart, result.kpi.label, f"detail_parts_{result.kpi.id}", lang)
    else:
        st.caption(NO_DEPARTMENTS(lang))
