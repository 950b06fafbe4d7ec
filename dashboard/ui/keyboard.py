"""What the keyboard cannot do by itself: enter what a button has opened.

Streamlit puts an open popover at the end of the page; without this, the way from its button to
what it opened leads through everything on the page. Escape leads back by itself.
"""

from __future__ import annotations

import streamlit as st

from dashboard.ui.written import INTO_POPOVERS


def enter_popovers() -> None:
    """Once a page, where an empty element takes no room that is seen."""
    with st.sidebar:
        st.html(INTO_POPOVERS, unsafe_allow_javascript=True)
