"""The settings page: what a school decides itself, a tab for each kind."""

from __future__ import annotations

import streamlit as st

from dashboard.text import Lang, Text
from dashboard.ui.cache import Answer
from dashboard.ui.settings import counting, goals, limits, profile, reminders, times

INTRO = Text(
    "这里的设定只属于本校，保存在本机的数据文件夹里；改动立即生效，各页数字随之更新。",
    "These settings are your school's own and stay in its data folder on this computer; they take"
    " effect at once, on every page.",
)
TABS = (
    (Text("学校", "School"), profile.profile),
    (Text("统计口径", "How to count"), counting.counting),
    (Text("目标", "Targets"), goals.goals),
    (Text("学年与节假日", "Calendars"), times.times),
    (Text("提醒", "Reminders"), reminders.reminders),
    (Text("经费上限", "Ceilings"), limits.limits),
)


def settings(answer: Answer, workspace: str, lang: Lang) -> None:
    st.caption(INTRO(lang))
    tabs = st.tabs([label(lang) for label, _ in TABS])
    for tab, (_, draw) in zip(tabs, TABS, strict=True):
        with tab:
            draw(answer.school, workspace, lang)
