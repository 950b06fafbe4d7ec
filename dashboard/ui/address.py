"""What the address says: `?period=2017&department=语文组&lang=en`; a link reopens the same view.

The address is the state. Streamlit clears it when another page is opened, so the last view is
remembered for the session and written back.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from dashboard import filters
from dashboard.dimensions import DIMENSIONS
from dashboard.filters import Chosen
from dashboard.text import Lang

PRESENTING = ("present", "slide", "auto", "theme")
NAMES = ("period", "as_of", *DIMENSIONS, "by", "lang", *PRESENTING)
_REMEMBERED, _PLACE = "view", "place"


def restore() -> None:
    """Take up the view the address names.

    On another page what it leaves out stays as it was; on the same page it was taken away, by the
    browser's Back.
    """
    view: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    here = st.context.url
    if here and here == st.session_state.get(_PLACE):
        view.clear()
    st.session_state[_PLACE] = here
    named = dict(st.query_params)
    view |= {name: named[name] for name in NAMES if name in named}
    left_out = {name: value for name, value in view.items() if name not in named}
    if left_out:  # at once: each change is a step of the browser's Back
        st.query_params.update(left_out)


def said(name: str) -> str | None:
    view: dict[str, str] = st.session_state.get(_REMEMBERED, {})
    return view.get(name) or None


def say(name: str, value: str | None) -> None:
    """Change one part of the view, in the address and in the session."""
    view: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    if value:
        view[name] = st.query_params[name] = value
    else:
        view.pop(name, None)
        st.query_params.pop(name, None)


def say_together(parts: Mapping[str, str | None]) -> None:
    """Change several parts of the view, in one step of the browser's Back."""
    held: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    kept = dict(st.query_params)
    for name, value in parts.items():
        for told in (held, kept):
            told.pop(name, None)
            if value:
                told[name] = value
    st.query_params.from_dict(kept)


def again() -> None:
    """Say what the session holds, where a browser told an address that was left already."""
    held: dict[str, str] = st.session_state.get(_REMEMBERED, {})
    kept = {name: value for name, value in st.query_params.items() if name not in NAMES}
    st.query_params.from_dict(kept | held)


def view() -> str:
    """All that the address says, as it says it."""
    return urlencode(dict(st.query_params))


def pin(name: str, value: str) -> None:
    """Write what is shown into the address, so that a copied link shows the same tomorrow."""
    if said(name) is None:
        st.query_params[name] = value


def chosen() -> Chosen:
    """The dimensions the address narrows."""
    return filters.chosen({name: said(name) for name in DIMENSIONS})


def forget_filters() -> None:
    """Another school has other years and departments."""
    for name in NAMES:
        if name != "lang":
            say(name, None)


def lang() -> Lang:
    """The language switched to, else the browser's, else Chinese."""
    named = said("lang")
    if named in ("zh", "en"):
        return "en" if named == "en" else "zh"
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"
