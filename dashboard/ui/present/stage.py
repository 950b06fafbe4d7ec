"""The stage: one slide over everything, its neighbours drawn beside it unseen.

The browser turns to a neighbour at once and tells the server, which draws the next neighbour. So
a slide is never waited for, and the one that is shown stays until the next is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.charts.template import DARK, FONT, LIGHT, Palette, config
from dashboard.exhibits.model import Meeting
from dashboard.ui import address
from dashboard.ui.card import palette
from dashboard.ui.present import names, remote
from dashboard.ui.present.drawing import html
from dashboard.ui.present.slides import WIDTH, Slide

SLOTS = 3  # the slide that is shown, the one before, the one after
_STYLE = Path(__file__).with_name("stage.css").read_text("utf-8")
_RAISED = {LIGHT: "#F1EEE9", DARK: "#1C2024"}
_GOOD = {LIGHT: "#256A4C", DARK: "#6FC29B"}


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides of a meeting, built once, in the colours they are drawn in."""

    workspace: str
    meeting: Meeting
    slides: list[Slide]
    palette: Palette


def theme() -> Palette:
    """The colours the address asks for, else those of the browser."""
    return {"light": LIGHT, "dark": DARK}.get(address.said("theme") or "", palette())


@st.fragment
def stage(deck: Deck) -> None:
    """Turning a slide runs this alone; leaving, or showing names, runs the whole page."""
    at = now(len(deck.slides))
    st.html(f"<style>{_colours(deck.palette)}{_STYLE}{_first(at)}</style>")
    with st.container(key="stage", gap=None):
        for slot in range(SLOTS):
            _slot(deck, slot, at)
        remote.remote(at, len(deck.slides), deck.meeting.lang)
    if remote.has_left() or names.turned():
        st.rerun()
    if names.asked():
        names.ask(deck.workspace, deck.meeting.lang)


def now(count: int) -> int:
    """The slide the address names, from one; the nearest there is."""
    told = address.said("slide") or ""
    return min(max(int(told) if told.isdecimal() and len(told) < 6 else 1, 1), count)


def _slot(deck: Deck, slot: int, at: int) -> None:
    """Each slide has its place by its number, so that turning redraws none that is near."""
    here = next((n for n in (at, at - 1, at + 1) if n % SLOTS == slot), 0)
    with st.container(key=f"slot_{slot}", gap=None):
        if not 1 <= here <= len(deck.slides):
            return
        slide = deck.slides[here - 1]
        st.html(html(slide, here, len(deck.slides), deck.meeting))
        if slide.drawn is not None:
            st.plotly_chart(
                slide.drawn,
                theme=None,
                width=WIDTH,
                height=slide.drawn.layout.height,
                config=config(deck.meeting.lang) | {"staticPlot": True, "responsive": False},
                alt=slide.title,
                key=f"slide_{here}",
            )


def _first(at: int) -> str:
    """Until the remote is there, the slide is shown that the server means."""
    return f".st-key-stage:not([data-shown]) .st-key-slot_{at % SLOTS} {{visibility: visible;}}"


def _colours(palette: Palette) -> str:
    told = {
        "paper": palette.paper,
        "raised": _RAISED[palette],
        "ink": palette.text,
        "quiet": palette.quiet,
        "line": palette.line,
        "red": palette.bad,
        "bad": palette.bad,
        "good": _GOOD[palette],
        "letters": FONT,
    }
    return f":root {{{';'.join(f'--{name}:{value}' for name, value in told.items())}}}"
