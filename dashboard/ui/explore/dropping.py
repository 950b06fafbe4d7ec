"""Files dropped for a look: waiting to be read, then on the session's shelf; never on a disk."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.exploring.shelf import Dropped, Shelf
from dashboard.importing.loose import read_loosely
from dashboard.importing.values.private import masked
from dashboard.settings import Limits, today
from dashboard.text import Lang
from dashboard.ui.reading import Watch
from dashboard.ui.uploader import dropped

NAMES = "explore_names"  # the switch; Streamlit forgets it on any other page
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
    within what one upload may weigh. A number of a person stays in no name of a file.
    """
    taken = [(masked(name), data) for name, data in dropped(key)]
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
    for called, one in shelf().waiting():
        watch = Watch(one.name, called[:16], partial(shelf().take, called), spot, lang)
        found = read_loosely(
            one.data, one.name, secret=shelf().secret, wishes=one.wishes, progress=watch
        )  # fmt: skip
        if not shelf().put(Dropped.of(one.name, one.data, found, today(), one.wishes)):
            st.session_state.setdefault(_TOO_MUCH, []).append(one.name)
    spot.empty()


def wish_encoding(file: Dropped, encoding: str | None) -> None:
    """Read it once more, in this encoding; by itself where there is none."""
    shelf().again(file.read.sha256, replace(file.wishes, encoding=encoding))


def wish_whole(file: Dropped, sheet: str, whole: bool) -> None:
    """Read it once more, with what this sheet hides, or without."""
    others = file.wishes.whole - {sheet}
    shelf().again(
        file.read.sha256, replace(file.wishes, whole=others | {sheet} if whole else others)
    )


def names_shown() -> bool:
    """Whether names may be seen as they were written: on this page, as long as its switch is on."""
    return bool(st.session_state.get(NAMES, False))


def forget() -> None:
    shelf().clear()
