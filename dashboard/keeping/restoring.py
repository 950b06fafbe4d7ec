"""What a backup would bring, and how it comes to stand in the place of what is there.

It is copied by a child into a clean file, opened aside, compared with what it said when it was
made, and only then exchanged for the data of today, in one step. That was backed up before, or,
where it cannot be read any more, set aside under another name.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard import audit
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedBackup, WorkspaceBusy
from dashboard.keeping.backups import Backup, make
from dashboard.keeping.disk import check_room, doubled
from dashboard.keeping.manifest import DATABASE, LEDGER, Brief, Manifest, Moment
from dashboard.keeping.rotation import name_of
from dashboard.text import Text
from dashboard.warehouse import Warehouse, repeating, swapping
from dashboard.warehouse.bringing import brought
from dashboard.warehouse.copying import Content, engine
from dashboard.warehouse.repeating import Marks
from dashboard.workspaces import SCHOOL, Workspaces

_NONE = Content(0)
_NOT_BROKEN = ("busy", "in_use", "in_the_way", "no_room")
# … and what else is said of the system, by DuckDB and by errno's names
_SHUT = ("Permission denied", "Read-only file system", "Too many open files", "Out of Memory",
         "EACCES", "EPERM", "EROFS", "EMFILE", "ENFILE", "ENOMEM")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One register: what it holds now (None: nobody can read it) and would hold then."""

    register: str
    now: Content | None
    then: Content

    @property
    def is_none(self) -> bool:
        return self.now is not None and self.now.agrees(self.then, engine=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """`gone` are the imports of today that the backup lacks, `back` those it has that today
    lacks; the newest first. `then`, `now`: of the whole moment, `now` None where it is broken.
    `deleted` counts persons deleted since it was made, who are left out; where nobody can say who
    they are (`now` is None), the deletions that the audit log knows of, of one from elsewhere.
    """

    manifest: Manifest
    now: Moment | None
    gone: tuple[Brief, ...]
    back: tuple[Brief, ...]
    changes: tuple[Change, ...]
    deleted: int = 0

    @property
    def then(self) -> Moment:
        return self.manifest.moment


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: `kept` is the backup made before, `broken` the file that was set aside."""

    preview: Preview
    kept: Backup | None
    broken: Path | None
    remarks: tuple[Text, ...] = ()


def preview(spaces: Workspaces, backup: Backup) -> Preview:
    """What `restore` would do; nothing is changed. Raises as `check`, and WorkspaceBusy "busy"."""
    manifest = check(backup)
    now = _moment(spaces)
    mine = _standing(now) if now else {}
    theirs = _standing(manifest.moment)
    return Preview(
        manifest,
        now,
        tuple(brief for key, brief in mine.items() if key not in theirs),
        tuple(brief for key, brief in theirs.items() if key not in mine),
        tuple(_change(name, now, manifest.moment) for name in DATASETS),
        _deleted_since(spaces, manifest.made_at) if now else _noted_since(spaces, backup),
    )


def check(backup: Backup) -> Manifest:
    """Raises RefusedBackup "backup_foreign", "backup_damaged", "backup_newer"."""
    if backup.manifest is None:
        code = "backup_newer" if Manifest.is_newer(backup.folder) else "backup_foreign"
        raise RefusedBackup(code, name=backup.name)
    if not backup.is_whole:
        raise RefusedBackup("backup_damaged", name=backup.name)
    return backup.manifest


def restore(spaces: Workspaces, backup: Backup, now: datetime) -> Restored:
    """The school's data as it was in the backup.

    Raises RefusedBackup and WorkspaceBusy: then the data of today stands as it was.
    """
    seen = preview(spaces, backup)
    with _still(spaces) as (warehouse, version):
        check_room(spaces.data, seen.manifest.bytes)
        kept = broken = None
        if warehouse:
            kept = make(warehouse, spaces.data, "before_restore", now) if _says(seen.now) else None
        else:
            broken = _set_aside(spaces.folder(SCHOOL), now)
        deleted = _deleted(warehouse)
        staged = _staged(spaces, backup, seen.manifest, version, deleted)
        spaces.exchange(SCHOOL, lambda: swapping.exchange(spaces.folder(SCHOOL), _WAL))
        _read_back(spaces, staged, backup)
    return Restored(seen, kept, broken)


_WAL = (f"{DATABASE}.wal",)  # the last words of the database that was


def _says(moment: Moment | None) -> bool:
    """Whether there is anything worth keeping."""
    return moment is not None and bool(moment.imports or moment.tables["settings"].rows)


@contextmanager
def _still(spaces: Workspaces) -> Iterator[tuple[Warehouse | None, int]]:
    """The open data, in which nobody writes meanwhile, and its version; None where it is broken."""
    if (warehouse := _opened(spaces)) is None:
        yield None, 0
        return
    with warehouse.standing_still():
        yield warehouse, warehouse.version


def _opened(spaces: Workspaces) -> Warehouse | None:
    """None where the file is there and broken; raises WorkspaceBusy where another program has it, a
    folder stands in its place, or the system lets nobody open it: a whole file is not set aside.
    """
    try:
        warehouse = spaces.warehouse(SCHOOL)
        warehouse.read("select 1 from meta")
    except WorkspaceBusy as refusal:
        if refusal.code in _NOT_BROKEN or any(said in str(refusal) for said in _SHUT):
            raise
        return None
    return warehouse


def _moment(spaces: Workspaces) -> Moment | None:
    if (warehouse := _opened(spaces)) is None:
        return None
    try:
        with warehouse.snapshot() as reader:
            return Moment.of(reader)
    except WorkspaceBusy:  # a page of it that nobody had read before
        return None


def _standing(moment: Moment) -> dict[tuple[int, datetime], Brief]:
    """The imports that were not taken back, the newest first."""
    return {(brief.import_id, brief.at): brief for brief in moment.imports if not brief.undone}


def _change(name: str, now: Moment | None, then: Moment) -> Change:
    mine = now.tables.get(name, _NONE) if now else None
    return Change(name, mine, then.tables.get(name, _NONE))


def _set_aside(folder: Path, now: datetime) -> Path | None:
    """The broken file under another name, and its log; both stay until somebody removes them."""
    kept = None
    for name in (DATABASE, *_WAL, LEDGER):
        if (folder / name).exists():
            place = folder / f"{name}.broken-{name_of(now)}"
            doubled(folder / name, place)
            kept = kept or place
    return kept


def _deleted_since(spaces: Workspaces, moment: datetime) -> int:
    sql = "select distinct instead from deleted_people where deleted_at > $moment"
    return len(spaces.warehouse(SCHOOL).read(sql, {"moment": moment}))


def _noted_since(spaces: Workspaces, backup: Backup) -> int:
    """Our own backups were written anew at every deletion; one that was taken away was not."""
    if backup.kind or backup.manifest is None:
        return 0
    since = backup.manifest.made_at.astimezone(UTC)
    try:
        found = audit.entries(spaces.data, None, "person_deleted")
    except WorkspaceBusy:  # what cannot be told stops no restore
        return 0
    return sum(entry.at > since for entry in found)


def _deleted(warehouse: Warehouse | None) -> Marks | None:
    """Who was deleted by today; None where nobody can say it."""
    if warehouse is None:
        return None
    with warehouse.snapshot() as reader:
        found = repeating.marks(reader)
    return found if found.rows else None


def _staged(
    spaces: Workspaces, backup: Backup, told: Manifest, version: int, deleted: Marks | None
) -> Moment:
    """The backup as the workspace's next files, ready to be exchanged; answers what they hold."""
    incoming = swapping.incoming(spaces.folder(SCHOOL))
    try:
        _compare(_brought(backup, told, incoming), told, backup.name)
        ledgers = (spaces.folder(SCHOOL) / LEDGER, backup.folder / LEDGER)
        if ledger := next((path for path in ledgers if path.exists()), None):
            shutil.copyfile(ledger, incoming / LEDGER)
        if deleted:
            _without(incoming, deleted, max(version, told.moment.version))
        return _prepared(incoming / DATABASE, max(version, told.moment.version))
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise


def _brought(backup: Backup, told: Manifest, incoming: Path) -> dict[str, Content]:
    """A file that an engine later than ours wrote may be one that ours cannot read."""
    try:
        return brought(backup.folder / DATABASE, incoming / DATABASE)
    except RefusedBackup as refusal:
        if _numbers(told.engine) > _numbers(engine()):
            raise RefusedBackup("backup_newer", name=backup.name) from refusal
        raise


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _compare(held: dict[str, Content], told: Manifest, name: str) -> None:
    """What the child copied is what was backed up. Raises RefusedBackup where it is not."""
    same_engine = told.engine == engine()
    then = told.moment.tables
    if held.keys() != then.keys() or not all(
        held[table].agrees(then[table], engine=same_engine) for table in held
    ):
        raise RefusedBackup("backup_damaged", name=name)


def _without(incoming: Path, deleted: Marks, version: int) -> None:
    """Who was deleted since is deleted there, too: from the bytes, so that it is a new file."""
    path, clean = incoming / DATABASE, incoming / f"{DATABASE}.clean"
    warehouse = Warehouse.open(path, queries=incoming)  # without marts: nobody reads here
    try:
        with warehouse.snapshot() as reader:
            if not repeating.missing(reader, deleted):
                return
        warehouse.outgrow(version)
        warehouse.erase_again(deleted)
        warehouse.copy(clean)
    finally:
        warehouse.close()
    (incoming / _WAL[0]).unlink(missing_ok=True)
    clean.replace(path)


def _prepared(path: Path, version: int) -> Moment:
    """Brought up to date, and its version above all there were: nothing cached is given again."""
    warehouse = Warehouse.open(path)
    try:
        warehouse.outgrow(version)
        with warehouse.snapshot() as reader:
            return Moment.of(reader)
    finally:
        warehouse.close()


def _read_back(spaces: Workspaces, staged: Moment, backup: Backup) -> None:
    """The data that stands now is what was prepared."""
    warehouse = spaces.warehouse(SCHOOL)
    warehouse.verify()
    with warehouse.snapshot() as reader:
        if Moment.of(reader) != staged:
            raise RefusedBackup("restore_differs", name=backup.name)
