"""Which column of a sheet goes to which field: remembered, suggested, or changed by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.importing.fingerprint import fingerprint
from dashboard.importing.report import SheetReport
from dashboard.importing.suggest import suggestions
from dashboard.settings import today
from dashboard.text import Lang, Text
from dashboard.ui import intake, spaces
from dashboard.ui.intake import Held, place
from dashboard.ui.markdown import escaped

COLUMNS = Text("对应关系", "Columns")
FIRST_ROW = Text("表头从第几行", "Headers from row")
LAST_ROW = Text("到第几行", "to row")
UNMAPPED = Text("没有对应字段的列：{columns}", "Columns without a field: {columns}")
LETTER, HEADER, FIELD = Text("列", "Column"), Text("表头", "Header"), Text("字段", "Field")
LEFT_OUT = Text("不导入", "Left out")
DROPPED = Text("{field}（不保存）", "{field} (never stored)")
REMEMBERED = Text(
    "已按 {when} 确认过的对应关系读取。", "Read by the columns that were confirmed on {when}."
)
NOT_THIS = Text("不用这个", "Not this time")
DAY = Text("{day.month}月{day.day}日", "{day:%Y-%m-%d}")
YEAR_AND_DAY = Text("{day.year}年{day.month}月{day.day}日", "{day:%Y-%m-%d}")
MAY_BE = Text("“{header}”（{letter} 列）可能是“{field}”", "'{header}' ({letter}) may be {field}")
TAKE = Text("采用", "Use it")


def remembered(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """That an earlier correction was applied, and the way not to."""
    offer = file.offers.get(place(sheet))
    if offer is None or place(sheet) in file.wishes.declined:
        return
    chosen = file.wishes.choices.get(place(sheet), offer)
    if (chosen.dataset, chosen.columns) != (offer.dataset, offer.columns):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        when = _when(file, sheet)
        st.markdown(
            f":blue[:material/history:] {escaped(REMEMBERED.format(when=when)(lang))}",
            width="content",
        )
        st.button(
            NOT_THIS(lang),
            type="tertiary",
            on_click=intake.decline,
            args=(file, sheet),
            key=f"decline_{key}",
        )


def _when(file: Held, sheet: SheetReport) -> Text:
    """The day of the memory, with its year where that is another one."""
    known = {memory.fingerprint: memory for memory in spaces.warehouse("school").remembered()}
    first = next(s for s in file.found.sheets if place(s) == place(sheet)) if file.found else sheet
    memory = known.get(fingerprint(first))
    if memory is None:
        return Text("以前", "an earlier day")
    day = memory.remembered_at.date()
    return (DAY if day.year == today().year else YEAR_AND_DAY).format(day=day)


def suggested(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """Headers that resemble a field's: a question and one click, never applied by itself."""
    for letter, name in likely(sheet).items():
        header = next(c.header for c in sheet.unmapped if c.column == letter)
        field = DATASETS[sheet.dataset or ""].column(name).label
        told = MAY_BE.format(header=header, letter=letter, field=field)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":blue[:material/lightbulb:] {escaped(told(lang))}", width="content")
            st.button(
                TAKE(lang),
                on_click=intake.add_column,
                args=(file, sheet, name, letter),
                key=f"take_{key}_{letter}",
            )


def likely(sheet: SheetReport) -> dict[str, str]:
    """Column letter -> the field its header resembles."""
    if not sheet.dataset or not sheet.unmapped:
        return {}
    found = suggestions(sheet, DATASETS[sheet.dataset])
    return {letter: name for letter, (name, _) in found.items()}


def header_rows(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """Where the headers stand; a header of several rows begins and ends in different ones."""
    rows = sheet.header_rows or (1,)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for name, label, value in (("first", FIRST_ROW, rows[0]), ("last", LAST_ROW, rows[-1])):
            widget = f"{name}_{key}"
            st.session_state[widget] = value
            st.number_input(
                label(lang),
                min_value=1,
                max_value=max(sheet.counts.get("rows", 1), *rows),
                key=widget,
                on_change=_moved(widget, SET_HEADER[name], file, sheet),
                width=150,
            )


def _moved(
    widget: str, decide: Callable[[Held, SheetReport, int], None], file: Held, sheet: SheetReport
) -> Callable[[], None]:
    return lambda: decide(file, sheet, st.session_state[widget])


SET_HEADER: dict[str, Callable[[Held, SheetReport, int], None]] = {
    "first": intake.set_first_row,
    "last": intake.set_last_row,
}


def mapping(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """Every column of the sheet with the field it goes to; the field can be changed."""
    if sheet.unmapped:
        between = "、" if lang == "zh" else ", "
        names = between.join(f"{c.header} ({c.column})" for c in sheet.unmapped)
        st.caption(escaped(UNMAPPED.format(columns=names)(lang)))
    if sheet.dataset is None or not (sheet.columns or sheet.unmapped):
        return
    frame = _columns(sheet, lang)
    widget = f"columns_{key}_{file.revision}"
    fields = list(_fields(sheet.dataset, lang))
    st.data_editor(
        frame,
        hide_index=True,
        num_rows="fixed",
        disabled=[LETTER(lang), HEADER(lang)],
        column_config={
            FIELD(lang): st.column_config.SelectboxColumn(
                options=[LEFT_OUT(lang), *fields], required=True
            )
        },
        key=widget,
        on_change=lambda: _remapped(file, sheet, frame, widget, lang),
        alt=COLUMNS(lang),
    )


def _fields(dataset: str, lang: Lang) -> dict[str, str]:
    """What can be chosen -> field; what is dropped at the door says so."""
    return {
        (column.label if column.keep else DROPPED.format(field=column.label))(lang): column.name
        for column in DATASETS[dataset].columns
    }


def _columns(sheet: SheetReport, lang: Lang) -> pd.DataFrame:
    words = {name: label for label, name in _fields(sheet.dataset or "", lang).items()}
    mapped = [(c.column, c.header, words[name]) for name, c in sheet.columns.items()]
    rest = [(c.column, c.header, LEFT_OUT(lang)) for c in sheet.unmapped]
    ordered = sorted(mapped + rest, key=lambda row: (len(row[0]), row[0]))
    return pd.DataFrame(ordered, columns=[LETTER(lang), HEADER(lang), FIELD(lang)])


def _remapped(file: Held, sheet: SheetReport, frame: pd.DataFrame, widget: str, lang: Lang) -> None:
    """The mapping as edited; a field given to two columns goes to the one just chosen."""
    names = _fields(sheet.dataset or "", lang)
    edited = {
        int(row): change[FIELD(lang)]
        for row, change in st.session_state[widget]["edited_rows"].items()
        if FIELD(lang) in change
    }
    fields = list(frame[FIELD(lang)])
    order = [row for row in range(len(fields)) if row not in edited] + list(edited)
    chosen = {names.get(edited.get(row, fields[row])): frame[LETTER(lang)][row] for row in order}
    chosen.pop(None, None)
    intake.set_columns(file, sheet, {str(name): str(at) for name, at in chosen.items()})
