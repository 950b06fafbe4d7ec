"""What a table says, as tables: its columns, what is suspicious, what does not fit, first rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.exploring.doubts import Finding, plainly
from dashboard.exploring.profile import ColumnProfile, Figures, Profile
from dashboard.exploring.words import KINDS
from dashboard.importing.loose.model import LooseColumn, LooseSheet
from dashboard.text import Lang, Text, day, number, percent
from dashboard.ui.explore.dropping import names_shown
from dashboard.ui.markdown import escaped
from dashboard.ui.preview import FIRST, LISTED, NO, NO_ROWS, ROW_NUMBER, YES
from dashboard.ui.table import height

LETTER, HEADER = Text("列", "Column"), Text("列名", "Header")
KIND, FITS = Text("内容", "Holds"), Text("相符", "Fits")
EMPTY, DISTINCT = Text("空", "Empty"), Text("不同值", "Different")
RANGE = Text("范围或常见值", "Range or top values")
NUMBERS = Text(
    "{low} 至 {high} · 中位数 {median} · 平均 {mean}",
    "{low} to {high} · median {median} · mean {mean}",
)
DAYS, ANSWERED = (
    Text("{low} 至 {high}", "{low} to {high}"),
    Text("是 {n}、否 {m}", "yes {n}, no {m}"),
)
ABOUT = Text("各列的情况", "What each column holds")
UNFIT, FIRST_ROWS = Text("不相符的单元格", "Cells that do not fit"), Text("前几行", "First rows")
MASKED = Text("已遮盖", "masked")
TOP = Text("{value} {n}（{share}）", "{value} {n} ({share})")
UNIT = Text("{kind}（{unit}）", "{kind} ({unit})")
PLACE, TEXT = Text("单元格", "Cell"), Text("原文", "As written")
NO_DOUBTS = Text("按下列规则没有发现可疑之处。", "Nothing suspicious by our rules.")
ALL_FIT = Text("每个单元格都与所在列相符。", "Every cell is what its column holds.")
MORE_MISFITS = Text(
    "共 {all} 个，这里列出前 {shown} 个。", "{all} in all; the first {shown} are here."
)
MORE_DOUBTS = Text(
    "共 {all} 条，这里列出前 {shown} 条。", "{all} in all; the first {shown} are here."
)
_CELLS, _TOLD = 5, 40  # places of a finding, and findings, that are told


def columns_table(found: Profile, key: str, lang: Lang) -> None:
    rows = [
        {
            LETTER(lang): one.column.letter,
            HEADER(lang): one.column.header,
            KIND(lang): _kind(one.column)(lang),
            FITS(lang): percent(one.fits),
            EMPTY(lang): one.column.empty,
            DISTINCT(lang): one.column.distinct,
            RANGE(lang): _range(one)(lang),
        }
        for one in found.columns
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=height(len(rows)),
        column_config={
            LETTER(lang): st.column_config.TextColumn(width=50),
            FITS(lang): st.column_config.TextColumn(width=75),
            EMPTY(lang): st.column_config.NumberColumn(format="%,d", width=65),
            DISTINCT(lang): st.column_config.NumberColumn(format="%,d", width=75),
            RANGE(lang): st.column_config.TextColumn(width="large"),
        },
        key=f"explore_columns_{key}",
        alt=ABOUT(lang),
    )


def _kind(column: LooseColumn) -> Text:
    kind = KINDS[column.kind]
    return UNIT.format(kind=kind, unit=column.unit) if column.unit else kind


def _range(one: ColumnProfile) -> Text:
    if one.column.personal and one.column.filled:
        return MASKED
    if one.figures:
        return _figures(one.figures, one.column.kind == "ratio")
    if one.days:
        return DAYS.format(low=day(one.days[0]), high=day(one.days[1]))
    if one.ends:
        return DAYS.format(low=one.ends[0], high=one.ends[1])
    if one.yes is not None:
        no = one.column.filled - one.column.misfits - one.yes
        return ANSWERED.format(n=number(one.yes), m=number(no))
    told = [
        TOP.format(value=top.value, n=number(top.count), share=percent(top.share))
        for top in one.top[:3]
    ]
    return Text("、".join(text.zh for text in told), ", ".join(text.en for text in told))


def _figures(found: Figures, rates: bool) -> Text:
    """Ends as they were written, what is computed with at most two figures behind the point."""
    if rates and found.high <= 1:
        low, high = percent(found.low), percent(found.high)
        median, mean = percent(found.median), percent(found.mean)
    else:
        low, high = plainly(found.low), plainly(found.high)
        median, mean = _short(found.median), _short(found.mean)
    return NUMBERS.format(low=low, high=high, median=median, mean=mean)


def _short(value: Any) -> str:
    return number(value, 0 if value == int(value) else 2)


def doubts_list(found: Sequence[Finding], lang: Lang) -> None:
    """One line each, and quietly where, and by which rule."""
    if not found:
        st.caption(NO_DOUBTS(lang))
        return
    for one in found[:_TOLD]:
        places = f"{_places(one)} · " if one.cells else ""
        quiet = escaped(f"{places}{one.rule(lang)}")
        st.markdown(
            f":orange[:material/warning:] {escaped(one.what(lang))}  \n:gray[:small[{quiet}]]"
        )
    if len(found) > _TOLD:
        st.caption(MORE_DOUBTS.format(all=number(len(found)), shown=_TOLD)(lang))


def _places(one: Finding) -> str:
    more = one.total > _CELLS and len(one.cells) > _CELLS
    return "、".join(one.cells[:_CELLS]) + ("…" if more else "")


def misfits(sheet: LooseSheet) -> int:
    """How many cells are not what their column holds."""
    return sum(column.misfits for column in sheet.columns)


def misfits_table(sheet: LooseSheet, key: str, lang: Lang) -> None:
    every = misfits(sheet)
    if not every:
        st.caption(ALL_FIT(lang))
        return
    rows = [
        {PLACE(lang): one.cell, HEADER(lang): one.column, TEXT(lang): one.text}
        for one in islice(sheet.misfits(LISTED, names_shown()), LISTED)
    ]
    if every > len(rows):
        st.caption(MORE_MISFITS.format(all=number(every), shown=len(rows))(lang))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=height(len(rows)),
        key=f"explore_misfits_{key}",
        alt=UNFIT(lang),
    )


def rows_table(sheet: LooseSheet, key: str, lang: Lang) -> None:
    """The first data rows as read; where a cell does not fit, what stands there."""
    if sheet.table is None or not sheet.rows:
        st.caption(NO_ROWS(lang))
        return
    first = sheet.table.slice(0, FIRST)
    shown: dict[str, list[Any]] = {ROW_NUMBER(lang): first["row"].to_pylist()}
    for place, column in enumerate(sheet.columns):
        name = column.label if column.label not in shown else f"{column.label} ({column.letter})"
        shown[name] = _cells(first, place, lang)
    st.dataframe(
        pd.DataFrame(shown),
        hide_index=True,
        placeholder="",
        height=height(first.num_rows),
        key=f"explore_rows_{key}",
        alt=FIRST_ROWS(lang),
    )


def _cells(rows: pa.Table, place: int, lang: Lang) -> list[str | None]:
    """A column's cells; names as written where they may be seen."""
    if names_shown() and f"p{place}" in rows.column_names:
        return list(rows[f"p{place}"].to_pylist())
    pairs = zip(rows[f"c{place}"].to_pylist(), rows[f"t{place}"].to_pylist(), strict=True)
    return [_value(value, text, lang) for value, text in pairs]


def _value(value: Any, text: str | None, lang: Lang) -> str | None:
    if value is None:
        return text
    if isinstance(value, bool):
        return (YES if value else NO)(lang)
    if isinstance(value, Decimal):
        return plainly(value)
    return day(value) if isinstance(value, date) else str(value)
