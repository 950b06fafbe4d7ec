"""Which school this is."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import Answer
from dashboard.text import Lang, Text
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

NAME, PLACE = Text("工会名称", "The union's name"), Text("所在省市", "Province and city")
NAME_HELP = Text("显示在每页标题下。", "Shown under the title of every page.")
PLACE_HELP = Text(
    "经费上限只按所在地的文件核对。", "Ceilings are checked by the documents of the place only."
)
NAME_LIKE = Text("如：××实验小学工会", "e.g. Union of the … Primary School")
PLACE_LIKE = Text("如：江苏省常州市", "e.g. 江苏省常州市")
LONGEST, WIDE = 40, 420  # letters, pixels


def profile(draft: Draft, answer: Answer, lang: Lang) -> Setting:
    said = {
        "name": _field("name", NAME, NAME_HELP, NAME_LIKE, draft, lang),
        "place": _field("place", PLACE, PLACE_HELP, PLACE_LIKE, draft, lang),
    }
    return {name: value.strip() for name, value in said.items()}


def _field(name: str, label: Text, told: Text, like: Text, draft: Draft, lang: Lang) -> str:
    with st.container(gap="xxsmall"):
        value = st.text_input(
            label(lang),
            getattr(draft.school, name),
            LONGEST,
            key=draft.key(f"school_{name}"),
            placeholder=like(lang),
            width=WIDE,
        )
        st.caption(told(lang))
    return str(value)
