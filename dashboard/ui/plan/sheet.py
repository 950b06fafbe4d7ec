"""The table of items that can be typed into, each beside its own words in the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.contracts.codes import ACTIVITY_KIND
from dashboard.plans.model import Item
from dashboard.plans.review import Doubt, Reviewed, days, doubts
from dashboard.text import Lang, Text, number
from dashboard.ui.plan.kept import Kept
from dashboard.ui.settings import amounts
from dashboard.ui.table import height

TITLE = Text("计划事项", "Items of the plan")
HOW = Text(
    "双击单元格修改；取消勾选即不导入；最下面一行可补充事项。",
    "Double-click a cell to change it; untick what is not to be imported; add items at the foot.",
)
ONLY_DOUBTS = Text("需要看一看（{n}）", "To look at ({n})")
ALL, NONE = Text("全部勾选", "Tick all"), Text("全部不选", "Untick all")
HEADS = {
    "taken": Text("导入", "Import"),
    "item": Text("事项", "Item"),
    "open": Text("看一看", "Look at"),
    "kind": Text("类别", "Kind"),
    "start": Text("起", "From"),
    "end": Text("止", "To"),
    "target": Text("目标", "Target"),
    "owner": Text("负责人", "In charge"),
    "period": Text("计划中的时间", "Time as written"),
    "line": Text("原文行", "Line"),
    "quote": Text("原文", "As written"),
    "file": Text("文件", "File"),
}
SAID: dict[Doubt, Text] = {
    "no_item": Text("没有事项", "no words"),
    "backwards": Text("起止颠倒", "ends before it begins"),
    "no_time": Text("没写时间", "no time"),
    "no_days": Text("日期不明", "days unknown"),
    "no_kind": Text("类别不明", "no kind"),
}
_READ_ONLY = ("open", "period", "line", "quote", "file")
_TEXTS = ("item", "kind", "target", "owner", "open", "period", "quote", "file")
_DAYS: dict[str, Any] = {  # those the register takes
    "width": 105,
    "format": "YYYY-MM-DD",
    "min_value": date(1901, 1, 1),
    "max_value": date(2100, 12, 31),
}
_ROWS = 14  # of the table in sight


def table(held: Kept, lang: Lang) -> list[Reviewed]:
    """The rows as they stand now; what was typed is kept whatever page is looked at next."""
    asking = sum(bool(doubts(row)) for row in held.rows)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{TITLE(lang)}** :gray[:small[{HOW(lang)}]]", width="stretch")
        label = ONLY_DOUBTS.format(n=number(asking))(lang)
        only = st.toggle(label, key="plan_only_doubts", on_change=held.anew)
        st.button(ALL(lang), type="tertiary", on_click=held.take, args=(True,), key="plan_all")
        st.button(NONE(lang), type="tertiary", on_click=held.take, args=(False,), key="plan_none")
    key = f"plan_rows_{held.turn}_{lang}_{only}"
    if key not in st.session_state:  # drawn anew: from what was typed so far
        held.shown = list(held.rows)
    places = [at for at, row in enumerate(held.shown) if not only or doubts(row)]
    several = len({row.file for row in held.shown}) > 1
    edited: pd.DataFrame = st.data_editor(
        _frame([(at, held.shown[at]) for at in places], lang),
        num_rows="add",
        hide_index=True,
        placeholder="",
        height=height(min(len(places) + 1, _ROWS)),
        column_config=_columns(lang, several),
        disabled=list(_READ_ONLY),
        key=key,
        alt=TITLE(lang),
    )
    held.rows = merged(held.shown, edited.to_dict("records"))
    return held.rows


def _frame(rows: Sequence[tuple[int, Reviewed]], lang: Lang) -> pd.DataFrame:
    shown = [{"at": at} | _shown(row, lang) for at, row in rows]
    frame = pd.DataFrame(shown, columns=["at", *HEADS])
    kinds = dict.fromkeys(_TEXTS, "str") | dict.fromkeys(("start", "end"), "datetime64[us]")
    return frame.astype(kinds | {"taken": "bool", "at": "Int64", "line": "Int64"})


def _shown(row: Reviewed, lang: Lang) -> dict[str, Any]:
    item = row.item
    start, end = days(item)
    return {
        "taken": row.taken,
        "item": item.item,
        "open": ("、" if lang == "zh" else ", ").join(SAID[one](lang) for one in doubts(row)),
        "kind": item.kind,
        "start": start,
        "end": end,
        "target": item.target,
        "owner": item.owner,
        "period": item.period,
        "line": item.line or None,
        "quote": item.quote,
        "file": row.file,
    }


def _columns(lang: Lang, several: bool) -> dict[str, Any]:
    column = st.column_config
    names = {name: text(lang) for name, text in HEADS.items()}
    return {
        "at": None,
        "taken": column.CheckboxColumn(names["taken"], width=80, default=True),
        "item": column.TextColumn(names["item"], width=280, max_chars=300),
        "open": column.TextColumn(names["open"], width=130),
        "kind": column.SelectboxColumn(
            names["kind"],
            width=90 if lang == "zh" else 155,
            options=[code.value for code in ACTIVITY_KIND.codes],
            format_func=lambda code: ACTIVITY_KIND.label(str(code))(lang),
        ),
        "start": column.DateColumn(names["start"], **_DAYS),
        "end": column.DateColumn(names["end"], **_DAYS),
        "target": column.TextColumn(names["target"], width=85, max_chars=60),
        "owner": column.TextColumn(names["owner"], width=100, max_chars=60),
        "period": column.TextColumn(names["period"], width=120),
        "line": column.NumberColumn(names["line"], width=65),
        "quote": column.TextColumn(names["quote"], width="large"),
        "file": column.TextColumn(names["file"], width=140) if several else None,
    }


def merged(shown: Sequence[Reviewed], edited: Sequence[Mapping[Any, Any]]) -> list[Reviewed]:
    """The rows with what was typed into those in sight; those out of sight as they were, added
    ones at the end.
    """
    typed = {int(row["at"]): row for row in edited if not pd.isna(row["at"])}
    rows = [_typed(row, typed[at]) if at in typed else row for at, row in enumerate(shown)]
    added = [_added(row, shown) for row in edited if pd.isna(row["at"])]
    return rows + [row for row in added if row]


def _typed(row: Reviewed, cells: Mapping[Any, Any]) -> Reviewed:
    """A row nobody touched stays as the plan has it: what was meant for all of its stretch is not
    turned into days somebody typed.
    """
    start, end = amounts.day(cells["start"]), amounts.day(cells["end"])
    item = row.item
    if (start, end) != days(item):
        item = replace(item, start=start, end=end or start)
    words = {name: amounts.words(cells[name]) for name in ("item", "kind", "target", "owner")}
    item = replace(
        item,
        item=words["item"],
        kind=words["kind"] or None,
        target=words["target"] or None,
        owner=words["owner"] or None,
    )
    return replace(row, item=item, taken=bool(cells["taken"]))


def _added(cells: Mapping[Any, Any], shown: Sequence[Reviewed]) -> Reviewed | None:
    """A row at the foot, once it says what is to be done; it goes with the first plan."""
    words = amounts.words(cells["item"])
    if not words:
        return None
    blank = Item(None, None, None, words, None, None, None, 0, "")
    taken = cells["taken"]
    return _typed(Reviewed(blank, shown[0].file), {**cells, "taken": pd.isna(taken) or taken})
