"""Where the school's years begin."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.answers import Answer
from dashboard.errors import RefusedRequest
from dashboard.periods import Calendars
from dashboard.text import Lang, Text
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

YEARS = Text("学年、学期与统计年", "Years and terms")
YEARS_SAY = Text(
    "期间选择里的学年、学期和统计年按此划分。", "How the years and terms of the period are cut."
)
SCHOOL_YEAR = Text("学年从几月开始", "First month of the school year")
TERM_MONTH = Text("第二学期从几月开始", "First month of the second term")
TERM_DAY = Text("第二学期从几日开始", "First day of the second term")
STATISTICAL = Text("统计年从几月开始", "First month of the statistical year")
DEFAULT = Text("默认 9 月", "Default: September")
TERM_DEFAULT = Text("默认 2 月", "Default: February")
DAY_DEFAULT = Text("默认 1 日", "Default: the 1st")
STATISTICAL_DEFAULT = Text("默认 10 月，至次年 9 月", "Default: October, to September")


def times(draft: Draft, answer: Answer, lang: Lang) -> Setting | Text:
    """What divides a year; else what does not."""
    now = draft.school.calendars
    st.markdown(f"**{YEARS(lang)}** :gray[:small[{YEARS_SAY(lang)}]]")
    with st.grid(4, min_column_width=220, gap="small"):
        year = _month(SCHOOL_YEAR, now.school_year_month, "school_year", DEFAULT, draft, lang)
        month = _month(TERM_MONTH, now.second_term[0], "term_month", TERM_DEFAULT, draft, lang)
        day = _day(now.second_term[1], draft, lang)
        statistical = _month(
            STATISTICAL, now.statistical_month, "statistical", STATISTICAL_DEFAULT, draft, lang
        )
    try:
        Calendars(year, (month, day), statistical)
    except RefusedRequest as refusal:
        return refusal.message
    value = {"school_year_month": year, "second_term": [month, day]}
    return value | {"statistical_month": statistical}


def _month(label: Text, now: int, name: str, default: Text, draft: Draft, lang: Lang) -> int:
    with st.container(gap="xxsmall"):
        chosen = st.selectbox(
            label(lang),
            list(range(1, 13)),
            index=now - 1,
            format_func=lambda month: f"{month} 月" if lang == "zh" else f"{date(1, month, 1):%B}",
            key=draft.key(name),
        )
        st.caption(default(lang))
    return int(chosen)


def _day(now: int, draft: Draft, lang: Lang) -> int:
    with st.container(gap="xxsmall"):
        chosen = st.number_input(TERM_DAY(lang), 1, 31, now, key=draft.key("term_day"))
        st.caption(DAY_DEFAULT(lang))
    return int(chosen)
