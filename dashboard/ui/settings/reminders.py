"""From when on something needs attention."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import Answer
from dashboard.errors import RefusedRequest
from dashboard.school import THRESHOLDS, Threshold, defaults
from dashboard.text import Lang, Text
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

DEFAULT = Text("{help}默认 {value}。", "{help} Default: {value}.")
LABEL = Text("{label}（{unit}）", "{label} ({unit})")


def reminders(draft: Draft, answer: Answer, lang: Lang) -> Setting | Text:
    """Every threshold; or the bounds of the first that lies outside its own."""
    with st.grid(3, min_column_width=280, gap="small"):
        typed = {one: _number(one, draft, lang) for one in THRESHOLDS}
    try:
        return {one.name: one.check(number) for one, number in typed.items()}
    except RefusedRequest as refusal:
        return refusal.message


def _number(one: Threshold, draft: Draft, lang: Lang) -> int:
    """Without bounds: what lies outside would stay in the field and never be told."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        typed = st.number_input(
            LABEL.format(label=one.label, unit=one.unit)(lang),
            value=int(draft.school.rules[one.name]),
            step=1,
            key=draft.key(f"rule_{one.name}"),
        )
        st.caption(DEFAULT.format(help=one.help, value=f"{defaults()[one.name]:g}")(lang))
    return int(typed)
