"""The uploader, and below it one card for each file."""

from __future__ import annotations

import streamlit as st

from dashboard.exploring.shelf import HELD, Dropped
from dashboard.text import Lang, Text
from dashboard.ui.explore import dropping
from dashboard.ui.explore.card import file_card
from dashboard.ui.explore.pairs import pairs, way_down
from dashboard.ui.explore.sql import sql_box
from dashboard.ui.identity import for_right
from dashboard.ui.markdown import escaped
from dashboard.ui.upload import REMOVE_ALL
from dashboard.ui.uploader import drop_place, most

ACCEPTED = Text(
    "任何表格都可以：Excel、WPS、ods、csv、网页表格，合计不超过 {size} MB。只在这台电脑的内存里"
    "分析，不保存、不入库；关闭页面或一小时不用即清除。姓名、证件号、电话、卡号、住址默认遮盖。",
    "Any spreadsheet: Excel, WPS, ods, csv, web page tables, {size} MB together. It is looked at in"
    " this computer's memory only and never stored; it is gone when the page is closed or after an"
    " hour without use. Names, identity, phone and card numbers and addresses are masked.",
)
FREED = Text(
    "文件一小时没有使用，已从内存清除。需要时请重新拖入。",
    "The files were not used for an hour and have been cleared from memory; drop them again.",
)
TOO_MUCH = Text(
    "{file} 放不下：同时分析的文件合计不超过 {size} MB，读出的内容合计不超过 {held} MB。"
    "请先移除一些。",
    "No room for {file}: files looked at together may have {size} MB, and what is read of them"
    " {held} MB. Remove some first.",
)

NAMES = Text("显示姓名", "Show names")
NAMES_HELP = Text(
    "只在本页的表格里显示；图表、钉住的图、幻灯片和下载的文件里始终没有姓名。证件号、电话、卡号、"
    "住址始终遮盖。",
    "Only in this page's tables; never in charts, pins, slides or files. Identity, phone and card"
    " numbers and addresses stay masked always.",
)


@for_right("explore")
def explore(lang: Lang) -> None:
    """Everything from the empty uploader to what each table says."""
    shelf = dropping.shelf()
    first = not shelf.files() and not shelf.waiting()
    with st.container(border=first, gap="small"):
        drop_place(dropping.uploader(), first, dropping.take_up, lang, named=first)
        if first:
            st.caption(ACCEPTED.format(size=most())(lang))
    if shelf.freed and first:
        st.info(FREED(lang), icon=":material/info:")
    dropping.read_waiting(lang)
    _no_room(lang)
    _cards(lang)
    sql_box(shelf, lang)


def _no_room(lang: Lang) -> None:
    for name in dropping.too_much():
        told = TOO_MUCH.format(file=name, size=most(), held=most() * HELD)
        st.warning(escaped(told(lang)), icon=":material/warning:")


def _above(files: list[Dropped], lang: Lang) -> None:
    """What is for all cards, on one line: the names, only where there are some; the way down."""
    sheets = (sheet for file in files for sheet in file.read.sheets)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if any(column.kind == "name" for sheet in sheets for column in sheet.columns):
            st.toggle(NAMES(lang), key=dropping.NAMES, help=NAMES_HELP(lang))
        way_down(files, lang)


def _cards(lang: Lang) -> None:
    files = dropping.shelf().files()
    _above(files, lang)
    for file in files:
        file_card(file, lang)
    pairs(files, lang)
    if len(files) > 1:
        st.button(
            REMOVE_ALL(lang), type="tertiary", on_click=dropping.forget, key="explore_remove_all"
        )
