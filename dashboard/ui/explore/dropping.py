"""Files dropped for a look: waiting to be read, then on the session's shelf; never on a disk."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.exploring.shelf import Dropped, Shelf
from dashboard.importing.loose import read_loosely
from dashboard.settings import Limits, today
from dashboard.text import Lang
from dashboard.ui.reading import Watch
from dashboard.ui.uploader import dropped

_SHELF, _TURN, _TOO_MUCH = "explore_shelf", "explore_turn", "explore_too_much"


def shelf() -> Shelf:
    """This session's own."""
    if _SHELF not in st.session_state:
        st.session_state[_SHELF] = Shelf(Limits().upload_bytes)
    found: Shelf = st.session_state[_SHELF]
    return found


def uploader() -> str:
    """The uploader's key; a new one is an empty uploader."""
    return f"explore_drop_{st.session_state.get(_TURN, 0)}"


def take_up(key: str) -> None:
    """Files were dropped: they wait to be read, as long as all of a session's together stay
    within what one upload may weigh.
    """
    taken = dropped(key)
    for name, data in taken:
        if not shelf().expect(name, data):
            st.session_state.setdefault(_TOO_MUCH, []).append(name)
    if taken:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def too_much() -> list[str]:
    """The names of files for which there was no room, once."""
    found: list[str] = st.session_state.pop(_TOO_MUCH, [])
    return found


def read_waiting(lang: Lang) -> None:
    """One after the other, each with its bar and a way out."""
    spot = st.empty()
    for digest, name, data in shelf().waiting():
        stop = partial(shelf().take, digest)
        found = read_loosely(data, name, progress=Watch(name, digest[:16], stop, spot, lang))
        shelf().put(Dropped.of(name, data, found, today()))
    spot.empty()


def forget() -> None:
    shelf().clear()
