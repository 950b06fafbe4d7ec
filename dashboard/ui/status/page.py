"""The page an officer opens to know that all is well, and whoever helps to know what is not."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import logs
from dashboard.logs import Incident
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity
from dashboard.ui.markdown import escaped
from dashboard.ui.status import checks, facts

FAULTS = Text("程序错误", "Faults of the program")
FIND = Text("按代码查找", "Find by code")
FIND_SAYS = Text("例如 E-7K3F9", "such as E-7K3F9")
NOT_FOUND = Text(
    "日志里没有这个代码。日志保留最近 10 MB。", "The log, its last 10 MB, has no such code."
)
NONE = Text("最近没有。", "None lately.")
SHARE = Text(
    "下面几行不含表格内容，可以发给维护人员。",
    "These lines hold nothing of your tables; you can send them to whoever maintains it.",
)


def status(lang: Lang) -> None:
    """Everything quick stands at once; what takes a moment fills in below its name."""
    identity.identity().demand("status")
    wait = checks.checks(lang)
    with st.grid(2, min_column_width=340, gap="medium"):
        for cards in facts.COLUMNS:
            with st.container(gap="medium"):
                _cards(cards, lang)
    _faults(lang)
    wait()


def _cards(cards: Sequence[facts.Card], lang: Lang) -> None:
    for title, draw in cards:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{title(lang)}**")
            draw(lang)


def _faults(lang: Lang) -> None:
    with st.container(border=True, gap="small", key="faults"):
        st.markdown(f"**{FAULTS(lang)}**")
        typed = st.text_input(
            FIND(lang), placeholder=FIND_SAYS(lang), key="fault_code", max_chars=20
        )
        if typed:
            one = logs.found(data_folder(), typed)
            if one is None:
                st.caption(NOT_FOUND(lang))
            found = [one] if one else []
        else:
            found = logs.recent(data_folder())
            if not found:
                st.caption(NONE(lang))
        for one in found:
            _fault(one, lang, expanded=bool(typed))


def _fault(one: Incident, lang: Lang, *, expanded: bool) -> None:
    head = f"{one.code} · {one.at:%Y-%m-%d %H:%M} · {escaped(one.page)} · {escaped(one.kind)}"
    with st.expander(head, expanded=expanded, key=f"fault_{one.code}"):
        st.caption(SHARE(lang))
        st.code("\n".join(one.lines), language=None, wrap_lines=True)
