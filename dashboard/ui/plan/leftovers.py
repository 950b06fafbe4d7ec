"""The text of a plan that became no item: listed, so that nothing is dropped unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.plans.model import Plan, Role
from dashboard.text import Lang, Text, number
from dashboard.ui.markdown import escaped
from dashboard.ui.table import height

TITLE = Text("未成为事项的文字 {n} 行", "Text that became no item: {n} lines")
ROLES: dict[Role, Text] = {
    "text": Text("文字", "text"),
    "heading": Text("标题", "heading"),
    "title": Text("计划名称", "title"),
    "noise": Text("页码等", "page marks"),
}
WHY = Text(
    "指导思想、形势、原则和标题不是要办的事，所以没有列成事项；如有遗漏，可在上面的表里补一行。",
    "Guiding thoughts, reasons and headings are nothing to be done; add a row above if one is.",
)
FILE, LINE = Text("文件", "File"), Text("行", "Line")
ROLE, QUOTE = Text("是什么", "What it is"), Text("原文", "As written")


def listed(plans: Sequence[Plan], lang: Lang) -> None:
    every = [(plan.name, rest) for plan in plans for rest in plan.rest]
    if not every:
        return
    counts = Counter(rest.role for _, rest in every)
    told = " · ".join(f"{ROLES[r](lang)} {number(counts[r])}" for r in ROLES if counts[r])
    title = f"{TITLE.format(n=number(len(every)))(lang)} :gray[{escaped(told)}]"
    with st.expander(title, icon=":material/notes:", key="plan_rest"):
        st.caption(WHY(lang))
        ranked = sorted(every, key=lambda pair: list(ROLES).index(pair[1].role))
        rows = [
            ({FILE(lang): name} if len(plans) > 1 else {})
            | {LINE(lang): rest.line, ROLE(lang): ROLES[rest.role](lang), QUOTE(lang): rest.quote}
            for name, rest in ranked
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            height=height(len(rows)),
            column_config={
                LINE(lang): st.column_config.NumberColumn(width=50),
                ROLE(lang): st.column_config.TextColumn(width=80),
                QUOTE(lang): st.column_config.TextColumn(width="large"),
            },
            key="plan_rest_rows",
            alt=TITLE.format(n=len(every))(lang),
        )
