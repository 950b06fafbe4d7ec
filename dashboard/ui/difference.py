"""What an import would change, told before it does: the big numbers, then row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.errors import DashboardError
from dashboard.schema import Mode
from dashboard.text import DASH, Lang, Text, day, number
from dashboard.ui import intake, spaces
from dashboard.ui.intake import Held
from dashboard.ui.markdown import escaped, together
from dashboard.ui.preview import stored_rows, words
from dashboard.warehouse import Comparison, RowChange, SheetComparison

COMPARING = Text("正在与现有数据比较…", "Comparing with what is stored…")
COUNTS = {
    "added": Text("新增 {n}", "{n} new"),
    "changed": Text("更新 {n}", "{n} changed"),
    "unchanged": Text("未变 {n}", "{n} unchanged"),
    "vanished": Text("消失 {n}", "{n} gone"),
}
SINCE = Text("与 {day} 的名册相比。", "Compared with the roster of {day}.")
FIRST_ROSTER = Text(
    "这是第一份名册，没有更早的可比。", "The first roster; there is none before it."
)
PERIOD = Text(
    "{first} 至 {last} 原有的行将换成这张表。",
    "What is stored from {first} to {last} becomes this sheet.",
)
AGAIN_SAME = Text(
    "这张表 {day} 已导入过，再导入不会改变任何数据。",
    "This sheet was imported on {day}; importing it again changes nothing.",
)
AGAIN = Text("这张表 {day} 已导入过。", "This sheet was imported on {day}.")
DOUBLED = Text(
    "“{sheet}”{day} 已导入过，“全部另加”会使每一行重复：请换一种导入方式，或先撤销那次导入",
    "'{sheet}' was imported on {day}; adding every row would double it:"
    " choose another way, or undo that import",
)
MOVED, CHANGED = Text("换部门", "Changed department"), Text("更新的内容", "What changes")
JOINED, LEFT = Text("新进", "Joined"), Text("离开", "Left")
NEW, REMOVED = Text("新增的行", "New rows"), Text("将被移除的行", "Rows that will be removed")
ALL_NEW = Text("全部是新增的行，见“数据预览”。", "All rows are new: see the rows themselves.")
NO_CHANGE = Text("没有变化。", "Nothing changes.")
FIRST_OF = Text("共 {n} 行，这里列出前 {shown} 行。", "{n} in all; the first {shown} are listed.")
WHO, WHICH = Text("人员", "Person"), Text("哪一行", "Which row")
ROW, FIELD = Text("行号", "Row"), Text("字段", "Field")
BEFORE, AFTER = Text("原来", "Before"), Text("现在", "Now")
_KEPT = "difference"
_TELLING = {"id", "name", "label", "text"}  # types of fields that say which row it is
_LONGEST = 40  # characters that do


@dataclass(frozen=True, slots=True)
class Difference:
    """The comparison of all files at hand, or why there is none."""

    sheets: dict[ingest.SheetId, SheetComparison] = field(default_factory=dict)
    changed: bool = True
    refusal: DashboardError | None = None


def difference(files: list[Held], lang: Lang) -> Difference:
    """Computed once for these files, read so, met so, over this state of the data."""
    warehouse, modes = spaces.warehouse("school"), intake.modes(files)
    asked = (
        tuple((file.sha256, file.read_with) for file in files),
        tuple(modes.items()),
        warehouse.version,
        len(warehouse.history()),
    )
    known: tuple[object, Difference] | None = st.session_state.get(_KEPT)
    if known and known[0] == asked:
        return known[1]
    with st.spinner(COMPARING(lang)):
        found = _compared(files, modes)
    st.session_state[_KEPT] = (asked, found)
    return found


def _compared(files: list[Held], modes: dict[ingest.SheetId, Mode]) -> Difference:
    try:
        reports = [file.report for file in files]
        comparison: Comparison = ingest.compare(spaces.warehouse("school"), reports, modes)
    except DashboardError as refusal:
        return Difference(refusal=refusal)
    sheets = {(found.sha256, found.sheet, found.area): found for found in comparison.sheets}
    return Difference(sheets, comparison.changed)


def obstacle(found: Difference) -> Text | None:
    """Why a comparison that could be made must not become an import."""
    if found.refusal:
        return found.refusal.message
    for sheet in found.sheets.values():
        if sheet.mode == "add" and sheet.imported_at:
            when = day(sheet.imported_at.date())
            return DOUBLED.format(sheet=sheet.sheet, day=when)
    return None


# -- in numbers --------------------------------------------------------------------------------


def total(found: Difference, lang: Lang) -> str:
    """`新增 12 · 更新 3 · 未变 103 · 消失 2` over all sheets."""
    names = COUNTS if any(sheet.vanished for sheet in found.sheets.values()) else list(COUNTS)[:3]
    sums = {name: sum(getattr(s, name) for s in found.sheets.values()) for name in names}
    return " · ".join(together(COUNTS[name].format(n=number(n))(lang)) for name, n in sums.items())


def headline(sheet: SheetComparison, lang: Lang) -> None:
    """The numbers large, and quietly what they are compared with."""
    st.subheader(" · ".join(_numbers(sheet, lang)), anchor=False)
    told = [text(lang) for text in _circumstances(sheet)]
    if told:
        st.caption(escaped(("" if lang == "zh" else " ").join(told)))


def _numbers(sheet: SheetComparison, lang: Lang) -> list[str]:
    roster = DATASETS[sheet.dataset].shape == "snapshot"
    shown = [name for name in COUNTS if name != "vanished" or roster or sheet.mode == "replace"]
    told = [COUNTS[name].format(n=number(getattr(sheet, name)))(lang) for name in shown]
    return [together(phrase) for phrase in told]


def _circumstances(sheet: SheetComparison) -> list[Text]:
    told: list[Text] = []
    if sheet.imported_at:
        again = AGAIN if sheet.stored.wrote else AGAIN_SAME
        told.append(again.format(day=day(sheet.imported_at.date())))
    if sheet.since:
        told.append(SINCE.format(day=day(sheet.since)))
    elif DATASETS[sheet.dataset].shape == "snapshot":
        told.append(FIRST_ROSTER)
    told += ingest.of_deleted(sheet.stored)
    if sheet.period:
        told.append(PERIOD.format(first=day(sheet.period[0]), last=day(sheet.period[1])))
    return told


# -- row by row --------------------------------------------------------------------------------


def changes(sheet: SheetComparison, key: str, lang: Lang) -> None:
    """Who moved, joined, left; which fields change; which rows come and go."""
    contract = DATASETS[sheet.dataset]
    roster = contract.shape == "snapshot"
    if not (sheet.added or sheet.changed or sheet.vanished):
        st.caption(NO_CHANGE(lang))
    elif not (sheet.unchanged or sheet.changed or sheet.vanished):
        st.caption(ALL_NEW(lang))
        return
    if roster:
        _moved(sheet, contract, key, lang)
    _changed(sheet, contract, key, lang)
    _rows(sheet.vanished_rows, sheet.vanished, LEFT if roster else REMOVED, contract, key, lang)
    _rows(sheet.added_rows, sheet.added, JOINED if roster else NEW, contract, key, lang)


def _moved(sheet: SheetComparison, contract: Dataset, key: str, lang: Lang) -> None:
    rows = [
        {
            WHO(lang): row.fields.get("name") or DASH,
            contract.column("staff_no").label(lang): row.fields.get("staff_no") or "",
            BEFORE(lang): words(change.before, change.field, contract, lang),
            AFTER(lang): words(change.after, change.field, contract, lang),
        }
        for row in sheet.changed_rows
        for change in row.changes
        if change.field == "department"
    ]
    _table(rows, sheet.by_field.get("department", 0), MOVED, f"moved_{key}", lang)


def _changed(sheet: SheetComparison, contract: Dataset, key: str, lang: Lang) -> None:
    """One line for each field that changes; what is concluded from others is not told twice."""
    known = {column.name for column in contract.kept}
    known |= {f"{name}_{side}" for name in known for side in ("from", "to")}
    known -= {"department"} if contract.shape == "snapshot" else set()
    rows = [
        {
            ROW(lang): row.row,
            (WHO if contract.shape == "snapshot" else WHICH)(lang): named(row, contract),
            FIELD(lang): contract.label_of(change.field)(lang),
            BEFORE(lang): words(change.before, change.field, contract, lang),
            AFTER(lang): words(change.after, change.field, contract, lang),
        }
        for row in sheet.changed_rows
        for change in row.changes
        if change.field in known
    ]
    count = sum(n for name, n in sheet.by_field.items() if name in known)
    _table(rows, count, CHANGED, f"changed_{key}", lang)


def named(row: RowChange, contract: Dataset) -> str:
    """The fields that say which row it is, shortened; of a person only name and department."""
    if contract.shape == "snapshot":
        names = ["name", "department"]
    else:
        telling = _TELLING | {"date"}
        names = [column.name for column in contract.kept if column.type in telling]
    told = " ".join(str(row.fields[name]) for name in names if row.fields.get(name) is not None)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def _rows(
    rows: Sequence[RowChange], count: int, title: Text, contract: Dataset, key: str, lang: Lang
) -> None:
    if rows:
        _heading(title, count, len(rows), lang)
        pairs = [(row.row, row.fields) for row in rows]
        stored_rows(pairs, contract, title, f"{title.en}_{key}", lang)


def _table(
    rows: Sequence[Mapping[str, object]], count: int, title: Text, key: str, lang: Lang
) -> None:
    if rows:
        _heading(title, count, len(rows), lang)
        st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", key=key, alt=title(lang))


def _heading(title: Text, count: int, shown: int, lang: Lang) -> None:
    st.markdown(f"**{title(lang)}** :gray[{number(count)}]")
    if count > shown:
        st.caption(FIRST_OF.format(n=number(count), shown=number(shown))(lang))
