"""What stands where nothing can be shown: why, and which register to upload."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import layout
from dashboard.answers import Answer
from dashboard.exhibits import absent
from dashboard.exhibits.blocks import is_small
from dashboard.kpis.inputs import UNSPLIT
from dashboard.kpis.model import Result
from dashboard.text import Lang, Text
from dashboard.ui.links import upload_link
from dashboard.ui.markdown import escaped


def missing(told: Sequence[Text], lang: Lang) -> None:
    """`缺少教职工名册`, and the way to the upload page."""
    st.caption(escaped(absent.joined(told, lang)))
    if not UNSPLIT.issuperset(told):
        upload_link(lang)


def is_said(block: layout.Charted, results: Sequence[Result], answer: Answer, lang: Lang) -> bool:
    """Whether there is no chart: what is missing, or of too few people, is said in its place."""
    if told := absent.missing(results):
        missing(told, lang)
    elif is_small(block, results, answer):
        st.caption(absent.SMALL(lang))
    else:
        return False
    return True


def nothing(lang: Lang) -> None:
    st.caption(absent.NOTHING(lang))


def report(name: str, answer: Answer, lang: Lang) -> None:
    """A report without rows: its register was never uploaded, or holds nothing for this view."""
    st.caption(escaped(absent.report(name, answer, lang)))
    if absent.needed(name, answer) and not answer.reports[name].ignored:
        upload_link(lang)
