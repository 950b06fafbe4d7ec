"""The settings page: what a school decides itself, a tab for each kind; the address knows the tab.

Every tab is drawn at every run: what is typed into one is not lost by a look at another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from dashboard.answers import Answer
from dashboard.school import Section
from dashboard.text import Lang, Text
from dashboard.ui.identity import for_right
from dashboard.ui.settings import counting, goals, holidays, limits, profile, reminders, times
from dashboard.ui.settings.draft import Draft, begun, carry_out, foot
from dashboard.warehouse.chosen import Setting

INTRO = Text(
    "设定只属于本校，保存在本机；一经保存，各页数字随之更新。",
    "Your school's own, kept on this computer; once saved, every page counts by them.",
)
Drawn = Callable[[Draft, Answer, Lang], Setting | Text]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where settings are changed: of which school, in which words; and what lies on it."""

    answer: Answer
    workspace: str
    lang: Lang
    drafts: list[tuple[Draft, Setting | Text]] = field(default_factory=list)

    def section(self, name: Section, draw: Drawn) -> None:
        draft = begun(name, self.answer.school, self.workspace)
        typed = draw(draft, self.answer, self.lang)
        foot(draft, typed, self.answer.school, self.lang)
        self.drafts.append((draft, typed))


def _calendars(desk: Desk) -> None:
    desk.section("calendars", times.times)
    st.space("medium")
    with st.grid(2, min_column_width=320, gap="large"):
        with st.container():
            desk.section("holidays", holidays.holidays)
        with st.container():
            holidays.public(desk.answer, desk.lang)


TABS: dict[str, tuple[Text, Callable[[Desk], None]]] = {
    "school": (Text("学校", "School"), lambda desk: desk.section("profile", profile.profile)),
    "counting": (
        Text("统计口径", "How to count"),
        lambda desk: desk.section("variants", counting.counting),
    ),
    "targets": (Text("目标", "Targets"), lambda desk: desk.section("targets", goals.goals)),
    "calendars": (Text("学年与节假日", "Calendars"), _calendars),
    "reminders": (
        Text("提醒", "Reminders"),
        lambda desk: desk.section("rules", reminders.reminders),
    ),
    "ceilings": (Text("经费上限", "Ceilings"), lambda desk: desk.section("caps", limits.limits)),
}
_TAB = "tab"  # its name in the address


@for_right("settings")
def settings(answer: Answer, workspace: str, lang: Lang) -> None:
    st.caption(INTRO(lang))
    desk = Desk(answer, workspace, lang)
    for tab, (_, draw) in zip(_tabs(lang), TABS.values(), strict=True):
        with tab:
            draw(desk)
    for draft, typed in desk.drafts:
        carry_out(draft, typed, answer.school)


def _tabs(lang: Lang) -> list[st.delta_generator.DeltaGenerator]:
    labels = {name: label(lang) for name, (label, _) in TABS.items()}
    names, key = {label: name for name, label in labels.items()}, f"settings_{lang}"
    said = st.query_params.get(_TAB, "")
    st.session_state[key] = labels.get(said, labels["school"])

    def follow() -> None:
        st.query_params[_TAB] = names[st.session_state[key]]

    return list(st.tabs(list(labels.values()), key=key, on_change=follow))
