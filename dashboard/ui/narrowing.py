"""Which part of the school is looked at: one popover to choose, one chip for each choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.answers import Answer
from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.kpis import KPIS
from dashboard.text import Lang, Text
from dashboard.ui import address
from dashboard.ui.markdown import escaped

NARROW = Text("筛选", "Filter")
EVERYTHING = Text("全部", "All")
CLEAR = Text("清除筛选", "Clear all")
UNCHOOSE = Text("不再按{name}筛选", "No longer by {name}")
WIDE, NARROWEST = 480, 200  # pixels: two columns of pickers, one on a phone
CHIP = Text("{name}：{value}", "{name}: {value}")


def offered(kpis: Sequence[str], answer: Answer) -> list[str]:
    """The dimensions some figure of the page can be narrowed to and that have values, and any
    that is chosen already.
    """
    known = {name for kpi in kpis for name in KPIS[kpi].by}
    chosen = dict(answer.filters.chosen)
    return [
        name for name in DIMENSIONS if name in chosen or (name in known and answer.values[name])
    ]


def narrow_picker(kpis: Sequence[str], answer: Answer, lang: Lang) -> None:
    names = offered(kpis, answer)
    if not names:
        return
    behind = st.popover(  # its words never change: with other words it would be another, and close
        NARROW(lang), icon=":material/filter_alt:", width="content", key="narrow",
        on_change="rerun",
    )  # fmt: skip
    if behind.open:  # pick lists that nobody looks at cost every run of a page
        with (
            behind,
            st.container(width=WIDE),
            st.grid(2, min_column_width=NARROWEST, gap="small"),
        ):
            for name in names:
                _picker(name, answer, lang)


def _picker(name: str, answer: Answer, lang: Lang) -> None:
    dimension, key = DIMENSIONS[name], f"{name}_picker"
    st.session_state[key] = answer.filters.value(name) or ""
    values = list(answer.values[name])
    if st.session_state[key] == UNSAID:
        values.append(UNSAID)
    st.selectbox(
        dimension.label(lang),
        ["", *values],
        format_func=lambda value: dimension.value(value)(lang) if value else EVERYTHING(lang),
        key=key,
        on_change=lambda: address.say(name, st.session_state[key]),
    )


def chips(answer: Answer, lang: Lang) -> None:
    """What is chosen, each with a way to let go of it."""
    if not answer.filters.chosen:
        return
    with st.container(horizontal=True, gap="xsmall", key="chips"):
        for name, value in answer.filters.chosen:
            dimension = DIMENSIONS[name]
            shown = CHIP.format(name=dimension.label, value=dimension.value(value))
            st.button(
                escaped(shown(lang)),
                icon=":material/close:",
                icon_position="right",
                help=UNCHOOSE.format(name=dimension.label)(lang),
                key=f"chip_{name}",
                on_click=partial(address.say, name, None),
            )
        if len(answer.filters.chosen) > 1:
            st.button(CLEAR(lang), type="tertiary", key="clear_chips", on_click=_clear)


def _clear() -> None:
    for name in DIMENSIONS:
        address.say(name, None)
