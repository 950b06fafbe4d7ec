"""One sheet before it is stored: what it was taken for, what fits, what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.importing.report import COUNTED, SheetReport, TotalCheck
from dashboard.text import Lang, Text, number
from dashboard.ui import intake
from dashboard.ui.intake import Held
from dashboard.ui.markdown import escaped
from dashboard.ui.preview import issues_table, rows_table

NOT_KNOWN = Text("未识别，不导入", "Not recognised, left out")
KIND = Text("台账类型", "Register")
DAY = Text("名册日期", "As-of date")
DAY_AND = Text("{day}（{source}）", "{day} ({source})")
DAY_FROM = {
    "title": Text("取自表头标题", "from the title"),
    "file": Text("取自文件名", "from the file name"),
    "officer": Text("由您填写", "as you stated"),
    "today": Text("标题和文件名中没有，请填写", "none found: please state it"),
}
FIRST_ROW = Text("表头从第几行", "Headers from row")
LAST_ROW = Text("到第几行", "to row")
HIDDEN = Text("隐藏的工作表，不导入", "a hidden sheet, left out")
TOTAL = Text("共 {rows} 行 = {parts}", "{rows} rows = {parts}")
PARTS = {
    "loaded": Text("导入 {n}", "loaded {n}"),
    "rejected": Text("退回 {n}", "rejected {n}"),
    "duplicates": Text("重复 {n}", "duplicates {n}"),
    "totals": Text("合计行 {n}", "totals {n}"),
    "blank": Text("空行 {n}", "blank {n}"),
    "headers": Text("表头 {n}", "headers {n}"),
    "notes": Text("标题与说明 {n}", "titles and notes {n}"),
}
TO_CHECK = Text("请核对 {n}", "to check {n}")
SUM_OK = Text("{field}：与表内合计 {printed} 一致", "{field}: equals the printed {printed}")
SUMS_OK = Text("{field}：与表内 {n} 处合计全部一致", "{field}: equals all {n} printed totals")
SUM_OFF = Text(
    "{field}：表内合计 {printed}（{cell}），逐行相加 {computed}，相差 {gap}，请核对",
    "{field}: the sheet prints {printed} ({cell}), its rows add up to {computed}, off by {gap}",
)
UNMAPPED = Text("没有对应字段的列：{columns}", "Columns without a field: {columns}")
ROWS, COLUMNS = Text("数据预览", "Rows"), Text("对应关系", "Columns")
ISSUES = Text("问题 {n}", "Issues {n}")
LETTER, HEADER, FIELD = Text("列", "Column"), Text("表头", "Header"), Text("字段", "Field")
LEFT_OUT = Text("不导入", "Left out")
DROPPED = Text("{field}（不保存）", "{field} (never stored)")


def sheet_card(file: Held, sheet: SheetReport, place: int, lang: Lang) -> None:
    """Open where the officer should look: the only sheet, or one with rows sent back."""
    key = f"{file.key}_{place}"
    alone = len(file.report.sheets) == 1
    with st.expander(
        _title(sheet, lang), expanded=alone or _needs_a_look(sheet), key=f"sheet_{key}"
    ):
        _choices(file, sheet, key, lang)
        st.markdown(escaped(counts(sheet, lang)))
        _sums(sheet, lang)
        _details(file, sheet, key, lang)


def _title(sheet: SheetReport, lang: Lang) -> str:
    """`2024年 · 经费收支明细 · 导入 247 · 退回 1`."""
    parts = [Text(sheet.name, sheet.name)]
    parts.append(DATASETS[sheet.dataset].label if sheet.dataset else NOT_KNOWN)
    if sheet.dataset:
        parts += [
            PARTS[name].format(n=number(sheet.counts[name]))
            for name in ("loaded", "rejected")
            if sheet.counts.get(name)
        ]
        doubts = sum(issue.severity == "warning" for issue in sheet.issues)
        parts += [TO_CHECK.format(n=doubts)] if doubts else []
    return " · ".join(escaped(part(lang)) for part in parts)


def _needs_a_look(sheet: SheetReport) -> bool:
    return sheet.dataset is not None and (
        bool(sheet.counts.get("rejected")) or any(not check.ok for check in sheet.totals_check)
    )


def _choices(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _dataset_choice(file, sheet, key, lang)
        if intake.is_roster(sheet):
            _day_choice(file, sheet, key, lang)
        if sheet.hidden:
            st.caption(HIDDEN(lang), width="content")
        else:
            _header_choice(file, sheet, key, lang)


def _dataset_choice(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    st.session_state[f"dataset_{key}"] = sheet.dataset or "none"
    st.selectbox(
        KIND(lang),
        [*DATASETS, "none"],
        format_func=lambda name: (
            DATASETS[name].label(lang) if name in DATASETS else NOT_KNOWN(lang)
        ),
        key=f"dataset_{key}",
        on_change=_decided(f"dataset_{key}", intake.set_dataset, file, sheet),
        width=240,
    )


def _day_choice(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    assumed = sheet.as_of_source == "today"  # nobody has said it yet
    st.session_state[f"day_{key}"] = None if assumed else sheet.as_of
    source = DAY_FROM.get(sheet.as_of_source or "")
    st.date_input(
        DAY_AND.format(day=DAY, source=source)(lang) if source else DAY(lang),
        format="YYYY-MM-DD",
        key=f"day_{key}",
        on_change=_decided(f"day_{key}", intake.set_day, file, sheet),
        width=300,
    )


def _decided(
    widget: str, decide: Callable[[Held, SheetReport, Any], None], file: Held, sheet: SheetReport
) -> Callable[[], None]:
    """What happens when a widget changes: its value becomes the officer's choice."""
    return lambda: decide(file, sheet, st.session_state[widget])


def _header_choice(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """Where the headers stand; a header of several rows begins and ends in different ones."""
    rows = sheet.header_rows or (1,)
    for name, label, value in (("first", FIRST_ROW, rows[0]), ("last", LAST_ROW, rows[-1])):
        widget = f"{name}_{key}"
        st.session_state[widget] = value
        st.number_input(
            label(lang),
            min_value=1,
            max_value=max(sheet.counts.get("rows", 1), 1),
            key=widget,
            on_change=_decided(widget, SET_HEADER[name], file, sheet),
            width=130,
        )


SET_HEADER: dict[str, Callable[[Held, SheetReport, int], None]] = {
    "first": intake.set_first_row,
    "last": intake.set_last_row,
}


def counts(sheet: SheetReport, lang: Lang) -> str:
    """`共 130 行 = 导入 118 + 退回 2 + …`: every row of the sheet is accounted for."""
    parts = [
        PARTS[name].format(n=number(sheet.counts.get(name, 0)))(lang)
        for name in COUNTED
        if sheet.counts.get(name) or name == "loaded"
    ]
    rows = number(sheet.counts.get("rows", 0))
    return TOTAL.format(rows=rows, parts=" + ".join(parts))(lang)


def _sums(sheet: SheetReport, lang: Lang) -> None:
    """Printed totals against the sum of the rows: the surest sign that all was read.

    Those that agree are one line a field; each that differs has a line of its own.
    """
    for name in dict.fromkeys(check.field for check in sheet.totals_check):
        checks = [check for check in sheet.totals_check if check.field == name]
        agreeing = [check for check in checks if check.ok]
        if agreeing:
            told = SUM_OK if len(agreeing) == 1 else SUMS_OK
            _sum_line(told, sheet, agreeing[0], lang, n=len(agreeing))
        for check in checks:
            if not check.ok:
                _sum_line(SUM_OFF, sheet, check, lang)


def _sum_line(told: Text, sheet: SheetReport, check: TotalCheck, lang: Lang, n: int = 1) -> None:
    values = {
        "field": _field(sheet, check.field)(lang),
        "printed": number(check.printed, 2),
        "computed": number(check.computed, 2),
        "gap": number(check.computed - check.printed, 2),
        "cell": check.cell,
        "n": n,
    }
    colour, icon = ("green", "check_circle") if check.ok else ("orange", "warning")
    st.markdown(f":{colour}[:material/{icon}:] {escaped(told.format(**values)(lang))}")


def _field(sheet: SheetReport, name: str) -> Text:
    if not sheet.dataset:
        return Text(name, name)
    return DATASETS[sheet.dataset].column(name).label


def _details(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    labels = [
        ROWS(lang),
        COLUMNS(lang),
        ISSUES.format(n=sheet.issues_total or len(sheet.issues))(lang),
    ]
    rows, columns, issues = st.tabs(labels, key=f"tabs_{key}")
    with rows:
        rows_table(sheet, key, lang)
    with columns:
        _mapping(file, sheet, key, lang)
    with issues:
        issues_table(sheet, key, lang)
