"""The charts of a dropped table: chosen by a rule, each to be changed, narrowed and pinned."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts.drawn import can_be_kept
from dashboard.charts.explored import explored, lit, places
from dashboard.charts.template import config
from dashboard.errors import DashboardError
from dashboard.exploring.charting.choosing import RULE
from dashboard.exploring.charting.recipe import Counted, Name
from dashboard.exploring.shelf import Dropped, Pin
from dashboard.text import Lang, Text, number
from dashboard.ui.card import draw, is_table, palette, switch
from dashboard.ui.explore import pins
from dashboard.ui.explore.board import At, Board, Picture, values
from dashboard.ui.explore.narrowed import narrowing
from dashboard.ui.explore.picking import picking
from dashboard.ui.markdown import escaped

PIN = Text(
    "钉住：放到“钉住的图表”页，可投影、可导出",
    "Pin: put it on a page of its own, to present and export",
)
PIN_IT, UNPIN = Text("钉住", "Pin"), Text("取消钉住", "Unpin")
CHOSEN = Text("图按各列的内容自动选出", "Charts are chosen by what the columns hold")
ADD = Text("新建图表", "New chart")
NONE = Text(
    "这张表没有适合自动成图的列。可以新建图表，自己选。",
    "No column of this table calls for a chart by itself. Add one and choose.",
)
NOTHING = Text("筛选后没有数据。", "Nothing is left of it.")
EMPTY = Text("{n} 行为空", "rows with an empty cell: {n}")
UNFIT = Text("{n} 行与所在列不相符", "rows with a cell that does not fit: {n}")
LEFT_OUT = Text("未计入：{list}", "Not counted: {list}")
DOTS = Text("画出 {shown} 个点，共 {all} 行", "{shown} dots of {all} rows")
BETWEEN = Text("、", ", ")
WIDE = 420  # pixels a chart's card has at least, where there is room for two


def charts_tab(file: Dropped, place: int, key: str, lang: Lang) -> None:
    """All charts of one table. Only the name of its file is handed on: what is drawn again by
    itself must not hold what the shelf has let go.
    """
    _charts(At(file.read.sha256, place), key, lang)


@st.fragment
def _charts(at: At, key: str, lang: Lang) -> None:
    """A pick list or a click draws this alone."""
    board = at.board()
    if board is None:
        st.rerun()
    narrowing(at, board, key, lang)
    if not board.pictures:
        st.caption(NONE(lang))
    with st.grid(2, min_column_width=WIDE, gap="small", key=f"charts_{key}"):
        for picture in board.pictures:
            _card(at, board, picture, f"{key}_{picture.number}", lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            ADD(lang), icon=":material/add_chart:", key=f"add_{key}", on_click=at.act, args=("add",)
        )
        st.caption(CHOSEN(lang), help=RULE(lang), width="stretch")


def _card(at: At, board: Board, picture: Picture, key: str, lang: Lang) -> None:
    recipe = board.recipe(picture)
    with st.container(border=True, height="stretch", gap="xsmall", key=f"picture_{key}"):
        try:
            counted = at.counted(recipe)
        except DashboardError as refusal:
            st.caption(escaped(refusal.message(lang)))
            picking(at, board, picture, key, lang)
            return
        with st.container(horizontal=True, gap="xxsmall", wrap=False, vertical_alignment="top"):
            quiet = f"  \n:gray[:small[{escaped(picture.reason(lang))}]]"
            st.markdown(f"**{escaped(counted.title(lang))}**{quiet}", width="stretch")
            switch(key, lang)
            pin_button(Pin(at.sha256, at.place, recipe), key, lang)
            picking(at, board, picture, key, lang)
        _drawn(at, board, picture, counted, key, lang)
        if told := left_out(counted, lang):
            st.caption(escaped(told))


def pin_button(pin: Pin, key: str, lang: Lang) -> None:
    """Pinned, or let go of, by the same small button."""
    held = pins.is_pinned(pin)
    st.button(
        (UNPIN if held else PIN_IT)(lang),
        icon=":material/keep_off:" if held else ":material/keep:",
        help=(UNPIN if held else PIN)(lang),
        type="tertiary",
        key=f"switch_pin_{key}",
        on_click=pins.turn,
        args=(pin,),
        width="content",
    )


def _drawn(at: At, board: Board, picture: Picture, counted: Counted, key: str, lang: Lang) -> None:
    if not (counted.names or counted.dots):
        st.caption(NOTHING(lang))
        return
    chart = explored(counted, palette(), lang)
    if is_table(key):
        draw(chart, counted.title, key, lang)
        return
    lit(chart, counted, values(board.clicked), palette())
    turned = f"chart_{key}#{picture.turn}"
    clickable: dict[str, Any] = {
        "on_select": partial(_clicked, at, picture.number, turned), "selection_mode": "points",
    }  # fmt: skip
    st.plotly_chart(
        chart.figure,
        theme=None,
        config=config(lang),
        alt=f"{counted.title(lang)}: {chart.alt}",
        key=turned,
        **(clickable if counted.names else {}),
    )


def _clicked(at: At, number: int, turned: str) -> None:
    """A mark was clicked: keep the others to it, and draw this one anew, unselected."""
    board = at.board()
    picture = board.picture(number) if board else None
    if board is None or picture is None:
        return
    counted = at.counted(board.recipe(picture))
    marks = places(counted)
    for point in st.session_state[turned]["selection"]["points"]:
        trace, which = point["curve_number"], point["point_index"]
        if trace < len(marks) and which < len(marks[trace]):
            board.click(meant(counted, *marks[trace][which]))
    picture.turn += 1


def meant(counted: Counted, series: int, name: int) -> dict[int, Name]:
    """The columns a mark stands for, and what of them."""
    recipe = counted.recipe
    pairs = [(recipe.by, counted.names[name])]
    pairs += [] if recipe.split is None else [(recipe.split, counted.series[series][0])]
    return {column: told for column, told in pairs if can_be_kept(told)}


def left_out(counted: Counted, lang: Lang) -> str:
    """What is not in the chart, and why; nothing where all is."""
    why = [(EMPTY, counted.empty), (UNFIT, counted.unfit)]
    told = [text.format(n=number(n))(lang) for text, n in why if n]
    said = [LEFT_OUT.format(list=BETWEEN(lang).join(told))(lang)] if told else []
    if counted.dots and len(counted.dots) < counted.used:
        dots = DOTS.format(shown=number(len(counted.dots)), all=number(counted.used))
        said.insert(0, dots(lang))
    return " · ".join(said)
