"""The reviewed items handed to the import as a file of the activity register, like any other."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

import streamlit as st

from dashboard.exports.rows import Rows, as_csv
from dashboard.plans.review import Reviewed, doubts, taken
from dashboard.plans.rows import HEADER, to_rows
from dashboard.text import Lang, Text, number
from dashboard.ui import intake, links, spaces
from dashboard.ui.identity import for_right
from dashboard.ui.markdown import escaped
from dashboard.ui.plan import kept
from dashboard.ui.plan.kept import Kept

IMPORT = Text("去导入 {n} 项", "Import {n} items")
NEXT = Text(
    "接着在“上传”页看预览和与现有数据的差别，确认后才入库，可以撤销。",
    "The page Upload shows a preview and what would change; nothing is stored before you confirm,"
    " and it can be undone.",
)
NOTHING = Text("请至少勾选一项。", "Tick at least one item.")
BACKWARDS = Text("请先改正起止颠倒的事项：{item}", "First mend what ends before it begins: {item}")
WAITS = Text(
    "这份计划已交到“上传”页，还没有确认导入。",
    "This plan stands on the page Upload and waits to be confirmed there.",
)
TO_UPLOAD = Text("去确认", "Confirm it")
DONE = Text(
    "计划已导入活动台账，这里的副本已清除。", "The plan is imported; its copy here is gone."
)
LATE = 0.4  # seconds; a table hands over what was typed within half of it


def button(held: Kept, lang: Lang) -> None:
    """Asked for once, carried out a moment later: with the cell that was typed into last."""
    chosen = [row for row in held.rows if row.taken]
    hindrance = _hindrance(chosen)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(
            IMPORT.format(n=number(len(chosen)))(lang),
            type="primary",
            icon=":material/arrow_forward:",
            disabled=hindrance is not None,
            on_click=partial(setattr, held, "saving", "asked"),
            key="plan_import",
        )
        st.caption(escaped((hindrance or NEXT)(lang)), width="stretch")
    if hindrance is None:
        _carry_out(held)
    held.saving = ""


def _hindrance(chosen: Sequence[Reviewed]) -> Text | None:
    for row in chosen:
        if "backwards" in doubts(row):
            return BACKWARDS.format(item=row.item.item)
    return None if taken(chosen) else NOTHING


def _carry_out(held: Kept) -> None:
    if held.saving == "asked":
        held.saving = "due"
        time.sleep(LATE)
        st.rerun()
    if held.saving == "due":
        held.saving = ""
        _hand_over(held)
        links.go("upload")


@for_right("import")
def _hand_over(held: Kept) -> None:
    """A file for each plan; what was handed over before and not stored gives way to it."""
    for file in intake.held():
        if file.sha256 in held.handed:
            intake.remove(file)
    digests = set()
    for name in dict.fromkeys(row.file for row in held.rows):
        items = taken([row for row in held.rows if row.file == name])
        if items:
            data = register(name, to_rows(items))
            digests.add(hashlib.sha256(data).hexdigest())
            intake.add(f"{PurePath(name).stem}.csv", data)
    held.handed = frozenset(digests)


def register(name: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    """The file: a csv with the register's own headers."""
    return as_csv(Rows(name, HEADER, tuple(rows)))


def imported(held: Kept, lang: Lang) -> bool:
    """Whether all that was handed over is stored now: then it is let go of here, and said once."""
    if not held.handed:
        return False
    waits = {file.sha256 for file in intake.held()}
    if held.handed & waits:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
            st.markdown(WAITS(lang), width="stretch")
            links.link("upload", TO_UPLOAD, lang, ":material/arrow_forward:")
        return False
    stored = {
        sheet.sha256
        for found in spaces.warehouse("school").history()
        if not found.undone_at
        for sheet in found.sheets
    }
    if not held.handed <= stored:
        return False
    kept.forget()
    st.success(DONE(lang), icon=":material/check_circle:")
    return True
