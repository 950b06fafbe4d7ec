"""One sheet before it is stored: what it was taken for, what fits, what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.importing.report import COUNTED, SheetReport, TotalCheck
from dashboard.text import Lang, Text, number
from dashboard.ui import intake
from dashboard.ui.difference import changes, headline
from dashboard.ui.intake import Held
from dashboard.ui.mapping import COLUMNS, header_rows, likely, mapping, remembered, suggested
from dashboard.ui.markdown import escaped
from dashboard.ui.preview import issues_table, rows_table
from dashboard.warehouse import SheetComparison, ways

NOT_KNOWN = Text("未识别，不导入", "Not recognised, left out")
KIND = Text("台账类型", "Register")
DAY = Text("名册日期", "As-of date")
DAY_AND = Text("{day}（{source}）", "{day} ({source})")
DAY_FROM = {
    "title": Text("取自表头标题", "from the title"),
    "file": Text("取自文件名", "from the file name"),
    "officer": Text("由您填写", "as you stated"),
    "today": Text("请填写", "please state it"),
}
WAY = Text("导入方式", "How it is imported")
FOR_ALL = Text("同类 {n} 张表都这样", "The same for all {n} such tables")
AREA = Text("{sheet}（{area}）", "{sheet} ({area})")
HIDDEN_SHEET = Text("隐藏，没有读取", "hidden, not read")
HIDDEN = Text("隐藏的工作表，没有读取。", "A hidden sheet; it was not read.")
READ_HIDDEN = Text("读取这张隐藏的工作表", "Read this hidden sheet")
READ_ALL = Text("一并读取隐藏的行和列", "Read hidden rows and columns, too")
TOTAL = Text("共 {rows} 行 = {parts}", "{rows} rows = {parts}")
PARTS = {
    "loaded": Text("导入 {n}", "loaded {n}"),
    "rejected": Text("退回 {n}", "rejected {n}"),
    "duplicates": Text("重复 {n}", "duplicates {n}"),
    "totals": Text("合计行 {n}", "totals {n}"),
    "blank": Text("空行 {n}", "blank {n}"),
    "headers": Text("表头 {n}", "headers {n}"),
    "notes": Text("标题与说明 {n}", "titles and notes {n}"),
}
READ = Text("读取 {n}", "read {n}")
TO_CHECK = Text("请核对 {n}", "to check {n}")
SUM_OK = Text("{field}：与表内合计 {printed} 一致", "{field}: equals the printed {printed}")
SUMS_OK = Text("{field}：与表内 {n} 处合计全部一致", "{field}: equals all {n} printed totals")
SUM_OFF = Text(
    "{field}：表内合计 {printed}（{cell}），逐行相加 {computed}，相差 {gap}，请核对",
    "{field}: the sheet prints {printed} ({cell}), its rows add up to {computed}, off by {gap}",
)
CHANGES, ROWS = Text("变化", "Changes"), Text("数据预览", "Rows")
MEND = Text(
    "可以下载标注副本：有疑问的单元格已着色并附说明，改好后重新上传。",
    "In the copy to mend, doubtful cells are coloured and explained; mend it and upload it again.",
)
NOT_COMPARED = Text(
    "能导入时，这里列出与现有数据的差别。",
    "Once it can be imported, what it changes is listed here.",
)
ISSUES = Text("问题 {n}", "Issues {n}")
_HIDING = {"hidden_rows", "filtered_rows", "hidden_columns"}  # codes of what was left out


def sheet_card(
    file: Held, sheet: SheetReport, place: int, compared: SheetComparison | None, lang: Lang
) -> None:
    """Open where the officer should look (the only sheet, or one with rows sent back), until she
    says otherwise: its title changes with each correction, and it must not shut before her eyes.
    """
    key = f"{file.key}_{place}"
    widget = f"sheet_{key}"
    look = len(file.report.sheets) == 1 or _needs_a_look(sheet)
    st.session_state[widget] = file.opened.setdefault(intake.place(sheet), look)
    decided = _decided(widget, intake.set_open, file, sheet)
    box = st.expander(_title(sheet, lang), key=widget, on_change=decided)
    if not box.open:
        return
    with box:
        _choices(file, sheet, key, lang)
        remembered(file, sheet, key, lang)
        _hidden(file, sheet, key, lang)
        suggested(file, sheet, key, lang)
        if compared:
            headline(compared, lang)
        st.markdown(escaped(counts(sheet, lang)))
        _sums(sheet, lang)
        _details(file, sheet, compared, key, lang)


def _title(sheet: SheetReport, lang: Lang) -> str:
    """`2024年 · 经费收支明细 · 导入 247 · 退回 1`."""
    name = AREA.format(sheet=sheet.name, area=sheet.area)(lang) if sheet.area else sheet.name
    parts = [Text(name, name)]
    known = DATASETS[sheet.dataset].label if sheet.dataset else NOT_KNOWN
    parts.append(HIDDEN_SHEET if sheet.hidden else known)
    if sheet.dataset:
        parts += [
            PARTS[name].format(n=number(sheet.counts[name]))
            for name in ("loaded", "rejected")
            if sheet.counts.get(name)
        ]
        doubts = sum(issue.severity == "warning" for issue in sheet.issues)
        parts += [TO_CHECK.format(n=number(doubts))] if doubts else []
    return " · ".join(escaped(part(lang)) for part in parts)


def _needs_a_look(sheet: SheetReport) -> bool:
    return sheet.dataset is not None and (
        bool(sheet.counts.get("rejected"))
        or any(not check.ok for check in sheet.totals_check)
        or intake.needs_day(sheet)
        or bool(likely(sheet))
        or any(issue.code in _HIDING for issue in sheet.issues)
    )


# -- what it was taken for ---------------------------------------------------------------------


def _choices(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _dataset_choice(file, sheet, key, lang)
        if intake.is_roster(sheet):
            _day_choice(file, sheet, key, lang)
        if sheet.dataset:
            _way_choice(file, sheet, key, lang)
            _way_for_all(file, sheet, key, lang)
    if sheet.dataset:
        known = {way.mode: way.meaning for way in ways(DATASETS[sheet.dataset])}
        st.caption(escaped(known[file.mode(sheet)](lang)))


def _dataset_choice(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    st.session_state[f"dataset_{key}"] = sheet.dataset or "none"
    st.selectbox(
        KIND(lang),
        [*DATASETS, "none"],
        format_func=lambda name: (
            DATASETS[name].label(lang) if name in DATASETS else NOT_KNOWN(lang)
        ),
        key=f"dataset_{key}",
        on_change=_decided(f"dataset_{key}", intake.set_dataset, file, sheet),
        width=220,
    )


def _day_choice(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    assumed = sheet.as_of_source == "today"  # nobody has said it yet
    st.session_state[f"day_{key}"] = None if assumed else sheet.as_of
    source = DAY_FROM.get(sheet.as_of_source or "")
    st.date_input(
        DAY_AND.format(day=DAY, source=source)(lang) if source else DAY(lang),
        format="YYYY-MM-DD",
        key=f"day_{key}",
        on_change=_decided(f"day_{key}", intake.set_day, file, sheet),
        width=240,
    )


def _way_choice(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    offered = {way.mode: way.label for way in ways(DATASETS[sheet.dataset or ""])}
    st.session_state[f"mode_{key}"] = file.mode(sheet)
    st.selectbox(
        WAY(lang),
        list(offered),
        format_func=lambda mode: offered[mode](lang),
        key=f"mode_{key}",
        on_change=_decided(f"mode_{key}", intake.set_mode, file, sheet),
        width=220,
    )


def _way_for_all(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """One click for a workbook with a sheet a month."""
    alike = [other for other in file.report.sheets if other.dataset == sheet.dataset]
    if any(file.mode(other) != file.mode(sheet) for other in alike):
        st.button(
            FOR_ALL.format(n=number(len(alike)))(lang),
            type="tertiary",
            on_click=intake.set_modes,
            args=(file, alike, file.mode(sheet)),
            key=f"mode_all_{key}",
        )


def _hidden(file: Held, sheet: SheetReport, key: str, lang: Lang) -> None:
    """What the sheet hides, by name, and the switch that reads it."""
    whole = sheet.name in file.wishes.whole
    named = [issue.message for issue in sheet.issues if issue.code in _HIDING]
    if not (whole or named or sheet.hidden):
        return
    for told in [HIDDEN] if sheet.hidden else named:
        st.markdown(f":orange[:material/visibility_off:] {escaped(told(lang))}")
    st.session_state[f"whole_{key}"] = whole
    st.toggle(
        (READ_HIDDEN if sheet.hidden else READ_ALL)(lang),
        key=f"whole_{key}",
        on_change=_decided(f"whole_{key}", intake.set_whole, file, sheet),
    )


def _decided(
    widget: str, decide: Callable[[Held, SheetReport, Any], None], file: Held, sheet: SheetReport
) -> Callable[[], None]:
    """What happens when a widget changes: its value becomes the officer's choice."""
    return lambda: decide(file, sheet, st.session_state[widget])


# -- whether all of it was read ----------------------------------------------------------------


def counts(sheet: SheetReport, lang: Lang) -> str:
    """`共 130 行 = 导入 118 + 退回 2 + …`: every row of the sheet is accounted for."""
    words = PARTS if sheet.dataset else PARTS | {"loaded": READ}
    parts = [
        words[name].format(n=number(sheet.counts.get(name, 0)))(lang)
        for name in COUNTED
        if sheet.counts.get(name) or name == "loaded"
    ]
    rows = number(sheet.counts.get("rows", 0))
    return TOTAL.format(rows=rows, parts=" + ".join(parts))(lang)


def _sums(sheet: SheetReport, lang: Lang) -> None:
    """Printed totals against the sum of the rows: the surest sign that all was read.

    Those that agree are one line a field; each that differs has a line of its own.
    """
    for name in dict.fromkeys(check.field for check in sheet.totals_check):
        checks = [check for check in sheet.totals_check if check.field == name]
        agreeing = [check for check in checks if check.ok]
        if agreeing:
            told = SUM_OK if len(agreeing) == 1 else SUMS_OK
            _sum_line(told, sheet, agreeing[0], lang, n=len(agreeing))
        for check in checks:
            if not check.ok:
                _sum_line(SUM_OFF, sheet, check, lang)


def _sum_line(told: Text, sheet: SheetReport, check: TotalCheck, lang: Lang, n: int = 1) -> None:
    values = {
        "field": _field(sheet, check.field)(lang),
        "printed": number(check.printed, 2),
        "computed": number(check.computed, 2),
        "gap": number(check.computed - check.printed, 2),
        "cell": check.cell,
        "n": n,
    }
    colour, icon = ("green", "check_circle") if check.ok else ("orange", "warning")
    st.markdown(f":{colour}[:material/{icon}:] {escaped(told.format(**values)(lang))}")


def _field(sheet: SheetReport, name: str) -> Text:
    if not sheet.dataset:
        return Text(name, name)
    return DATASETS[sheet.dataset].column(name).label


def _details(
    file: Held, sheet: SheetReport, compared: SheetComparison | None, key: str, lang: Lang
) -> None:
    every = sheet.issues_total or len(sheet.issues)
    labels = [ROWS(lang), COLUMNS(lang), ISSUES.format(n=number(every))(lang)]
    first = None if sheet.dataset else ROWS(lang)  # of an unknown sheet there is only that to see
    told, rows, columns, issues = st.tabs(
        [CHANGES(lang), *labels], default=first, key=f"tabs_{key}"
    )
    with told:
        if compared:
            changes(compared, key, lang)
        else:
            st.caption(NOT_COMPARED(lang))
    with rows:
        rows_table(sheet, key, lang)
    with columns:
        if not sheet.hidden:
            header_rows(file, sheet, key, lang)
        mapping(file, sheet, key, lang)
    with issues:
        if sheet.issues:
            st.caption(MEND(lang))
        issues_table(sheet, key, lang)
