"""Spending ceilings: the shipped rows, most of them empty on purpose, and the school's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import rules
from dashboard.answers import Answer
from dashboard.rules.model import Cap
from dashboard.text import Lang, Text
from dashboard.ui.settings import amounts
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

INTRO = Text(
    "各省标准不同，没有核实原文的一律留空。请按本地文件填写上限、文号和起止日期；留空的不核对。",
    "Ceilings differ by province; what was not read in the document itself is left empty. Fill in"
    " value, document and days from your own; an empty row is not checked.",
)
RULE, UNIT, VALUE = Text("规则", "Rule"), Text("单位", "Unit"), Text("上限", "Ceiling")
DOCUMENT, FROM, TO = Text("文件文号", "Document"), Text("起", "From"), Text("止", "Until")
KNOWN = Text("已知情况", "What is known")
WRONG = Text(
    "“{name}”的上限“{value}”读不懂：请按本行单位写成数字，如 300；占比如 1/3 或 30%。",
    "The ceiling of {name}, '{value}', cannot be read; write a number of the row's unit such as"
    " 300; a share as 1/3 or 30%.",
)
BACKWARDS = Text("“{name}”的起止日期颠倒了。", "{name} ends before it begins.")
FIELDS = ("value", "document", "valid_from", "valid_to")


def limits(draft: Draft, answer: Answer, lang: Lang) -> Setting | Text:
    st.caption(INTRO(lang))
    held = rules.load(rules.standing(draft.school.caps)).values()
    caps = [cap for cap in held if cap.shape != "ban"]
    frame = pd.DataFrame([_shown(cap, lang) for cap in caps])
    edited: pd.DataFrame = st.data_editor(
        frame.astype(dict.fromkeys(("valid_from", "valid_to"), "datetime64[us]")),
        hide_index=True,
        disabled=["rule", "unit", "known"],
        placeholder="",
        key=draft.key("caps"),
        alt=RULE(lang),
        column_config=_columns(lang),
    )
    return entries(caps, edited.to_dict("records"))


def _columns(lang: Lang) -> dict[str, Any]:
    column = st.column_config
    return {
        "rule": column.TextColumn(RULE(lang), pinned=True),
        "value": column.TextColumn(VALUE(lang), max_chars=24, width="small"),
        "unit": column.TextColumn(UNIT(lang)),
        "document": column.TextColumn(DOCUMENT(lang), max_chars=120),
        "valid_from": column.DateColumn(FROM(lang), format="YYYY-MM-DD", width="small"),
        "valid_to": column.DateColumn(TO(lang), format="YYYY-MM-DD", width="small"),
        "known": column.TextColumn(KNOWN(lang), width="large"),
    }


def _shown(cap: Cap, lang: Lang) -> dict[str, Any]:
    return {
        "rule": cap.label(lang),
        "value": _told(cap),
        "unit": cap.unit(lang),
        "document": cap.document,
        "valid_from": cap.valid_from,
        "valid_to": cap.valid_to,
        "known": cap.source(lang),
    }


def _told(cap: Cap) -> str:
    if cap.value is None:
        return ""
    return amounts.shown_share(cap.value) if cap.shape == "share" else amounts.shown(cap.value)


def entries(caps: Iterable[Cap], rows: Iterable[Mapping[Any, Any]]) -> list[dict[str, Any]] | Text:
    """What differs from the rows that ship, by rule; or what is wrong with the first bad one."""
    found, shipped = [], rules.load()
    for cap, row in zip(caps, rows, strict=True):
        said = _said(cap, row)
        if isinstance(said, Text):
            return said
        given = shipped.get(cap.id)
        own = {
            name: _stored(value)
            for name, value in said.items()
            if given is None or value != (getattr(given, name) or _EMPTY[name])
        }
        if own:
            found.append({"id": cap.id} | own)
    return found


_EMPTY: dict[str, Any] = {"value": None, "document": "", "valid_from": None, "valid_to": None}


def _said(cap: Cap, row: Mapping[Any, Any]) -> dict[str, Any] | Text:
    typed = amounts.words(row["value"])
    value = _value(cap, typed) if typed else None
    if typed and value is None:
        return WRONG.format(name=cap.label, value=typed)
    since, until = amounts.day(row["valid_from"]), amounts.day(row["valid_to"])
    if since and until and until < since:
        return BACKWARDS.format(name=cap.label)
    document = amounts.words(row["document"])
    return {"value": value, "document": document, "valid_from": since, "valid_to": until}


def _value(cap: Cap, typed: str) -> Fraction | None:
    """What was typed, in the unit of its row; None where that is no such number."""
    if cap.shape == "share":
        return amounts.share(typed)
    found = amounts.read(typed)
    return None if found is None or found[1] else found[0]


def _stored(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
