"""Targets by figure and time, in a table that can be typed into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.kpis import KPIS, targets
from dashboard.kpis.model import Target
from dashboard.school import School
from dashboard.text import Lang, Text
from dashboard.ui.settings.saving import put, reset_button, save_button, told

INTRO = Text(
    "只有学校或上级文件写明的才是目标。比率按百分数填写，如 95 表示 95%；“高于上年”不填数值。",
    "Only what your school or a document states is a target. Shares are typed as per cent; 'above"
    " last year' takes no value.",
)
KPI, COMPARE, VALUE = Text("指标", "Figure"), Text("要求", "Asks for"), Text("目标值", "Value")
SINCE, UNTIL, SOURCE = Text("起", "From"), Text("止", "Until"), Text("依据", "Source")
WAYS = {
    "at_least": Text("不低于", "at least"),
    "at_most": Text("不高于", "at most"),
    "above_previous": Text("高于上年", "above last year"),
}
BY_SCHOOL = Text("学校设定", "Set by the school")
INCOMPLETE = Text(
    "第 {row} 行不完整：请选择指标和要求，并填写目标值（“高于上年”除外）。",
    "Row {row} is not complete: choose figure and demand, and type a value unless it is 'above last"
    " year'.",
)
BACKWARDS = Text("第 {row} 行的起止日期颠倒了。", "Row {row} ends before it begins.")


def goals(school: School, workspace: str, lang: Lang) -> None:
    told("targets", lang)
    st.caption(INTRO(lang))
    labels = {kpi.label(lang): name for name, kpi in KPIS.items()}
    ways = {label(lang): way for way, label in WAYS.items()}
    shown = [_shown(target, lang) for target in targets.of(school)]
    names = [KPI, COMPARE, VALUE, SINCE, UNTIL, SOURCE]
    edited = st.data_editor(
        pd.DataFrame(shown, columns=["kpi", "compare", "value", "since", "until", "source"]),
        num_rows="dynamic",
        hide_index=True,
        key=f"goals_{len(shown)}",
        column_config={
            "kpi": st.column_config.SelectboxColumn(
                names[0](lang), options=list(labels), required=True
            ),
            "compare": st.column_config.SelectboxColumn(
                names[1](lang), options=list(ways), required=True
            ),
            "value": st.column_config.NumberColumn(names[2](lang), min_value=0),
            "since": st.column_config.DateColumn(names[3](lang)),
            "until": st.column_config.DateColumn(names[4](lang)),
            "source": st.column_config.TextColumn(names[5](lang), width="large"),
        },
    )
    with st.container(horizontal=True):
        if save_button("targets", lang):
            _save(edited.to_dict("records"), labels, ways, workspace, lang)
        reset_button(workspace, "targets", lang)


def _shown(target: Target, lang: Lang) -> dict[str, Any]:
    is_share = KPIS[target.kpi].unit == "ratio"
    value = None if target.value is None else float(target.value * (100 if is_share else 1))
    return {
        "kpi": KPIS[target.kpi].label(lang),
        "compare": WAYS[target.compare](lang),
        "value": value,
        "since": target.since,
        "until": target.until,
        "source": target.source(lang),
    }


def _save(
    rows: Iterable[Mapping[Any, Any]],
    labels: Mapping[str, str],
    ways: Mapping[str, str],
    workspace: str,
    lang: Lang,
) -> None:
    """All rows or none: a row that says too little is named."""
    entries = []
    for place, row in enumerate(rows, start=1):
        entry = _entry(row, labels, ways)
        if entry is None:
            st.error(INCOMPLETE.format(row=place)(lang), icon=":material/error:")
            return
        if entry["since"] and entry["until"] and entry["until"] < entry["since"]:
            st.error(BACKWARDS.format(row=place)(lang), icon=":material/error:")
            return
        entries.append(entry)
    put(workspace, "targets", entries)
    st.rerun()


def _entry(
    row: Mapping[Any, Any], labels: Mapping[str, str], ways: Mapping[str, str]
) -> dict[str, Any] | None:
    kpi, way = labels.get(row["kpi"] or ""), ways.get(row["compare"] or "")
    needs_value = way != "above_previous"
    if kpi is None or way is None or (needs_value and pd.isna(row["value"])):
        return None
    source = str(row["source"] or "").strip()
    said = {"zh": source or BY_SCHOOL.zh, "en": source or BY_SCHOOL.en}
    days = {name: _day(row[name]) for name in ("since", "until")}
    entry: dict[str, Any] = {"kpi": kpi, "compare": way, "source": said, **days}
    if needs_value:
        exact = Fraction(str(row["value"])) / (100 if KPIS[kpi].unit == "ratio" else 1)
        entry["value"] = str(exact)
    return entry


def _day(value: Any) -> str | None:
    if value is None or pd.isna(value):
        return None
    return value.isoformat()[:10] if isinstance(value, date) else str(value)[:10]
