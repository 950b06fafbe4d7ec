"""Spending ceilings: the shipped rows, most of them empty on purpose, and the school's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import rules
from dashboard.errors import BadDefinition
from dashboard.rules.model import UNITS, Cap
from dashboard.school import School
from dashboard.text import Lang, Text
from dashboard.ui.settings.saving import put, reset_button, save_button, told

INTRO = Text(
    "各省标准不同，没有核实原文的一律留空。请按本地文件填写上限、文号和起止日期；留空的不核对。",
    "Ceilings differ by province; what was not read in the document itself is left empty. Fill in"
    " value, document and days from your own; an empty row is not checked.",
)
RULE, UNIT, VALUE = Text("规则", "Rule"), Text("单位", "Unit"), Text("上限", "Ceiling")
DOCUMENT, FROM, TO = Text("文件文号", "Document"), Text("起", "From"), Text("止", "Until")
KNOWN = Text("已知情况", "What is known")
WRONG = Text(
    "“{name}”的上限应为不小于 0 的数，如 300 或 1/3。",
    "The ceiling of {name} must be a number such as 300 or 1/3.",
)
FIELDS = ("value", "document", "valid_from", "valid_to")


def limits(school: School, workspace: str, lang: Lang) -> None:
    told("caps", lang)
    st.caption(INTRO(lang))
    caps = [cap for cap in rules.load(rules.filled(school.caps)).values() if cap.shape != "ban"]
    edited = st.data_editor(
        pd.DataFrame([_shown(cap, lang) for cap in caps]),
        hide_index=True,
        disabled=["rule", "unit", "known"],
        key="caps",
        column_config={
            "rule": st.column_config.TextColumn(RULE(lang)),
            "value": st.column_config.TextColumn(VALUE(lang)),
            "unit": st.column_config.TextColumn(UNIT(lang)),
            "document": st.column_config.TextColumn(DOCUMENT(lang)),
            "valid_from": st.column_config.DateColumn(FROM(lang)),
            "valid_to": st.column_config.DateColumn(TO(lang)),
            "known": st.column_config.TextColumn(KNOWN(lang), width="large"),
        },
    )
    with st.container(horizontal=True):
        if save_button("caps", lang):
            _save(caps, edited.to_dict("records"), workspace, lang)
        reset_button(workspace, "caps", lang)


def _shown(cap: Cap, lang: Lang) -> dict[str, Any]:
    return {
        "rule": cap.label(lang),
        "value": "" if cap.value is None else _number(cap.value),
        "unit": UNITS[cap.shape](lang),
        "document": cap.document,
        "valid_from": cap.valid_from,
        "valid_to": cap.valid_to,
        "known": cap.source(lang),
    }


def _number(value: Fraction) -> str:
    return str(value) if value.denominator not in (1, 2, 5, 10, 20, 100) else f"{float(value):g}"


def _save(
    caps: Iterable[Cap], rows: Iterable[Mapping[Any, Any]], workspace: str, lang: Lang
) -> None:
    """Every row that says something of its own; all or none."""
    entries = []
    for cap, row in zip(caps, rows, strict=True):
        entry = {name: _said(row[name]) for name in FIELDS}
        if any(entry.values()):
            entry = {"id": cap.id} | {name: value for name, value in entry.items() if value}
            try:
                rules.filled([entry])
            except BadDefinition:
                st.error(WRONG.format(name=cap.label)(lang), icon=":material/error:")
                return
            entries.append(entry)
    put(workspace, "caps", entries)
    st.rerun()


def _said(value: Any) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else str(value).strip()
