"""Somebody deleted: first what will go, stay and change; then, confirmed, the thing itself."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.keeping import backups
from dashboard.persons import erasing, finding, words
from dashboard.persons.finding import Bearer, Found, is_lone
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import told
from dashboard.ui.markdown import escaped
from dashboard.ui.persons.choice import SOUGHT, forget
from dashboard.ui.persons.foreseen import foreseen
from dashboard.warehouse.erasing import NOBODY, Mention

MENTIONS = Text(
    "这些行提到此姓名，勾选的会改写", "Rows that name somebody so called; ticked: changed"
)
SURE_OF = Text(
    "有同名的人：只勾选确实指这一位的行。",
    "There are namesakes: tick only rows that mean this one.",
)
SPARE = Text(
    "请看一遍：不是指人的词（如“提高明显”里的“高明”）取消勾选。",
    "Look them over, and untick words that are no name.",
)
MEANT, REGISTER = Text("改写", "Change"), Text("登记簿", "Register")
NOW, THEN = Text("现在", "Now"), Text("改写后", "Then")
GIVE_UP = Text("无法重写的备份整份移除", "Remove backups that cannot be rewritten")
NAME = Text("再输入一次姓名以确认，删除后无法恢复", "Type the name again; this cannot be undone")
DO = Text("删除此人的信息", "Delete this person's data")
WORKING = Text("正在重写数据和备份并核对…", "Rewriting the data and its backups…")


def deleted(found: Found, chosen: Sequence[Bearer], lang: Lang) -> None:
    kept = len(backups.distinct(data_folder()))
    told_first = words.going(chosen, kept)
    st.markdown("\n".join(f"- {escaped(line(lang))}" for line in told_first))
    meant = _meant(found, is_lone(found, chosen), lang)
    foreseen(finding.erasure(found, chosen, meant, NOBODY), lang)
    give_up = bool(kept) and st.checkbox(GIVE_UP(lang), key="person_give_up")
    typed = st.text_input(NAME(lang), key="person_again", max_chars=60)
    sure = typed.strip() in {bearer.name for bearer in chosen}
    if st.button(DO(lang), type="primary", disabled=not sure, key="person_delete",
                 icon=":material/delete_forever:"):  # fmt: skip
        _delete(found, chosen, meant, give_up=give_up, lang=lang)


def _meant(found: Found, lone: bool, lang: Lang) -> list[Mention]:
    """The rows that are ticked: all where nobody else can be meant, none where somebody can."""
    if not found.mentions:
        return []
    st.markdown(f"**{MENTIONS(lang)}**")
    st.caption((SPARE if lone else SURE_OF)(lang))
    lines = [
        (lone, DATASETS[one.register].label(lang), *words.sides(one)) for one in found.mentions
    ]
    names = [MEANT(lang), REGISTER(lang), NOW(lang), THEN(lang)]
    key = f"mention_{lone}_{st.session_state.get(SOUGHT)}"  # its ticks are of these lines only
    table = st.data_editor(
        pd.DataFrame(lines, columns=names), hide_index=True, disabled=names[1:], key=key,
        height="content" if len(lines) < 12 else 420,
    )  # fmt: skip
    return [one for one, ticked in zip(found.mentions, table[names[0]], strict=True) if ticked]


@identity.for_right("persons")
def _delete(
    found: Found, chosen: Sequence[Bearer], meant: list[Mention], *, give_up: bool, lang: Lang
) -> None:
    erasure = finding.erasure(found, chosen, meant, erasing.instead())
    try:
        with st.spinner(WORKING(lang)):
            done = erasing.delete(spaces.opened(), erasure, identity.who(), give_up_backups=give_up)
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    forget()
    told.tell(words.done(done, searched=not erasure.only_there))
    st.rerun()
