"""What stands where nothing can be shown: why, and which register to upload."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers import Answer
from dashboard.contracts import DATASETS
from dashboard.kpis.inputs import UNSPLIT, not_by
from dashboard.text import Lang, Text
from dashboard.ui.links import upload_link
from dashboard.ui.markdown import escaped

NOTHING = Text("所选范围内没有数据。", "There is nothing in the period and department chosen.")
NONE_LISTED = Text("没有这样的记录。", "There are no such rows.")
NEEDED = Text("还没有数据。需要：{names}。", "Nothing here yet. Needed: {names}.")


def missing(told: Sequence[Text], lang: Lang) -> None:
    """`缺少教职工名册`, and the way to the upload page."""
    between = "；" if lang == "zh" else "; "
    st.caption(escaped(between.join(text(lang) for text in told)))
    if not UNSPLIT.issuperset(told):
        upload_link(lang)


def nothing(lang: Lang) -> None:
    st.caption(NOTHING(lang))


def report(name: str, answer: Answer, lang: Lang) -> None:
    """A report without rows: its register was never uploaded, or holds nothing for this view."""
    found = answer.reports[name]
    if found.ignored:
        st.caption(not_by(found.ignored[0])(lang))
        return
    absent = [need for need in found.needs if need not in answer.datasets]
    if not absent:
        st.caption((NONE_LISTED if found.query.case or found.rows else NOTHING)(lang))
        return
    between = "、" if lang == "zh" else ", "
    names = between.join(DATASETS[need].label(lang) for need in absent)
    st.caption(NEEDED.format(names=escaped(names))(lang))
    upload_link(lang)
