"""Who asks, in this very run: read anew each time, so that a sign-out holds at once.

Alone on a computer it is whoever sits there. Shared, it is who the session's cookie belongs to;
whatever else a browser sends (page, filters, values of widgets) says nothing of its rights.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from dashboard.access import Sessions
from dashboard.errors import Denied
from dashboard.roles import LOCAL, ROLES, Identity, Right, Role
from dashboard.settings import data_folder, is_shared, user_name
from dashboard.text import Text
from dashboard.ui.address import lang
from dashboard.ui.markdown import escaped

COOKIE = "dashboard_session"
SIGNED_OUT = Text("已退出登录。", "You are signed out.")
SIGN_IN = Text("重新登录", "Sign in again")
_SEEN_AS = "seen_as"

P = ParamSpec("P")
T = TypeVar("T")


def identity() -> Identity:
    """Who asks, with the eyes chosen to look with; where nobody is signed in the run ends here,
    with one sentence and the way to the door.
    """
    found = signed_in()
    if found is None:
        st.info(SIGNED_OUT(lang()), icon=":material/lock:")
        st.html(f'<a href="/sign-in?lang={lang()}">{SIGN_IN(lang())}</a>')
        st.stop()
    return _seeing(found)


def who() -> str:
    """The number that goes into records; no name."""
    return identity().who


def name() -> str:
    """As the history of imports names them: the account's, else who uses this computer."""
    return identity().name or user_name()


def role() -> Role:
    return identity().role


def signed_in() -> Identity | None:
    """Who somebody really is, whatever eyes they look with; None: nobody."""
    return _whose(st.context.cookies.get(COOKIE))


def _whose(token: str | None) -> Identity | None:
    if not is_shared():
        return LOCAL
    return Sessions(data_folder()).find(token) if token else None


def look_as(chosen: Role | None) -> None:
    """With the eyes of another role from now on, in this session; None: with one's own."""
    if chosen is None:
        st.session_state.pop(_SEEN_AS, None)
    else:
        st.session_state[_SEEN_AS] = chosen.value


def _seeing(real: Identity) -> Identity:
    chosen: str | None = st.session_state.get(_SEEN_AS)
    return real.seeing_as(Role(chosen)) if chosen else real


def for_right(right: Right) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    """A deed only for who has the right to it: the widget that asks for it comes from a browser,
    and a browser may say anything. Refused, nothing is done, and it is told why.
    """

    def guard(deed: Callable[P, T]) -> Callable[P, T | None]:
        @wraps(deed)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T | None:
            try:
                identity().demand(right)
            except Denied as refusal:
                st.error(f"{escaped(refusal.message(lang()))} `{refusal.code}`")
                return None
            return deed(*args, **kwargs)

        return guarded

    return guard


def later(right: Right | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """What is made after a click, beside the page, in a thread that knows no session: only for who
    asks now, with the same eyes, and with this right where one is named.

    Raises Denied where they have signed out since, or are somebody else.
    """
    asks, token = identity(), st.context.cookies.get(COOKIE)

    def guard(deed: Callable[P, T]) -> Callable[P, T]:
        @wraps(deed)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            found = _whose(token)
            if found is None or found.seeing_as(asks.role) != asks:
                raise Denied(ROLES[asks.role], right or "export")
            if right:
                asks.demand(right)
            return deed(*args, **kwargs)

        return guarded

    return guard
