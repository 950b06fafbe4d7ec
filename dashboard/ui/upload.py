"""The upload page: files in, what was read and every doubt, one confirmation; and the way back."""

from __future__ import annotations

import logging

import pandas as pd
import streamlit as st

from dashboard import deeds, ingest
from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.settings import data_folder
from dashboard.text import Lang, Text, number
from dashboard.ui import identity, intake, spaces
from dashboard.ui.blanks import blanks
from dashboard.ui.difference import Difference, difference, obstacle, total
from dashboard.ui.doubts import doubtful_people
from dashboard.ui.files import file_card
from dashboard.ui.identity import for_right
from dashboard.ui.intake import Held
from dashboard.ui.ledger import cut_off
from dashboard.ui.links import link
from dashboard.ui.markdown import escaped
from dashboard.ui.past import past, question, told_of_undo, undo_button
from dashboard.ui.reading import bring_up_to_date
from dashboard.ui.uploader import drop_place, most

log = logging.getLogger(__name__)

ACCEPTED = Text(
    "支持 Excel、WPS、ods、csv 和网页表格，每个不超过 {size} MB。文件只在这台电脑上处理；"
    "身份证号、电话、银行卡号核对后即丢弃，不会保存。",
    "Excel, WPS, ods, csv and web page tables, at most {size} MB each. Files are read on this"
    " computer only; identity, phone and bank card numbers are dropped and never stored.",
)
INTO_SCHOOL = Text(
    "现在看的是演示数据。确认导入后将转到本校数据，演示数据不受影响。",
    "You are looking at the demo. Importing goes to your own data; the demo stays as it is.",
)
CONFIRM = Text("确认导入", "Import")
SUMMARY = Text("将导入 {rows} 行，来自 {sheets} 张表。", "{rows} rows of {sheets} sheets.")
LEFT_OUT = Text("另有 {n} 张未识别，不导入。", " {n} more were not recognised and are left out.")
NOTHING_NEW = Text(
    "这些内容都已经在了，导入不会改变任何数据。",
    "All of this is there already; nothing would change.",
)
REMOVE_ALL = Text("全部移除", "Remove all")
STORING = Text("正在导入…", "Importing…")
NOTHING_STORED = Text("没有导入任何数据。{reason}", "Nothing was stored. {reason}")
STORED = Text("导入完成。", "Imported.")
SAME = Text(
    "这些内容以前已经导入过，数据没有变化。", "All of this was there already; nothing changed."
)
TO_OVERVIEW = Text("查看总览", "See the overview")
LOOK_AT_DEMO = Text("查看演示数据", "Look at the demo")
OUTCOME = {
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "dataset": Text("台账", "Register"),
    "added": Text("新增", "Added"),
    "changed": Text("更新", "Changed"),
    "unchanged": Text("未变", "Unchanged"),
    "removed": Text("移除", "Removed"),
    "rejected": Text("退回未导入", "Sent back"),
}
_IMPORTED = "imported"


@for_right("import")
def upload(workspace: str, lang: Lang) -> None:
    """Everything from the empty uploader to what an import changed, and what was imported."""
    cut_off(workspace, lang)
    if told_of_undo(lang):
        st.session_state.pop(_IMPORTED, None)
    _uploader(workspace, lang)
    if files := intake.held():
        st.session_state.pop(_IMPORTED, None)
        _files(files, lang)
    else:
        if stored := st.session_state.get(_IMPORTED):
            _outcome(stored, lang)
        doubtful_people(workspace, lang)
    if workspace != "demo":
        past(workspace, lang)
        question(lang)
    blanks(lang)
    if workspace != "demo":
        st.button(
            LOOK_AT_DEMO(lang),
            icon=":material/science:",
            on_click=spaces.look_at_demo,
            key="look_at_demo",
        )


def _uploader(workspace: str, lang: Lang) -> None:
    first = not intake.held()
    with st.container(border=True, gap="small"):
        drop_place(intake.uploader(), first, intake.take_up, lang)
        if first:
            st.caption(ACCEPTED.format(size=most())(lang))
        if workspace == "demo":
            st.info(INTO_SCHOOL(lang), icon=":material/info:")


def _files(files: list[Held], lang: Lang) -> None:
    """The confirmation stands above the details: with many sheets it must not be a long way
    down.
    """
    bring_up_to_date(files, lang)
    hindered = intake.obstacle(files)
    found = Difference() if hindered else difference(files, lang)
    _confirmation(files, found, hindered or obstacle(found), lang)
    for file in files:
        file_card(file, found, lang)


# -- confirmation -----------------------------------------------------------------------------


def _confirmation(files: list[Held], found: Difference, hindered: Text | None, lang: Lang) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", border=True, key="confirm"
    ):
        pressed = st.button(
            CONFIRM(lang),
            type="primary" if found.changed else "secondary",
            icon=":material/check:",
            disabled=hindered is not None,
            key="confirm_import",
        )
        with st.container(gap="xxsmall", width="stretch"):
            _summary(files, found, hindered, lang)
        if len(files) > 1:
            st.button(REMOVE_ALL(lang), type="tertiary", on_click=intake.forget, key="remove_all")
    if pressed and hindered is None:
        _store(files, lang)


def _summary(files: list[Held], found: Difference, hindered: Text | None, lang: Lang) -> None:
    """Why not, or how much: rows, sheets, and what they change."""
    if hindered:
        st.markdown(f":orange[:material/error:] {escaped(hindered(lang))}")
        return
    sheets = [s for f in files for s in f.report.sheets if s.dataset and s.loaded]
    rows = number(sum(sheet.loaded for sheet in sheets))
    st.markdown(f"**{total(found, lang)}**")
    told = SUMMARY.format(rows=rows, sheets=len(sheets)) if found.changed else NOTHING_NEW
    unknown = sum(not s.dataset and not s.hidden for f in files for s in f.report.sheets)
    st.caption(escaped(told(lang) + (LEFT_OUT.format(n=unknown)(lang) if unknown else "")))


@for_right("import")
def _store(files: list[Held], lang: Lang) -> None:
    """One transaction; either all of it is there afterwards, or nothing."""
    reports = [file.report for file in files]
    try:
        with st.spinner(STORING(lang)):
            warehouse = spaces.warehouse("school")
            stored = ingest.store(warehouse, reports, intake.modes(files), identity.name())
    except DashboardError as refusal:
        sentence = NOTHING_STORED.format(reason=refusal.message)(lang)
        st.error(f"{escaped(sentence)} `{refusal.code}`", icon=":material/error:")
        return
    deeds.imported(data_folder(), identity.who(), stored)
    _learn(files)
    spaces.leave_demo()  # and look at the latest year there is now
    st.session_state[_IMPORTED] = stored
    intake.forget()
    st.rerun()


@for_right("import")
def _learn(files: list[Held]) -> None:
    """Corrections are remembered; a memory that fails costs the import nothing."""
    read = [file.found for file in files if file.found]
    try:
        reports = [file.report for file in files]
        ingest.learn(spaces.warehouse("school"), read, reports, identity.name())
    except DashboardError:
        log.exception("the mappings could not be remembered")


def _outcome(stored: ingest.Stored, lang: Lang) -> None:
    with st.container(border=True, gap="small", key="outcome"):
        st.success((STORED if stored.changed else SAME)(lang), icon=":material/check_circle:")
        names = [name for name in OUTCOME if name not in ("file", "sheet", "dataset")]
        rows = [
            {
                "file": sheet.file,
                "sheet": f"{sheet.sheet} {sheet.area}".strip(),
                "dataset": DATASETS[sheet.dataset].label(lang),
            }
            | {name: getattr(sheet, name) for name in names}
            for sheet in stored.sheets
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config={name: label(lang) for name, label in OUTCOME.items()},
            key="outcome_rows",
            alt=STORED(lang),
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            link("overview", TO_OVERVIEW, lang, ":material/arrow_forward:")
            undo_button(stored.import_id, "outcome", lang)
