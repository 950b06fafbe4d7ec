"""What the import ledger says is missing, on every page; and what an officer may do about it."""

from __future__ import annotations

import streamlit as st

from dashboard import deeds
from dashboard.errors import DashboardError
from dashboard.roles import Identity
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.ui.identity import for_right
from dashboard.ui.links import link
from dashboard.ui.markdown import escaped
from dashboard.warehouse import REMEDY, Finding, Verified, told_of

MISSING = Text(
    "数据可能不完整：与导入账本有 {n} 处不符。",
    "The data may not be complete: {n} findings against the import ledger.",
)
ASK = Text("请告诉工会管理数据的同志。", "Please tell the officer who keeps the data.")
WHICH = Text("哪里不符", "What does not agree")
RESTORE = Text("恢复备份", "Restore a backup")
GO_ON = Text("按现有数据继续", "Go on with what is there")
SURE = Text(
    "我已看过上面缺少的内容，以后按现有数据计算。",
    "I have read what is missing; from now on what is there counts.",
)
SEEN = Text("知道了", "Understood")
_LISTED = 50


def missing(workspace: str, asks: Identity, lang: Lang) -> None:
    """Above a page whose data is in doubt; who cannot mend it is told so in one line."""
    found = spaces.warehouse(workspace).verified
    if found.whole:
        return
    said = MISSING.format(n=len(found.findings))(lang)
    if not asks.may("keep"):
        st.warning(f"{said}{ASK(lang)}", icon=":material/report:")
        return
    with st.container(border=True, gap="small", key="ledger"):
        st.warning(f"{said}{REMEDY(lang)}", icon=":material/report:")
        with st.expander(WHICH(lang), expanded=True):
            _listed(found.findings, lang)
        with st.container(horizontal=True, vertical_alignment="center"):
            link("keeping", RESTORE, lang, ":material/inventory_2:")
            sure = st.checkbox(SURE(lang), key="ledger_sure")
            st.button(GO_ON(lang), on_click=_go_on, args=(workspace, lang), disabled=not sure)


def cut_off(workspace: str, lang: Lang) -> None:
    """Imports that were begun and never completed, and notes on the ledger itself: on the page
    where files come in.
    """
    found: Verified = spaces.warehouse(workspace).verified
    told = [told_of(line) for line in found.unfinished]
    notes = found.findings if found.whole else ()
    if not told and not notes:
        return
    with st.container(border=True, gap="small", key="cut_off"):
        for one in (*told, *notes):
            st.warning(escaped(one.in_full(lang)), icon=":material/power_off:")
        if told:
            st.button(SEEN(lang), on_click=_seen, args=(workspace,), key="cut_off_seen")


def _listed(findings: tuple[Finding, ...], lang: Lang) -> None:
    st.markdown("\n".join(f"- {escaped(one.in_full(lang))}" for one in findings[:_LISTED]))


@for_right("keep")
def _go_on(workspace: str, lang: Lang) -> None:
    try:
        spaces.warehouse(workspace).go_on()
        for said in deeds.noted(data_folder(), "restored", identity.who(), why="went_on"):
            st.warning(said(lang))
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`")


@for_right("import")
def _seen(workspace: str) -> None:
    spaces.warehouse(workspace).seen()
