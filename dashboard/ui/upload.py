"""The upload page: files in, what was read and every doubt, one confirmation."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.settings import Limits
from dashboard.text import Lang, Text, number
from dashboard.ui import intake, spaces
from dashboard.ui.doubts import doubtful_people
from dashboard.ui.intake import Held
from dashboard.ui.links import link
from dashboard.ui.markdown import escaped
from dashboard.ui.sheet import sheet_card

TYPES = ["xlsx", "xls", "xlsb", "ods", "csv", "tsv", "txt"]
CHOOSE = Text("选择文件，可一次选多个", "Choose files, several at once")
ACCEPTED = Text(
    "支持 xlsx、xls、xlsb、ods、csv、tsv、txt，每个不超过 {size} MB。文件只在这台电脑上处理；"
    "身份证号、电话、银行卡号核对后即丢弃，不会保存。",
    "xlsx, xls, xlsb, ods, csv, tsv or txt, at most {size} MB each. Files are read on this"
    " computer only; identity, phone and bank card numbers are dropped and never stored.",
)
INTO_SCHOOL = Text(
    "现在看的是演示数据。确认导入后将转到本校数据，演示数据不受影响。",
    "You are looking at the demo. Importing goes to your own data; the demo stays as it is.",
)
KIND = Text("{kind} 文件", "{kind} file")
ENCODING = Text("{kind} 文件 · {encoding} 编码", "{kind} file · encoded as {encoding}")
CONFIRM = Text("确认导入", "Import")
SUMMARY = Text("将导入 {rows} 行，来自 {sheets} 张表。", "{rows} rows of {sheets} sheets.")
STORING = Text("正在导入…", "Importing…")
NOTHING_STORED = Text("没有导入任何数据。{reason}", "Nothing was stored. {reason}")
STORED = Text("导入完成。", "Imported.")
SAME = Text(
    "这些内容以前已经导入过，数据没有变化。", "All of this was there already; nothing changed."
)
TO_OVERVIEW = Text("查看总览", "See the overview")
LOOK_AT_DEMO = Text("查看演示数据", "Look at the demo")
WELCOME = Text("可以上传的台账", "Registers that can be uploaded")
REGISTER = Text("台账", "Register")
HEADERS = Text("常见表头", "Usual headers")
OUTCOME = {
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "dataset": Text("台账", "Register"),
    "added": Text("新增", "Added"),
    "changed": Text("更新", "Changed"),
    "unchanged": Text("未变", "Unchanged"),
    "rejected": Text("退回未导入", "Sent back"),
}
_IMPORTED = "imported"
SHOWN_HEADERS = 6


def upload(workspace: str, lang: Lang) -> None:
    """Everything from the empty uploader to what an import changed."""
    with st.container(border=True, gap="small"):
        files = _uploader(workspace, lang)
    if files:
        st.session_state.pop(_IMPORTED, None)
        found = intake.held(files, lang)
        _confirmation(found, lang)
        for file in found:
            _file_card(file, lang)
        return
    if stored := st.session_state.get(_IMPORTED):
        _outcome(stored, lang)
    doubtful_people(workspace, lang)
    _welcome(workspace, lang)


def _uploader(workspace: str, lang: Lang) -> list[Any]:
    size = Limits().upload_bytes // 2**20
    files = st.file_uploader(
        CHOOSE(lang),
        type=TYPES,
        accept_multiple_files=True,
        max_upload_size=size,
        key=f"uploader_{st.session_state.get('uploader', 0)}",
    )
    st.caption(ACCEPTED.format(size=size)(lang))
    if workspace == "demo":
        st.info(INTO_SCHOOL(lang), icon=":material/info:")
    return list(files)


def _file_card(file: Held, lang: Lang) -> None:
    report = file.report
    with st.container(border=True, gap="small"):
        quiet = "" if report.refused else f" :gray[:small[{_kind(file, lang)}]]"
        st.markdown(f"**{escaped(file.name)}**{quiet}")
        if report.refused:
            code, sentence = report.refused
            st.error(f"{escaped(sentence(lang))} `{code}`", icon=":material/block:")
            return
        for place, sheet in enumerate(report.sheets):
            sheet_card(file, sheet, place, lang)


def _kind(file: Held, lang: Lang) -> str:
    told = ENCODING if file.report.encoding else KIND
    values = {"kind": file.report.kind, "encoding": (file.report.encoding or "").upper()}
    return escaped(told.format(**values)(lang))


# -- confirmation -----------------------------------------------------------------------------


def _confirmation(files: list[Held], lang: Lang) -> None:
    """Above the details: with many sheets the button must not be a long way down."""
    obstacle = intake.obstacle(files)
    sheets = [s for f in files for s in f.report.sheets if s.dataset and s.loaded]
    rows = sum(sheet.loaded for sheet in sheets)
    said = obstacle or SUMMARY.format(rows=number(rows), sheets=len(sheets))
    with st.container(horizontal=True, vertical_alignment="center", key="confirm"):
        pressed = st.button(
            CONFIRM(lang),
            type="primary",
            icon=":material/check:",
            disabled=obstacle is not None,
            key="confirm_import",
        )
        st.caption(escaped(said(lang)), width="content")
    if pressed and obstacle is None:
        _store(files, lang)


def _store(files: list[Held], lang: Lang) -> None:
    """One transaction; either all of it is there afterwards, or nothing."""
    try:
        with st.spinner(STORING(lang)):
            warehouse = spaces.warehouse("school")
            stored = ingest.store(warehouse, [file.report for file in files])
    except DashboardError as refusal:
        sentence = NOTHING_STORED.format(reason=refusal.message)(lang)
        st.error(f"{escaped(sentence)} `{refusal.code}`", icon=":material/error:")
        return
    spaces.leave_demo()  # and look at the latest year there is now
    st.session_state[_IMPORTED] = stored
    intake.forget()
    st.rerun()


def _outcome(stored: ingest.Stored, lang: Lang) -> None:
    with st.container(border=True, gap="small"):
        st.success((STORED if stored.changed else SAME)(lang), icon=":material/check_circle:")
        rows = [
            {
                "file": sheet.file,
                "sheet": sheet.sheet,
                "dataset": DATASETS[sheet.dataset].label(lang),
                "added": sheet.added,
                "changed": sheet.changed,
                "unchanged": sheet.unchanged,
                "rejected": sheet.rejected,
            }
            for sheet in stored.sheets
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            column_config={name: label(lang) for name, label in OUTCOME.items()},
            alt=STORED(lang),
        )
        link("overview", TO_OVERVIEW, lang, ":material/arrow_forward:")


def _welcome(workspace: str, lang: Lang) -> None:
    """Before the first file: what can be uploaded, and the way back to the demo."""
    between = "、" if lang == "zh" else ", "
    rows = {
        dataset.label(lang): between.join(
            column.label(lang) for column in dataset.kept[:SHOWN_HEADERS]
        )
        for dataset in DATASETS.values()
    }
    with st.container(border=True, gap="small"):
        st.markdown(f"**{WELCOME(lang)}**")
        st.table(
            pd.DataFrame(rows.items(), columns=[REGISTER(lang), HEADERS(lang)]),
            border="horizontal",
            hide_index=True,
        )
    if workspace != "demo":
        st.button(
            LOOK_AT_DEMO(lang),
            icon=":material/science:",
            on_click=spaces.look_at_demo,
            key="look_at_demo",
        )
