"""The slides of a meeting on the screen: full, without menus, in the same session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.answers import Question, asking
from dashboard.exhibits.meeting import meeting, order
from dashboard.layout import Page
from dashboard.text import Text
from dashboard.ui.cache import answer
from dashboard.ui.mishaps import told
from dashboard.ui.present import names, remote
from dashboard.ui.present.slides import slides
from dashboard.ui.present.stage import Deck, stage, theme

PREPARING = Text("正在准备幻灯片…", "Preparing the slides…")
BACK = Text("返回页面", "Back to the page")
_DECK = "deck"


def present(words: str, pages: Sequence[Page], question: Question) -> None:
    """The slides of the running order `words`, in the view and language of the question; where
    there are none, why, and the way back.
    """
    decks: list[Deck] = []
    with told(question.lang):
        named = names.shown()  # then the lists of people are read, too
        decks.append(_deck(words, pages, replace(question, safe=not named, taken=named)))
    if decks:
        stage(decks[0])
    else:
        st.button(BACK(question.lang), key="present_back", on_click=remote.leave)


def _deck(words: str, pages: Sequence[Page], question: Question) -> Deck:
    """Built once for one view and what is pinned; turning a slide builds nothing."""
    colours = theme()
    made_of = (words, question, colours, tuple(pages))
    held = st.session_state.get(_DECK)
    if held and held[0] == made_of:
        found: Deck = held[1]
        return found
    with st.spinner(PREPARING(question.lang)):
        what = meeting(
            order(words, pages),
            lambda page: answer(asking(page, question)),
            question.lang,
            is_demo=question.workspace == "demo",
            palette=colours,
        )
        deck = Deck(question.workspace, what, slides(what), colours)
    st.session_state[_DECK] = (made_of, deck)
    return deck
