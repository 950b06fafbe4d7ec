"""How a figure is counted where practice disagrees; the tile says which way was chosen."""

from __future__ import annotations

import streamlit as st

from dashboard.kpis import KPIS
from dashboard.kpis.model import Kpi
from dashboard.school import School
from dashboard.text import Lang, Text
from dashboard.ui.markdown import escaped
from dashboard.ui.settings.saving import put, reset_button, save_button, told

INTRO = Text(
    "各地做法不一的指标，在这里选定本校的口径；指标卡片和计算依据会写明所用口径。",
    "Where practice differs, choose your school's way; tiles and proofs say which one is used.",
)
DEFAULT = ""


def counting(school: School, workspace: str, lang: Lang) -> None:
    told("variants", lang)
    st.caption(INTRO(lang))
    chosen: dict[str, str] = {}
    for kpi in KPIS.values():
        if kpi.variants and (way := _way(kpi, school, lang)):
            chosen[kpi.id] = way
    with st.container(horizontal=True):
        if save_button("variants", lang):
            put(workspace, "variants", chosen)
            st.rerun()
        reset_button(workspace, "variants", lang)


def _way(kpi: Kpi, school: School, lang: Lang) -> str:
    """The chosen way's id, or nothing for the figure's own."""
    ways = {DEFAULT: (kpi.variant or kpi.label, kpi.formula)}
    ways |= {variant.id: (variant.label, variant.formula) for variant in kpi.variants}
    now = school.variants.get(kpi.id, DEFAULT)
    return st.radio(
        escaped(kpi.label(lang)),
        list(ways),
        index=list(ways).index(now) if now in ways else 0,
        format_func=lambda way: escaped(ways[way][0](lang)),
        captions=[escaped(formula(lang)) for _, formula in ways.values()],
        key=f"way_{kpi.id}",
    )
