"""How a figure is counted where practice disagrees; the tile says which way was chosen."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import Answer
from dashboard.kpis import KPIS
from dashboard.kpis.model import Kpi
from dashboard.text import Lang, Text
from dashboard.ui.markdown import escaped
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

INTRO = Text(
    "各地做法不一的指标，在这里选定本校的口径；卡片和计算依据会写明所用口径。",
    "Where practice differs, choose your school's way; tiles and proofs say which one is used.",
)
USUAL = Text("默认", "default")
DEFAULT = ""


def counting(draft: Draft, answer: Answer, lang: Lang) -> Setting:
    st.caption(INTRO(lang))
    chosen: dict[str, str] = {}
    with st.grid(2, min_column_width=320, gap="small"):
        for kpi in (kpi for kpi in KPIS.values() if kpi.variants):
            with st.container(border=True, height="stretch"):
                if way := _way(kpi, draft, lang):
                    chosen[kpi.id] = way
    return chosen


def _way(kpi: Kpi, draft: Draft, lang: Lang) -> str:
    """The chosen way's id, or nothing for the figure's own."""
    ways = {DEFAULT: (_usual(kpi), kpi.formula)}
    ways |= {variant.id: (variant.label, variant.formula) for variant in kpi.variants}
    now = draft.school.variants.get(kpi.id, DEFAULT)
    return st.radio(
        f"**{escaped(kpi.label(lang))}**",
        list(ways),
        index=list(ways).index(now) if now in ways else 0,
        format_func=lambda way: escaped(ways[way][0](lang)),
        captions=[escaped(formula(lang)) for _, formula in ways.values()],
        key=draft.key(f"way_{kpi.id}"),
    )


def _usual(kpi: Kpi) -> Text:
    label = kpi.variant or kpi.label
    return Text(f"{label.zh} · {USUAL.zh}", f"{label.en} · {USUAL.en}")
