"""A table that was made here goes on the shelf; one line says so once the page is drawn anew."""

from __future__ import annotations

import streamlit as st

from dashboard.importing.loose.model import LooseSheet
from dashboard.settings import today
from dashboard.text import Lang, Text
from dashboard.ui.explore import dropping
from dashboard.ui.markdown import escaped

MADE = Text(
    "已保留为新表“{name}”，见上面的卡片。", "Kept as a new table, {name}: see its card above."
)
NO_ROOM = Text("放不下，请先移除一些文件。", "There is no room for it: remove some files first.")
_MADE = "explore_made"


def kept(name: str, table: LooseSheet, lang: Lang) -> bool:
    """Whether there was room for it; then the page is to be drawn anew."""
    if not dropping.shelf().make(name, table, today()):
        st.warning(NO_ROOM(lang), icon=":material/warning:")
        return False
    st.session_state[_MADE] = name
    return True


def told(lang: Lang) -> None:
    """Once, that a table was made."""
    if name := st.session_state.pop(_MADE, None):
        st.toast(escaped(MADE.format(name=name)(lang)), icon=":material/check:")
