"""A file read once more, in another way: another encoding, or with what its sheets hide."""

from __future__ import annotations

import streamlit as st

from dashboard.exploring.shelf import Dropped, is_guessed
from dashboard.importing.formats.delimited import ENCODINGS
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Lang, Text
from dashboard.ui.explore import dropping
from dashboard.ui.files import AUTOMATIC, BY_ITSELF, ENCODING, NAMES, NOT_FOUND
from dashboard.ui.markdown import escaped
from dashboard.ui.sheet import HIDDEN, READ_ALL, READ_HIDDEN

_FOUND = ""  # the encoding is left to the reader


def encoding_choice(file: Dropped, key: str, lang: Lang) -> None:
    """Where the encoding was guessed, or none was found."""
    if file.data is None or not (file.wishes.encoding or is_guessed(file.read)):
        return
    widget = f"explore_encoding_{key}"
    st.session_state[widget] = file.wishes.encoding or _FOUND
    st.selectbox(
        ENCODING(lang),
        [_FOUND, *ENCODINGS],
        format_func=lambda name: (NAMES[name] if name else _by_itself(file))(lang),
        key=widget,
        on_change=lambda: dropping.wish_encoding(file, st.session_state[widget] or None),
        width=250,
        label_visibility="collapsed",
    )


def _by_itself(file: Dropped) -> Text:
    """What the reader found by itself; after another choice that is no longer known."""
    if file.wishes.encoding:
        return BY_ITSELF
    name = file.read.encoding
    return AUTOMATIC.format(name=NAMES.get(name, Text(name, name))) if name else NOT_FOUND


def hidden_choice(file: Dropped, sheet: LooseSheet, key: str, lang: Lang) -> None:
    """What the sheet hides, by name, and the switch that reads it."""
    whole = sheet.name in file.wishes.whole
    if sheet.unfolded or file.data is None or not (whole or sheet.left_out or sheet.hidden):
        return
    widget = f"explore_whole_{key}"
    st.session_state[widget] = whole
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for told in [HIDDEN] if sheet.hidden else sheet.left_out:
            said = f":orange[:material/visibility_off:] {escaped(told(lang))}"
            st.markdown(said, width="content")
        st.toggle(
            (READ_HIDDEN if sheet.hidden else READ_ALL)(lang),
            key=widget,
            on_change=lambda: dropping.wish_whole(file, sheet.name, st.session_state[widget]),
        )
