"""The page of one person: who is meant, then what can be done for them."""

from __future__ import annotations

import streamlit as st

from dashboard.keeping.manifest import DATABASE
from dashboard.persons.finding import Bearer, Found, sought
from dashboard.persons.words import OTHERS, line
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import told
from dashboard.ui.markdown import escaped
from dashboard.ui.persons import correcting, deleting, showing
from dashboard.ui.persons.ageing import ageing, kept
from dashboard.ui.persons.allowing import allowed
from dashboard.ui.persons.choice import CHOSEN, SOUGHT
from dashboard.workspaces import SCHOOL

ASK = Text("姓名", "Name")
SAYS = Text(
    "本人要求查阅、更正或删除自己的信息时用（《个人信息保护法》第四十五至四十七条）。"
    "繁体、空格不影响查找。每次操作都会记录，记录里没有姓名。",
    "For when somebody asks to see, correct or delete what is held about them (PIPL articles 45"
    " to 47). Every use is recorded, without the name.",
)
NOTHING = Text("还没有本校数据。", "There is no data of your school yet.")
NOBODY = Text("登记簿里没有叫“{name}”的人。", "Nobody called {name} is in the registers.")
WHO = Text("是哪一位？", "Who is meant?")
WHO_SAYS = Text(
    "登记簿分不清的同名记录分行列出；确认是同一个人的，一起勾选。",
    "Rows that no register tells apart stand in lines of their own; tick all that are this person.",
)
TABS = (Text("查阅与导出", "See and export"), Text("更正", "Correct"), Text("删除", "Delete"))


def persons(lang: Lang) -> None:
    """For who has the right to it; whichever school is looked at, it is the school's own data."""
    identity.identity().demand("persons")
    told.told(lang)
    if not (data_folder() / SCHOOL / DATABASE).exists():
        st.info(NOTHING(lang), icon=":material/info:")
        return
    with st.container(border=True, gap="small", key="person_sought"):
        st.text_input(ASK(lang), key=SOUGHT, max_chars=60, icon=":material/search:")
        st.caption(SAYS(lang))
    name = str(st.session_state.get(SOUGHT) or "").strip()
    if name:
        _found(name, lang)
    allowed(lang)
    ageing(lang)
    kept(lang)


def _found(name: str, lang: Lang) -> None:
    found = _sought(name)
    if not found.bearers and not found.mentions:
        st.info(escaped(NOBODY.format(name=name)(lang)), icon=":material/info:")
        return
    chosen = _chosen(found, lang)
    if not chosen:
        return
    see, correct, delete = st.tabs([tab(lang) for tab in TABS], key="person_tabs")
    with see:
        showing.shown(found, chosen, lang)
    with correct:
        correcting.corrected(chosen, lang)
    with delete:
        deleting.deleted(found, chosen, lang)


def _sought(name: str) -> Found:
    """Every register is read through for it: once for a name and a state of the data."""
    warehouse = spaces.warehouse(SCHOOL)
    now = name, warehouse.version
    held, found = st.session_state.get("person_found", (None, None))
    if held == now and isinstance(found, Found):
        return found
    with warehouse.snapshot() as reader:
        found = sought(reader, name)
    st.session_state["person_found"] = now, found
    return found


def _chosen(found: Found, lang: Lang) -> list[Bearer]:
    """One alone is meant without a word; of several, those that are ticked."""
    every = (*found.bearers, *found.others)
    with st.container(border=True, gap="xsmall", key="person_bearers"):
        st.markdown(f"**{WHO(lang)}**")
        if len(every) > 1:
            st.caption(WHO_SAYS(lang))
        return [one for place, one in enumerate(every) if _ticked(found, one, place, lang)]


def _ticked(found: Found, one: Bearer, place: int, lang: Lang) -> bool:
    alone = len(found.bearers) == 1 and one in found.bearers
    other = f" · {OTHERS(lang)}" if one in found.others else ""
    key = f"{CHOSEN}_{place}_{st.session_state.get(SOUGHT)}"
    return st.checkbox(escaped(line(one)(lang)) + other, value=alone, key=key)
