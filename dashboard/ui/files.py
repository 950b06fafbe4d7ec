"""One uploaded file: what it is, how its text is encoded, a copy to mend, and its sheets."""

from __future__ import annotations

import streamlit as st

from dashboard.exports import annotated
from dashboard.importing.formats.delimited import ENCODINGS
from dashboard.ingest import sheet_id
from dashboard.text import Lang, Text, number
from dashboard.ui import identity, intake
from dashboard.ui.difference import Difference
from dashboard.ui.intake import Held
from dashboard.ui.markdown import escaped
from dashboard.ui.sheet import MEND, sheet_card

KIND = Text("{kind} 文件", "{kind} file")
SHEETS = Text("{n} 张表", "{n} tables")
REPLACES = Text("改好的副本，代替 {file}", "the mended copy of {file}, in its place")
REMOVE = Text("移除", "Remove")
REMOVE_FILE = Text("从列表中移除 {file}", "Take {file} off the list")
ENCODING = Text("文字编码", "Encoding")
AUTOMATIC = Text("编码：{name}", "Encoding: {name}")
NOT_FOUND = Text("编码：未能确定", "Encoding: none fits")
BY_ITSELF = Text("编码：自动识别", "Encoding: found by itself")
NAMES = {
    "utf-8": Text("UTF-8", "UTF-8"),
    "utf-8-sig": Text("UTF-8（带标记）", "UTF-8 with a mark"),
    "gb18030": Text("GB18030（GBK）", "GB18030 (GBK)"),
    "big5": Text("Big5（繁体）", "Big5 (traditional)"),
    "utf-16": Text("UTF-16", "UTF-16"),
    "utf-32": Text("UTF-32", "UTF-32"),
    "utf-16-le": Text("UTF-16 LE", "UTF-16 LE"),
    "utf-16-be": Text("UTF-16 BE", "UTF-16 BE"),
}
COPY = Text("下载标注副本", "Download a copy to mend")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = {"text", "csv", "tsv", "txt"}
_FOUND = ""  # the encoding is left to the reader


def file_card(file: Held, found: Difference, lang: Lang) -> None:
    with st.container(border=True, gap="small", key=f"file_{file.key}"):
        _head(file, lang)
        _refusal(file, lang)
        for place, sheet in enumerate(file.report.sheets):
            sheet_card(file, sheet, place, found.sheets.get(sheet_id(file.report, sheet)), lang)


def _refusal(file: Held, lang: Lang) -> None:
    if file.report.refused is None:
        return
    code, sentence = file.report.refused
    if code == "encoding" and file.wishes.encoding:
        sentence = intake.OTHER_ENCODING.format(file=file.name)
    st.error(f"{escaped(sentence(lang))} `{code}`", icon=":material/block:")


def _head(file: Held, lang: Lang) -> None:
    doubts = any(i.severity != "info" for sheet in file.report.sheets for i in sheet.issues)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        quiet = "" if file.report.refused else f" :gray[:small[{escaped(_kind(file, lang))}]]"
        st.markdown(f"**{escaped(file.name)}**{quiet}", width="stretch")
        if file.report.kind in _TEXT:
            _encoding(file, lang)
        if doubts:
            _copy(file, lang)
        _remove(file, lang)


def _remove(file: Held, lang: Lang) -> None:
    st.button(
        REMOVE(lang),
        icon=":material/close:",
        type="tertiary",
        help=escaped(REMOVE_FILE.format(file=file.name)(lang)),
        on_click=intake.remove,
        args=(file,),
        key=f"remove_{file.key}",
    )


def _kind(file: Held, lang: Lang) -> str:
    told = [KIND.format(kind=file.report.kind)]
    if len(file.report.sheets) > 1:
        told.append(SHEETS.format(n=number(len(file.report.sheets))))
    if file.replaces:
        told.append(REPLACES.format(file=file.replaces))
    return " · ".join(text(lang) for text in told)


def _encoding(file: Held, lang: Lang) -> None:
    widget = f"encoding_{file.key}"
    st.session_state[widget] = file.wishes.encoding or _FOUND
    st.selectbox(
        ENCODING(lang),
        [_FOUND, *ENCODINGS],
        format_func=lambda name: NAMES[name](lang) if name else _automatic(file)(lang),
        key=widget,
        on_change=lambda: intake.set_encoding(file, st.session_state[widget] or None),
        width=250,
        label_visibility="collapsed",
    )


def _automatic(file: Held) -> Text:
    """What the reader found by itself; after another choice that is no longer known."""
    if file.wishes.encoding:
        return BY_ITSELF
    name = file.report.encoding
    return AUTOMATIC.format(name=NAMES.get(name, Text(name, name))) if name else NOT_FOUND


def _copy(file: Held, lang: Lang) -> None:
    """Made when it is asked for, from what the button was drawn with."""
    data, name, report = file.data, file.name, file.report
    choices, encoding = file.choices(), file.wishes.encoding

    @identity.later("import")
    def copy() -> bytes:
        return annotated.copy_of(data, name, report, lang, choices=choices, encoding=encoding)

    st.download_button(
        COPY(lang),
        copy,
        annotated.file_name(report, lang),
        XLSX,
        icon=":material/edit_note:",
        help=MEND(lang),
        on_click="ignore",
        key=f"copy_{file.key}",
    )
