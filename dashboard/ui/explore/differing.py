"""The rows in which two tables differ: on the screen, and as files in which persons are masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.exploring.doubts import plainly
from dashboard.exploring.pairs import changes
from dashboard.exploring.pairs.changes import GROUPS, Group, Listing, listed
from dashboard.exploring.pairs.comparing import Comparison
from dashboard.exploring.pairs.keys import Pairing
from dashboard.exports.rows import Rows, as_csv, as_workbook
from dashboard.text import DASH, Lang, Text, day, number
from dashboard.ui.explore import dropping
from dashboard.ui.preview import NO, YES
from dashboard.ui.proof import CSV, XLSX
from dashboard.ui.rowfiles import noted
from dashboard.ui.table import height

TAB = Text("{group} {n}", "{group} {n}")
MORE = Text(
    "共 {all} 条，这里列出前 {shown} 条，下载含全部。",
    "{all} in all; the first {shown} are here, a download has all.",
)
NONE = Text("没有。", "None.")
NAME = Text("比较_{before}_{after}", "Compared_{before}_{after}")
KEPT = Text(
    "个人信息已遮盖；行号是各自表格里的行号。",
    "Persons are masked; row numbers are the sheets' own.",
)
_SHOWN = 500
_TABS: tuple[Group, ...] = ("changed", "added", "removed", "repeated", "without")


def rows(pairing: Pairing, found: Comparison, at: str, lang: Lang) -> None:
    """A tab for each group of rows; names as written where the page's switch says so."""
    names = dropping.names_shown()
    told = [(group, listed(pairing, found, group, _SHOWN, names=names)) for group in _TABS]
    sizes = {"changed": len(found.changed[0])}
    labels = [
        TAB.format(group=GROUPS[group], n=number(sizes.get(group, rows.total)))(lang)
        for group, rows in told
    ]
    tabs = st.tabs(labels, key=f"pairs_tabs_{at}")
    for tab, (group, rows) in zip(tabs, told, strict=True):
        with tab:
            _listing(rows, GROUPS[group], f"pairs_{group}_{at}", lang)


def _listing(found: Listing, title: Text, key: str, lang: Lang) -> None:
    if not found.rows:
        st.caption(NONE(lang))
        return
    if found.total > len(found.rows):
        st.caption(MORE.format(all=number(found.total), shown=len(found.rows))(lang))
    heads = _unlike([head(lang) for head in found.heads])
    shown = [[_shown(cell, lang) for cell in row] for row in found.rows]
    st.dataframe(
        pd.DataFrame(shown, columns=heads), hide_index=True, placeholder="",
        height=height(len(shown)), key=key, alt=title(lang),
    )  # fmt: skip


def _unlike(heads: Sequence[str]) -> list[str]:
    """Headings of which no two are the same."""
    return [
        head if heads.index(head) == place else f"{head} ({place + 1})"
        for place, head in enumerate(heads)
    ]


def _shown(cell: changes.Cell | Text, lang: Lang) -> str | int | None:
    if isinstance(cell, Text):
        return cell(lang)
    if isinstance(cell, bool):
        return (YES if cell else NO)(lang)
    if isinstance(cell, Decimal):
        return plainly(cell)
    return day(cell) if isinstance(cell, date) else cell


# -- files ---------------------------------------------------------------------------------------


def downloads(
    pairing: Pairing, found: Comparison, names: tuple[str, str], at: str, lang: Lang
) -> None:
    """Each row that is not the same, once; persons masked whatever the screen shows."""
    before, after = (name.rsplit(".", 1)[0] for name in names)
    name = NAME.format(before=before, after=after)(lang)

    def every() -> Rows:
        return _taken(pairing, found, name, lang)

    with st.container(horizontal=True, gap="small"):
        st.download_button(
            XLSX(lang), noted("pairs", lambda: as_workbook(every(), lang)), f"{name}.xlsx",
            icon=":material/download:", key=f"pairs_xlsx_{at}", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            CSV(lang), noted("pairs", lambda: as_csv(every())), f"{name}.csv", "text/csv",
            icon=":material/download:", key=f"pairs_csv_{at}", on_click="ignore",
        )  # fmt: skip


def _taken(pairing: Pairing, found: Comparison, name: str, lang: Lang) -> Rows:
    told = changes.every(pairing, found)
    rows = tuple(
        tuple(cell(lang) if isinstance(cell, Text) else cell for cell in row) for row in told.rows
    )
    return Rows(name, tuple(head(lang) for head in told.heads), rows, ((DASH, KEPT(lang)),))
