"""The data folder: one workspace with the fictional school, one with the school's own data.

    demo/       dashboard.duckdb, and `sample`: the digest of the files it was built from
    school/     dashboard.duckdb
    active      which of them is shown; without it, the demonstration

Nothing is module-global: two folders are two `Workspaces`.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self

from dashboard import deeds, witnesses
from dashboard.errors import BadDefinition, RefusedRequest, WorkspaceBusy
from dashboard.importing.report import FileReport
from dashboard.ingest import store
from dashboard.settings import SAMPLE, Settings
from dashboard.warehouse import Warehouse
from dashboard.warehouse.bookkeeping import Witness
from dashboard.warehouse.ledger import NAME, Ledger

DEMO, SCHOOL = "demo", "school"
NAMES = (DEMO, SCHOOL)

_FILE = "dashboard.duckdb"
_SPREADSHEETS = {".xlsx", ".xls", ".xlsb", ".ods", ".csv"}
Read = Callable[[bytes, str], FileReport]


class Workspaces:
    """The open workspaces of one data folder; every method may be called from any thread."""

    def __init__(self, settings: Settings, sample: Path = SAMPLE) -> None:
        self._settings = settings
        self._sample = sample
        self._open: dict[str, Warehouse] = {}
        self._lock = threading.RLock()
        self.demo_is_ready = False
        self.keeping = threading.Lock()  # held by a backup or a restore: one at a time

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def active(self) -> str:
        """Which workspace is shown: the one entered last, at first the demonstration. Where that
        cannot be read any more, the school's own, if there is one.
        """
        path = self._settings.data / "active"
        if not path.exists():
            return DEMO
        with suppress(OSError, UnicodeError):
            if (entered := path.read_text(encoding="utf-8").strip()) in NAMES:
                return entered
        return SCHOOL if (self._settings.workspace(SCHOOL) / _FILE).exists() else DEMO

    def enter(self, name: str) -> None:
        """Show this workspace from now on, after a restart too."""
        _known(name)
        with self._lock:
            self._settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = self._settings.data / "active.new"
            aside.write_text(name + "\n", encoding="utf-8")
            aside.replace(self._settings.data / "active")

    def warehouse(self, name: str) -> Warehouse:
        """The workspace's warehouse, opened once; raises WorkspaceBusy where it cannot be."""
        _known(name)
        with self._lock:
            if name not in self._open:
                folder = self._settings.workspace(name)
                witness = partial(witnesses.findings, self.data) if name == SCHOOL else None
                self._open[name] = self._opened(folder, witness)
                if name == SCHOOL:
                    ledger = Ledger(folder / NAME)
                    deeds.caught_up(self.data, name, ledger, self._open[name])
            return self._open[name]

    def ensure_demo(self, read: Read) -> None:
        """Build the demonstration from the sample files, through the reader every file takes.

        Once; and again at the first call after the sample files were changed. It is built aside
        and then takes the old one's place: a killed start leaves the old one or none, never half.
        """
        with self._lock:
            if self.demo_is_ready:
                return
            files = _spreadsheets(self._sample)
            digest = _digest(files)
            if self._built_from() != digest:
                self._release_demo()
                self._build(files, read, digest)
            self.demo_is_ready = True

    @property
    def data(self) -> Path:
        """The folder that holds all of it."""
        return self._settings.data

    def folder(self, name: str) -> Path:
        """Where a workspace's files lie."""
        _known(name)
        return self._settings.workspace(name)

    def exchange(self, name: str, swap: Callable[[], None]) -> None:
        """Let `swap` put other files in the workspace's place; who reads waits meanwhile.

        Raises WorkspaceBusy "in_use" where a long reading does not end: then nothing was done.
        """
        _known(name)
        with self._lock:
            if warehouse := self._open.get(name):
                warehouse.exchange(swap)
            else:
                swap()

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for name in list(self._open):
                self._open.pop(name).close()

    def _opened(self, folder: Path, witness: Witness | None = None) -> Warehouse:
        memory = self._settings.database_memory
        return Warehouse.open(folder / _FILE, memory=memory, witness=witness)

    def _built_from(self) -> str | None:
        demo = self._settings.workspace(DEMO)
        whole = (demo / _FILE).exists() and (demo / "sample").exists()
        return (demo / "sample").read_text(encoding="utf-8") if whole else None

    def _release_demo(self) -> None:
        """Close the old demonstration; another program that shows it must not lose its ground."""
        if (self._settings.workspace(DEMO) / _FILE).exists():
            try:
                self.warehouse(DEMO)
            except WorkspaceBusy as error:
                if error.code == "busy":
                    raise
        if DEMO in self._open:
            self._open.pop(DEMO).close()

    def _build(self, files: list[Path], read: Read, digest: str) -> None:
        demo = self._settings.workspace(DEMO)
        aside = demo.with_name("demo.new")
        shutil.rmtree(aside, ignore_errors=True)
        warehouse = self._opened(aside)
        try:
            store(warehouse, [read(path.read_bytes(), path.name) for path in files])
        finally:
            warehouse.close()
        (aside / "sample").write_text(digest, encoding="utf-8")
        if demo.exists():
            shutil.rmtree(demo)
        aside.replace(demo)


def _known(name: str) -> None:
    if name not in NAMES:
        raise RefusedRequest("unknown_workspace", name=name, known=", ".join(NAMES))


def _spreadsheets(folder: Path) -> list[Path]:
    """The sample files in the order of their names; `~$…` is what Excel leaves behind."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in _SPREADSHEETS]
    files = sorted(path for path in found if not path.name.startswith("~$"))
    if not files:
        raise BadDefinition(f"{folder.name}: there is no spreadsheet")
    return files


def _digest(files: list[Path]) -> str:
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.name.encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
