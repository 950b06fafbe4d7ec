"""One way to save a section, and to take it back to what was given."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.school import Section
from dashboard.settings import user_name
from dashboard.text import Lang, Text
from dashboard.ui.spaces import warehouse
from dashboard.warehouse.chosen import Setting

SAVE, RESET = Text("保存", "Save"), Text("恢复默认", "Back to the defaults")
SAVED = Text("已保存，各页数字已按新设定计算。", "Saved; every page now counts by it.")
_TOLD = "settings_told"


def put(workspace: str, section: Section, value: Setting | None) -> None:
    """Saved at once; told after the page was drawn anew."""
    warehouse(workspace).set(section, value, user_name())
    st.session_state[_TOLD] = section


def save_button(key: str, lang: Lang) -> bool:
    return st.button(SAVE(lang), type="primary", icon=":material/save:", key=f"save_{key}")


def reset_button(workspace: str, section: Section, lang: Lang) -> None:
    st.button(
        RESET(lang),
        icon=":material/undo:",
        key=f"reset_{section}",
        on_click=partial(put, workspace, section, None),
    )


def told(section: Section, lang: Lang) -> None:
    """That it was saved, once."""
    if st.session_state.get(_TOLD) == section:
        del st.session_state[_TOLD]
        st.success(SAVED(lang), icon=":material/check_circle:")
