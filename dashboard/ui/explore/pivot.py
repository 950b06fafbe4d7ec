"""A table turned by pick lists: what goes down and across, what stands in the cells, and totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.exploring.charting import naming, roles
from dashboard.exploring.charting.recipe import Amount, How, Step, Unit
from dashboard.exploring.charting.steps import STEP_WORDS, STEPS
from dashboard.exploring.pivots.pivoting import Pivot, along, measures, pivot
from dashboard.exploring.pivots.turned import turned
from dashboard.exploring.shelf import Dropped
from dashboard.exports.rows import Rows, as_csv, as_workbook
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Lang, Text, number, rounded
from dashboard.ui.explore.making import kept
from dashboard.ui.explore.picking import HOWS
from dashboard.ui.markdown import escaped
from dashboard.ui.proof import CSV, XLSX
from dashboard.ui.rowfiles import noted
from dashboard.ui.table import height

TAB = Text("透视", "Pivot")
DOWN, ACROSS = Text("行（一到两列）", "Down (one or two)"), Text("列", "Across")
HOW, OF, STEP = Text("统计", "Figure"), Text("数值列", "Of"), Text("时间按", "Time by")
NOTHING = Text("不分列", "none")
TOTAL = Text("合计", "Total")
ALL = {"mean": Text("全部平均", "Mean of all"), "median": Text("全部中位数", "Median of all")}
NO_SIDE = Text(
    "没有可以排成行的列：需要类别、是否或日期列。",
    "No column can stand down: a category, a yes-or-no or a date column is needed.",
)
CHOOSE = Text("请选一列排成行。", "Choose a column to go down.")
USED = Text("统计了 {n} 行。", "Rows counted: {n}.")
LEFT_OUT = Text(
    "未计入：{of}为空 {empty} 行、不相符 {unfit} 行。",
    "Left out: rows where {of} is empty: {empty}, where it does not fit: {unfit}.",
)
FROM_ROWS = Text(
    "合计由各行重新统计，不是各格相加。", "Totals are counted from the rows, not the cells."
)
KEEP = Text("保留为表", "Keep as a table")
KEEP_HELP = Text(
    "成为一张新表（每格一行，不含合计），可以画图、钉住、再比较。",
    "A new table, a row for each cell, without totals: with charts of its own.",
)
KEPT = Text("{name} · 透视", "{name} · pivot")
ALT = Text("透视表", "Pivot table")
FORMATS: dict[Unit, str] = {"yuan": "%,.2f", "ratio": "%.1f%%"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the pick lists say."""

    down: tuple[int, ...]
    across: int | None
    how: How
    measure: int | None
    step: Step


@st.fragment
def pivot_tab(file: Dropped, place: int, key: str, lang: Lang) -> None:
    """The pick lists, the table with its totals, what is not counted, and the ways out."""
    sheet = file.read.sheets[place]
    if not along(sheet):
        st.caption(NO_SIDE(lang))
        return
    asked = _asked(sheet, key, lang)
    if not asked.down:
        st.caption(CHOOSE(lang))
        return
    found = pivot(sheet, asked.down, asked.across, asked.how, asked.measure, asked.step)
    _table(found, asked, key, lang)
    st.caption(escaped(_told(found, sheet, asked)(lang)))
    _ways_out(file, sheet, found, asked, key, lang)


# -- the pick lists ------------------------------------------------------------------------------


def _asked(sheet: LooseSheet, key: str, lang: Lang) -> Asked:
    sides = along(sheet)
    words = partial(_label, sheet)
    with st.grid(4, min_column_width=150, gap="small"):
        down: list[int] = st.multiselect(
            DOWN(lang), sides, _first(sheet, sides), format_func=words, max_selections=2,
            placeholder=CHOOSE(lang), key=f"pivot_down_{key}",
        )  # fmt: skip
        across: int | None = st.selectbox(
            ACROSS(lang), [side for side in sides if side not in down], index=None,
            format_func=words, placeholder=NOTHING(lang), key=f"pivot_across_{key}",
        )  # fmt: skip
        how, measure = _figure(sheet, key, lang)
        step = _step(sheet, [*down, *([] if across is None else [across])], key, lang)
    return Asked(tuple(down), across, how, measure, step)


def _figure(sheet: LooseSheet, key: str, lang: Lang) -> tuple[How, int | None]:
    hows: list[How] = [how for how in HOWS if how == "rows" or measures(sheet, how)]
    summed = any(not roles.is_averaged(sheet.columns[at]) for at in measures(sheet, "sum"))
    how: How = st.selectbox(
        HOW(lang), hows, hows.index("sum" if summed else "rows"),
        format_func=lambda one: HOWS[one](lang), key=f"pivot_how_{key}",
    )  # fmt: skip
    if how == "rows":
        return how, None
    allowed = sorted(measures(sheet, how), key=lambda at: _fitness(sheet, how, at))
    measure: int = st.selectbox(
        OF(lang), allowed, format_func=partial(_label, sheet), key=f"pivot_of_{how}_{key}"
    )
    return how, measure


def _fitness(sheet: LooseSheet, how: How, place: int) -> bool:
    """Amounts first where they are summed, rates and prices first where they are averaged."""
    averaged = roles.is_averaged(sheet.columns[place])
    return averaged if how == "sum" else not averaged


def _step(sheet: LooseSheet, sides: Sequence[int], key: str, lang: Lang) -> Step:
    kinds = {sheet.columns[side].kind for side in sides} & roles.TIMES
    if not kinds or kinds == {"year"}:
        return "year" if kinds else "month"
    steps = [step for step in STEPS if "date" in kinds or step not in ("day", "week")]
    chosen: Step = st.selectbox(
        STEP(lang), steps, steps.index("month"), format_func=lambda one: STEP_WORDS[one](lang),
        key=f"pivot_step_{'date' in kinds}_{key}",
    )  # fmt: skip
    return chosen


def _first(sheet: LooseSheet, sides: Sequence[int]) -> list[int]:
    """A category before a time."""
    return sorted(sides, key=lambda side: roles.is_time(sheet, side))[:1]


def _label(sheet: LooseSheet, place: int) -> str:
    """Its header; with its letter where another one is called the same."""
    column = sheet.columns[place]
    same = sum(one.label == column.label for one in sheet.columns)
    return column.label if same == 1 else f"{column.label} ({column.letter})"


# -- the table -----------------------------------------------------------------------------------


def _table(found: Pivot, asked: Asked, key: str, lang: Lang) -> None:
    heads = _heads(found, asked, lang)
    names = [f"column {place}" for place in range(len(heads))]  # two columns may be called alike
    rows = [[_shown(value, found.unit) for value in row] for row in _rows(found, asked, lang)]
    texts = len(found.heads)
    form = FORMATS.get(found.unit) or ("%,d" if _are_whole(found) else "%,.2f")
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(head, pinned=True)
        if place < texts
        else st.column_config.NumberColumn(head, format=form)
        for place, (name, head) in enumerate(zip(names, heads, strict=True))
    }
    st.dataframe(
        pd.DataFrame(rows, columns=names), hide_index=True, height=height(len(rows)),
        column_config=config, placeholder="", key=f"pivot_table_{key}", alt=ALT(lang),
    )  # fmt: skip


def _are_whole(found: Pivot) -> bool:
    every = [*found.line_totals, *(amount for line in found.cells for amount in line)]
    return all(one.value is None or one.value.denominator == 1 for one in every)


def _shown(value: Any, unit: Unit) -> Any:
    """A view: nothing is computed from it any more."""
    if isinstance(value, Fraction):
        return float(value * 100 if unit == "ratio" else value)
    return value


def _heads(found: Pivot, asked: Asked, lang: Lang) -> list[str]:
    down = [head(lang) for head in found.heads]
    if asked.across is None:
        return [*down, found.measured(lang)]
    return [*down, *(name.text(lang) for name in found.columns), ALL.get(asked.how, TOTAL)(lang)]


def _rows(found: Pivot, asked: Asked, lang: Lang) -> list[list[str | Fraction | None]]:
    """The lines, and the totals as the last one."""
    lines: list[tuple[list[str], Sequence[Amount], Amount]] = [
        ([name.text(lang) for name in names], cells, total)
        for names, cells, total in zip(found.lines, found.cells, found.line_totals, strict=True)
    ]
    blank = [""] * (len(found.heads) - 1)
    lines.append(([ALL.get(asked.how, TOTAL)(lang), *blank], found.column_totals, found.total))
    return [
        [*names, *([one.value for one in cells] if asked.across is not None else []), total.value]
        for names, cells, total in lines
    ]


def _told(found: Pivot, sheet: LooseSheet, asked: Asked) -> Text:
    told = [USED.format(n=number(found.used))]
    if asked.measure is not None and (found.empty or found.unfit):
        of = sheet.columns[asked.measure].label
        told.append(LEFT_OUT.format(of=of, empty=number(found.empty), unfit=number(found.unfit)))
    told.append(FROM_ROWS)
    return Text("".join(one.zh for one in told), " ".join(one.en for one in told))


# -- the ways out --------------------------------------------------------------------------------


def _ways_out(
    file: Dropped, sheet: LooseSheet, found: Pivot, asked: Asked, key: str, lang: Lang
) -> None:
    name = KEPT.format(name=file.name.rsplit(".", 1)[0])(lang)
    with st.container(horizontal=True, gap="small"):
        pressed = st.button(
            KEEP(lang), icon=":material/table_view:", help=KEEP_HELP(lang), key=f"pivot_keep_{key}"
        )
        st.download_button(
            XLSX(lang), noted("pivot", lambda: as_workbook(_taken(found, asked, name, lang), lang)),
            f"{name}.xlsx", icon=":material/download:", key=f"pivot_xlsx_{key}", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            CSV(lang), noted("pivot", lambda: as_csv(_taken(found, asked, name, lang))),
            f"{name}.csv", "text/csv",
            icon=":material/download:", key=f"pivot_csv_{key}", on_click="ignore",
        )  # fmt: skip
    if pressed and _keep(name, sheet, found, asked, lang):
        st.rerun()  # the whole page: the new table's card stands outside of this part


def _keep(name: str, sheet: LooseSheet, found: Pivot, asked: Asked, lang: Lang) -> bool:
    """Whether there is a new table."""
    across = None if asked.across is None else naming.label(sheet.columns[asked.across])
    sides = [*asked.down, *([] if asked.across is None else [asked.across])]
    times = tuple(roles.is_time(sheet, side) for side in sides)
    table = turned(found, across, times, name, lang, people=sheet.tells_of_people)
    return kept(name, table, lang)


def _taken(found: Pivot, asked: Asked, name: str, lang: Lang) -> Rows:
    rows = tuple(tuple(_cell(value) for value in row) for row in _rows(found, asked, lang))
    return Rows(name, tuple(_heads(found, asked, lang)), rows, ((TOTAL(lang), FROM_ROWS(lang)),))


def _cell(value: str | Fraction | None) -> str | int | Decimal | None:
    if not isinstance(value, Fraction):
        return value
    return int(value) if value.denominator == 1 else rounded(value, 6).normalize()
