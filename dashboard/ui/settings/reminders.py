"""From when on something needs attention."""

from __future__ import annotations

import streamlit as st

from dashboard.school import THRESHOLDS, School, defaults
from dashboard.text import Lang, Text
from dashboard.ui.settings.saving import put, reset_button, save_button, told

DEFAULT = Text("{help} 默认 {value}。", "{help} Default: {value}.")


def reminders(school: School, workspace: str, lang: Lang) -> None:
    told("rules", lang)
    chosen: dict[str, float] = {}
    with st.grid(2, min_column_width=300, gap="small"):
        for one in THRESHOLDS:
            told_help = DEFAULT.format(help=one.help, value=f"{defaults()[one.name]:g}")
            chosen[one.name] = st.number_input(
                f"{one.label(lang)}（{one.unit(lang)}）"
                if lang == "zh"
                else f"{one.label(lang)} ({one.unit(lang)})",
                min_value=int(one.low),
                max_value=int(one.high),
                value=int(school.rules[one.name]),
                step=1,
                help=told_help(lang),
                key=f"rule_{one.name}",
            )
    with st.container(horizontal=True):
        if save_button("rules", lang):
            put(workspace, "rules", {name: float(value) for name, value in chosen.items()})
            st.rerun()
        reset_button(workspace, "rules", lang)
