"""The side bar's list of pages, and which of them is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page as Place

from dashboard.layout import Page
from dashboard.roles import Role
from dashboard.settings import PAGES
from dashboard.text import Lang, Text
from dashboard.ui import address, frame

FIRST = "overview"
GROUPS = {
    "board": Text("看板", "Dashboard"),
    "data": Text("数据", "Data"),
    "house": Text("管理", "Administration"),
}


def places(pages: Sequence[Page], role: Role, lang: Lang) -> dict[str, Place]:
    """The pages as Streamlit knows them, by path; those that are not for this role are hidden."""
    return {p.path: _place(p.path, p.title(lang), p.icon, role in p.seen_by) for p in pages}


def navigate(pages: Sequence[Page], known: Mapping[str, Place], lang: Lang) -> str:
    """The path of the page to draw; the bare address leads to the first page's own."""
    bare = _bare(frame.NAME(lang))
    groups: dict[str, list[Place]] = {"": [bare]}
    for page in pages:
        groups.setdefault(GROUPS[page.group](lang), []).append(known[page.path])
    position: Literal["hidden", "sidebar"] = "hidden" if address.said("present") else "sidebar"
    chosen = st.navigation(groups, position=position, expanded=True)
    if chosen == bare:
        st.switch_page(known[FIRST], query_params=dict(st.query_params))
    return chosen.url_path


@cache
def _place(path: str, title: str, icon: str, is_seen: bool) -> Place:
    """Made once, for making one looks for its file. All sessions share it: a run writes nothing
    into it that another heeds, for we never `run` one.
    """
    return st.Page(
        PAGES / f"{path}.py",
        title=title,
        icon=icon,
        url_path=path,
        visibility="visible" if is_seen else "hidden",
    )


@cache
def _bare(name: str) -> Place:
    """The bare address has no page of its own."""
    return st.Page(_nothing, title=name, default=True, visibility="hidden")


def _nothing() -> None:
    pass
