"""The checks, each in a line: a sign and a word for its state, its name, what was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from dashboard.checkup import CHECKS, WORDS, Found, State, made
from dashboard.text import Lang, Text
from dashboard.ui import spaces
from dashboard.ui.links import link
from dashboard.ui.markdown import escaped

NOW = Text("立即核对", "Check everything now")
CHECKED = Text("已于 {when} 逐项读回核对。", "Everything was read back at {when}.")
WAITING = Text("正在检查…", "Checking…")
GO = Text("去处理", "See to it")
FINE = Text("一切正常", "All is well")
DOUBTS = Text("{n} 项需要留意", "{n} to look at")
BAD = Text("{n} 项需要处理", "{n} to act on")
_COLORS: dict[State, str] = {"ok": "green", "doubt": "orange", "bad": "red"}
_ICONS: dict[State, str] = {
    "ok": ":material/check_circle:",
    "doubt": ":material/warning:",
    "bad": ":material/error:",
}
_THOROUGH = "checked_thoroughly"


def checks(lang: Lang) -> Callable[[], None]:
    """Draw the quick ones; what is returned draws the rest, and the sum of all."""
    with st.container(border=True, gap="xsmall", key="checks"):
        with st.container(horizontal=True, vertical_alignment="center"):
            whole = st.empty()
            st.space("stretch")
            asked = st.button(NOW(lang), icon=":material/fact_check:", key="check_now")
        places = {name: st.empty() for name in CHECKS}
    thorough = bool(asked)
    found = {
        name: _drawn(name, places, lang, thorough) for name in CHECKS if _quick(name, thorough)
    }
    _sum(whole, found, lang)

    def rest() -> None:
        left = [name for name in CHECKS if name not in found]
        for name in left:
            places[name].markdown(
                f":gray[:material/pending: **{CHECKS[name].label(lang)}**] {WAITING(lang)}"
            )
        for name in left:
            found[name] = _drawn(name, places, lang, thorough)
        _sum(whole, found, lang)
        if thorough:
            st.toast(
                CHECKED.format(when=f"{datetime.now():%H:%M}")(lang), icon=":material/fact_check:"
            )

    return rest


def _quick(name: str, thorough: bool) -> bool:
    return not (thorough or CHECKS[name].is_slow)


def _drawn(
    name: str, places: dict[str, st.delta_generator.DeltaGenerator], lang: Lang, thorough: bool
) -> Found:
    found = made(CHECKS[name], spaces.opened(), thorough=thorough)
    label = CHECKS[name].label(lang)
    with places[name].container(gap="xxsmall"):
        st.markdown(
            f"{_mark(found.state, WORDS[found.state](lang))} **{label}** "
            f"{escaped(found.words(lang))}"
        )
        if found.state != "ok" and CHECKS[name].page:
            link(CHECKS[name].page, GO, lang, ":material/arrow_forward:")
    return found


def _sum(place: st.delta_generator.DeltaGenerator, found: dict[str, Found], lang: Lang) -> None:
    states = [one.state for one in found.values()]
    bad, doubts = states.count("bad"), states.count("doubt")
    worst: State = "bad" if bad else "doubt" if doubts else "ok"
    words = BAD.format(n=bad) if bad else DOUBTS.format(n=doubts) if doubts else FINE
    place.markdown(f"##### {_mark(worst, words(lang))}")


def _mark(state: State, words: str) -> str:
    return f":{_COLORS[state]}[{_ICONS[state]} {words}]"
