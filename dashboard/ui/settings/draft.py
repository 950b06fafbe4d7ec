"""A section while it is typed into: what was saved, what is not saved yet, and the way back.

What is typed stays until it is saved here or let go of, whatever is wrong with it and whoever saves
the same section elsewhere meanwhile. Widgets carry the draft's turn in their keys: a new turn
starts from what is saved, and nothing typed before sticks to it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st

from dashboard import deeds
from dashboard.school import School, Section
from dashboard.settings import data_folder
from dashboard.text import Lang, Text
from dashboard.ui import identity
from dashboard.ui.identity import for_right
from dashboard.ui.markdown import escaped
from dashboard.ui.spaces import warehouse
from dashboard.warehouse.chosen import Setting

SAVE, RESET = Text("保存", "Save"), Text("恢复默认", "Back to the defaults")
LET_GO = Text("放弃改动", "Discard changes")
SAVED = Text("已保存，各页数字已按新设定计算。", "Saved; every page now counts by it.")
TAKEN_BACK = Text("已恢复默认，各页数字已随之更新。", "Back to the defaults; every page follows.")
UNSAVED = Text("有改动尚未保存", "Not saved yet")
SAME = Text("没有改动，不必保存。", "Nothing was changed.")
STALE = Text(
    "这里的设定刚在另一个窗口改过（{when}）。保存将以本窗口为准；“放弃改动”可看到新的设定。",
    "These settings were just changed in another window ({when}). Saving keeps what stands here;"
    " discard to see the new ones.",
)
RESET_SAYS = Text("本校在这里的设定将删除，改用默认值。", "What your school set here is deleted.")
RESET_SURE = Text("确定恢复", "Yes, go back")
LATE = 0.4  # seconds; a table hands over what was typed within half of it
CHANGED = Text("上次修改：{when}", "Last changed {when}")
BY = Text("{when}，{who}", "{when} by {who}")
UNTOUCHED = Text("还没有改过。", "Never changed so far.")


@dataclass(slots=True)
class Draft:
    """`school` is what was saved when the draft was begun; `untouched` what its widgets said then.

    `told` stands at the foot at the next run, once. `tried` is set from the first failed saving on.
    A click on 保存 may reach us before the cell that was typed into last: it is `asked` at first,
    and `due` a moment later, with that cell.
    """

    section: Section
    school: School
    workspace: str
    turn: int = 0
    untouched: Setting | Text | None = None
    told: Text | None = None
    tried: bool = False
    saving: Literal["", "asked", "due"] = ""

    def key(self, name: str) -> str:
        return f"{name}@{self.turn}"


def begun(section: Section, school: School, workspace: str) -> Draft:
    """The draft under way, or a new one from what is saved now."""
    held: Draft | None = st.session_state.get(_place(section))
    if held is not None and held.workspace == workspace:
        return held
    draft = Draft(section, school, workspace)
    if held is not None:
        draft.turn, draft.told = held.turn + 1, held.told
    st.session_state[_place(section)] = draft
    return draft


def foot(draft: Draft, typed: Setting | Text, school: School, lang: Lang) -> None:
    """Buttons and the word on what is saved. `typed` is a Text where it cannot be saved yet: it
    says what to mend.
    """
    if draft.untouched is None:
        draft.untouched = typed
    is_changed = typed != draft.untouched
    _words(draft, typed, lang)
    if _is_stale(draft, school):
        when = _when(draft, school, lang)
        st.warning(STALE.format(when=escaped(when))(lang), icon=":material/sync_problem:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _save_button(draft, lang)
        if is_changed:
            _discard_button(draft, lang)
            st.badge(UNSAVED(lang), icon=":material/edit:", color="orange")
        else:
            _reset_button(draft, lang)
            st.caption(_history(draft, lang), width="content")


def carry_out(draft: Draft, typed: Setting | Text, school: School) -> None:
    """What was asked for in this run, once every section has been drawn."""
    if draft.saving == "asked":
        draft.saving = "due"
        time.sleep(LATE)
        st.rerun()
    if draft.saving == "due":
        draft.saving = ""
        _save(draft, typed)
        st.rerun()
    if _is_stale(draft, school) and typed == draft.untouched:
        _let_go(draft)
        st.rerun()


def _place(section: Section) -> str:
    return f"draft_{section}"


def _words(draft: Draft, typed: Setting | Text, lang: Lang) -> None:
    if isinstance(typed, Text) and draft.tried:
        st.error(escaped(typed(lang)), icon=":material/error:")
    elif draft.told:
        st.success(draft.told(lang), icon=":material/check_circle:")
        draft.told = None


# -- what the buttons do ----------------------------------------------------------------------


def _save_button(draft: Draft, lang: Lang) -> None:
    st.button(
        SAVE(lang),
        type="primary",
        icon=":material/save:",
        key=f"save_{draft.section}",
        on_click=partial(setattr, draft, "saving", "asked"),
    )


@for_right("settings")
def _save(draft: Draft, typed: Setting | Text) -> None:
    if isinstance(typed, Text):
        draft.tried = True
    elif typed == draft.untouched:
        draft.told = SAME
    else:
        _put(draft, typed)
        _let_go(draft, SAVED)


def _discard_button(draft: Draft, lang: Lang) -> None:
    st.button(
        LET_GO(lang),
        icon=":material/close:",
        key=f"discard_{draft.section}",
        on_click=partial(_let_go, draft),
    )


def _reset_button(draft: Draft, lang: Lang) -> None:
    """Asked again: what a school typed in took it time."""
    if draft.section not in draft.school.own:
        return
    with st.popover(RESET(lang), icon=":material/undo:", key=f"resetting_{draft.section}"):
        st.caption(RESET_SAYS(lang))
        st.button(
            RESET_SURE(lang), key=f"reset_{draft.section}", on_click=partial(_take_back, draft)
        )


@for_right("settings")
def _take_back(draft: Draft) -> None:
    _put(draft, None)
    _let_go(draft, TAKEN_BACK)


@for_right("settings")
def _put(draft: Draft, value: Setting | None) -> None:
    warehouse(draft.workspace).set(draft.section, value, identity.name())
    deeds.set_anew(data_folder(), identity.who(), draft.section, draft.workspace)


def _let_go(draft: Draft, told: Text | None = None) -> None:
    """A draft of no school: the next run begins anew from what is saved then."""
    draft.workspace, draft.told = "", told


# -- when it was changed ----------------------------------------------------------------------


def _is_stale(draft: Draft, school: School) -> bool:
    """Somebody else has saved this section since the draft was begun."""
    return school.changes.get(draft.section) != draft.school.changes.get(draft.section)


def _when(draft: Draft, school: School, lang: Lang) -> str:
    change = school.changes[draft.section]
    when = f"{change.at:%Y-%m-%d %H:%M}"
    return BY.format(when=when, who=change.who)(lang) if change.who else when


def _history(draft: Draft, lang: Lang) -> str:
    if draft.section not in draft.school.changes:
        return UNTOUCHED(lang)
    return escaped(CHANGED.format(when=_when(draft, draft.school, lang))(lang))
