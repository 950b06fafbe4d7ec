"""The rules over spending on the screen: what asks for a look, and what was checked at all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import provenance
from dashboard.lineage import Address, origins
from dashboard.rules import Checked, reading
from dashboard.rules.listing import FINDINGS, RULES, findings, rules
from dashboard.text import Lang, Text, number
from dashboard.ui.card import FindingMark, card, rows
from dashboard.ui.cells import cells
from dashboard.ui.identity import role
from dashboard.ui.links import link
from dashboard.ui.markdown import escaped
from dashboard.ui.spaces import warehouse
from dashboard.ui.table import height, settings, values

TITLE = Text("经费规则核对", "Rules over spending")
HINT = Text("只作提示，请核对原始凭证", "hints only: look at the vouchers")
NONE = Text(
    "按已设上限，没有需要核对的支出。", "By the ceilings that are set, nothing asks for a look."
)
UNSET = Text(
    "{n} 条规则还没有设上限，不参与核对；请按本地文件在设置页填写。",
    "{n} rules have no ceiling yet and are not checked; fill them in on the settings page.",
)
EVERY = Text("全部规则（{n} 条）", "All {n} rules")
TO_SETTINGS = Text("去设置", "To the settings")
FOUND = Text("请核对", "Please check")


def ceilings(checked: Sequence[Checked], lang: Lang) -> None:
    """Findings first; every rule below, those without a ceiling too."""
    with card(TITLE, HINT, lang):
        found = findings(checked, lang)
        if found:
            rows(
                pd.DataFrame(values(FINDINGS, found), columns=[c.name for c in FINDINGS]),
                [FindingMark(row["message"], tuple(row["row_keys"])) for row in found],
                TITLE(lang),
                "findings",
                height=height(len(found)),
                column_config=settings(FINDINGS, lang),
            )
        else:
            st.markdown(f":material/check_circle: {NONE(lang)}")
        if unset := sum(one.state == "unset" for one in checked):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(UNSET.format(n=number(unset))(lang), width="stretch")
                link("settings", TO_SETTINGS, lang, ":material/tune:")
        with st.expander(EVERY.format(n=number(len(checked)))(lang), key="every_rule"):
            _rules(checked, lang)


def _rules(checked: Sequence[Checked], lang: Lang) -> None:
    told = rules(checked, lang)
    st.dataframe(
        pd.DataFrame(values(RULES, told), columns=[c.name for c in RULES]),
        hide_index=True,
        placeholder="",
        height=height(len(told)),
        column_config=settings(RULES, lang),
        alt=TITLE(lang),
        key="rules",
    )


def finding_drawer(mark: FindingMark, workspace: str, lang: Lang) -> None:
    """The lines of the cash book behind a finding, down to their cells."""
    st.dialog(FOUND(lang), width="large", position="right")(_finding)(mark, workspace, lang)


def _finding(mark: FindingMark, workspace: str, lang: Lang) -> None:
    provenance.demand(role(), reading())
    st.markdown(escaped(mark.message))
    with warehouse(workspace).snapshot() as reader:
        found = origins(reader, [Address("ledger", key) for key in mark.keys])
    for origin in found.values():
        cells(origin, lang)
