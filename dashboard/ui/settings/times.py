"""Where the school's years begin, and the days on which it rests or works out of turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.errors import RefusedRequest
from dashboard.periods import Calendars
from dashboard.school import School
from dashboard.text import Lang, Text
from dashboard.ui.markdown import escaped
from dashboard.ui.settings.saving import put, reset_button, save_button, told

SCHOOL_YEAR = Text("学年从几月开始", "First month of the school year")
TERM_MONTH = Text("第二学期从几月开始", "First month of the second term")
TERM_DAY = Text("……几日", "… on which day")
STATISTICAL = Text("统计年从几月开始", "First month of the statistical year")
STATISTICAL_HELP = Text(
    "工会统计年报通常为上年10月至当年9月。",
    "The union's yearly survey usually runs October to September.",
)
HOLIDAYS = Text("本校放假与上班日", "The school's own days off and on")
HOLIDAYS_HELP = Text(
    "国家法定节假日和调休已内置（有年份限制）；本校另有安排的日子填在这里，以此为准。",
    "Public holidays are built in for the years known; days that differ at your school go here and"
    " stand above them.",
)
DAY, WORKS = Text("日期", "Day"), Text("安排", "What")
OFF, ON = Text("放假", "Day off"), Text("上班", "Working day")


def times(school: School, workspace: str, lang: Lang) -> None:
    told("calendars", lang)
    now = school.calendars
    with st.grid(2, min_column_width=240, gap="small"):
        year = _month(SCHOOL_YEAR, now.school_year_month, "school_year", lang)
        statistical = _month(
            STATISTICAL, now.statistical_month, "statistical", lang, STATISTICAL_HELP
        )
        term_month = _month(TERM_MONTH, now.second_term[0], "term_month", lang)
        term_day = st.number_input(TERM_DAY(lang), 1, 31, now.second_term[1], key="term_day")
    with st.container(horizontal=True):
        if save_button("calendars", lang):
            _save(Calendars, year, (term_month, int(term_day)), statistical, workspace, lang)
        reset_button(workspace, "calendars", lang)
    st.divider()
    _holidays(school, workspace, lang)


def _month(label: Text, now: int, key: str, lang: Lang, help_: Text | None = None) -> int:
    return st.selectbox(
        label(lang),
        list(range(1, 13)),
        index=now - 1,
        format_func=lambda month: f"{month} 月" if lang == "zh" else f"{date(2001, month, 1):%B}",
        key=key,
        help=help_(lang) if help_ else None,
    )


def _save(
    made: type[Calendars],
    year: int,
    term: tuple[int, int],
    statistical: int,
    workspace: str,
    lang: Lang,
) -> None:
    """Only what divides a year is saved."""
    try:
        made(year, term, statistical)
    except RefusedRequest as refusal:
        st.error(escaped(refusal.message(lang)), icon=":material/error:")
        return
    value = {"school_year_month": year, "second_term": list(term), "statistical_month": statistical}
    put(workspace, "calendars", value)
    st.rerun()


def _holidays(school: School, workspace: str, lang: Lang) -> None:
    st.markdown(f"**{HOLIDAYS(lang)}**")
    st.caption(HOLIDAYS_HELP(lang))
    told("holidays", lang)
    words = {False: OFF(lang), True: ON(lang)}
    rows = [{"day": day, "works": words[works]} for day, works in sorted(school.holidays.items())]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=["day", "works"]),
        num_rows="dynamic",
        hide_index=True,
        width=420,
        key=f"holidays_{len(rows)}",
        column_config={
            "day": st.column_config.DateColumn(DAY(lang), required=True),
            "works": st.column_config.SelectboxColumn(
                WORKS(lang), options=list(words.values()), required=True
            ),
        },
    )
    if save_button("holidays", lang):
        put(workspace, "holidays", _days(edited.to_dict("records"), words[True]))
        st.rerun()


def _days(rows: Iterable[Mapping[Any, Any]], works: str) -> dict[str, bool]:
    """Of rows that say both; the last word on a day counts."""
    return {
        str(row["day"])[:10]: row["works"] == works
        for row in rows
        if not pd.isna(row["day"]) and row["works"]
    }
