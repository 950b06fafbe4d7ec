"""A file on its way to the disk: it is there whole, or not at all.

It is written under another name beside its place and takes that place in one move, so whoever
opens it sees the old file or the new one, and a failure leaves the old one.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from dashboard.errors import RefusedRequest, cause

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}


def write(place: Path, data: bytes) -> None:
    """Put the bytes there. Raises RefusedRequest: disk_full, open_elsewhere, unwritable."""
    aside = _aside(place)
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
        _keep(place.parent)
    except OSError as failure:
        raise refusal(place, failure) from failure
    finally:
        aside.unlink(missing_ok=True)


def _aside(place: Path) -> Path:
    """Beside it, and shorter: a name that just fits must not fail for what is added to it."""
    return place.with_name(f".{place.stem[:20]}.{os.getpid()}.part")


def check(place: Path) -> None:
    """Refuse before the work what would fail after it. Raises as `write`, and no_folder."""
    if not place.parent.is_dir():
        raise RefusedRequest("no_folder", folder=place.parent)
    probe = _aside(place)
    try:
        probe.open("xb").close()
    except OSError as failure:
        raise refusal(place, failure) from failure
    finally:
        probe.unlink(missing_ok=True)


def refusal(place: Path, failure: OSError) -> RefusedRequest:
    """What the disk said, and what to do about it."""
    if failure.errno in _FULL:
        return RefusedRequest("disk_full", file=place)
    if isinstance(failure, PermissionError):
        return RefusedRequest("open_elsewhere", file=place)
    return RefusedRequest("unwritable", file=place, reason=cause(failure))


def _keep(folder: Path) -> None:
    """The move itself is kept, too, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
