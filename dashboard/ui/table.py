"""A report's rows as a table that scrolls inside itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.rows import letters
from dashboard.charts.template import Mark
from dashboard.dimensions import UNSAID
from dashboard.kpis.cases import keys
from dashboard.periods import Span
from dashboard.reports import ReportRows
from dashboard.sqlfiles import Query, ReportColumn
from dashboard.text import Lang, Text
from dashboard.ui.card import CaseMark, Opened, rows

MORE = Text("共 {n} 行，可在表内滚动。", "{n} rows; scroll within the table.")
HIDDEN = Text(
    "空白处不足 5 人，或为防推算一并隐去。", "Blanks are of under five people, or hidden with such."
)
MOST = 12  # rows shown before the table scrolls
ROW = 35  # pixels
_DAY, _DAY_WIDE = 10, 90  # a day: how many letters, how many pixels with its margins
FORMATS = {"count": "%,d", "people": "%,d", "money": "%,.2f", "ratio": "%.1f%%"}


def table(found: ReportRows, title: Text, lang: Lang) -> None:
    """Numbers to the right, days as ISO dates; the data frame is a view and is never cached."""
    shown = values(found.columns, found.rows)
    rows(
        pd.DataFrame(shown, columns=[column.name for column in found.columns]),
        [_mark(found.query, row) for row in found.rows],
        title(lang),
        f"table_{title.en}",
        placeholder="",
        height=height(len(shown)),
        column_config=settings(found.columns, lang),
    )
    if found.hidden:
        st.caption(HIDDEN(lang))
    if len(shown) > MOST:
        st.caption(MORE.format(n=len(shown))(lang))


def height(count: int) -> int:
    return ROW * (min(count, MOST) + 1) + 3


def values(columns: Sequence[ReportColumn], found: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    return [[_value(row[c.name], c.kind) for c in columns] for row in found]


def settings(columns: Sequence[ReportColumn], lang: Lang) -> dict[str, Any]:
    return {column.name: _shown(column, lang) for column in columns}


def _mark(query: Query, row: Mapping[str, Any]) -> Opened | None:
    """What a row opens: its case, or the figure it tells of one value."""
    if query.case:
        key = row.get(keys()[query.case])  # a row as everybody may read it has none
        return CaseMark(query.case, key) if key else None
    if query.opens:
        kpi, dimension = query.opens
        span = Span(row["opens_from"], row["opens_to"]) if "opens_from" in row else None
        if not dimension:
            return Mark(kpi, span=span)
        told = f"{dimension}_is" if f"{dimension}_is" in row else dimension
        if told not in row:  # what everybody may not read of it
            return None
        value = row[told]
        return Mark(kpi, dimension, UNSAID if value is None else value, span)
    return None


def _value(value: Any, kind: str) -> Any:
    """What Streamlit's table can show; nothing is computed from it any more."""
    if isinstance(value, date):
        return value.isoformat()
    if kind == "ratio":
        return None if value is None else float(value) * 100
    return float(value) if isinstance(value, Decimal | Fraction) else value


def _shown(column: ReportColumn, lang: Lang) -> Any:
    label = column.label(lang)
    if column.kind in FORMATS:
        return st.column_config.NumberColumn(label, format=FORMATS[column.kind])
    # widths are measured by the first rows, and a day that few rows have may stand in none of them
    is_day = column.kind == "date" and letters(label) <= _DAY
    return st.column_config.TextColumn(label, width=_DAY_WIDE if is_day else None)
