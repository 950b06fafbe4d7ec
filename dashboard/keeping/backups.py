"""Backups of the school's data: made whole while it is in use, read back, found again.

    backups/school/{daily,weekly,monthly,by_hand,before}/20260105-173000/
        dashboard.duckdb  ledger.jsonl  accounts.sqlite  audit.jsonl  manifest.json

A folder has this name only when everything in it is on the disk and was compared with its source;
until then it ends in `.tmp` and is cleared away at the next opportunity.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboard.errors import RefusedBackup, cause
from dashboard.keeping import accounts
from dashboard.keeping import manifest as manifests
from dashboard.keeping.disk import UNFINISHED, check_room, digest, made, settled, tidied
from dashboard.keeping.manifest import FILES, File, Manifest, Moment, Why
from dashboard.keeping.rotation import KEPT, Kind, name_of, names, rotate
from dashboard.text import Text
from dashboard.warehouse import Warehouse
from dashboard.warehouse.copying import reading

_KIND: dict[Why, Kind] = {
    "daily": "daily",
    "by_hand": "by_hand",
    "before_restore": "before",
    "before_delete": "before",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One folder. `manifest` is None where it says nothing that can be read; `remarks` are what is
    to be told of its making.
    """

    folder: Path
    kind: Kind | None
    manifest: Manifest | None
    remarks: tuple[Text, ...] = ()

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def order(self) -> tuple[int, str]:
        """In that of their making, whatever the clock said then."""
        return self.manifest.serial if self.manifest else 0, self.name

    @property
    def looks_whole(self) -> bool:
        """Whether every file is there in its size; `is_whole` reads them."""
        return self.manifest is not None and all(
            _size(self.folder / name) == file.bytes for name, file in self.manifest.files.items()
        )

    @property
    def is_whole(self) -> bool:
        """Whether every file is what it was when it was made."""
        if self.manifest is None or not self.looks_whole:
            return False
        files = self.manifest.files.items()
        return all(digest(self.folder / name) == file.sha256 for name, file in files)


def place(data: Path) -> Path:
    """Where the backups of a data folder lie."""
    return data / "backups" / "school"


def listed(data: Path) -> list[Backup]:
    """Every backup, what was made last first; one that was kept for its month stands there once
    more.
    """
    found = [
        Backup(folder, kind, Manifest.read(folder))
        for kind in KEPT
        for folder in (place(data) / kind / name for name in names(place(data) / kind))
    ]
    return sorted(found, key=lambda backup: backup.order, reverse=True)


def distinct(data: Path) -> list[Backup]:
    """Every backup once, whatever it is kept for; what was made last first."""
    return list({backup.name: backup for backup in reversed(listed(data))}.values())[::-1]


def make(warehouse: Warehouse, data: Path, why: Why, now: datetime) -> Backup:
    """A new backup, compared with its source and in its place; the oldest go.

    Raises RefusedBackup "backup_space", "backup_failed", "backup_differs", WorkspaceBusy: no half
    backup stays, and what there was stays.
    """
    try:
        new = _made(warehouse, data, why, now)
    except (OSError, sqlite3.Error) as failure:
        raise RefusedBackup("backup_failed", reason=_reason(failure, data)) from failure
    rotate(place(data), _KIND[why], new.name)
    return new


def _made(warehouse: Warehouse, data: Path, why: Why, now: datetime) -> Backup:
    kind = _KIND[why]
    folder = made(place(data) / kind)
    check_room(folder, _weight(data))
    target = _free_name(folder / name_of(now))
    with _aside(target) as aside:
        held, remarks = _filled(warehouse, data, aside)
        moment = _read_back(aside / manifests.DATABASE, held)
        serial = 1 + max((one.order[0] for one in listed(data)), default=0)
        told = Manifest.of(moment, why, now, _weighed(aside), serial)
        told.write(aside)
        settled(aside, target)
    return Backup(target, kind, told, remarks)


def _reason(failure: Exception, data: Path) -> str:
    """What went wrong, and with which of our own files."""
    path = Path(getattr(failure, "filename", None) or "")
    own = f"{path.relative_to(data).as_posix()}: " if path.is_relative_to(data) else ""
    return f"{own}{cause(failure)}"


def due(data: Path, version: int, now: datetime) -> bool:
    """Whether something has changed since the backup that was made last, on a day without one.

    Its date tells nothing of that: the clock may have been wrong then, or be so now.
    """
    told = [b.manifest for b in listed(data) if b.manifest and b.kind != "before"]
    if not told:
        return True
    of_today = any(one.made_at.date() == now.date() for one in told)
    return told[0].moment.version != version and not of_today


def tidy(data: Path) -> None:
    """Clear away what was never finished; nobody may be making a backup, or writing one anew."""
    for kind in KEPT:
        tidied(place(data) / kind)


def _weight(data: Path) -> int:
    """Bytes of what a backup will hold, about."""
    school = data / "school"
    parts = (school / manifests.DATABASE, school / f"{manifests.DATABASE}.wal")
    others = (school / manifests.LEDGER, data / manifests.ACCOUNTS, data / manifests.AUDIT)
    return sum(_size(path) or 0 for path in (*parts, *others))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _free_name(target: Path) -> Path:
    """Two of one second are told apart, whatever they are kept for."""
    number = 2
    while _is_taken(target.parents[1], target.name):
        target = target.with_name(f"{target.name[:15]}-{number}")
        number += 1
    return target


def _is_taken(place: Path, name: str) -> bool:
    ways = [place / kind / name for kind in KEPT]
    return any(path.exists() or path.with_name(name + UNFINISHED).exists() for path in ways)


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """The folder while it is not whole; whatever fails takes it away."""
    aside = target.with_name(target.name + UNFINISHED)
    aside.mkdir(mode=0o700)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _filled(
    warehouse: Warehouse, data: Path, aside: Path
) -> tuple[manifests.Tables, tuple[Text, ...]]:
    """The files of one moment: database and ledger; and the accounts and the log beside them.

    Answers what the tables hold, and what is to be told.
    """

    def beside() -> None:
        _copy_lines(data / "school" / manifests.LEDGER, aside / manifests.LEDGER)

    held = warehouse.copy(aside / manifests.DATABASE, beside)
    remarks = accounts.copied(data / manifests.ACCOUNTS, aside / manifests.ACCOUNTS)
    _copy_lines(data / manifests.AUDIT, aside / manifests.AUDIT)
    return held, remarks


def _copy_lines(source: Path, target: Path) -> None:
    """Up to the last line that is whole."""
    with suppress(FileNotFoundError):
        held = source.read_bytes()
        target.write_bytes(held[: held.rfind(b"\n") + 1])


def _read_back(path: Path, held: manifests.Tables) -> Moment:
    """What the copy says, opened anew; raises RefusedBackup where that is not what was copied."""
    with reading(path) as reader:
        moment = Moment.of(reader)
    if moment.tables != held:
        raise RefusedBackup("backup_differs")
    return moment


def _weighed(folder: Path) -> dict[str, File]:
    there = (folder / name for name in FILES)
    return {p.name: File(p.stat().st_size, digest(p)) for p in there if p.exists()}
