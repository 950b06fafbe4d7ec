"""What an administrator does with accounts; each deed asks once more who it is that does it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.access import Accounts, Sessions
from dashboard.errors import DashboardError, Denied, RefusedRequest
from dashboard.roles import ROLES, Identity, Role
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity
from dashboard.ui.markdown import escaped

ADDED = Text("已添加 {name}。", "Added {name}.")
CHANGED = Text("已保存，其登录全部失效。", "Saved; its sessions have ended.")
SIGNED_OUT = Text("已退出 {n} 处登录。", "{n} sessions have ended.")
REMOVED = Text("已移除，其登录全部失效。", "Removed; its sessions have ended.")
_DONE, _REFUSED = "account_done", "account_refused"


def demand() -> Identity:
    """Who does it. Raises Denied to whoever does not manage accounts, also with other eyes."""
    asks = identity.identity()
    if not asks.administrator:
        raise Denied(ROLES[asks.role], "accounts")
    return asks


def told(lang: Lang) -> None:
    """What came of the last deed, once."""
    if done := st.session_state.pop(_DONE, None):
        st.success(escaped(done(lang)), icon=":material/check_circle:")
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")


def add(name: str, role: Role, email: str, password: str, again: str) -> None:
    def deed(by: str) -> Text:
        _same(password, again)
        given = password or None if email.strip() else password
        made = Accounts(data_folder()).add(name, given, role, email=email.strip() or None, by=by)
        return ADDED.format(name=made.name)

    _do(deed)
    st.rerun()


def change(number: int, role: Role, administrator: bool) -> None:
    def deed(by: str) -> Text:
        Accounts(data_folder()).change(number, role=role, administrator=administrator, by=by)
        return CHANGED

    _do(deed)
    st.rerun()


def set_password(number: int, password: str, again: str) -> None:
    def deed(by: str) -> Text:
        _same(password, again)
        Accounts(data_folder()).set_password(number, password, by=by)
        return CHANGED

    _do(deed)
    st.rerun()


def sign_out(number: int) -> None:
    _do(lambda by: SIGNED_OUT.format(n=Sessions(data_folder()).close_all(number, by=by)))


def remove(number: int) -> None:
    def deed(by: str) -> Text:
        Accounts(data_folder()).remove(number, by=by)
        return REMOVED

    _do(deed)


def _same(password: str, again: str) -> None:
    if password != again:
        raise RefusedRequest("differing_passwords")


def _do(deed: Callable[[str], Text]) -> None:
    """Do it; what came of it is said at the head of the page."""
    try:
        st.session_state[_DONE] = deed(demand().who)
    except DashboardError as refusal:
        st.session_state[_REFUSED] = refusal
