"""Whether names may be on the wall: no, until somebody says so, for this session and this meeting.

It never stands in the address: a link, a reload or a second screen begins with names hidden.
"""

from __future__ import annotations

import streamlit as st

from dashboard import deeds
from dashboard.errors import DashboardError
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import address
from dashboard.ui.identity import for_right, identity
from dashboard.ui.markdown import escaped

SHOW = Text("显示个人信息…", "Show personal data…")
HIDE = Text("隐去个人信息", "Hide personal data")
TITLE = Text("在大屏幕上显示个人信息？", "Show personal data on the wall?")
WARNING = Text(
    "显示后，在场的每个人都会看到：姓名等个人信息，以及不足 5 人的小组的数字。"
    "打开这一次会被记录；结束投影后自动恢复隐去。",
    "Everybody in the room will see names and other personal data, and the figures of groups"
    " of fewer than five. That it was switched on is recorded; it ends with the presentation.",
)
SURE = Text("在场人员都可以看到这些信息", "Everybody here may see this")
CONFIRM, CANCEL = Text("显示", "Show"), Text("取消", "Cancel")
_SHOWN, _ASKED, _TURNED = "names_shown", "names_asked", "names_turned"


def shown() -> bool:
    return bool(st.session_state.get(_SHOWN)) and identity().may("unmask")


def word(lang: Lang) -> str:
    """What the button says; empty where there is none: for who has no right to it."""
    return (HIDE if shown() else SHOW)(lang) if identity().may("unmask") else ""


def press() -> None:
    """Hiding is done at once; showing is asked for; of who has no right to it nothing is asked."""
    if shown():
        hide()
        st.session_state[_TURNED] = True
    elif identity().may("unmask"):
        st.session_state[_ASKED] = True


def hide() -> None:
    st.session_state.pop(_SHOWN, None)


def turned() -> bool:
    """Whether it was switched since the slides were built."""
    return bool(st.session_state.pop(_TURNED, False))


def asked() -> bool:
    return bool(st.session_state.pop(_ASKED, False))


@for_right("unmask")
def ask(workspace: str, lang: Lang) -> None:
    """What will be seen, a box that must be ticked, and two buttons. Yes is noted in the audit log
    before anything is seen.
    """

    @st.dialog(TITLE(lang), icon=":material/visibility:")
    def asking() -> None:
        st.write(WARNING(lang))
        sure = st.checkbox(SURE(lang), key="names_sure")
        with st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(CANCEL(lang), key="names_cancel"):
                st.rerun()
            if st.button(CONFIRM(lang), type="primary", disabled=not sure, key="names_confirm"):
                _show(workspace, lang)

    asking()


@for_right("unmask")
def _show(workspace: str, lang: Lang) -> None:
    """What cannot be noted is not shown."""
    try:
        deeds.unmasked(data_folder(), identity().who, "wall", address.view(), workspace)
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    st.session_state[_SHOWN] = True
    st.rerun()
