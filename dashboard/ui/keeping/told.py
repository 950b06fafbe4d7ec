"""What was done, said once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.text import Lang, Text
from dashboard.ui.markdown import escaped

_TOLD = "keeping_told"


def tell(lines: Sequence[Text]) -> None:
    """At the top of the page's next run."""
    st.session_state[_TOLD] = lines


def told(lang: Lang) -> None:
    if lines := st.session_state.pop(_TOLD, None):
        said = "  \n".join(escaped(line(lang)) for line in lines)
        st.success(said, icon=":material/check_circle:")
