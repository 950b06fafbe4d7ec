"""Reading what was uploaded: a bar with the rows done, and a way out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.importing import read
from dashboard.importing.report import Choice, FileReport
from dashboard.text import Lang, Text, number
from dashboard.ui import intake, spaces
from dashboard.ui.intake import Held, place
from dashboard.ui.markdown import escaped

READING = Text("正在读取 {file}…", "Reading {file}…")
ROWS_DONE = Text(
    "正在读取 {file}：已处理 {done} / {rows} 行", "Reading {file}: {done} of {rows} rows"
)
WAITING = Text(
    "正在排队：{file} 前面还有 {done} 个文件",
    "In the queue: {done} file(s) are read before {file}",
)
CANCEL = Text("取消", "Cancel")
AT_ONCE = 0.4  # seconds; a shorter reading shows no bar that would only flicker


def bring_up_to_date(files: list[Held], lang: Lang) -> None:
    """Read what is new, and again what was corrected; nothing is read twice for the same wishes."""
    spot = st.empty()
    for file in [file for file in files if not file.is_read]:
        key = f"{file.key}_{file.revision}"
        watch = Watch(file.name, key, partial(intake.give_up, file), spot, lang)
        if anew := file.found is None or not _as_wished(file):
            _look(file, watch)
        if not anew or file.choices() != _hidden_only(file):
            file.read = _read(file, file.choices(), watch)
        file.read_with = file.wishes
    spot.empty()


def _as_wished(file: Held) -> bool:
    """The first look still holds: same encoding, same hidden rows."""
    before, now = file.read_with, file.wishes
    return before is not None and (before.encoding, before.whole) == (now.encoding, now.whole)


def _look(file: Held, watch: Watch) -> None:
    """The file without corrections: what a remembered mapping is offered for, and learnt from."""
    file.read = _read(file, _hidden_only(file), watch)
    sheets = [replace(sheet, table=None, issues=[], preview=[]) for sheet in file.read.sheets]
    file.found = replace(file.read, sheets=sheets)
    warehouse = spaces.warehouse("school")
    offers = {place(sheet): warehouse.offered(sheet) for sheet in sheets if sheet.header_rows}
    file.offers = {at: choice for at, choice in offers.items() if choice}


def _hidden_only(file: Held) -> tuple[Choice, ...]:
    return tuple(Choice(name, hidden_rows=True) for name in sorted(file.wishes.whole))


def _read(file: Held, choices: tuple[Choice, ...], watch: Callable[[int, int], None]) -> FileReport:
    encoding = file.wishes.encoding
    return read(file.data, file.name, choices=choices, encoding=encoding, progress=watch)


@dataclass(slots=True)
class Watch:
    """Called while the reader works. A click meanwhile ends the run here, and with it the reading:
    Streamlit leaves the script at the next thing that is shown. `stop` forgets the file `name`;
    `key` tells this reading from others.
    """

    name: str
    key: str
    stop: Callable[[], None]
    spot: DeltaGenerator
    lang: Lang
    begun: float = 0.0
    bar: DeltaGenerator | None = None

    def __call__(self, done: int, rows: int) -> None:
        self.begun = self.begun or time.monotonic()
        if time.monotonic() - self.begun < AT_ONCE:
            return
        if self.bar is None:
            self.bar = self._drawn(done, rows)
        self.bar.progress(done / rows if rows else 0.0, self._words(done, rows))

    def _drawn(self, *at: int) -> DeltaGenerator:
        with self.spot.container(border=True, gap="small"):
            bar = st.progress(0.0, self._words(*at))
            st.button(
                CANCEL(self.lang),
                icon=":material/close:",
                on_click=self.stop,
                key=f"cancel_{self.key}",
            )
        return bar

    def _words(self, done: int, rows: int) -> str:
        told = ROWS_DONE if rows else WAITING if done else READING
        values = {"file": self.name, "done": number(done), "rows": number(rows)}
        return escaped(told.format(**values)(self.lang))
