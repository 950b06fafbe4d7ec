"""A backup from elsewhere: by its name, as a folder, or as one zip file; and one to take away.

Of a zip only what a backup may hold is unpacked, no larger than its own manifest says.
"""

from __future__ import annotations

import lzma
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from dashboard.errors import RefusedBackup, cause
from dashboard.keeping import manifest as manifests
from dashboard.keeping.backups import Backup, distinct, place
from dashboard.keeping.disk import FULL, check_room, made
from dashboard.keeping.manifest import Manifest

_PIECE = 1 << 20
_TAKEN = "taken"
_BEGINS = b"PK"
_TORN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_MANIFEST = 16 * 2**20  # bytes at most


@contextmanager
def sought(data: Path, named: str) -> Iterator[Backup]:
    """A backup by its name, or by the path of its folder or zip file; what is unpacked goes after.

    Raises RefusedBackup "backup_none" for no name, "backup_unknown", "backup_foreign",
    "backup_damaged", "backup_space", "unpack_space", "unpack_failed".
    """
    if not named:
        raise RefusedBackup("backup_none")
    path = Path(named)
    if path.is_dir():
        yield _own(Backup(path.resolve(), None, Manifest.read(path)))
    elif path.is_file():
        with path.open("rb") as file, unpacked(data, file, path.name) as backup:
            yield backup
    else:
        yield kept(data, named)


def kept(data: Path, name: str) -> Backup:
    """One of those that stand, by its name; raises RefusedBackup "backup_unknown"."""
    found = next((backup for backup in distinct(data) if backup.name == name), None)
    if found is None:
        raise RefusedBackup("backup_unknown", name=name)
    return found


@contextmanager
def unpacked(data: Path, file: IO[bytes], name: str) -> Iterator[Backup]:
    """The backup in a zip file, in a folder that goes afterwards. Raises as `sought`."""
    with _refusing(file, name):
        aside = tempfile.TemporaryDirectory(prefix="restore-", dir=made(data))
    with aside as kept:
        folder = Path(kept) / Path(name).stem[:60]
        with _refusing(file, name), zipfile.ZipFile(file) as archive:
            folder.mkdir(mode=0o700)
            _unpack(archive, folder, name)
        yield _own(Backup(folder, None, Manifest.read(folder)))


@contextmanager
def _refusing(file: IO[bytes], name: str) -> Iterator[None]:
    """What a torn zip comes to in whichever library reads it, and a disk that fails under it."""
    try:
        yield
    except OSError as failure:
        if failure.errno is None:  # bz2 says so of torn data
            raise RefusedBackup(_torn(file), name=name) from failure
        code = "unpack_space" if failure.errno in FULL else "unpack_failed"
        raise RefusedBackup(code, name=name, reason=cause(failure)) from failure
    except _TORN as failure:
        raise RefusedBackup(_torn(file), name=name) from failure


def _torn(file: IO[bytes]) -> str:
    """What begins as a zip does was one, before it was cut short."""
    file.seek(0)
    return "backup_damaged" if file.read(len(_BEGINS)) == _BEGINS else "backup_foreign"


def _own(backup: Backup) -> Backup:
    if backup.manifest is None:
        code = "backup_newer" if Manifest.is_newer(backup.folder) else "backup_foreign"
        raise RefusedBackup(code, name=backup.name)
    return backup


def _unpack(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    """By the last part of each member's name, and only names of ours."""
    members = {member.filename.rsplit("/", 1)[-1]: member for member in archive.infolist()}
    if manifests.NAME not in members:
        raise RefusedBackup("backup_foreign", name=name)
    _take(archive, members[manifests.NAME], folder, _MANIFEST)
    told = _own(Backup(folder, None, Manifest.read(folder))).manifest
    assert told is not None  # noqa: S101 - _own has seen to it
    check_room(folder, told.bytes)
    for wanted, file in told.files.items():
        if wanted not in members:
            raise RefusedBackup("backup_damaged", name=name)
        _take(archive, members[wanted], folder, file.bytes)


def _take(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, limit: int) -> None:
    """One member, and not a byte more than it may have."""
    target = folder / member.filename.rsplit("/", 1)[-1]
    taken = 0
    with archive.open(member) as packed, target.open("xb") as file:
        while piece := packed.read(_PIECE):
            taken += len(piece)
            if taken > limit:
                raise RefusedBackup("backup_damaged", name=folder.name)
            file.write(piece)
    target.chmod(0o600)


def zipped(backup: Backup, target: IO[bytes]) -> None:
    """The backup as one file, for a stick or another computer; of whatever day its files are."""
    with zipfile.ZipFile(
        target, "w", zipfile.ZIP_DEFLATED, compresslevel=6, strict_timestamps=False
    ) as archive:
        for file in sorted(backup.folder.iterdir()):
            archive.write(file, f"{backup.name}/{file.name}")


def note_taken(data: Path, at: datetime) -> None:
    """That a backup has left this computer."""
    (made(place(data)) / _TAKEN).write_text(at.isoformat(), encoding="utf-8")


def last_taken(data: Path) -> datetime | None:
    """When one last did; None: never."""
    try:
        return datetime.fromisoformat((place(data) / _TAKEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def clear(data: Path) -> None:
    """What a killed program had unpacked, or was writing anew without somebody who was deleted."""
    for folder in (*data.glob("restore-*"), *data.glob("erasing-*")):
        shutil.rmtree(folder, ignore_errors=True)
