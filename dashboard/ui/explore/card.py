"""One dropped file: what it is, and table by table what it says."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.exploring.shelf import Dropped, Looked
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Lang, Text, number, percent
from dashboard.ui import intake, links
from dashboard.ui.explore import again, dropping
from dashboard.ui.explore.charts import charts_tab
from dashboard.ui.explore.pivot import TAB as TAB_PIVOT
from dashboard.ui.explore.pivot import pivot_tab
from dashboard.ui.explore.tables import (
    FIRST_ROWS,
    columns_table,
    doubts_list,
    misfits,
    misfits_table,
    rows_table,
)
from dashboard.ui.files import KIND, REMOVE, REMOVE_FILE, SHEETS
from dashboard.ui.identity import for_right
from dashboard.ui.markdown import escaped
from dashboard.ui.sheet import AREA, HIDDEN_SHEET

RECOGNISED = Text("这是{register}（认出 {n} 列）", "Recognised: {register} ({n} columns known)")
IMPORT = Text("去导入", "Import it")
IMPORT_HELP = Text(
    "到“上传”页看预览，确认后才入库。",
    "The page Upload shows a preview; nothing is stored before you confirm.",
)
HEADER = Text("表头第 {rows} 行", "header in row {rows}")
MADE_HERE = Text("在本页生成", "made on this page")
NO_HEADER = Text("没有表头，按列的字母称呼", "no header; columns go by their letters")
UNFOLDED = Text(
    "按时间展开：每行一个时间；整行的合计等数字列不在其中",
    "one row for each time; sums and other numbers of a whole row are left out",
)
TOTALS = Text("合计行 {rows} 不计入", "total rows {rows} left out")
NOTES = Text("说明行 {rows} 不计入", "rows of notes {rows} left out")
SUMS_OK = Text("{n} 处合计与各行之和一致", "{n} printed totals equal their rows")
SIZE = Text("{rows} 行 × {columns} 列", "{rows} rows × {columns} columns")
EMPTY = Text("空单元格 {n}", "empty cells {n}")
SAME = Text("重复行 {n}", "repeated rows {n}")
NUMBERS_HELP = Text(
    "空单元格占全部的 {share}，{rows} 行有；写着“无”或横线的金额、日期也算空。  \n"
    "重复行：除序号外每一格都与前面某一行相同。",
    "Empty cells are {share} of all, in {rows} rows; a dash where an amount or a day belongs"
    " counts.  \nRepeated rows: every cell but the row's own number says what a row above says.",
)
NO_CELLS = Text("这张表没有内容。", "Nothing stands in this sheet.")
TAB_CHARTS = Text("图表", "Charts")
TAB_COLUMNS = Text("各列", "Columns")
TAB_DOUBTS = Text("值得核对 {n}", "To check {n}")
TAB_MISFITS = Text("不相符的单元格 {n}", "Cells that do not fit {n}")
ASKING = ":orange[{label}]"  # a tab with something in it to be looked at
_LISTED = 6  # row numbers told of a kind


def file_card(file: Dropped, lang: Lang) -> None:
    key = file.read.sha256[:16]
    with st.container(border=True, gap="small", key=f"explored_{key}"):
        _head(file, key, lang)
        if file.read.refused:
            code, sentence = file.read.refused
            st.error(f"{escaped(sentence(lang))} `{code}`", icon=":material/block:")
        for place in _in_order(file.read.sheets):
            _sheet(file, place, f"{key}_{place}", lang)


def _in_order(sheets: Sequence[LooseSheet]) -> list[int]:
    """The places; a table's long form before the table: its charts say what the table says."""
    return sorted(
        range(len(sheets)), key=lambda place: place - 1.5 if sheets[place].unfolded else place
    )


def _head(file: Dropped, key: str, lang: Lang) -> None:
    told = [MADE_HERE if file.made else KIND.format(kind=file.read.kind)]
    if (tables := sum(not sheet.unfolded for sheet in file.read.sheets)) > 1:
        told.append(SHEETS.format(n=number(tables)))
    quiet = escaped(" · ".join(text(lang) for text in told))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said = "" if file.read.refused else f" :gray[:small[{quiet}]]"
        st.markdown(f"**{escaped(file.name)}**{said}", width="stretch")
        again.encoding_choice(file, key, lang)
        st.button(
            REMOVE(lang),
            icon=":material/close:",
            type="tertiary",
            help=escaped(REMOVE_FILE.format(file=file.name)(lang)),
            on_click=dropping.shelf().take,
            args=(file.read.sha256,),
            key=f"explore_remove_{key}",
        )


def _sheet(file: Dropped, place: int, key: str, lang: Lang) -> None:
    """The only table lies open; of several the first does."""
    sheets = file.read.sheets
    if len(sheets) == 1:
        _body(file, place, key, lang)
        return
    box = st.expander(
        _title(sheets[place], lang), expanded=place == _in_order(sheets)[0],
        key=f"explore_sheet_{key}", on_change="rerun",
    )  # fmt: skip
    if box.open:
        with box:
            _body(file, place, key, lang)


def _title(sheet: LooseSheet, lang: Lang) -> str:
    name = AREA.format(sheet=sheet.name, area=sheet.area)(lang) if sheet.area else sheet.name
    parts = [name]
    if sheet.hidden:
        parts.append(HIDDEN_SHEET(lang))
    elif sheet.known:
        parts.append(DATASETS[sheet.known].label(lang))
    return " · ".join(map(escaped, [*parts, f"{number(sheet.rows)} × {len(sheet.columns)}"]))


def _body(file: Dropped, place: int, key: str, lang: Lang) -> None:
    sheet = file.read.sheets[place]
    if sheet.table is None:
        if sheet.hidden:
            again.hidden_choice(file, sheet, key, lang)
        else:
            st.caption(NO_CELLS(lang))
        return
    _recognised(file, sheet, key, lang)
    again.hidden_choice(file, sheet, key, lang)
    _numbers(sheet, file.looked[place], lang)
    _details(file, place, key, lang)


def _recognised(file: Dropped, sheet: LooseSheet, key: str, lang: Lang) -> None:
    """A register is better imported than looked at; one click hands the file over."""
    if not sheet.known:
        return
    told = RECOGNISED.format(register=DATASETS[sheet.known].label, n=sheet.known_columns)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":green[:material/check_circle:] {escaped(told(lang))}", width="content")
        pressed = st.button(
            IMPORT(lang), icon=":material/arrow_forward:", help=IMPORT_HELP(lang),
            key=f"import_{key}",
        )  # fmt: skip
    if pressed and file.data is not None:
        _hand_over(file.name, file.data)


@for_right("import")
def _hand_over(name: str, data: bytes) -> None:
    intake.add(name, data)
    links.go("upload")


def _numbers(sheet: LooseSheet, looked: Looked, lang: Lang) -> None:
    """Two quiet lines: the charts are the answer, and are to be seen without scrolling."""
    found = looked.profile
    share = percent(found.empty / found.cells) if found.cells else percent(None)
    told = [
        SIZE.format(rows=number(found.rows), columns=number(len(found.columns))),
        EMPTY.format(n=number(found.empty)),
        SAME.format(n=number(found.same_rows)),
    ]
    structure = escaped(_structure(sheet, lang))
    st.markdown(
        " · ".join(text(lang) for text in told)
        + (f"  \n:gray[:small[{structure}]]" if structure else ""),
        help=NUMBERS_HELP.format(share=share, rows=number(found.rows_with_empty))(lang),
    )


def _structure(sheet: LooseSheet, lang: Lang) -> str:
    """Title, header, and the rows that are no data."""
    rows = sheet.header_rows
    header = f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else "".join(map(str, rows))
    told = [UNFOLDED] if sheet.unfolded else []
    nameless = not any(column.header for column in sheet.columns)
    told += [HEADER.format(rows=header)] if rows else [NO_HEADER] * nameless
    told += [TOTALS.format(rows=_numbered(sheet.totals))] if sheet.totals else []
    told += [NOTES.format(rows=_numbered(sheet.notes))] if sheet.notes else []
    agreeing = sum(check.ok for check in sheet.totals_check)
    told += [SUMS_OK.format(n=agreeing)] if agreeing else []
    return " · ".join([*([sheet.title] if sheet.title else []), *(text(lang) for text in told)])


def _numbered(rows: list[int]) -> str:
    return "、".join(map(str, rows[:_LISTED])) + ("…" if len(rows) > _LISTED else "")


def _details(file: Dropped, place: int, key: str, lang: Lang) -> None:
    sheet, looked = file.read.sheets[place], file.looked[place]
    doubts, unfit = len(looked.doubts), misfits(sheet)
    labels = [
        TAB_CHARTS,
        TAB_PIVOT,
        TAB_COLUMNS,
        TAB_DOUBTS.format(n=number(doubts)),
        TAB_MISFITS.format(n=number(unfit)),
        FIRST_ROWS,
    ]
    asking = [0, 0, 0, doubts, unfit, 0]
    named = [label(lang) for label in labels]
    named = [
        ASKING.format(label=name) if n else name for name, n in zip(named, asking, strict=True)
    ]
    charts, pivot, columns, checks, cells, rows = st.tabs(named, key=f"tabs_{key}")
    with charts:
        charts_tab(file, place, key, lang)
    with pivot:
        pivot_tab(file, place, key, lang)
    with columns:
        columns_table(looked.profile, key, lang)
    with checks:
        doubts_list(looked.doubts, lang)
    with cells:
        misfits_table(sheet, key, lang)
    with rows:
        rows_table(sheet, key, lang)
