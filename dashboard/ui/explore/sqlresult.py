"""The answer to a question in SQL: its first rows, and the ways out of here."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.exploring.derived import sheet_of
from dashboard.exploring.questions.asking import Asked
from dashboard.exports.neutral import Value
from dashboard.exports.rows import Rows, as_csv, as_workbook
from dashboard.settings import Limits, today
from dashboard.text import Lang, Text, number, rounded
from dashboard.ui.explore import dropping
from dashboard.ui.explore.making import kept
from dashboard.ui.explore.pivot import KEEP
from dashboard.ui.proof import CSV, XLSX
from dashboard.ui.rowfiles import noted
from dashboard.ui.table import height

NAME = Text("查询结果", "Answer")
TOLD = Text(
    "{rows} 行 × {columns} 列 · {seconds} 秒", "{rows} rows × {columns} columns · {seconds} s"
)
MORE = Text("只取前 {rows} 行，后面还有。", "Only the first {rows} rows; there are more.")
SHOWN = Text("屏幕上是前 {n} 行，下载的文件里有全部。", "The first {n} are shown; a file has all.")
SHORTENED = Text("过长的单元格已截短。", "Long cells are cut short.")
READ_PART = Text(
    "{names} 只读了前 {n} 行，结果不完整。", "Of {names} only the first {n} rows were read."
)
NOTHING = Text("没有符合的行。", "No row fits.")
KEEP_HELP = Text(
    "成为一张新表，可以画图、钉住、再查询。", "A new table, with charts of its own, to ask again."
)
ASKED, MADE = Text("查询", "Question"), Text("日期", "Made on")
YES, NO = Text("是", "yes"), Text("否", "no")
_SHOWN = 1_000  # rows on the screen


def result_shown(asked: Asked, table: pa.Table, lang: Lang) -> None:
    told = TOLD.format(
        rows=number(table.num_rows),
        columns=table.num_columns,
        seconds=rounded(asked.answer.seconds, 2),
    )
    st.caption(" ".join(part(lang) for part in (told, *_limits(asked, table))))
    if not table.num_rows:
        st.caption(NOTHING(lang))
        return
    first = table.slice(0, _SHOWN)
    st.dataframe(
        pd.DataFrame({name: _seen(first[name], lang) for name in table.column_names}),
        hide_index=True,
        placeholder="",
        height=height(first.num_rows),
        column_config=_formats(first),
        key="sql_rows",
        alt=NAME(lang),
    )
    _ways_out(asked, table, lang)


def _limits(asked: Asked, table: pa.Table) -> list[Text]:
    """What of the answer is not here, or not of everything."""
    rows, most = number(table.num_rows), number(Limits().union_rows)
    names = "、".join(asked.cut)
    told = [
        (asked.answer.more, MORE.format(rows=rows)),
        (table.num_rows > _SHOWN, SHOWN.format(n=number(_SHOWN))),
        (asked.answer.cut, SHORTENED),
        (bool(asked.cut), READ_PART.format(names=names, n=most)),
    ]
    return [text for holds, text in told if holds]


def _seen(values: pa.ChunkedArray, lang: Lang) -> list[Any]:
    """What Streamlit's table can show; nothing is computed from it any more."""
    return [_cell(value, lang) for value in values.to_pylist()]


def _cell(value: Any, lang: Lang) -> Any:
    if isinstance(value, bool):
        return (YES if value else NO)(lang)
    if isinstance(value, Decimal):
        return float(value)
    return _worded(value) if isinstance(value, date) else value


def _worded(value: date) -> str:
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else value.isoformat()


def _formats(table: pa.Table) -> dict[str, Any]:
    """Exact numbers with as many figures as they have."""
    return {
        name: st.column_config.NumberColumn(format=f"%.{kind.scale}f")
        for name, kind in zip(table.column_names, table.schema.types, strict=True)
        if pa.types.is_decimal(kind)
    }


# -- the ways out ------------------------------------------------------------------------------


def _ways_out(asked: Asked, table: pa.Table, lang: Lang) -> None:
    name = NAME(lang)
    with st.container(horizontal=True, gap="small"):
        st.button(
            KEEP(lang), icon=":material/table_view:", help=KEEP_HELP(lang),
            on_click=_keep, args=(name, asked, table, lang), key="sql_keep",
        )  # fmt: skip
        st.download_button(
            XLSX(lang), noted("sql", lambda: as_workbook(taken(asked, table, lang), lang)),
            f"{name}.xlsx", icon=":material/download:", key="sql_xlsx", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            CSV(lang), noted("sql", lambda: as_csv(taken(asked, table, lang))),
            f"{name}.csv", "text/csv", icon=":material/download:", key="sql_csv", on_click="ignore",
        )  # fmt: skip


def _keep(name: str, asked: Asked, table: pa.Table, lang: Lang) -> None:
    """As many answers as are kept are numbered."""
    files = dropping.shelf().files()
    called = f"{name} {sum(file.made and file.name.startswith(name) for file in files) + 1}"
    kept(called, sheet_of(called, table, asked.people), lang)


def taken(asked: Asked, table: pa.Table, lang: Lang) -> Rows:
    """All rows of the answer, and beside them how it was asked."""
    columns = [[_plain(value, lang) for value in one.to_pylist()] for one in table.columns]
    notes = [(ASKED(lang), asked.sql), (MADE(lang), today().isoformat())]
    notes += [("", text(lang)) for text in _limits(asked, table) if not text.zh.startswith("屏幕")]
    return Rows(
        NAME(lang), tuple(table.column_names), tuple(zip(*columns, strict=True)), tuple(notes)
    )


def _plain(value: Any, lang: Lang) -> Value:
    found: Value = (YES if value else NO)(lang) if isinstance(value, bool) else value
    return found
