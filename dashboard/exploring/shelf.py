"""The dropped files of one session: in its memory only, and gone after an hour without use.

Each session has a shelf of its own, which nothing else refers to: when the session ends, it is
gone with it. While the session lives but nobody looks, one clock for all of them, which holds no
shelf either, empties those that nobody has touched for an hour.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboard.exploring.doubts import Finding, doubts
from dashboard.exploring.profile import Profile, profile
from dashboard.exploring.recipe import Recipe
from dashboard.importing.loose.model import LooseFile, LooseSheet

REST = 3600.0  # seconds without use after which a shelf is emptied
_ROUND = 60.0  # seconds between two looks of the clock
_shelves: weakref.WeakSet[Shelf] = weakref.WeakSet()
_lock = threading.Lock()
_clock: list[threading.Timer] = []


@dataclass(frozen=True, slots=True)
class Looked:
    """What one table says: its figures, and what is suspicious in it."""

    profile: Profile
    doubts: list[Finding]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as read, with a look at each of its tables; `data`, its bytes, only where one of
    them is a register and may be handed to the import.
    """

    name: str
    size: int
    read: LooseFile
    looked: tuple[Looked, ...]
    data: bytes | None = None
    made: bool = False

    @classmethod
    def of(cls, name: str, data: bytes, read: LooseFile, today: date) -> Dropped:
        looked = tuple(_look(sheet, today) for sheet in read.sheets)
        known = any(sheet.known for sheet in read.sheets)
        return cls(name, len(data), read, looked, data if known else None)

    @classmethod
    def out_of(cls, name: str, sheet: LooseSheet, today: date) -> Dropped:
        """A table that was made here; it weighs what it holds."""
        size = sheet.table.nbytes if sheet.table is not None else 0
        read = LooseFile(name, secrets.token_hex(32), "made", sheets=[sheet])
        return cls(name, size, read, (_look(sheet, today),), None, True)


@dataclass(frozen=True, slots=True)
class Pin:
    """A chart that is kept on a page of its own: of which file, which of its tables, what."""

    sha256: str
    place: int
    recipe: Recipe


def _look(sheet: LooseSheet, today: date) -> Looked:
    found = profile(sheet)
    return Looked(found, doubts(sheet, found, today))


class Shelf:
    """The files of a session, by their sha256; together they weigh at most `room` bytes as they
    were dropped, tables made of them included. `now` is a clock in seconds. `secret` makes the
    keys of personal cells: the same in all files of the session, in no other.
    """

    def __init__(self, room: int, now: Callable[[], float] = time.monotonic) -> None:
        self._room, self._now, self._used = room, now, now()
        self._files: dict[str, Dropped] = {}
        self._waiting: dict[str, tuple[str, bytes]] = {}
        self._pins: list[Pin] = []
        self.secret = secrets.token_hex(32)
        self._lock = threading.Lock()
        self.freed = False  # emptied for want of use, and nobody told yet

    def expect(self, name: str, data: bytes) -> bool:
        """A file to be read; False where there is no room for it beside the others. The same
        bytes are one file.
        """
        if self.size + len(data) > self._room:
            return False
        with self._lock:
            self._waiting[hashlib.sha256(data).hexdigest()] = (name, data)
            self._used, self.freed = self._now(), False
        with _lock:
            _shelves.add(self)
        _wind_up()
        return True

    def waiting(self) -> list[tuple[str, str, bytes]]:
        """(sha256, name, bytes) of each file that is not read yet."""
        with self._lock:
            return [(digest, name, data) for digest, (name, data) in self._waiting.items()]

    def put(self, file: Dropped) -> None:
        """A file that waited has been read."""
        with self._lock:
            self._waiting.pop(file.read.sha256, None)
            self._files[file.read.sha256] = file
            self._used = self._now()

    def make(self, name: str, sheet: LooseSheet, today: date) -> bool:
        """A table made of others, as if it had been dropped; False where there is no room."""
        file = Dropped.out_of(name, sheet, today)
        if self.size + file.size > self._room:
            return False
        self.put(file)
        return True

    def pins(self) -> list[Pin]:
        """In the order they were pinned."""
        with self._lock:
            return list(self._pins)

    def pin(self, pin: Pin) -> None:
        with self._lock:
            if pin not in self._pins:
                self._pins.append(pin)

    def unpin(self, pin: Pin) -> None:
        with self._lock:
            self._pins = [one for one in self._pins if one != pin]

    def files(self) -> list[Dropped]:
        """All of them, in the order they came; looking is use."""
        with self._lock:
            self._used = self._now()
            return list(self._files.values())

    def take(self, sha256: str) -> None:
        """Let one go, read or not, with what is pinned of it."""
        with self._lock:
            self._pins = [pin for pin in self._pins if pin.sha256 != sha256]
            self._files.pop(sha256, None)
            self._waiting.pop(sha256, None)

    def clear(self) -> None:
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        self._files.clear()
        self._waiting.clear()
        self._pins.clear()

    @property
    def size(self) -> int:
        """The bytes of its files as they were dropped."""
        with self._lock:
            read = sum(file.size for file in self._files.values())
            return read + sum(len(data) for _, data in self._waiting.values())

    def rest(self) -> bool:
        """Empty it if nobody has used it for an hour; whether it holds nothing."""
        with self._lock:
            held = bool(self._files or self._waiting)
            if held and self._now() - self._used >= REST:
                self._let_go()
                self.freed, held = True, False
            return not held


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
    with _lock:
        _clock.clear()  # before the sweep: what is put meanwhile winds up a clock of its own
    if sweep():
        _wind_up()
