"""The page of what was pinned: each chart as it was, or how charts come to stand there."""

from __future__ import annotations

import hashlib

import streamlit as st

from dashboard import layout
from dashboard.answers import Answer
from dashboard.charts.explored import explored
from dashboard.exhibits.absent import NOTHING
from dashboard.exhibits.pinned import hint, is_of_few
from dashboard.exploring.shelf import Pin
from dashboard.text import Lang, Text, same
from dashboard.ui import links
from dashboard.ui.card import draw, palette, switch
from dashboard.ui.explore import pins
from dashboard.ui.explore.charts import pin_button
from dashboard.ui.markdown import escaped

HOW = Text(
    "还没有钉住的图表。在即席分析里打开一张表格，按图右上角的图钉，图就会出现在这里，"
    "可以像其他页面一样投影和导出。它们只在这次会话里，关闭页面或一小时不用即清除。",
    "Nothing is pinned yet. Drop a spreadsheet on the page Explore and press the pin of a chart: it"
    " comes here, to be presented and exported like any page. It is of this session only, gone when"
    " the page is closed or after an hour without use.",
)
OF_FEW = Text(
    "投影和导出时不显示：从图中可能看出个人（散点、筛选过的，或有一项不足 5 行、5 人）。"
    "换更大的分组或时间单位、不筛选，再钉一次。",
    "Not on slides or in files: single people could be told (dots, a filter, or fewer than 5 rows"
    " or people in one mark). Pin it again with larger groups or steps, or without a filter.",
)
TO_EXPLORE = Text("去即席分析", "Explore a spreadsheet")


def nothing_pinned(lang: Lang) -> None:
    with st.container(border=True, gap="small"):
        st.caption(HOW(lang))
        links.link("explore", TO_EXPLORE, lang, ":material/troubleshoot:")


def pinned_chart(block: layout.Pinned, answer: Answer, lang: Lang) -> None:
    """As it was pinned, with the way to let it go."""
    pin = next((pin for pin, held in pins.pinned() if held == block), None)
    if pin is None:
        return
    key = f"pinned_{named(pin)}"
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card_{key}"):
        with st.container(horizontal=True, gap="xxsmall", wrap=False, vertical_alignment="top"):
            quiet = f"  \n:gray[:small[{escaped(hint(block, answer, lang))}]]"
            st.markdown(f"**{escaped(block.title(lang))}**{quiet}", width="stretch")
            switch(key, lang)
            pin_button(pin, key, lang)
        if block.counted.names or block.counted.dots:
            title = same(block.title(lang))
            draw(explored(block.counted, palette(), lang), title, key, lang)
        else:
            st.caption(NOTHING(lang))
        if is_of_few(block):
            st.caption(f":material/visibility_off: {escaped(OF_FEW(lang))}")


def named(pin: Pin) -> str:
    """The same for the same pin, in widgets' keys."""
    return hashlib.sha256(repr(pin).encode()).hexdigest()[:16]
