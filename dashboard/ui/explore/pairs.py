"""Two tables: which is which, which column is which, what makes two rows the same; then compared
or joined. All of it is proposed, and each proposal can be changed by a pick list.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.exploring.pairs.keys import Key, Pairing
from dashboard.exploring.pairs.matching import PICKED, Match, matches
from dashboard.exploring.shelf import Dropped
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Lang, Text, number, percent
from dashboard.ui.explore import making
from dashboard.ui.explore.compared import compared
from dashboard.ui.explore.joined import joined
from dashboard.ui.markdown import escaped
from dashboard.ui.table import height

TITLE = Text("两张表", "Two tables")
MODES = {"compare": Text("比较", "Compare"), "join": Text("关联", "Join")}
HINTS = {
    "compare": Text(
        "去年和今年的名册、两本账：谁来了，谁走了，什么变了", "what came, went and changed"
    ),
    "join": Text("把一张表的列接到另一张表上", "put one table's columns beside the other's"),
}
SIDES = {
    "compare": (Text("前表（旧）", "Before"), Text("后表（新）", "After")),
    "join": (Text("主表", "First table"), Text("附表", "Second table")),
}
SAME_TABLE = Text("请选两张不同的表。", "Choose two different tables.")
COLUMNS = Text(
    "列的对应（可改）：自动对上 {n} 对，{left} 列只在左、{right} 列只在右",
    "Columns (can be changed): matched {n}; only left {left}, only right {right}",
)
LEFT, RIGHT, REASON = (
    Text("左表的列", "Left column"),
    Text("右表的列", "Right column"),
    Text("理由", "Why"),
)
TWICE = Text("“{column}”选了两次，只用第一次。", "'{column}' was chosen twice; the first counts.")
NO_MATCH = Text("两表没有能对应的列，请在上面指定。", "No columns match; choose them above.")
KEY = Text("按什么认定是同一行（键）", "What makes two rows the same (the key)")
OWN = Text("自选…", "Other columns …")
PARTS = Text("键由这些列组成", "The key's columns")
CHOOSE = Text("请选择", "Choose")
NO_KEY = Text("请选一到三列作为键。", "Choose one to three columns as the key.")
OFFERED = Text(
    "{columns} · 唯一 {left} / {right} · 对上 {found} / {met}",
    "{columns} · unique {left} / {right} · found {found} / {met}",
)
SIDE = Text(
    "{table}：{rows} 行，键唯一 {unique}，对上 {found} 行（{share}），键重复 {repeated} 行，"
    "键为空 {empty} 行",
    "{table}: {rows} rows, key unique {unique}, found {found} ({share}), repeated {repeated}, empty"
    " {empty}",
)
UNLIKE = Text(
    "不能作键、也不比较：{columns}（一边是个人信息，另一边不是，或没有可比的标记）",
    "Neither key nor compared: {columns} (persons on one side only, or without marks to compare)",
)
WAITING = Text("正在对照两张表…", "Laying the two tables side by side …")
WAY_DOWN = Text("比较、关联两张表 ↓", "Compare or join two tables ↓")
_ANCHOR = "two-tables"
_YEAR = re.compile(r"(?:19|20)\d{2}")
_HELD = "explore_pairs"
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the shelf: where it is, and how it is called."""

    sha256: str
    place: int
    name: str
    sheet: LooseSheet

    @property
    def id(self) -> str:
        return f"{self.sha256[:16]}_{self.place}"


def pairs(files: Sequence[Dropped], lang: Lang) -> None:
    """Below the cards, once there are two tables with rows."""
    making.told(lang)
    tables = _tables(files)
    if _are_two(tables):
        with st.container(border=True, gap="small", key="explore_pairs_card"):
            _pairs(tables, lang)


def way_down(files: Sequence[Dropped], lang: Lang) -> None:
    """From the top of a long page to where two tables are put side by side."""
    if _are_two(_tables(files)):
        st.markdown(f":small[[{WAY_DOWN(lang)}](#{_ANCHOR})]", width="content")


def _tables(files: Sequence[Dropped]) -> list[Table]:
    """Long forms last."""
    found = []
    for file in files:
        several = len(file.read.sheets) > 1
        for place, sheet in enumerate(file.read.sheets):
            if sheet.rows and sheet.columns:
                own = f"{sheet.name}{f' {sheet.area}' if sheet.area else ''}"
                name = f"{file.name} · {own}" if several else file.name
                found.append(Table(file.read.sha256, place, name, sheet))
    return sorted(found, key=lambda one: one.sheet.unfolded)


def _are_two(tables: Sequence[Table]) -> bool:
    """A table and its own long form are not two."""
    return sum(not one.sheet.unfolded for one in tables) > 1


@st.fragment
def _pairs(tables: Sequence[Table], lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(TITLE(lang), anchor=_ANCHOR, width="content")
        mode: str = st.segmented_control(
            TITLE(lang), list(MODES), default="compare", required=True,
            format_func=lambda one: MODES[one](lang), label_visibility="collapsed",
            key="pairs_mode",
        )  # fmt: skip
        st.markdown(f":gray[:small[{HINTS[mode](lang)}]]", width="content")
    left, right = _sides(tables, mode, lang)
    if left.id == right.id:
        st.caption(SAME_TABLE(lang))
        return
    pairing = _pairing(left, right, lang)
    if not pairing.matches:
        st.caption(NO_MATCH(lang))
        return
    key = _key(pairing, (left, right), mode, lang)
    if key is None:
        st.caption(NO_KEY(lang))
    elif mode == "compare":
        compared(pairing, key, (left.name, right.name), f"{left.id}_{right.id}", lang)
    else:
        joined(pairing, key, (left.name, right.name), f"{left.id}_{right.id}", lang)


def _sides(tables: Sequence[Table], mode: str, lang: Lang) -> tuple[Table, Table]:
    """The older one first, as far as their names tell."""
    by_age = sorted(tables[:2], key=lambda one: _YEAR.findall(one.name)[:1] or ["9999"])
    known = {one.id: one for one in tables}
    chosen = []
    for place, column in enumerate(st.columns(2)):
        with column:
            first = list(known).index(by_age[place].id)
            chosen.append(st.selectbox(
                SIDES[mode][place](lang), list(known), first,
                format_func=lambda one: known[one].name, key=f"pairs_side_{place}",
            ))  # fmt: skip
    return known[chosen[0]], known[chosen[1]]


# -- the columns -----------------------------------------------------------------------------------


def _pairing(left: Table, right: Table, lang: Lang) -> Pairing:
    proposed = {one.left: one for one in matches(left.sheet, right.sheet)}
    ours, theirs = _labels(left.sheet), _labels(right.sheet)
    open_right = len(theirs) - len(proposed)
    told = COLUMNS.format(n=len(proposed), left=len(ours) - len(proposed), right=open_right)
    with st.expander(escaped(told(lang)), key=f"pairs_columns_{left.id}_{right.id}"):
        rows = [
            {
                "left": label,
                "right": theirs[proposed[place].right] if place in proposed else None,
                "reason": proposed[place].reason(lang) if place in proposed else "",
            }
            for place, label in enumerate(ours)
        ]
        edited: pd.DataFrame = st.data_editor(
            pd.DataFrame(rows), hide_index=True, num_rows="fixed", disabled=["left", "reason"],
            height=height(len(rows)), placeholder="—", key=f"pairs_matches_{left.id}_{right.id}",
            column_config={
                "left": st.column_config.TextColumn(LEFT(lang)),
                "right": st.column_config.SelectboxColumn(RIGHT(lang), options=theirs),
                "reason": st.column_config.TextColumn(REASON(lang)),
            },
        )  # fmt: skip
        chosen, twice = picked(edited["right"].tolist(), theirs, proposed)
        for column in twice:
            st.caption(escaped(TWICE.format(column=column)(lang)))
    return _held(left, right, chosen, lang)


def picked(
    rights: Sequence[Any], labels: Sequence[str], proposed: dict[int, Match]
) -> tuple[tuple[Match, ...], list[str]]:
    """(the matches as the pick lists have them, what was chosen a second time)."""
    found: dict[int, Match] = {}
    twice = []
    for left, label in enumerate(rights):
        if label not in labels:
            continue
        right = labels.index(label)
        if right in found:
            twice.append(label)
            continue
        known = proposed.get(left)
        found[right] = known if known and known.right == right else Match(left, right, PICKED)
    return tuple(sorted(found.values(), key=lambda one: one.left)), twice


def _labels(sheet: LooseSheet) -> list[str]:
    """No two alike: with the letter where two headers are the same."""
    every = [column.label for column in sheet.columns]
    return [
        f"{column.label} ({column.letter})" if every.count(column.label) > 1 else column.label
        for column in sheet.columns
    ]


def _held(left: Table, right: Table, chosen: tuple[Match, ...], lang: Lang) -> Pairing:
    """The cells as numbers are made once; they go when one of the tables does."""
    asked = (left.id, right.id, tuple((one.left, one.right) for one in chosen))
    kept: dict[str, Any] = st.session_state.setdefault(_HELD, {})
    cells = kept.get("cells") if kept.get("asked") == asked else None
    with st.spinner(WAITING(lang), show_time=True) if cells is None else nullcontext():
        made = Pairing(left.sheet, right.sheet, chosen, cells)
    if cells is None:
        kept.clear()
        kept |= {"asked": asked, "cells": made.cells}
        for table in (left.sheet.table, right.sheet.table):
            weakref.finalize(table, kept.clear)
    return made


# -- the key ---------------------------------------------------------------------------------------


def _key(pairing: Pairing, tables: tuple[Table, Table], mode: str, lang: Lang) -> Key | None:
    proposed = pairing.proposed(lookup=mode == "join")
    at = f"{tables[0].id}_{tables[1].id}"
    options = [*range(len(proposed)), -1]
    chosen: int = st.selectbox(
        KEY(lang), options,
        format_func=lambda one: OWN(lang) if one < 0 else _offered(pairing, proposed[one])(lang),
        key=f"pairs_key_{mode}_{at}_{len(pairing.matches)}",
    )  # fmt: skip
    key = _own(pairing, at, lang) if chosen < 0 else proposed[chosen]
    if key is None:
        return None
    sides = zip(tables, (key.left, key.right), strict=True)
    told = [
        SIDE.format(
            table=table.name, rows=number(side.rows), unique=percent(side.unique),
            found=number(side.found), share=percent(side.matched),
            repeated=number(side.repeated), empty=number(side.empty),
        )(lang)
        for table, side in sides
    ]  # fmt: skip
    st.caption("  \n".join(map(escaped, told)))
    _tell_unlike(pairing, lang)
    return key


def _own(pairing: Pairing, at: str, lang: Lang) -> Key | None:
    able = [part for part in range(len(pairing.matches)) if pairing.can_be_key(part)]
    parts: list[int] = st.multiselect(
        PARTS(lang), able, format_func=lambda part: _called(pairing, part),
        placeholder=CHOOSE(lang), max_selections=_MOST_PARTS,
        key=f"pairs_parts_{at}_{len(pairing.matches)}",
    )  # fmt: skip
    return pairing.measured(parts) if parts else None


def _offered(pairing: Pairing, key: Key) -> Text:
    return OFFERED.format(
        columns=" + ".join(_called(pairing, part) for part in key.parts),
        left=percent(key.left.unique), right=percent(key.right.unique),
        found=percent(key.left.matched), met=percent(key.right.matched),
    )  # fmt: skip


def _called(pairing: Pairing, part: int) -> str:
    one, other = pairing.columns(part)
    return one.label if one.label == other.label else f"{one.label}＝{other.label}"


def _tell_unlike(pairing: Pairing, lang: Lang) -> None:
    every = range(len(pairing.matches))
    unlike = [_called(pairing, part) for part in every if not pairing.can_be_key(part)]
    if unlike:
        st.caption(escaped(UNLIKE.format(columns="、".join(unlike))(lang)))
