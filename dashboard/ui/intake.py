"""The files an officer is looking at before anything is stored, and what she decided about them.

They are kept for the session, not by the uploader: whoever looks at another page and comes back
finds them as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Any

import streamlit as st

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.exports import annotated
from dashboard.importing.report import Choice, FileReport, SheetReport
from dashboard.schema import Mode
from dashboard.text import Lang, Text
from dashboard.ui.uploader import dropped
from dashboard.warehouse import ways

Place = tuple[str, str]  # a sheet's name, and its table's area
LANGS: tuple[Lang, ...] = ("zh", "en")
_AGAIN = re.compile(r" ?\(\d+\)$")  # what a browser adds to a name it has saved before
_KEPT, _UPLOADER = "intake", "uploader"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read: the officer's word on its encoding, the sheets of which the
    hidden rows are wanted, her corrections by place, and the remembered mappings she turned down.
    """

    encoding: str | None = None
    whole: frozenset[str] = frozenset()
    choices: Mapping[Place, Choice] = field(default_factory=dict)
    declined: frozenset[Place] = frozenset()


@dataclass(slots=True)
class Held:
    """One uploaded file. `found` is what it holds as read without any correction, but for its
    encoding and what it hides; `offers` are the mappings remembered for its sheets.

    `read_with` are the wishes the report was read with, None before the first reading.
    """

    name: str
    data: bytes
    sha256: str
    wishes: Wishes = field(default_factory=Wishes)
    read_with: Wishes | None = None
    found: FileReport | None = None
    offers: dict[Place, Choice] = field(default_factory=dict)
    modes: dict[Place, Mode] = field(default_factory=dict)
    opened: dict[Place, bool] = field(default_factory=dict)
    read: FileReport | None = None
    revision: int = 0
    replaces: str = ""  # the name of the file this one is the mended copy of

    @property
    def key(self) -> str:
        """For the names of widgets."""
        return self.sha256[:16]

    @property
    def report(self) -> FileReport:
        if self.read is None:
            raise LookupError(f"{self.name} is not read yet")
        return self.read

    @property
    def is_read(self) -> bool:
        return self.read is not None and self.read_with == self.wishes

    def choices(self) -> tuple[Choice, ...]:
        """What the reader is told, remembered mappings included."""
        offered = {at: c for at, c in self.offers.items() if at not in self.wishes.declined}
        known = {**offered, **self.wishes.choices}
        whole = self.wishes.whole
        told = [replace(choice, hidden_rows=choice.sheet in whole) for choice in known.values()]
        named = {choice.sheet for choice in told}
        return (*told, *(Choice(name, hidden_rows=True) for name in sorted(whole - named)))

    def decide(self, sheet: SheetReport, **changed: Any) -> None:
        """Take up a correction; the file is read again with it on the next run."""
        at = place(sheet)
        offered = None if at in self.wishes.declined else self.offers.get(at)
        choice = self.wishes.choices.get(at) or offered or Choice(sheet.name, area=sheet.area)
        self.wish(choices={**self.wishes.choices, at: replace(choice, **changed)})

    def wish(self, **changed: Any) -> None:
        self.wishes = replace(self.wishes, **changed)
        self.revision += 1

    def mode(self, sheet: SheetReport) -> Mode:
        """How the sheet meets what is stored: as chosen, where its register still offers that."""
        offered = [way.mode for way in ways(DATASETS[sheet.dataset or ""])]
        chosen = self.modes.get(place(sheet), offered[0])
        return chosen if chosen in offered else offered[0]


def place(sheet: SheetReport) -> Place:
    return sheet.name, sheet.area


# -- which files -------------------------------------------------------------------------------


def held() -> list[Held]:
    """The files at hand, in the order they came."""
    kept: dict[str, Held] = st.session_state.setdefault(_KEPT, {})
    return list(kept.values())


def uploader() -> str:
    """The uploader's key; a new one is an empty uploader."""
    return f"{_UPLOADER}_{st.session_state.get(_UPLOADER, 0)}"


def take_up(key: str) -> None:
    """Files were dropped: keep them, and empty the uploader. The same bytes are one file.

    A browser that is behind may tell of the former uploader once more, of files let go since.
    """
    kept: dict[str, Held] = st.session_state.setdefault(_KEPT, {})
    taken = dropped(key)
    for name, data in taken:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in kept:
            kept[digest] = _taken_over(Held(name, data, digest), kept)
    if taken:
        st.session_state[_UPLOADER] = st.session_state.get(_UPLOADER, 0) + 1


def add(name: str, data: bytes) -> None:
    """A file that was dropped elsewhere; the same bytes are one file."""
    kept: dict[str, Held] = st.session_state.setdefault(_KEPT, {})
    digest = hashlib.sha256(data).hexdigest()
    kept.setdefault(digest, Held(name, data, digest))


def _taken_over(copy: Held, kept: dict[str, Held]) -> Held:
    """A mended copy takes the place of the file it was made from, with what was decided on it."""
    name = _AGAIN.sub("", PurePath(copy.name).stem) + ".xlsx"
    known = [file for file in kept.values() if file.read]
    for file in known:
        if name in [annotated.file_name(file.report, lang) for lang in LANGS]:
            kept.pop(file.sha256)
            copy.replaces, copy.modes = file.name, file.modes
            copy.wishes = replace(file.wishes, encoding=None)
    return copy


def remove(file: Held) -> None:
    st.session_state[_KEPT].pop(file.sha256, None)


def forget() -> None:
    """After a successful import, or when all are taken away."""
    st.session_state[_KEPT] = {}


def give_up(file: Held) -> None:
    """Stop reading: a new file goes, a known one is again as it was last read."""
    if file.read_with is None:
        remove(file)
    else:
        file.wishes = file.read_with


def modes(files: list[Held]) -> dict[ingest.SheetId, Mode]:
    """Each loadable sheet's own, as `ingest.store` takes them."""
    return {
        ingest.sheet_id(file.report, sheet): file.mode(sheet)
        for file in files
        for sheet in file.report.sheets
        if sheet.dataset
    }


# -- what stands in the way --------------------------------------------------------------------

REFUSED = Text("请先移除无法读取的文件：{file}", "First remove the unreadable file {file}")
OTHER_ENCODING = Text(
    "{file} 不能按所选的编码读取，请换一种",
    "{file} cannot be read in the encoding chosen: choose another",
)
NO_DAY = Text("请填写“{sheet}”的名册日期", "State the as-of date of '{sheet}'")
NO_DATASET = Text("没有可导入的工作表：请选择台账类型", "No sheet to import: choose its register")
NO_ROWS = Text("没有可导入的行：请先处理列出的问题", "No row to import: mend the issues listed")


def obstacle(files: list[Held]) -> Text | None:
    """The first reason why nothing can be stored yet."""
    for file in files:
        if file.report.refused:
            chosen = file.wishes.encoding and file.report.refused[0] == "encoding"
            return (OTHER_ENCODING if chosen else REFUSED).format(file=file.name)
    sheets = [sheet for file in files for sheet in file.report.sheets if sheet.dataset]
    if not sheets:
        return NO_DATASET
    for sheet in sheets:
        if needs_day(sheet):
            return NO_DAY.format(sheet=sheet.name)
    return None if any(sheet.loaded for sheet in sheets) else NO_ROWS


def is_roster(sheet: SheetReport) -> bool:
    return bool(sheet.dataset) and DATASETS[sheet.dataset or ""].shape == "snapshot"


def needs_day(sheet: SheetReport) -> bool:
    """A roster of which nobody has said from when it is true."""
    return is_roster(sheet) and sheet.as_of_source in (None, "today")


# -- decisions ---------------------------------------------------------------------------------


def set_encoding(file: Held, encoding: str | None) -> None:
    file.wish(encoding=encoding)


def set_whole(file: Held, sheet: SheetReport, whole: bool) -> None:
    """Whether the sheet is read with the rows and columns it hides, or at all if it is hidden."""
    others = file.wishes.whole - {sheet.name}
    file.wish(whole=others | {sheet.name} if whole else others)


def set_open(file: Held, sheet: SheetReport, is_open: bool) -> None:
    file.opened[place(sheet)] = is_open


def set_mode(file: Held, sheet: SheetReport, mode: Mode) -> None:
    set_modes(file, [sheet], mode)


def set_modes(file: Held, sheets: Sequence[SheetReport], mode: Mode) -> None:
    file.modes |= {place(sheet): mode for sheet in sheets}


def decline(file: Held, sheet: SheetReport) -> None:
    """The remembered mapping does not fit: read the sheet as if there were none."""
    at, choices = place(sheet), dict(file.wishes.choices)
    if at in choices:
        choices[at] = replace(choices[at], dataset=None, header_rows=None, columns=None)
    file.wish(declined=file.wishes.declined | {at}, choices=choices)


def set_dataset(file: Held, sheet: SheetReport, chosen: str) -> None:
    """Another register: its columns are looked for anew."""
    file.decide(sheet, dataset=chosen, columns=None)


def set_day(file: Held, sheet: SheetReport, day: date | None) -> None:
    file.decide(sheet, as_of=day)


def set_first_row(file: Held, sheet: SheetReport, first: int) -> None:
    """The header moves as a whole; its columns are looked for anew."""
    depth = max(len(sheet.header_rows), 1)
    _set_header(file, sheet, first, first + depth - 1)


def set_last_row(file: Held, sheet: SheetReport, last: int) -> None:
    _set_header(file, sheet, min((*sheet.header_rows, last)), last)


def _set_header(file: Held, sheet: SheetReport, first: int, last: int) -> None:
    rows = tuple(range(first, last + 1))
    file.decide(sheet, dataset=sheet.dataset, header_rows=rows, columns=None)


def set_columns(file: Held, sheet: SheetReport, columns: dict[str, str]) -> None:
    """Field to column letter; the whole mapping, with the register it belongs to."""
    file.decide(sheet, dataset=sheet.dataset, columns=tuple(columns.items()))


def add_column(file: Held, sheet: SheetReport, name: str, letter: str) -> None:
    """A suggestion taken up: one more column, the others as they are."""
    known = {field: column.column for field, column in sheet.columns.items()}
    set_columns(file, sheet, known | {name: letter})
