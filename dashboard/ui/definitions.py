"""Every figure in words: formula, why, source, target, and the statement that computes it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from dashboard.charts import words
from dashboard.contracts import DATASETS
from dashboard.kpis.model import Result
from dashboard.text import Lang, Text, same
from dashboard.ui.markdown import escaped

SUBJECTS = {
    "members": Text("会员", "Members"),
    "activities": Text("活动", "Activities"),
    "funds": Text("经费", "Funds"),
    "proposals": Text("提案", "Proposals"),
    "congress": Text("教代会", "Staff congress"),
}
FORMULA, WHY = Text("＝", "="), Text("意义", "Why it matters")
SOURCE, TARGET = Text("出处", "Source"), Text("目标", "Target")
NEEDS = Text("所需台账", "Registers needed")
STATEMENT = Text("计算语句", "SQL statement")
BOUND = Text("参数", "Values")
NO_TARGET = Text("未设目标", "none set")


def definitions(results: Mapping[str, Result], lang: Lang) -> None:
    """In the order of the figures, grouped by what they are about."""
    for subject, group in groupby(results.values(), key=lambda result: result.kpi.subject):
        st.subheader(SUBJECTS[subject](lang), anchor=False)
        with st.grid(2, min_column_width=320, gap="small"):
            for result in group:
                _definition(result, lang)


def _definition(result: Result, lang: Lang) -> None:
    between = "、" if lang == "zh" else ", "
    kpi = result.kpi
    needed = between.join(DATASETS[name].label(lang) for name in kpi.needs)
    with st.container(border=True, height="stretch", gap="xsmall", key=f"definition_{kpi.id}"):
        st.markdown(f"**{escaped(kpi.label(lang))}**")
        st.markdown(f"{FORMULA(lang)} {escaped(kpi.formula(lang))}")
        for heading, said in (
            (WHY, kpi.why(lang)),
            _target(result, lang),
            (NEEDS, needed),
            (SOURCE, kpi.source(lang)),
        ):
            st.caption(f"**{heading(lang)}** {escaped(said)}")
        st.space("stretch")
        _statement(result, lang)


def _statement(result: Result, lang: Lang) -> None:
    """What the database is asked, with the values bound to it for the present view; names may be
    among them, and so not everybody gets them.
    """
    if not result.sql:
        return
    with st.expander(STATEMENT(lang), key=f"statement_{result.kpi.id}"):
        st.code(result.sql, language="sql", wrap_lines=True)
        bound = "\n".join(f"{name} = {value}" for name, value in result.parameters)
        st.caption(BOUND(lang))
        st.code(bound, language=None, wrap_lines=True)


def _target(result: Result, lang: Lang) -> tuple[Text, str]:
    """`目标 100% · 工作计划`; a bar that is the year before's figure may not be known."""
    if result.target is None:
        return TARGET, NO_TARGET(lang)
    asked = words.bar(result, lang)
    told = same(asked) if asked else words.TARGETS[result.target.compare].format(value="")
    return told, result.target.source(lang)
