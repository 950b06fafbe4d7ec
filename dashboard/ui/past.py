"""What was imported before, and the way back: the history with its undo."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import deeds
from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError
from dashboard.settings import data_folder
from dashboard.text import DASH, Lang, Text, day, number
from dashboard.ui import identity, spaces
from dashboard.ui.identity import for_right
from dashboard.ui.markdown import escaped
from dashboard.warehouse import Import, ImportedSheet, ways

TITLE = Text("导入记录", "Imports so far")
FILES = Text("{first} 等 {n} 个文件", "{first} and {n} more")
SHEETS = Text("{n} 张表", "{n} sheets")
ADDED, CHANGED = Text("新增 {n}", "{n} new"), Text("更新 {n}", "{n} changed")
REMOVED, SAME = Text("移除 {n}", "{n} removed"), Text("没有变化", "nothing changed")
CAN_UNDO, TOO_OLD = Text("可撤销", "can be undone"), Text("旧版本导入，不可撤销", "too old to undo")
UNDONE_BY = Text("{who} {when} 已撤销", "undone by {who} on {when}")
UNDONE_ON = Text("{when} 已撤销", "undone on {when}")
HEADINGS = {
    "file": Text("文件", "File"),
    "sheet": Text("工作表", "Sheet"),
    "dataset": Text("台账", "Register"),
    "as_of": Text("名册日期", "As of"),
    "mode": Text("导入方式", "How"),
    "added": Text("新增", "New"),
    "changed": Text("更新", "Changed"),
    "unchanged": Text("未变", "Unchanged"),
    "removed": Text("移除", "Removed"),
    "rows": Text("读取行数", "Rows read"),
    "rejected": Text("退回", "Sent back"),
    "sums": Text("金额合计", "Sums"),
}
DIGEST = Text("{file} · sha256 {digest}…", "{file} · sha256 {digest}…")
UNDO = Text("撤销这次导入", "Undo this import")
ASK = Text("撤销第 {n} 次导入？", "Undo import {n}?")
RESTORES = Text(
    "数据将恢复到 {when} 导入 {files} 之前的样子。",
    "The registers will be as they were before {files} came in on {when}.",
)
LATER = Text(
    "它之后还有 {n} 次导入，会一并撤销，从最近的开始：",
    "There are {n} imports after it. They are undone with it, the newest first:",
)
AGAIN = Text("撤销后仍可重新上传这些文件。", "The files can be uploaded again afterwards.")
ONE, ALL = Text("撤销", "Undo"), Text("一并撤销 {n} 次导入", "Undo all {n} imports")
KEEP = Text("保留", "Keep it")
DONE = Text("已撤销第 {numbers} 次导入，数据恢复到导入之前。", "Undone: {numbers}.")
PAGE = 8  # imports shown at once
_TOLD, _ASKED = "undone", "undo_asked"


def told_of_undo(lang: Lang) -> bool:
    """Once, after an undo; answers whether there was one."""
    if undone := st.session_state.pop(_TOLD, None):
        between = "、" if lang == "zh" else ", "
        numbers = between.join(str(number) for number in undone)
        st.success(DONE.format(numbers=numbers)(lang), icon=":material/undo:")
    return bool(undone)


def past(workspace: str, lang: Lang) -> None:
    """Every import, the newest first; nothing where there is none."""
    every = spaces.warehouse(workspace).history()
    if not every:
        return
    with st.container(border=True, gap="xsmall", key="past"):
        st.markdown(f"**{TITLE(lang)}** :gray[{number(len(every))}]")
        for found in every[_from(every) :][:PAGE]:
            _import(found, lang)
        if len(every) > PAGE:
            st.pagination(-(-len(every) // PAGE), key="past_page")


def _from(every: Sequence[Import]) -> int:
    page = int(st.session_state.get("past_page") or 1)
    return min((page - 1) * PAGE, (len(every) - 1) // PAGE * PAGE)


def _import(found: Import, lang: Lang) -> None:
    icon = ":material/undo:" if found.undone_at else ":material/check:"
    box = st.expander(
        _line(found, lang), icon=icon, key=f"import_{found.import_id}", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        _sheets(found, lang)
        for file, digest in dict.fromkeys((s.file, s.sha256) for s in found.sheets):
            told = DIGEST.format(file=escaped(file), digest=digest[:12])
            st.caption(told(lang), help=f"`{digest}`")
        if not found.undone_at and _undoable(found):
            undo_button(found.import_id, "past", lang)


def _line(found: Import, lang: Lang) -> str:
    """`#5 · 2026-03-05 14:30 · 李老师 · 会员名册.xlsx · 新增 12 · 更新 3 · 可撤销`."""
    first, *others = found.files or (DASH,)
    files = FILES.format(first=first, n=len(others) + (lang == "zh")) if others else None
    parts = [
        f"#{found.import_id}",
        f"{found.imported_at:%Y-%m-%d %H:%M}",
        found.who,
        files(lang) if files else first,
        SHEETS.format(n=len(found.sheets))(lang) if len(found.sheets) > 1 else "",
        *_counts(found, lang),
    ]
    grey = _state(found, lang)
    return f"{' · '.join(escaped(part) for part in parts if part)} · :gray[{escaped(grey)}]"


def _counts(found: Import, lang: Lang) -> list[str]:
    sums = [
        (text, sum(getattr(sheet, name) for sheet in found.sheets))
        for name, text in (("added", ADDED), ("changed", CHANGED), ("removed", REMOVED))
    ]
    return [text.format(n=number(n))(lang) for text, n in sums if n] or [SAME(lang)]


def _state(found: Import, lang: Lang) -> str:
    if found.undone_at is None:
        return (CAN_UNDO if _undoable(found) else TOO_OLD)(lang)
    when = day(found.undone_at.date())
    told = UNDONE_BY if found.undone_by else UNDONE_ON
    return told.format(who=found.undone_by, when=when)(lang)


def _undoable(found: Import) -> bool:
    return all(sheet.can_be_undone for sheet in found.sheets)


def _sheets(found: Import, lang: Lang) -> None:
    frame = pd.DataFrame([_row(sheet, lang) for sheet in found.sheets]).dropna(axis=1, how="all")
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        column_config={name: label(lang) for name, label in HEADINGS.items()},
        key=f"sheets_{found.import_id}",
        alt=TITLE(lang),
    )


def _row(sheet: ImportedSheet, lang: Lang) -> dict[str, object]:
    dataset = DATASETS[sheet.dataset]
    modes = {way.mode: way.label(lang) for way in ways(dataset)}
    sums = [
        f"{dataset.label_of(name)(lang)} {number(value, 2)}"
        for name, value in sheet.sums.items()
        if value
    ]
    return {
        "file": sheet.file,
        "sheet": f"{sheet.sheet} {sheet.area}".strip(),
        "dataset": dataset.label(lang),
        "as_of": sheet.as_of.isoformat() if sheet.as_of else None,
        "mode": modes.get(sheet.mode or "merge"),
        "added": sheet.added,
        "changed": sheet.changed,
        "unchanged": sheet.unchanged,
        "removed": sheet.removed,
        "rows": sheet.counts.get("rows", 0),
        "rejected": sheet.counts.get("rejected", 0),
        "sums": "；".join(sums) or None,
    }


# -- undo --------------------------------------------------------------------------------------


def undo_button(import_id: int, where: str, lang: Lang) -> None:
    """Asks first; `where` it stands, for there may be two of one import on the page."""
    st.button(
        UNDO(lang),
        icon=":material/undo:",
        on_click=_wonder,
        args=(import_id,),
        key=f"undo_{where}_{import_id}",
    )


def _wonder(import_id: int | None = None) -> None:
    """Whether to undo that import; None: no longer."""
    st.session_state[_ASKED] = import_id


def question(lang: Lang) -> None:
    """The dialog, from the click on a button until it is answered or closed."""
    if import_id := st.session_state.get(_ASKED):
        title = ASK.format(n=import_id)(lang)
        st.dialog(title, on_dismiss=_wonder)(_ask)(import_id, lang)


def _ask(import_id: int, lang: Lang) -> None:
    """What will be as it was, and which later imports go with it."""
    every = spaces.warehouse("school").history()
    standing = [i for i in every if i.import_id >= import_id and not i.undone_at]
    later = standing[:-1]
    chosen = next(found for found in every if found.import_id == import_id)
    between = "、" if lang == "zh" else ", "
    when, files = day(chosen.imported_at.date()), between.join(chosen.files)
    st.markdown(escaped(RESTORES.format(when=when, files=files)(lang)))
    if later:
        st.warning(LATER.format(n=len(later))(lang), icon=":material/layers:")
        st.markdown("\n".join(f"- {escaped(found.caption(lang))}" for found in later))
    st.caption(AGAIN(lang))
    with st.container(horizontal=True):
        label = ALL.format(n=len(standing)) if later else ONE
        if st.button(label(lang), type="primary", key="undo_now"):
            _undo(import_id, lang, unwind=bool(later))
        if st.button(KEEP(lang), key="undo_not"):
            _wonder()
            st.rerun()


@for_right("import")
def _undo(import_id: int, lang: Lang, *, unwind: bool) -> None:
    """An import that came in while the question stood is refused, not taken along unseen."""
    try:
        undone = spaces.warehouse("school").undo(import_id, identity.name(), unwind=unwind)
    except DashboardError as refusal:
        st.error(f"{escaped(refusal.message(lang))} `{refusal.code}`", icon=":material/error:")
        return
    deeds.undone(data_folder(), identity.who(), undone)
    st.session_state[_TOLD] = [found.import_id for found in undone]
    _wonder()
    st.rerun()
