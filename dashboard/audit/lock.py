"""One writer at a time, whichever program it is in: a lock on an open file.

It goes with the file's last closing, so a killed program leaves none behind.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT, _PAUSE = 10.0, 0.002  # seconds
_BEYOND = (
    1 << 40
)  # a byte no file of ours has: locked on Windows, where a locked byte is unreadable


@contextmanager
def locked(path: Path, wait: float = _WAIT) -> Iterator[int]:
    """The file, made where there is none, open for reading and writing by us alone.

    Raises OSError, TimeoutError (an OSError) where another program does not let go in time.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        _wait(file, wait)
        yield file
    finally:
        os.close(file)


def _wait(file: int, wait: float) -> None:
    until = time.monotonic() + wait
    while not _taken(file):
        if time.monotonic() > until:
            raise TimeoutError(None, "locked by another program")
        time.sleep(_PAUSE)


if sys.platform == "win32":
    import msvcrt

    def _taken(file: int) -> bool:
        os.lseek(file, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
