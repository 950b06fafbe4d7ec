"""The dropped files of one session: in its memory only, and gone after an hour without use.

Each session has a shelf of its own, which nothing else refers to: when the session ends, it is
gone with it. While the session lives but nobody looks, one clock for all of them, which holds no
shelf either, empties those that nobody has touched for an hour.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.importing.loose.model import LooseFile

REST = 3600.0  # seconds without use after which a shelf is emptied
_ROUND = 60.0  # seconds between two looks of the clock
_shelves: weakref.WeakSet[Shelf] = weakref.WeakSet()
_lock = threading.Lock()
_clock: list[threading.Timer] = []


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as read; `data`, its bytes, only where it may be handed to the import."""

    name: str
    size: int
    read: LooseFile
    data: bytes | None = None


class Shelf:
    """The files of a session, by what they hold. `now` is a clock in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._used = now, now()
        self._files: dict[str, Dropped] = {}
        self._lock = threading.Lock()
        self.freed = False  # emptied for want of use, and nobody told yet

    def put(self, file: Dropped) -> None:
        """Keep it; the same bytes are one file."""
        with self._lock:
            self._files[file.read.sha256] = file
            self._used, self.freed = self._now(), False
        with _lock:
            _shelves.add(self)
        _wind_up()

    def files(self) -> list[Dropped]:
        """All of them, in the order they came; looking is use."""
        with self._lock:
            self._used = self._now()
            return list(self._files.values())

    def take(self, sha256: str) -> None:
        """Let one go."""
        with self._lock:
            self._files.pop(sha256, None)

    def clear(self) -> None:
        with self._lock:
            self._files.clear()

    @property
    def size(self) -> int:
        """The bytes of its files as they were dropped."""
        with self._lock:
            return sum(file.size for file in self._files.values())

    def rest(self) -> bool:
        """Empty it if nobody has used it for an hour; whether it holds nothing."""
        with self._lock:
            if self._files and self._now() - self._used >= REST:
                self._files.clear()
                self.freed = True
            return not self._files


def sweep() -> int:
    """Empty what has rested for an hour; how many shelves still hold something."""
    with _lock:
        known = list(_shelves)
    return sum(not shelf.rest() for shelf in known)


def _wind_up() -> None:
    """One clock runs while some shelf holds something."""
    with _lock:
        if _clock and _clock[0].is_alive():
            return
        timer = threading.Timer(_ROUND, _strike)
        timer.daemon = True
        _clock[:] = [timer]
        timer.start()


def _strike() -> None:
    left = sweep()
    with _lock:
        _clock.clear()
    if left:
        _wind_up()
