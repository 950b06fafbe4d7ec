"""The files an officer is looking at before anything is stored: read once per file and choice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.contracts import DATASETS
from dashboard.importing import read
from dashboard.importing.report import Choice, FileReport, SheetReport
from dashboard.text import Lang, Text

READING = Text("正在读取 {file}…", "Reading {file}…")
_KEPT = "intake"


@dataclass(slots=True)
class Held:
    """One uploaded file, what the officer decided about its sheets, and what reading it gave."""

    key: str  # the widget's own id of the file; another upload of the same file is another one
    name: str
    sha256: str
    choices: dict[str, Choice]
    report: FileReport
    revision: int = 0  # of the choices
    read_at: int = 0  # the revision the report was read with

    def decide(self, sheet: str, **changed: Any) -> None:
        """Take up a correction; the file is read again with it on the next run."""
        choice = self.choices.get(sheet, Choice(sheet))
        self.choices[sheet] = replace(choice, **changed)
        self.revision += 1


def held(files: list[Any], lang: Lang) -> list[Held]:
    """The uploaded files, read; those taken away are forgotten, equal ones read once."""
    before: dict[str, Held] = st.session_state.get(_KEPT, {})
    now: dict[str, Held] = {}
    for file in files:
        found = before.get(file.file_id) or _taken_up(file, lang)
        if all(other.sha256 != found.sha256 for other in now.values()):
            now[file.file_id] = found
            _read_again(found, file, lang)
    st.session_state[_KEPT] = now
    return list(now.values())


def forget() -> None:
    """After a successful import: nothing held, and a new, empty uploader."""
    st.session_state[_KEPT] = {}
    st.session_state["uploader"] = st.session_state.get("uploader", 0) + 1


def _taken_up(file: Any, lang: Lang) -> Held:
    data = file.getvalue()
    with st.spinner(READING.format(file=file.name)(lang)):
        report = read(data, file.name)
    return Held(file.file_id, file.name, hashlib.sha256(data).hexdigest(), {}, report)


def _read_again(found: Held, file: Any, lang: Lang) -> None:
    """Only where the officer's choices are others than those it was last read with."""
    if found.read_at == found.revision:
        return
    with st.spinner(READING.format(file=file.name)(lang)):
        found.report = read(file.getvalue(), file.name, choices=tuple(found.choices.values()))
    found.read_at = found.revision


# -- what stands in the way -------------------------------------------------------------------

REFUSED = Text("请先移除无法读取的文件：{file}", "First remove the unreadable file {file}")
NO_DAY = Text("请填写“{sheet}”的名册日期", "State the as-of date of '{sheet}'")
NO_DATASET = Text("没有可导入的工作表：请选择台账类型", "No sheet to import: choose its register")
NO_ROWS = Text("没有可导入的行：请先处理列出的问题", "No row to import: mend the issues listed")


def obstacle(files: list[Held]) -> Text | None:
    """The first reason why nothing can be stored yet."""
    for file in files:
        if file.report.refused:
            return REFUSED.format(file=file.name)
    sheets = [sheet for file in files for sheet in file.report.sheets if sheet.dataset]
    if not sheets:
        return NO_DATASET
    for sheet in sheets:
        if is_roster(sheet) and sheet.as_of_source in (None, "today"):
            return NO_DAY.format(sheet=sheet.name)
    return None if any(sheet.loaded for sheet in sheets) else NO_ROWS


def is_roster(sheet: SheetReport) -> bool:
    return bool(sheet.dataset) and DATASETS[sheet.dataset or ""].shape == "snapshot"


def set_dataset(file: Held, sheet: SheetReport, chosen: str) -> None:
    """Another register: its columns are looked for anew."""
    file.decide(sheet.name, dataset=chosen, columns=None)


def set_day(file: Held, sheet: SheetReport, day: date | None) -> None:
    file.decide(sheet.name, as_of=day)


def set_first_row(file: Held, sheet: SheetReport, first: int) -> None:
    """The header moves as a whole; its columns are looked for anew."""
    depth = max(len(sheet.header_rows), 1)
    _set_header(file, sheet, first, first + depth - 1)


def set_last_row(file: Held, sheet: SheetReport, last: int) -> None:
    _set_header(file, sheet, min((*sheet.header_rows, last)), last)


def _set_header(file: Held, sheet: SheetReport, first: int, last: int) -> None:
    rows = tuple(range(first, last + 1))
    file.decide(sheet.name, dataset=sheet.dataset, header_rows=rows, columns=None)


def set_columns(file: Held, sheet: SheetReport, columns: dict[str, str]) -> None:
    """Field to column letter; the whole mapping, with the register it belongs to."""
    file.decide(sheet.name, dataset=sheet.dataset, columns=tuple(columns.items()))
