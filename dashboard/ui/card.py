"""A card around a chart or a table: its heading, the chart or its twin in words, and what opens.

A click on a bar or point opens the proof of just that part; so does a row of the table twin, which
the keyboard reaches. What was clicked is kept for this run only, and the chart is drawn anew, so
that the same bar can be clicked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.charts.template import DARK, LIGHT, Chart, Mark, Palette, config
from dashboard.kpis import KPIS
from dashboard.kpis.cases import cases
from dashboard.provenance import opens
from dashboard.proving import provable
from dashboard.roles import Role
from dashboard.rules import reading
from dashboard.text import Lang, Text
from dashboard.ui.identity import role

AS_TABLE, AS_CHART = Text("以表格查看", "Show as table"), Text("以图表查看", "Show as chart")
_OPENED, _TURN = "opened_mark", "turn_"


@dataclass(frozen=True, slots=True)
class CaseMark:
    """A row of a table that is one case."""

    case: str
    key: str


@dataclass(frozen=True, slots=True)
class FindingMark:
    """What a rule over spending found: its words, and the lines of the cash book behind it."""

    message: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertMark:
    """One thing that calls for attention, by its id."""

    id: str


Opened = Mark | CaseMark | AlertMark | FindingMark


def palette() -> Palette:
    """The colours of the theme that is worn."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@contextmanager
def card(title: Text, hint: Text, lang: Lang, key: str = "") -> Iterator[None]:
    """A bordered card: what it shows, and quietly how to read it.

    With a `key` the switch between chart and table (`is_table`) stands beside its heading, put
    there by the style sheet: a container for the two of them would cost every run of a page.
    """
    quiet = f" :gray[:small[{hint(lang)}]]" if hint(lang) else ""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{title(lang)}**{quiet}")
        if key:
            switch(key, lang)
        yield


def switch(key: str, lang: Lang) -> None:
    """The small button that turns a chart into its table, and back."""
    now = is_table(key)
    label = AS_CHART if now else AS_TABLE
    st.button(
        label(lang),
        icon=":material/bar_chart:" if now else ":material/table_rows:",
        help=label(lang),
        type="tertiary",
        key=f"switch_{key}",
        on_click=partial(st.session_state.__setitem__, f"as_table_{key}", not now),
        width="content",
    )


def is_table(key: str) -> bool:
    return bool(st.session_state.get(f"as_table_{key}"))


def draw(
    chart: Chart,
    title: Text,
    key: str,
    lang: Lang,
    height: Literal["content", "stretch"] = "content",
) -> None:
    """The chart, or its twin where the card is switched to the table."""
    eyes = role()
    marks = tuple(tuple(m if m and _opens(m, eyes) else None for m in t) for t in chart.marks)
    chart = replace(chart, marks=marks)
    if is_table(key) and chart.twin:
        flat = [mark for trace in chart.marks for mark in trace]
        frame = pd.DataFrame(chart.twin.rows, columns=list(chart.twin.columns))
        rows(frame, flat, title(lang), key)
        return
    turned = _turned(key)
    clickable: dict[str, Any] = {
        "on_select": partial(_clicked, turned, chart.marks),
        "selection_mode": "points",
    }
    st.plotly_chart(
        chart.figure,
        height=height,
        theme=None,
        config=config(lang),
        alt=f"{title(lang)}: {chart.alt}",
        key=turned,
        **(clickable if any(map(any, chart.marks)) else {}),
    )


def rows(
    frame: pd.DataFrame,
    marks: Sequence[Opened | None],
    alt: str,
    key: str,
    **settings: Any,
) -> None:
    """A table whose rows open what they stand for, by click or by keyboard."""
    turned = _turned(f"{key}_rows")
    eyes = role()
    marks = [mark if mark and _opens(mark, eyes) else None for mark in marks]
    chosen: dict[str, Any] = (
        {"on_select": partial(_chosen, turned, marks), "selection_mode": "single-row"}
        if any(marks)
        else {}
    )
    st.dataframe(frame, hide_index=True, alt=alt, key=turned, **chosen, **settings)


def opened() -> Opened | None:
    """What was clicked, once: the next run knows nothing of it."""
    found: Opened | None = st.session_state.pop(_OPENED, None)
    return found if found and _opens(found, role()) else None


def _opens(mark: Opened, eyes: Role) -> bool:
    """Whether a role reads what a click would open; of alerts it has its own only."""
    if isinstance(mark, Mark):
        return _proves(eyes, mark.kpi)
    if isinstance(mark, CaseMark):
        return opens(eyes, cases()[mark.case])
    return isinstance(mark, AlertMark) or opens(eyes, reading())


@cache
def _proves(eyes: Role, kpi: str) -> bool:
    return provable(eyes, KPIS[kpi])


def open_mark(mark: Opened) -> None:
    st.session_state[_OPENED] = mark


def _clicked(key: str, marks: Sequence[Sequence[Mark | None]]) -> None:
    for point in st.session_state[key]["selection"]["points"]:
        trace, place = point["curve_number"], point["point_index"]
        if trace < len(marks) and place < len(marks[trace]) and (mark := marks[trace][place]):
            open_mark(mark)
    _turn(key)


def _chosen(key: str, marks: Sequence[Opened | None]) -> None:
    for place in st.session_state[key]["selection"]["rows"]:
        if place < len(marks) and (mark := marks[place]):
            open_mark(mark)
    _turn(key)


def _turned(key: str) -> str:
    """The widget's key; another one after each click, so that nothing stays selected."""
    return f"{key}#{st.session_state.get(_TURN + key, 0)}"


def _turn(turned: str) -> None:
    key, _, times = turned.rpartition("#")
    st.session_state[_TURN + key] = int(times) + 1
