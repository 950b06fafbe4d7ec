"""Two tables joined: what will come of it, said before; then a table of its own."""

from __future__ import annotations

import streamlit as st

from dashboard.errors import RefusedRequest
from dashboard.exploring.pairs import joining
from dashboard.exploring.pairs.joining import HOWS, MOST, How, Outlook, outlook
from dashboard.exploring.pairs.keys import Key, Pairing
from dashboard.refusals import REFUSALS
from dashboard.text import Lang, Text, number, percent
from dashboard.ui.explore.making import kept
from dashboard.ui.markdown import escaped

HOW = Text("保留哪些行", "Which rows stay")
FOUND = Text("主表对上", "First table found"), Text("附表对上", "Second table found")
COMING = Text("关联后行数", "Rows to come")
OF = Text("{n}/{all} 行", "{n}/{all} rows")
DOUBLED = Text(
    "主表有 {n} 行各对上附表的多行，会重复出现，金额等会被重复相加。",
    "Rows of the first table that meet several of the second: {n}. They will stand more than once,"
    " and their amounts would be added again.",
)
LOOKED_UP = Text(
    "附表有 {n} 行各对上主表的多行：附表的数会重复出现，不要再相加。",
    "Rows of the second table that meet several of the first: {n}. Their figures will stand more"
    " than once: do not add them up.",
)
MANY = Text(
    "键在两边都重复（多对多），结果多半没有意义，请换一个键。",
    "The key repeats on both sides (many to many): the outcome will hardly mean anything.",
)
ALONE = Text(
    "主表 {n} 行没有对上，附表的列为空。",
    "Rows of the first table that find none: {n}; left empty there.",
)
MAKE = Text("关联并保留为表", "Join and keep as a table")
NAME = Text("{left} + {right}", "{left} + {right}")


def joined(pairing: Pairing, key: Key, names: tuple[str, str], at: str, lang: Lang) -> None:
    """Under this key; `names` of the two tables, `at` for the widgets' keys."""
    how: How = st.segmented_control(
        HOW(lang), list(HOWS), default="left", required=True,
        format_func=lambda one: HOWS[one](lang), key=f"pairs_how_{at}",
    )  # fmt: skip
    told = outlook(pairing, key.parts, how)
    _tiles(told, lang)
    _warnings(told, lang)
    pressed = st.button(
        MAKE(lang), icon=":material/join_inner:", type="primary",
        disabled=told.too_many or not told.rows, key=f"pairs_join_{at}",
    )  # fmt: skip
    if pressed and _make(pairing, key, how, names, lang):
        st.rerun()  # the whole page: the new table's card stands outside of this part


def _tiles(told: Outlook, lang: Lang) -> None:
    with st.grid(3, min_column_width=140, gap="small"):
        for words, side in zip(FOUND, (told.key.left, told.key.right), strict=True):
            of = OF.format(n=number(side.found), all=number(side.rows))(lang)
            st.metric(words(lang), percent(side.matched), of, delta_color="off", delta_arrow="off")
        st.metric(COMING(lang), number(told.rows), told.shape, delta_color="off", delta_arrow="off")


def _warnings(told: Outlook, lang: Lang) -> None:
    if told.too_many:
        refused = REFUSALS["join_too_large"].format(rows=number(told.rows), limit=number(MOST))
        st.error(escaped(refused(lang)), icon=":material/block:")
        return
    if told.shape == "m:n":
        st.warning(MANY(lang), icon=":material/warning:")
    if told.manys[0]:
        st.warning(DOUBLED.format(n=number(told.manys[0]))(lang), icon=":material/warning:")
    if told.manys[1]:
        st.info(LOOKED_UP.format(n=number(told.manys[1]))(lang), icon=":material/info:")
    alone = told.key.left.rows - told.key.left.found
    if alone and told.how != "inner":
        st.caption(ALONE.format(n=number(alone))(lang))


def _make(pairing: Pairing, key: Key, how: How, names: tuple[str, str], lang: Lang) -> bool:
    """Whether there is a new table."""
    left, right = (name.rsplit(".", 1)[0] for name in names)
    name = NAME.format(left=left, right=right)(lang)
    try:
        table = joining.joined(pairing, key.parts, how, name, right)
    except RefusedRequest as refusal:
        st.error(escaped(refusal.message(lang)), icon=":material/block:")
        return False
    return kept(name, table, lang)
