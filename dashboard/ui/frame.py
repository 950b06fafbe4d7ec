"""What stands around every page: title, quiet line, pickers, language, the demo's mark."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers import Answer, Question
from dashboard.layout import Page, asked
from dashboard.roles import Role
from dashboard.text import Lang, Text
from dashboard.ui import address
from dashboard.ui.identity import identity
from dashboard.ui.markdown import escaped
from dashboard.ui.narrowing import chips, narrow_picker
from dashboard.ui.periods import period_picker
from dashboard.ui.present.chooser import present_button
from dashboard.ui.spaces import leave_demo
from dashboard.ui.taking import take_button

NAME = Text("工会数据看板", "Union Dashboard")
DEMO = Text("演示数据", "Demo data")
DEMO_SAYS = Text(
    "这里是虚构学校的演示数据，不是本校数据。",
    "These are the figures of a fictional school, not of yours.",
)
LEAVE_DEMO = Text("使用本校数据", "Use our own data")
OWN_SCHOOL = Text("本校工会", "Our union")
LANGUAGE = Text("语言", "Language")
LANGUAGES: dict[Lang, str] = {"zh": "中文", "en": "English"}


class Frame:
    """The head of a page. The title stands whatever happens; the rest once the data is there."""

    def __init__(self, page: Page, lang: Lang) -> None:
        self._page, self._lang = page, lang
        self._mark = st.container(  # without anything in it, it is not there
            horizontal=True, vertical_alignment="center", gap="small", key="demo_mark"
        )
        row = st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="bottom",
            key="head",
        )
        self._title = row.container(gap="xxsmall", width="content", key="head_title")
        self._filters = row.container(horizontal=True, width="content", gap="small")
        self._title.title(page.title(lang), anchor=False)

    def fill(self, answer: Answer, question: Question, pages: Sequence[Page]) -> None:
        """The demo's mark, the quiet line under the title, and the pickers at the right. Whoever
        only projects chooses the period and nothing else.
        """
        workspace, is_quiet = question.workspace, question.role is Role.PROJECTOR
        if workspace == "demo":
            with self._mark:
                _demo_mark(self._lang)
        self._title.caption(_quiet_line(self._page, answer, workspace, self._lang))
        if self._page.filtered:
            with self._filters:
                period_picker(
                    answer.filters,
                    answer.years,
                    self._lang,
                    answer.school.calendars,
                    days=question.role is Role.OFFICER,
                )
                if not is_quiet:
                    narrow_picker(asked(self._page)[0], answer, self._lang)
                present_button(self._page, pages, self._lang)
                take_button(self._page, pages, question)
            chips(answer, self._lang)
        else:
            with self._filters:
                present_button(self._page, pages, self._lang)
                take_button(self._page, pages, question)
        for code, sentence in answer.trouble:
            st.warning(f"{escaped(sentence(self._lang))} `{code}`", icon=":material/help:")


def _quiet_line(page: Page, answer: Answer, workspace: str, lang: Lang) -> str:
    own = answer.school.name or OWN_SCHOOL(lang)
    school = DEMO(lang) if workspace == "demo" else escaped(own)
    said = answer.filters.caption(lang) if page.filtered else page.question(lang)
    return f"{school} · {escaped(said)}"


def _demo_mark(lang: Lang) -> None:
    mark = f":orange-badge[:material/science: {DEMO(lang)}]"
    st.markdown(f"{mark} :gray[:small[{DEMO_SAYS(lang)}]]", width="stretch")
    if identity().may("import"):
        st.button(LEAVE_DEMO(lang), key="leave_demo", on_click=leave_demo, width="content")


# -- pickers ----------------------------------------------------------------------------------


def language_switch(lang: Lang) -> None:
    """At the foot of the side bar, each language in its own words."""
    st.session_state["lang_picker"] = lang
    with st.sidebar:
        st.segmented_control(
            LANGUAGE(lang),
            list(LANGUAGES),
            format_func=lambda name: LANGUAGES[name],
            key="lang_picker",
            on_change=lambda: address.say("lang", st.session_state["lang_picker"]),
            label_visibility="collapsed",
            required=True,
        )
