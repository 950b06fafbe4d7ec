"""The deletion: first every backup, last the data of today, then a look at every byte.

In this order somebody whose deletion was cut off can still be found, and is deleted once more.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.deeds import noted
from dashboard.errors import DashboardError, RefusedRequest
from dashboard.keeping import backups
from dashboard.keeping.backups import Backup
from dashboard.keeping.deeds import alone
from dashboard.keeping.disk import UNFINISHED, check_room, digest, doubled, settled
from dashboard.keeping.manifest import ACCOUNTS, AUDIT, DATABASE, LEDGER, File, Manifest, Moment
from dashboard.persons.holding import mark_of
from dashboard.persons.rewriting import Change, Erasing, Expiring, aside, rewritten
from dashboard.text import Text
from dashboard.veil import is_between
from dashboard.warehouse import Warehouse, swapping
from dashboard.warehouse.bringing import brought
from dashboard.warehouse.copying import reading
from dashboard.warehouse.erasing import NOBODY, Erased, Erasure
from dashboard.warehouse.expiring import Limits
from dashboard.workspaces import SCHOOL, Workspaces

_PIECE = 1 << 20
_OVERLAP = 1 << 12  # bytes: no name is longer, however it is broken
# Between two letters of a name: blanks and dots, and breaks as JSON writes them.
_BETWEEN = (*" \t\r\n\u3000\xa0·•‧∙・･.．", *(rf"\{mark}" for mark in "nrt"), r"\u3000", r"\u00a0")
_CODES = ("utf-8", "utf-16-le", "gb18030")


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was done. `gone` are backups that could not be rewritten and were removed whole, with
    the reason; `traces` are files in the data folder whose bytes still hold the name or number;
    `remarks` are to be told, too.
    """

    erased: Erased
    backups: int
    gone: tuple[tuple[str, Text], ...] = ()
    traces: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()


def instead() -> str:
    """What stands where a name stood: two who are deleted stay two, and no word tells who."""
    return f"{NOBODY}{secrets.randbelow(10**4):04d}"  # as it is, its own plain form


def delete(
    spaces: Workspaces, erasure: Erasure, who: str, *, give_up_backups: bool = False
) -> Deletion:
    """Delete a person from the school's data and from all of its backups.

    A backup that cannot be rewritten (damaged, or with a namesake of then) is removed where
    `give_up_backups` says so; else RefusedRequest "backup_keeps" names it, and nothing of today was
    changed. Raises WorkspaceBusy, RefusedBackup.
    """
    if not erasure.person.marks:
        raise RefusedRequest("nobody_chosen")
    done = _everywhere(spaces, Erasing(erasure), give_up_backups)
    mark = mark_of(erasure.person)
    said = noted(spaces.data, "person_deleted", who, person=mark, **_facts(done))
    return replace(done, traces=tuple(_traces(spaces.data, erasure)), remarks=said)


def expire(spaces: Workspaces, limits: Limits, who: str, *, give_up: bool = False) -> Deletion:
    """Delete what is older than these days, from the school's data and all of its backups.

    Raises as `delete`.
    """
    done = _everywhere(spaces, Expiring(limits), give_up)
    said = noted(spaces.data, "person_deleted", who, why="retention", **_facts(done))
    return replace(done, remarks=said)


def _facts(done: Deletion) -> dict[str, int]:
    return {
        "rows": sum(done.erased.removed.values()),
        "renamed": sum(done.erased.unnamed.values()),
        "backups": done.backups,
        "backups_removed": len(done.gone),
    }


def _everywhere(spaces: Workspaces, change: Change, give_up: bool) -> Deletion:
    with alone(spaces):
        gone, count = [], 0
        for name, kept in _backups(spaces.data):
            try:
                _rewrite_backup(spaces.data, kept, change)
                count += 1
            except DashboardError as refusal:
                if not give_up:
                    raise RefusedRequest("backup_keeps", name=name, why=refusal.message) from None
                _remove(kept)
                gone.append((name, refusal.message))
        return Deletion(_rewrite_school(spaces, change), count, tuple(gone))


def _backups(data: Path) -> list[tuple[str, list[Backup]]]:
    """Each once, with all the places in which it is kept."""
    backups.tidy(data)
    found: dict[str, list[Backup]] = {}
    for one in backups.listed(data):
        found.setdefault(one.name, []).append(one)
    return list(found.items())


def _rewrite_backup(data: Path, kept: list[Backup], change: Change) -> None:
    """The same backup without that person, in every place it is kept in."""
    whole = next((one for one in kept if one.is_whole), None)
    if whole is None or whole.manifest is None:
        raise RefusedRequest("backup_unreadable")
    check_room(data, whole.manifest.bytes)
    with aside(data) as folder:
        work, new = folder / "work", folder / "new"
        work.mkdir(mode=0o700)
        new.mkdir(mode=0o700)
        source = whole.folder / DATABASE
        rewritten(lambda to: brought(source, to), whole.folder / LEDGER, work, new, change)
        for name in (ACCOUNTS, AUDIT):
            with suppress(FileNotFoundError):
                shutil.copyfile(whole.folder / name, new / name)
        _manifest(new, whole.manifest).write(new)
        for one in kept:
            _exchange(new, one.folder)


def _manifest(folder: Path, told: Manifest) -> Manifest:
    """Made when and why it was, of what is there now."""
    with reading(folder / DATABASE) as reader:
        moment = Moment.of(reader)
    files = {path.name: File(path.stat().st_size, digest(path)) for path in folder.iterdir()}
    return Manifest.of(moment, told.why, told.made_at, files, told.serial)


def _exchange(new: Path, place: Path) -> None:
    """Cut off at any step, the next start finds the backup as it was or as it shall be."""
    coming = place.with_name(place.name + UNFINISHED)
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(mode=0o700)
    for file in new.iterdir():
        doubled(file, coming / file.name)
    settled(coming, place)


def _remove(kept: list[Backup]) -> None:
    for one in kept:
        shutil.rmtree(one.folder, ignore_errors=True)


def _rewrite_school(spaces: Workspaces, change: Change) -> Erased:
    """The data of today; who reads waits for the exchange only."""
    warehouse, school = spaces.warehouse(SCHOOL), spaces.folder(SCHOOL)
    with warehouse.standing_still(), aside(spaces.data) as work:
        check_room(school, (school / DATABASE).stat().st_size)
        coming = swapping.incoming(school)
        try:
            done = rewritten(warehouse.copy, school / LEDGER, work, coming, change)
            Warehouse.open(coming / DATABASE).close()  # its marts
            spaces.exchange(SCHOOL, lambda: swapping.exchange(school, (f"{DATABASE}.wal",)))
        except BaseException:
            swapping.clear(school)
            raise
        shutil.rmtree(school / "temp", ignore_errors=True)
        spaces.warehouse(SCHOOL).verify()
    return done


# -- what is left -----------------------------------------------------------------------------


def _traces(data: Path, erasure: Erasure) -> Iterator[str]:
    """Files whose bytes still hold the name, as text or as a spreadsheet program writes it; of
    somebody with namesakes the name stays, and says nothing.
    """
    if erasure.only_there:
        return
    words = [word for word in erasure.person.names if len(word) > 1]
    sought = [_sought(word, code) for word in words for code in _CODES]
    for path in sorted(data.rglob("*")):
        if path.is_file() and not path.is_symlink() and _holds(path, sought):
            yield path.relative_to(data).as_posix()


def _sought(word: str, code: str) -> re.Pattern[bytes]:
    """A name as so many bytes, its letters together or apart."""
    between = b"|".join(re.escape(mark.encode(code)) for mark in _BETWEEN)
    letters = [re.escape(letter.encode(code)) for letter in word if not is_between(letter)]
    return re.compile((b"(?:%b){0,8}" % between).join(letters))


def _holds(path: Path, sought: list[re.Pattern[bytes]]) -> bool:
    before = b""
    with suppress(OSError), path.open("rb") as file:
        while piece := file.read(_PIECE):
            before = before[-_OVERLAP:] + piece
            if any(word.search(before) for word in sought):
                return True
    return False
