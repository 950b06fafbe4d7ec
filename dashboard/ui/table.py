"""A report's rows as a table that scrolls inside itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.reports import ReportRows
from dashboard.sqlfiles import ReportColumn
from dashboard.text import Lang, Text

MORE = Text("共 {n} 行，可在表内滚动。", "{n} rows; scroll within the table.")
MOST = 12  # rows shown before the table scrolls
ROW = 35  # pixels
FORMATS = {"count": "%,d", "people": "%,d", "money": "%,.2f", "ratio": "%.1f%%"}


def table(found: ReportRows, title: Text, lang: Lang) -> None:
    """Numbers to the right, days as ISO dates; the data frame is a view and is never cached."""
    names = [column.name for column in found.columns]
    rows = [[_value(row[c.name], c.kind) for c in found.columns] for row in found.rows]
    st.dataframe(
        pd.DataFrame(rows, columns=names),
        hide_index=True,
        placeholder="",
        height=ROW * (min(len(rows), MOST) + 1) + 3,
        column_config={column.name: _shown(column, lang) for column in found.columns},
        alt=title(lang),
        key=f"table_{title.en}",
    )
    if len(rows) > MOST:
        st.caption(MORE.format(n=len(rows))(lang))


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
    return st.column_config.TextColumn(label)
