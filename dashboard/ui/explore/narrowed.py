"""What all charts of a table are kept to: pick lists, and a chip for each column kept to."""

from __future__ import annotations

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.exploring.charting.choices import offered, repaired
from dashboard.exploring.charting.recipe import Form, Name, Recipe
from dashboard.importing.loose.model import NUMERIC
from dashboard.text import Lang, Text, number
from dashboard.ui.explore.board import At, Board
from dashboard.ui.markdown import escaped
from dashboard.ui.narrowing import CHIP, CLEAR, NARROW, UNCHOOSE

EVERYTHING = Text("全部", "All")
CLICK = Text(
    "点图中的一条或一格，其余的图只看这一部分。",
    "Click a bar or field: the other charts show its part.",
)
MORE = Text("{first} 等 {n} 项", "{first} and others, {n} in all")
WIDE, NARROWEST, MOST = 480, 200, 100  # pixels of the pickers; values a list has at most
TOLD = 3  # values said in a chip


def narrowing(at: At, board: Board, key: str, lang: Lang) -> None:
    """The pick lists behind one button, and what is kept to, each with a way to let it go."""
    if not board.pictures:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key=f"chips_{key}"
    ):
        _lists(at, board, key, lang)
        for column, names in board.narrowed.items():
            _chip(at, column, names, board.sheet.columns[column].label, key, lang)
        if len(board.narrowed) > 1:
            st.button(
                CLEAR(lang), type="tertiary", key=f"clear_{key}", on_click=at.act,
                args=("let_all_go",),
            )  # fmt: skip
        if not board.narrowed and len(board.pictures) > 1:
            st.caption(CLICK(lang), width="stretch")


def _lists(at: At, board: Board, key: str, lang: Lang) -> None:
    columns = offered(board.sheet, board.pictures[0].recipe).keeps
    told = {column: _names(at, board, column) for column in columns}
    known = {column: names for column, names in told.items() if len(names) > 1}
    if not known:
        return
    count = len(board.filtered)
    label = f"{NARROW(lang)} {count}" if count else NARROW(lang)
    with (
        st.popover(label, icon=":material/filter_alt:", width="content", key=f"narrow_{key}"),
        st.container(width=WIDE),
        st.grid(2, min_column_width=NARROWEST, gap="small"),
    ):
        for column, names in known.items():
            _list(at, board, column, names, f"keep_{key}_{column}", lang)


def _list(at: At, board: Board, column: int, names: list[Name], key: str, lang: Lang) -> None:
    st.session_state[key] = [one for one in board.filtered.get(column, ()) if one in names]
    st.multiselect(
        escaped(board.sheet.columns[column].label),
        names,
        format_func=lambda one: one.text(lang),
        placeholder=EVERYTHING(lang),
        key=key,
        on_change=_kept,
        args=(at, column, key),
    )


def _kept(at: At, column: int, key: str) -> None:
    at.act("keep", column, tuple(st.session_state[key]))


def _names(at: At, board: Board, column: int) -> list[Name]:
    """The values of a column of words or years, the empty ones among them."""
    kind = board.sheet.columns[column].kind
    if kind in NUMERIC or kind in ("date", "month"):
        return []
    form: Form = "lines" if kind == "year" else "bars"
    recipe = repaired(board.sheet, Recipe(form, column, step="year", top=MOST, order="name"))
    if recipe.by != column:
        return []
    try:
        return [one for one in at.counted(recipe).names if not one.rest]
    except DashboardError:
        return []


def _chip(at: At, column: int, names: tuple[Name, ...], label: str, key: str, lang: Lang) -> None:
    shown = CHIP.format(name=label, value=said(names, lang))
    st.button(
        escaped(shown(lang)),
        icon=":material/close:",
        icon_position="right",
        help=escaped(UNCHOOSE.format(name=label)(lang)),
        key=f"chip_{key}_{column}",
        on_click=at.act,
        args=("let_go", column),
    )


def said(names: tuple[Name, ...], lang: Lang) -> str:
    """The values, or the first of them and how many there are."""
    first = ("、" if lang == "zh" else ", ").join(name.text(lang) for name in names[:TOLD])
    return first if len(names) <= TOLD else MORE.format(first=first, n=number(len(names)))(lang)
