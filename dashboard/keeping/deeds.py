"""Backing up, restoring, archiving: one at a time, and noted in the audit log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import IO

from dashboard import audit
from dashboard.audit import Act, Fact
from dashboard.deeds import noted
from dashboard.errors import RefusedBackup, WorkspaceBusy
from dashboard.keeping import archive, backups, carrying, restoring
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import Why
from dashboard.keeping.restoring import Restored
from dashboard.warehouse import swapping
from dashboard.workspaces import SCHOOL, Workspaces

log = logging.getLogger(__name__)


def back_up(
    spaces: Workspaces, who: str, why: Why = "by_hand", at: datetime | None = None
) -> Backup:
    """Raises RefusedBackup, also "keeping_busy" where another is under way; WorkspaceBusy."""
    with alone(spaces):
        made = backups.make(spaces.warehouse(SCHOOL), spaces.data, why, at or datetime.now())
    imports = len(made.manifest.moment.imports) if made.manifest else 0
    said = noted(spaces.data, "backed_up", who, backup=made.name, why=why, imports=imports)
    return replace(made, remarks=(*made.remarks, *said))


def restore(spaces: Workspaces, backup: Backup, who: str, at: datetime | None = None) -> Restored:
    """Raises RefusedBackup, WorkspaceBusy: then the data of today stands."""
    with alone(spaces):
        done = restoring.restore(spaces, backup, at or datetime.now())
        _enter(spaces)
    lost = len(done.preview.gone)
    made_at = done.preview.manifest.made_at
    name = f"{made_at:%Y%m%d-%H%M%S}"
    said = noted(spaces.data, "restored", who, backup=name, imports_gone=lost)
    return replace(done, remarks=(*done.remarks, *said))


def _enter(spaces: Workspaces) -> None:
    """On a new computer the demonstration is shown at first. What was restored stands."""
    try:
        spaces.enter(SCHOOL)
    except OSError:
        log.exception("what was restored is not the one that is shown")


def archived(
    spaces: Workspaces, target: IO[bytes], who: str, at: datetime | None = None
) -> dict[str, int]:
    """Every register into a zip; answers table -> rows. Raises WorkspaceBusy "unnoted" where it
    cannot be noted: then it must not be handed over.
    """
    with spaces.warehouse(SCHOOL).snapshot() as reader:
        counts = archive.write(reader, target, at or datetime.now())
    _taken(spaces, "archived", who, rows=sum(counts.values()))
    return counts


def begin(spaces: Workspaces) -> None:
    """What a killed backup or restore left lying about goes; what cannot be taken away stays."""
    with alone(spaces):
        for clear in (
            backups.tidy,
            carrying.clear,
            lambda _: swapping.clear(spaces.folder(SCHOOL)),
        ):
            try:
                clear(spaces.data)
            except OSError:
                log.exception("what was left lying about")


def carried(spaces: Workspaces, backup: Backup, target: IO[bytes], who: str) -> None:
    """A backup as one file to take away. Raises as `archived`."""
    carrying.zipped(backup, target)
    _taken(spaces, "backed_up", who, backup=backup.name, why="taken")
    try:
        carrying.note_taken(spaces.data, datetime.now())
    except OSError:  # a failing disk is when it is wanted most
        log.exception("the page will not know that a backup was taken")


def _taken(spaces: Workspaces, act: Act, who: str, **facts: Fact) -> None:
    """What lets names out is noted before it is handed over, or is not handed over."""
    try:
        audit.note(spaces.data, act, who, **facts)
    except WorkspaceBusy as failure:
        raise WorkspaceBusy("unnoted", **failure.values) from failure


@contextmanager
def alone(spaces: Workspaces) -> Iterator[None]:
    """Never two at once: who comes second is told, and waits for nobody."""
    if not spaces.keeping.acquire(blocking=False):
        raise RefusedBackup("keeping_busy")
    try:
        yield
    finally:
        spaces.keeping.release()
