"""Files that are there whole or not at all, for nobody else to read."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dashboard.errors import RefusedBackup, RefusedRequest, cause
from dashboard.warehouse.swapping import flushed

FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
UNFINISHED = ".tmp"  # how the name of what is not whole yet ends
_REPLACED = f".old{UNFINISHED}"  # … and of what makes room, until the new one has its name
_MEGABYTE = 2**20
_PIECE = 1 << 20


def check_room(folder: Path, size: int) -> None:
    """Raises RefusedBackup "backup_space" unless twice the size is free there."""
    need = 2 * size + _MEGABYTE
    if (free := room(folder)) < need:
        said = {"need": -(-need // _MEGABYTE), "free": free // _MEGABYTE}
        raise RefusedBackup("backup_space", **said)


def room(folder: Path) -> int:
    """Free bytes on the disk of this folder, or of the nearest above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            whole.update(piece)
    return whole.hexdigest()


def made(folder: Path) -> Path:
    """The folder, and those above it that are missing, for this user alone."""
    if not folder.is_dir():
        made(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def settled(aside: Path, place: Path) -> None:
    """A folder that is finished takes its name, its files are on the disk before; what had that
    name goes last. Cut off, `tidied` leaves the old one or the new.
    """
    for file in aside.iterdir():
        file.chmod(0o600)
        flushed(file)
    flushed(aside)
    old = place.with_name(place.name + _REPLACED)
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
        place.replace(old)
    aside.replace(place)
    flushed(place.parent)
    if old.exists():
        shutil.rmtree(old)


def tidied(folder: Path) -> None:
    """What had made room gets its name back where the new one never took it; all else that is
    unfinished goes.
    """
    for old in list(folder.glob(f"*{_REPLACED}")):
        place = old.with_name(old.name.removesuffix(_REPLACED))
        if not place.exists():
            old.replace(place)
    for unfinished in list(folder.glob(f"*{UNFINISHED}")):
        shutil.rmtree(unfinished, ignore_errors=True)


def doubled(file: Path, place: Path) -> None:
    """The same file under another name: linked where the disk can, else copied."""
    try:
        os.link(file, place)
    except OSError:
        shutil.copyfile(file, place)


def is_own(folder: Path) -> bool:
    """Whether nobody but this user can write there; Windows keeps a user's folders by itself."""
    if sys.platform == "win32":
        return True
    state = folder.stat()
    return state.st_uid == os.getuid() and not state.st_mode & 0o022


@contextmanager
def whole_file(place: Path) -> Iterator[IO[bytes]]:
    """A file that is there whole or not at all; one that is there already stays.

    Raises RefusedRequest "file_exists", "unwritable", "disk_full".
    """
    if place.exists():
        raise RefusedRequest("file_exists", file=place)
    aside = place.with_name(f".{place.stem[:40]}.{os.getpid()}{UNFINISHED}")
    try:
        handle = os.open(
            aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
        flushed(place.parent)
    except OSError as failure:
        if failure.errno in FULL:
            raise RefusedRequest("disk_full", file=place) from failure
        raise RefusedRequest("unwritable", file=place, reason=cause(failure)) from failure
    finally:
        aside.unlink(missing_ok=True)
