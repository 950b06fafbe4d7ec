"""Which school this is."""

from __future__ import annotations

import streamlit as st

from dashboard.school import School
from dashboard.text import Lang, Text
from dashboard.ui.settings.saving import put, save_button, told

NAME, PLACE = Text("工会名称", "The union's name"), Text("所在省市", "Province and city")
NAME_HELP = Text("显示在每页标题下，例如：××实验小学工会。", "Shown under the title of every page.")
PLACE_HELP = Text(
    "经费上限按所在地的文件执行，例如：江苏省常州市。",
    "Spending ceilings follow the documents of the place.",
)
LONGEST = 40  # letters


def profile(school: School, workspace: str, lang: Lang) -> None:
    told("profile", lang)
    name = st.text_input(
        NAME(lang), school.name, LONGEST, help=NAME_HELP(lang), key="school_name", width=420
    )
    place = st.text_input(
        PLACE(lang), school.place, LONGEST, help=PLACE_HELP(lang), key="school_place", width=420
    )
    if save_button("profile", lang):
        put(workspace, "profile", {"name": name.strip(), "place": place.strip()})
        st.rerun()
