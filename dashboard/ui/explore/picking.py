"""The pick lists of one chart: what the columns allow, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.exploring.charting.choices import offered
from dashboard.exploring.charting.naming import counted_rows
from dashboard.exploring.charting.recipe import How
from dashboard.exploring.charting.steps import STEP_WORDS
from dashboard.text import Lang, Text
from dashboard.ui.explore.board import At, Board, Picture

TUNE = Text("调整", "Change")
REMOVE = Text("去掉这张图", "Remove this chart")
FORM, BY, HOW = Text("图形", "Form"), Text("分组", "By"), Text("统计", "Count")
MEASURE, SPLIT = Text("数值列", "Of"), Text("再分组", "Split by")
STEP, TOP, ORDER = Text("时间单位", "Steps"), Text("最多几项", "At most"), Text("排序", "Order")
NO_SPLIT = Text("不再分组", "no split")
FORMS = {
    "lines": Text("折线", "lines"),
    "columns": Text("柱形", "columns"),
    "bars": Text("条形", "bars"),
    "heat": Text("交叉表", "heat map"),
    "points": Text("散点", "dots"),
}
HOWS: dict[How, Text] = {
    "rows": Text("行数", "rows"),
    "sum": Text("合计", "sum"),
    "mean": Text("平均", "mean"),
    "median": Text("中位数", "median"),
    "distinct": Text("不同值个数", "different values"),
}
ORDERS = {
    "most": Text("大的在前", "largest first"),
    "least": Text("小的在前", "smallest first"),
    "name": Text("按名称", "by name"),
}
NONE = -1  # in a list of columns: none of them; Streamlit has its own words for None
TOPS = (5, 8, 12, 20, 30, 50, 100)
WIDE, NARROWEST = 380, 160  # pixels: two columns of pickers, one on a phone


@dataclass(frozen=True, slots=True)
class _List:
    """One pick list: which choice of the recipe it makes, among what."""

    field: str
    label: Text
    values: Sequence[Any]
    told: Callable[[Any], str]


def picking(at: At, board: Board, picture: Picture, key: str, lang: Lang) -> None:
    """Behind one small button."""
    with (
        st.popover(
            TUNE(lang),
            icon=":material/tune:",
            type="tertiary",
            help=TUNE(lang),
            key=f"switch_tune_{key}",
        ),
        st.container(width=WIDE),
    ):
        with st.grid(2, min_column_width=NARROWEST, gap="small"):
            for one in _lists(board, picture, lang):
                _pick(at, picture, one, f"pick_{one.field}_{key}", lang)
        st.button(
            REMOVE(lang), icon=":material/delete:", type="tertiary", key=f"remove_{key}",
            on_click=at.act, args=("remove", picture.number),
        )  # fmt: skip


def _pick(at: At, picture: Picture, one: _List, key: str, lang: Lang) -> None:
    now = getattr(picture.recipe, one.field)
    st.session_state[key] = NONE if now is None else now
    st.selectbox(
        one.label(lang), one.values, format_func=one.told, key=key, on_change=_picked,
        args=(at, picture.number, one.field, key),
    )  # fmt: skip


def _picked(at: At, number: int, field: str, key: str) -> None:
    choice = st.session_state[key]
    at.act("change", number, field, None if choice == NONE else choice)


def _places(columns: Sequence[int | None]) -> list[int]:
    return [NONE if place is None else place for place in columns]


def _lists(board: Board, picture: Picture, lang: Lang) -> list[_List]:
    """Those with something to choose."""
    recipe, allowed = picture.recipe, offered(board.sheet, picture.recipe)

    def column(place: int) -> str:
        return NO_SPLIT(lang) if place == NONE else board.sheet.columns[place].label

    def worded(words: Mapping[Any, Text]) -> Callable[[Any], str]:
        return lambda name: words[name](lang)

    tops = tuple(sorted({*TOPS, recipe.top}))
    every = [
        _List("form", FORM, allowed.forms, worded(FORMS)),
        _List("by", BY, allowed.by, column),
        _List("how", HOW, allowed.hows, worded(HOWS | {"rows": counted_rows(board.sheet)})),
        _List("measure", MEASURE, _places(allowed.measures), column),
        _List("split", SPLIT, _places(allowed.splits), column),
        _List("step", STEP, allowed.steps, worded(STEP_WORDS)),
        _List("order", ORDER, allowed.orders, worded(ORDERS)),
        _List("top", TOP, tops if allowed.orders else (), str),
    ]
    return [one for one in every if len(one.values) > 1]
