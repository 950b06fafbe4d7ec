"""Links from page to page that keep the view: period, department and language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page as Place

from dashboard.filters import Filters
from dashboard.text import Lang, Text

TO_UPLOAD = Text("去上传", "Upload it")
_PLACES = "places"


def register(places: Mapping[str, Place]) -> None:
    """Remember where this run's pages are; a `Place` is known to the run that made it."""
    st.session_state[_PLACES] = dict(places)


def link(path: str, label: Text, lang: Lang, icon: str | None = None) -> None:
    """A link to one of our pages, in its present view; none to one that is not for these eyes."""
    place = st.session_state[_PLACES].get(path)
    if place is None:
        return
    st.page_link(place, label=label(lang), icon=icon, query_params=dict(st.query_params))


def title(path: str) -> str:
    """A page as the side bar calls it; one that is none of ours by its path."""
    place = st.session_state[_PLACES].get(path)
    return str(place.title) if place else path


def go(path: str) -> NoReturn:
    """To one of our pages at once, in its present view."""
    st.switch_page(st.session_state[_PLACES][path], query_params=dict(st.query_params))


def proof_link(kpi: str, filters: Filters, label: Text, lang: Lang) -> None:
    """A link to one figure's proof in exactly this view."""
    params = {"kpi": kpi, "period": filters.period.key, **dict(filters.chosen), "lang": lang}
    if filters.day:
        params["as_of"] = filters.day.isoformat()
    place, icon = st.session_state[_PLACES].get("proof"), ":material/open_in_new:"
    if place:
        st.page_link(place, label=label(lang), icon=icon, query_params=params, width="content")


def upload_link(lang: Lang) -> None:
    link("upload", TO_UPLOAD, lang, ":material/upload_file:")
