"""Years beside one another, and quietly under them by what method the running one is estimated."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from dashboard.charts.canvas import told
from dashboard.charts.history import history_lines
from dashboard.kpis.history import History
from dashboard.projection import Estimate
from dashboard.text import MONTHS_EN, Lang, Text
from dashboard.ui import empty
from dashboard.ui.card import draw, palette
from dashboard.ui.markdown import escaped

ESTIMATED = Text("全期估算 {told}。{method}", "The whole is estimated at {told}. {method}")
NOT_ESTIMATED = Text("不作估算：{reason}", "No estimate: {reason}")
BEGINS = Text(
    "{period}的记录从{month}开始。",
    "Of {period}, records begin in {month}.",
)
ENDS = Text(
    "记录到 {day} 为止，之后的月份不作零计。",
    "Records end on {day}; the months after it are unknown, not nought.",
)
OVER = "over"  # what is over needs no estimate, nor a word that there is none


def year_chart(history: History, projected: bool, title: Text, key: str, lang: Lang) -> None:
    """The lines, or that there are none; the card around them is the caller's."""
    if not history.says_anything:
        empty.nothing(lang)
        return
    running = projected and history.is_running
    draw(history_lines(history, running, palette(), lang), title, key, lang)
    if projected:
        said(history, lang)


def said(history: History, lang: Lang) -> None:
    """By what method it is estimated, or why not; and what the registers do not reach."""
    if words := " ".join(escaped(text(lang)) for text in _said(history, lang)):
        st.caption(words)


def _said(history: History, lang: Lang) -> Iterator[Text]:
    found = history.projection
    if isinstance(found, Estimate):
        yield ESTIMATED.format(told=told(found, history.kpi.unit, lang), method=found.method)
    elif found and found.code != OVER:
        yield NOT_ESTIMATED.format(reason=found.reason)
    begun = history.begun
    if begun and history.is_running:
        yield BEGINS.format(period=begun[0].label, month=_month(begun[1][1]))
    if history.until < history.as_of:
        yield ENDS.format(day=history.until)


def _month(number: int) -> Text:
    return Text(f" {number} 月", MONTHS_EN[number - 1])
