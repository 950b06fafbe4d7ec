"""One field put right."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.persons import correcting, holding
from dashboard.persons.finding import Bearer, person
from dashboard.persons.holding import Item
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import told
from dashboard.ui.markdown import escaped
from dashboard.ui.persons.choice import forget
from dashboard.workspaces import SCHOOL

WHICH = Text("要更正的内容", "What is wrong")
NEW = Text("更正为", "What it shall be")
DO = Text("更正", "Correct")
SAYS = Text(
    "同一登记簿里此人所有写着旧内容的行一起更正，作为一次导入记在“导入记录”里，可以撤销。"
    "以后导入的旧表格会把旧内容带回来，请同时改正原来的表格。",
    "All rows of this person in that register that say the old are corrected at once. It stands in"
    " the history as an import and can be undone. An old file imported later brings the old back:"
    " correct the file, too.",
)
DONE = Text("已更正，记为第 {n} 次导入。", "Corrected; it is import #{n} in the history.")
EMPTY = Text("（空）", "(empty)")


def corrected(chosen: Sequence[Bearer], lang: Lang) -> None:
    """Any field of their own rows, also one that is empty so far."""
    st.caption(SAYS(lang))
    choices = _choices(chosen, lang)
    with st.form("person_correct", border=False):
        which = st.selectbox(WHICH(lang), list(choices), key="person_which")
        words = st.text_input(NEW(lang), key="person_new", max_chars=200)
        if st.form_submit_button(DO(lang), icon=":material/edit:") and which:
            _correct(chosen, choices[which], words, lang)


def _choices(chosen: Sequence[Bearer], lang: Lang) -> dict[str, Item]:
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        items = holding.items(reader, person(chosen))
    found: dict[str, Item] = {}
    for item in items:
        if item.words[1] is holding.NOW and _is_column(item):
            register = DATASETS[item.register].label(lang)
            found.setdefault(f"{register} · {item.line(lang)[2]}：{item.line(lang)[3]}", item)
    for name in {item.register: None for item in items}:
        held = {item.field for item in items if item.register == name}
        for column in correcting.fields(name):
            if column.name not in held:
                label = f"{DATASETS[name].label(lang)} · {column.label(lang)}：{EMPTY(lang)}"
                found[label] = Item(name, column.name, None, ())
    return found


def _is_column(item: Item) -> bool:
    return any(column.name == item.field for column in correcting.fields(item.register))


@identity.for_right("persons")
def _correct(chosen: Sequence[Bearer], item: Item, words: str, lang: Lang) -> None:
    try:
        change = correcting.asked(item.register, person(chosen), item.field, item.raw, words)
        number = correcting.correct(spaces.opened(), change, identity.who(), identity.name())
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    forget()
    told.tell([DONE.format(n=number)])
    st.rerun()
