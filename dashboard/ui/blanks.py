"""Empty workbooks to fill in, one for each register, with a line on what it is for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.exports.template import file_name, template
from dashboard.text import Lang, Text
from dashboard.ui.files import XLSX
from dashboard.ui.markdown import escaped

TITLE = Text("空白模板", "Empty templates")
HINT = Text(
    "已有台账的直接上传，不必套模板；没有的从这里开始。",
    "Upload registers you have as they are; start here where there is none.",
)
FOR = {
    "staff": Text("全校有哪些人，入会率由此算起", "Who works here: what enrolment is measured by"),
    "members": Text(
        "谁是会员、何时入会、有无服务卡", "Who is enrolled, since when, who has a card"
    ),
    "activities": Text("计划和办了哪些活动", "What was planned, and what was held"),
    "attendance": Text("每次活动谁到了", "Who came to which activity"),
    "ledger": Text("每一笔收入和支出", "Every income and every spending"),
    "budget": Text("各科目批了多少、决算多少", "What each subject was granted and what it came to"),
    "proposals": Text("每件提案的办理和满意度", "How each proposal was handled and answered"),
    "votes": Text("每个议题多少票、是否通过", "How each motion was voted on and decided"),
}
SHOWN_HEADERS = 4
NARROW = 250  # pixels below which a template moves to the next line


def blanks(lang: Lang) -> None:
    with st.container(border=True, gap="small", key="blanks"):
        st.markdown(f"**{TITLE(lang)}** :gray[:small[{HINT(lang)}]]")
        with st.grid("auto", min_column_width=NARROW, gap="small"):
            for dataset in DATASETS.values():
                _blank(dataset, lang)


def _blank(dataset: Dataset, lang: Lang) -> None:
    with st.container(gap="xxsmall"):
        st.download_button(
            dataset.label(lang),
            partial(template, dataset, lang),
            file_name(dataset, lang),
            XLSX,
            icon=":material/download:",
            on_click="ignore",
            key=f"blank_{dataset.name}",
            width="stretch",
        )
        st.caption(escaped(_purpose(dataset)(lang)))


def _purpose(dataset: Dataset) -> Text:
    """A register nobody has written a line for is told by its first columns."""
    first = [column.label for column in dataset.kept[:SHOWN_HEADERS]]
    told = Text("、".join(label.zh for label in first), ", ".join(label.en for label in first))
    return FOR.get(dataset.name, told)
