"""What is held about somebody, on the screen and as a workbook to take away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.exports.person import DROPPED, TITLE, workbook
from dashboard.persons import holding
from dashboard.persons.finding import Bearer, Found, is_lone, person
from dashboard.settings import today
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.workspaces import SCHOOL

TAKE = Text("导出 Excel（交给本人）", "Export to Excel, for the person")
COUNTED = Text("{n} 项。", "{n} values.")
NOT_TOLD = Text(
    "另有 {n} 处提到此姓名，因有同名的人，不在导出之内。",
    "{n} more places name somebody so called; they are left out, for there are namesakes.",
)


def shown(found: Found, chosen: Sequence[Bearer], lang: Lang) -> None:
    lone = is_lone(found, chosen)
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        items = holding.items(reader, person(chosen), found.mentions if lone else ())
    names = [name(lang) for name in holding.COLUMNS]
    table = pd.DataFrame([item.line(lang) for item in items], columns=names)
    st.caption(f"{COUNTED.format(n=len(items))(lang)} {DROPPED(lang)}")
    if found.mentions and not lone:
        st.caption(NOT_TOLD.format(n=len(found.mentions))(lang))
    st.dataframe(
        table, hide_index=True, key="person_items", height="content" if len(table) < 12 else 420
    )
    st.button(TAKE(lang), icon=":material/table:", key="person_make", on_click=_make,
              args=(found, chosen, lang))  # fmt: skip
    whose, made = st.session_state.get("person_file", (None, b""))
    if whose == person(chosen):
        st.download_button(
            READY(lang), made, f"{TITLE(lang)}-{today():%Y%m%d}.xlsx", key="person_take",
            icon=":material/download:", on_click="ignore", type="primary")  # fmt: skip


READY = Text("下载", "Download")


@identity.for_right("persons")
def _make(found: Found, chosen: Sequence[Bearer], lang: Lang) -> None:
    """Noted as it is made, not at every look."""
    told = holding.handed_over(spaces.opened(), found, chosen, identity.who())
    st.session_state["person_file"] = person(chosen), workbook(told, lang)
