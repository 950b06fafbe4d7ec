"""What the page holds for one person, and how it is forgotten when they are."""

from __future__ import annotations

import streamlit as st

SOUGHT, CHOSEN = "person_name", "person_chosen"
_PARTS = ("person_", "mention_")


def forget() -> None:
    """No name stays in the session of who deleted it."""
    for key in [str(key) for key in st.session_state]:
        if key.startswith(_PARTS):
            del st.session_state[key]
