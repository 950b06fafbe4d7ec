"""The first typed rows of a sheet, and every doubt about it, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.importing.grids import letter
from dashboard.importing.report import Issue, SheetReport
from dashboard.text import DASH, Lang, Text, number

FIRST, LISTED = 50, 300  # rows of a sheet, and issues, that are sent to the browser
ROW_NUMBER = Text("行号", "Row")
NO_ROWS = Text("没有可导入的行。", "No row to load.")
RAW = Text(
    "这张表没有对应的台账，按原样显示前几行。", "No register fits; the first rows as they are."
)
NO_ISSUES = Text("没有发现问题。", "Nothing to object to.")
MORE = Text(
    "共 {all} 条，这里列出前 {shown} 条；其余在标注副本里。",
    "{all} in all; the first {shown} are listed, more are in the copy to mend.",
)
FROM, TO = Text("{field}（起）", "{field} (from)"), Text("{field}（止）", "{field} (to)")
YES, NO = Text("是", "yes"), Text("否", "no")
LEVELS = {  # marks every Chinese font has
    "error": Text("● 需要处理", "● to mend"),
    "warning": Text("▲ 请核对", "▲ please check"),
    "info": Text("○ 已处理", "○ for your information"),
}
HEADINGS = {
    "level": Text("级别", "Level"),
    "cell": Text("单元格", "Cell"),
    "value": Text("原值", "Value"),
    "message": Text("情况", "What is wrong"),
    "remedy": Text("怎么办", "What to do"),
}


def rows_table(sheet: SheetReport, key: str, lang: Lang) -> None:
    """Rows as they will be stored, with their row in the sheet; codes in words."""
    if not sheet.dataset:
        st.caption(RAW(lang))
        st.dataframe(
            pd.DataFrame(sheet.preview).rename(columns=letter),
            hide_index=True,
            placeholder="",
            key=f"raw_{key}",
            alt=RAW(lang),
        )
        return
    if sheet.table is None or not sheet.loaded:
        st.caption(NO_ROWS(lang))
        return
    contract = DATASETS[sheet.dataset]
    numbers = sheet.table["source_row"].slice(0, FIRST).to_pylist()
    first = list(zip(numbers, sheet.first(FIRST), strict=True))
    stored_rows(first, contract, contract.label, key, lang)


def stored_rows(
    rows: Sequence[tuple[int | None, Mapping[str, Any]]],
    contract: Dataset,
    title: Text,
    key: str,
    lang: Lang,
) -> None:
    """(row in its sheet, stored fields) as a table; columns without any value are left out."""
    frame = pd.DataFrame([{ROW_NUMBER(lang): at} | _shown(row, contract, lang) for at, row in rows])
    st.dataframe(
        frame.dropna(axis="columns", how="all"),
        hide_index=True,
        placeholder="",
        column_config={
            column.label(lang): st.column_config.NumberColumn(format="%,.2f", width=110)
            for column in contract.kept
            if column.type == "money"
        },
        key=f"rows_{key}",
        alt=title(lang),
    )


def _shown(row: Mapping[str, Any], contract: Dataset, lang: Lang) -> dict[str, Any]:
    labels = _labels(contract, lang)
    return {labels[name]: _value(row.get(name), name, contract, lang) for name in labels}


def words(value: Any, name: str, contract: Dataset, lang: Lang) -> str:
    """One stored value as text; a dash where it is empty."""
    if isinstance(value, Decimal):
        return number(value, 2)
    shown = _value(value, name, contract, lang)
    return DASH if shown is None else str(shown)


def _labels(contract: Dataset, lang: Lang) -> dict[str, str]:
    """Stored field -> heading; a period is two days."""
    labels: dict[str, str] = {}
    for column in contract.kept:
        if column.type == "period":
            labels[f"{column.name}_from"] = FROM.format(field=column.label)(lang)
            labels[f"{column.name}_to"] = TO.format(field=column.label)(lang)
        else:
            labels[column.name] = column.label(lang)
    return labels


def _value(value: Any, name: str, contract: Dataset, lang: Lang) -> Any:
    if isinstance(value, bool):
        return (YES if value else NO)(lang)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    codes = {column.name: column.codes for column in contract.kept if column.codes}
    return codes[name].label(value)(lang) if name in codes else str(value)


def issues_table(sheet: SheetReport, key: str, lang: Lang) -> None:
    """The gravest first; level in a word and a mark, never in colour alone."""
    if not sheet.issues:
        st.caption(NO_ISSUES(lang))
        return
    order = list(LEVELS)
    ranked = sorted(sheet.issues, key=lambda issue: order.index(issue.severity))[:LISTED]
    if (every := max(sheet.issues_total, len(sheet.issues))) > len(ranked):
        st.caption(MORE.format(all=number(every), shown=len(ranked))(lang))
    st.dataframe(
        pd.DataFrame([_issue(issue, lang) for issue in ranked]),
        hide_index=True,
        key=f"issues_{key}",
        alt=HEADINGS["message"](lang),
    )


def _issue(issue: Issue, lang: Lang) -> dict[str, str]:
    told = {
        "level": LEVELS[issue.severity](lang),
        "cell": issue.cell or "",
        "value": issue.value or "",
        "message": issue.message(lang),
        "remedy": issue.remedy(lang),
    }
    return {HEADINGS[name](lang): words for name, words in told.items()}
