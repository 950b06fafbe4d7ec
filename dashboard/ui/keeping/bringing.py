"""A backup brought back: first what it brings, then, confirmed, the thing itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.keeping import carrying, deeds, restoring, words
from dashboard.keeping.backups import Backup
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity, spaces
from dashboard.ui.keeping import told
from dashboard.ui.markdown import escaped
from dashboard.ui.uploader import drop_place, dropped

RESTORE = Text("恢复…", "Restore…")
ELSEWHERE = Text("恢复别处的备份", "Restore one from elsewhere")
ASK = Text("恢复这份备份？", "Restore this backup?")
PLACE_SAYS = Text(
    "另一台电脑上“下载”得到的 zip 文件。先看它带来什么，再决定。",
    "The zip file downloaded on another computer. You see what it brings before you decide.",
)
SAFE = Text(
    "现在的数据会先自动备份一份，随时可以再恢复回来。",
    "The data of today is backed up first, so it can be brought back.",
)
SURE = Text("我已看过以上变化，确认恢复", "I have read this and want to restore")
DO, KEEP = Text("恢复", "Restore"), Text("不恢复", "Leave it")
WORKING = Text("正在恢复并读回核对…", "Restoring and reading it back…")
MOST = 12  # lines that are shown before the rest is only counted
MORE = Text("……另有 {n} 项变化", "… and {n} more")
_ASKED, _FILE, _TURN = "restore_asked", "restore_file", "restore_turn"
_ICON = ":material/settings_backup_restore:"


def place(lang: Lang) -> None:
    """Where a backup from elsewhere is dropped; shut again once one was."""
    turn = st.session_state.get(_TURN, 0)
    with st.popover(ELSEWHERE(lang), icon=_ICON, key=f"elsewhere_{turn}"):
        st.caption(PLACE_SAYS(lang))
        drop_place(f"{_FILE}_{turn}", True, _take_up, lang, ["zip"], named=False)


@identity.for_right("keep")
def _take_up(key: str) -> None:
    if files := dropped(key):
        st.session_state[_ASKED] = files[-1]
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def restore_button(backup: Backup, lang: Lang) -> None:
    """Asks first."""
    st.button(
        RESTORE(lang),
        icon=_ICON,
        key=f"restore_{backup.name}",
        on_click=_wonder,
        args=(backup.name,),
    )


def _wonder(name: str | None = None) -> None:
    """Which backup is asked about; None: no longer any."""
    st.session_state[_ASKED] = name


def question(lang: Lang) -> None:
    """The dialog, from the click until it is answered or closed."""
    if st.session_state.get(_ASKED):
        st.dialog(ASK(lang), width="medium", on_dismiss=_wonder)(_ask)(lang)


@identity.for_right("keep")
def _ask(lang: Lang) -> None:
    try:
        with _asked_for() as backup:
            _lines(words.preview(restoring.preview(spaces.opened(), backup)), lang)
            st.caption(SAFE(lang))
            sure = st.checkbox(SURE(lang), key="restore_sure")
            with st.container(horizontal=True):
                if st.button(DO(lang), type="primary", disabled=not sure, key="restore_now"):
                    with st.spinner(WORKING(lang)):
                        _restore(backup)
                if st.button(KEEP(lang), key="restore_not"):
                    _wonder()
                    st.rerun()
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")


def _lines(lines: list[Text], lang: Lang) -> None:
    shown = [f"- {escaped(line(lang))}" for line in lines[:MOST]]
    if len(lines) > MOST:
        shown.append(f"- {MORE.format(n=len(lines) - MOST)(lang)}")
    st.markdown("\n".join(shown))


@contextmanager
def _asked_for() -> Iterator[Backup]:
    """By its name among those that stand, or out of the file that was dropped."""
    asked = st.session_state[_ASKED]
    if isinstance(asked, str):
        yield carrying.kept(data_folder(), asked)
    else:
        name, data = asked
        with carrying.unpacked(data_folder(), io.BytesIO(data), name) as backup:
            yield backup


@identity.for_right("keep")
def _restore(backup: Backup) -> None:
    done = deeds.restore(spaces.opened(), backup, identity.who())
    told.tell(words.restored(done))
    _wonder()
    st.rerun()
