"""Who is signed in, at the foot of the side bar, and the eyes an administrator looks with: those of
another role, for this session only, and never with more rights than one's own.
"""

from __future__ import annotations

import streamlit as st

from dashboard import audit
from dashboard.roles import ROLES, Identity
from dashboard.settings import data_folder, is_shared
from dashboard.text import Lang, Text
from dashboard.ui import identity
from dashboard.ui.markdown import escaped

SEE_AS = Text("以其他身份查看", "See it as another role")
OWN = Text("自己的身份", "My own role")
SEEN_AS = Text("正以“{role}”的身份查看。", "You see it as {role}.")
BACK = Text("恢复", "Back to my own")
SIGN_OUT = Text("退出登录", "Sign out")
CLOSED = Text("此页面不对您的身份开放。", "This page is not for your role.")
_PICKED = "see_as"
# The door asks once more and does it: to sign out is a deed, and a link must not do one.
_WAY_OUT = '<a href="/sign-out?lang={lang}" style="color: inherit; font-size: 0.875rem">{word}</a>'


def foot(asks: Identity, lang: Lang) -> None:
    """Name, role, the way out; for administrators the choice of eyes."""
    real = identity.signed_in()
    if real is None or not is_shared():
        return
    with st.sidebar, st.container(gap="xsmall", key="visitor"):
        st.caption(f"{escaped(real.name)} · {ROLES[real.role](lang)}")
        if real.eyes:
            _eyes(real, asks, lang)
        st.html(_WAY_OUT.format(lang=lang, word=SIGN_OUT(lang)))


def _eyes(real: Identity, asks: Identity, lang: Lang) -> None:
    st.session_state[_PICKED] = "" if asks.role is real.role else asks.role.value
    words = {"": OWN(lang)} | {role.value: ROLES[role](lang) for role in real.eyes}
    st.selectbox(
        SEE_AS(lang), list(words), format_func=words.__getitem__, key=_PICKED, on_change=_look
    )


def _look() -> None:
    """What a browser names that is no role of theirs is the role they have."""
    real, named = identity.signed_in(), st.session_state[_PICKED]
    if real is None:
        return
    chosen = next((role for role in real.eyes if role.value == named), None)
    if chosen:
        audit.note(data_folder(), "viewed_as", real.who, role=chosen.value)
    identity.look_as(chosen)


def mark(asks: Identity, lang: Lang) -> None:
    """At the head of every page, as long as somebody looks with other eyes than their own."""
    real = identity.signed_in()
    if real is None or real.role is asks.role:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="seen_as", border=True
    ):
        st.badge(ROLES[asks.role](lang), icon=":material/visibility:", color="orange")
        st.caption(SEEN_AS.format(role=ROLES[asks.role])(lang), width="stretch")
        st.button(BACK(lang), key="see_as_self", on_click=identity.look_as, args=(None,))


def closed(lang: Lang) -> None:
    """In place of a page that is not for these eyes: it says nothing of what the page says."""
    st.info(CLOSED(lang), icon=":material/lock:")
