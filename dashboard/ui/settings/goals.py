"""Targets by figure and time, in a table that can be typed into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.answers import Answer
from dashboard.kpis import KPIS, targets
from dashboard.kpis.model import Target
from dashboard.text import Lang, Text
from dashboard.ui.markdown import escaped
from dashboard.ui.settings import amounts
from dashboard.ui.settings.draft import Draft
from dashboard.warehouse.chosen import Setting

INTRO = Text(
    "只填学校或上级文件写明的目标。比率写成 95%、66.67% 或 2/3；“高于上年”不填数值；"
    "起止日期留空即一直有效。",
    "Only what your school or a document states. Shares as 95%, 66.67% or 2/3; 'above last year'"
    " takes no value; without days it always holds.",
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
NO_VALUE = Text(
    "第 {row} 行“高于上年”不需要目标值，请清空。", "Row {row}: 'above last year' takes no value."
)
NO_SHARE = Text(
    "第 {row} 行的目标值“{value}”读不懂：比率请写成 95%、66.67% 或 2/3。",
    "Row {row}: '{value}' cannot be read; write a share as 95%, 66.67% or 2/3.",
)
NO_NUMBER = Text(
    "第 {row} 行的目标值“{value}”读不懂：请写成数字，如 120。",
    "Row {row}: '{value}' cannot be read; write a number such as 120.",
)
BACKWARDS = Text("第 {row} 行的起止日期颠倒了。", "Row {row} ends before it begins.")
OVERLAP = Text(
    "“{name}”有目标时间重叠，重叠的日子以下面一行为准。",
    "Targets of {name} overlap; on those days the lower row holds.",
)
FIELDS = ("kpi", "compare", "value", "since", "until", "source")

Sources = Mapping[str, Text]


def goals(draft: Draft, answer: Answer, lang: Lang) -> Setting | Text:
    st.caption(INTRO(lang))
    held = [target for target in targets.of(draft.school) if target.kpi in KPIS]
    frame = pd.DataFrame([_shown(target, lang) for target in held], columns=list(FIELDS))
    kinds = dict.fromkeys(FIELDS, "str") | dict.fromkeys(("since", "until"), "datetime64[us]")
    edited: pd.DataFrame = st.data_editor(
        frame.astype(kinds),
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        key=draft.key("goals"),
        alt=KPI(lang),
        column_config=_columns(lang),
    )
    sources = {target.source(lang): target.source for target in held}
    typed = entries(edited.to_dict("records"), sources)
    for name in [] if isinstance(typed, Text) else overlapping(typed):
        st.caption(f":material/info: {escaped(OVERLAP.format(name=KPIS[name].label)(lang))}")
    return typed


def _columns(lang: Lang) -> dict[str, Any]:
    column = st.column_config
    return {
        "kpi": column.SelectboxColumn(
            KPI(lang), options=list(KPIS), format_func=lambda name: KPIS[str(name)].label(lang)
        ),
        "compare": column.SelectboxColumn(
            COMPARE(lang), options=list(WAYS), format_func=lambda way: WAYS[str(way)](lang)
        ),
        "value": column.TextColumn(VALUE(lang), max_chars=24, width="small"),
        "since": column.DateColumn(SINCE(lang), format="YYYY-MM-DD", width="small"),
        "until": column.DateColumn(UNTIL(lang), format="YYYY-MM-DD", width="small"),
        "source": column.TextColumn(SOURCE(lang), max_chars=200, width="large"),
    }


def _shown(target: Target, lang: Lang) -> dict[str, Any]:
    told = ""
    if target.value is not None:
        is_share = KPIS[target.kpi].unit == "ratio"
        told = amounts.shown_share(target.value) if is_share else amounts.shown(target.value)
    return {
        "kpi": target.kpi,
        "compare": target.compare,
        "value": told,
        "since": target.since,
        "until": target.until,
        "source": target.source(lang),
    }


def entries(rows: Iterable[Mapping[Any, Any]], sources: Sources) -> list[dict[str, Any]] | Text:
    """All rows as they are stored, or what is wrong with the first one that cannot be.

    `sources` are the known ones by the words the table shows: one that was not touched keeps both
    its languages.
    """
    found = []
    for place, row in enumerate(rows, start=1):
        if not any(amounts.words(row[name]) for name in FIELDS):
            continue
        entry = _entry(row, sources)
        if isinstance(entry, Text):
            return entry.format(row=place, value=amounts.words(row["value"]))
        found.append(entry)
    return found


def overlapping(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """The figures of which two targets hold on one day; days are ISO texts, open ends None."""
    found = [
        one["kpi"]
        for one, other in combinations(entries, 2)
        if one["kpi"] == other["kpi"] and _not_after(one, other) and _not_after(other, one)
    ]
    return list(dict.fromkeys(found))


def _not_after(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one begins before the other is over."""
    return not (one["since"] and other["until"]) or bool(one["since"] <= other["until"])


def _entry(row: Mapping[Any, Any], sources: Sources) -> dict[str, Any] | Text:
    kpi, way, typed = (amounts.words(row[name]) for name in ("kpi", "compare", "value"))
    since, until = amounts.day(row["since"]), amounts.day(row["until"])
    if kpi not in KPIS or way not in WAYS or not (typed or way == "above_previous"):
        return INCOMPLETE
    if since and until and until < since:
        return BACKWARDS
    value = _value(kpi, way, typed)
    if isinstance(value, Text):
        return value
    word = amounts.words(row["source"])
    source = sources.get(word) or (Text(word, word) if word else BY_SCHOOL)
    entry = {"kpi": kpi, "compare": way, "source": {"zh": source.zh, "en": source.en}}
    days = {"since": since and since.isoformat(), "until": until and until.isoformat()}
    return entry | days | ({} if value is None else {"value": str(value)})


def _value(kpi: str, way: str, typed: str) -> Fraction | Text | None:
    if way == "above_previous":
        return NO_VALUE if typed else None
    if KPIS[kpi].unit == "ratio":
        return NO_SHARE if (value := amounts.share(typed)) is None else value
    found = amounts.read(typed)
    return NO_NUMBER if found is None or found[1] else found[0]
