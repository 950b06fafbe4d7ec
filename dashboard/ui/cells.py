"""A row's cells on the screen: where each stood, what it was read as, what was written there."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.answers import Answer
from dashboard.contracts import DATASETS
from dashboard.lineage import Origin
from dashboard.proving import Sheet, evidence
from dashboard.text import DASH, Lang, Text, day, number
from dashboard.ui.card import CaseMark
from dashboard.ui.identity import role
from dashboard.ui.markdown import escaped
from dashboard.ui.spaces import warehouse

PLACE = Text("单元格", "Cells")
FIELD, VALUE, WRITTEN = Text("字段", "Field"), Text("读作", "Read as"), Text("原文", "As written")
IMPORTED = Text("{day} 导入", "imported {day}")
RANGE = Text("第 {first}–{last} 行，共 {n} 行", "rows {first}–{last}, {n} of them")
ALONE = Text("第 {first} 行", "row {first}")
NOWHERE = Text("台账中已没有这一行。", "The registers no longer hold this row.")


def cells(origin: Origin, lang: Lang) -> None:
    """One row's cells: where each stood, what it was read as, and what was written."""
    st.markdown(
        f"**{escaped(origin.file)}** · {escaped(origin.sheet)} · {origin.place} · "
        f":gray[{IMPORTED.format(day=day(origin.imported_at.date()))(lang)}"
        f" · sha256 {origin.sha256[:12]}]"
    )
    shown = [
        {
            FIELD(lang): cell.label(lang),
            PLACE(lang): cell.place or DASH,
            VALUE(lang): _said(cell.value, lang),
            WRITTEN(lang): cell.written or "",
        }
        for cell in origin.cells
    ]
    st.dataframe(pd.DataFrame(shown), hide_index=True, key=f"cells_{origin.address}")


def _said(value: object, lang: Lang) -> str:
    if isinstance(value, Text):
        return value(lang)
    if isinstance(value, Decimal) and value == round(value, 2):
        return f"{value:.2f}"  # stored with four digits, read with two
    return DASH if value is None else str(value)


def case_view(mark: CaseMark, answer: Answer, workspace: str, lang: Lang) -> None:
    """One row of a table: every register row that speaks for it."""
    with warehouse(workspace).snapshot() as reader:
        found = evidence(reader, mark.case, mark.key, answer.filters, role())
    if found is None:
        st.caption(NOWHERE(lang))
        return
    for origin in found.origins:
        cells(origin, lang)
    for sheet in found.sheets:
        _beside(sheet, lang)


def _beside(sheet: Sheet, lang: Lang) -> None:
    """What another sheet says of the case: how many of its rows, and each of them in words."""
    register = DATASETS[sheet.register]
    rows = RANGE if sheet.first < sheet.last else ALONE
    told = rows.format(first=sheet.first, last=sheet.last, n=number(len(sheet.rows)))(lang)
    names = " · ".join(escaped(one) for one in (sheet.file, sheet.sheet))
    with st.expander(f"**{register.label(lang)}** · {names} · {told}"):
        frame = pd.DataFrame([_row(origin, lang) for origin in sheet.rows])
        st.dataframe(
            frame.fillna(""),
            hide_index=True,
            key=f"sheet_{sheet.register}_{sheet.file}_{sheet.sheet}",
            alt=f"{register.label(lang)}: {told}",
        )


def _row(origin: Origin, lang: Lang) -> dict[str, str]:
    said = {cell.label(lang): _said(cell.value, lang) for cell in origin.cells}
    return {PLACE(lang): origin.place} | said
