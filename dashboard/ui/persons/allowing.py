"""Somebody who was deleted is back: from then on imports bring their rows again."""

from __future__ import annotations

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.persons import allowing
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import told
from dashboard.ui.markdown import escaped
from dashboard.ui.persons.choice import forget

TITLE = Text("删除过的人重新入职：重新允许导入", "Somebody deleted is back: let them be imported")
SAYS = Text(
    "删除后，看板只留下加密的记号，以便旧表格不把此人带回来。重新入职的，在这里取消记号。",
    "After a deletion only a keyed mark is kept, so that old files bring nobody back. For who is"
    " hired again, take the mark away here.",
)
WHOM = Text("工号或姓名", "Staff number or name")
DO = Text("重新允许导入", "Allow it again")


def allowed(lang: Lang) -> None:
    """Nothing while nobody was ever deleted."""
    if not allowing.was_anybody_deleted(spaces.opened()):
        return
    with st.expander(TITLE(lang), key="persons_allow"):
        st.caption(SAYS(lang))
        with st.form("person_allow", border=False):
            words = st.text_input(WHOM(lang), key="person_back", max_chars=60)
            if st.form_submit_button(DO(lang), icon=":material/person_add:") and words.strip():
                _allow(words, lang)


@identity.for_right("persons")
def _allow(words: str, lang: Lang) -> None:
    try:
        said = allowing.allow(spaces.opened(), words, identity.who())
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    forget()
    told.tell([said])
    st.rerun()
