"""The dropped files of one session: in its memory only, and gone after an hour without use.

Each session has a shelf of its own, which nothing else refers to: when the session ends, it is
gone with it. While the session lives but nobody looks, it rests (dashboard/resting.py).
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard import resting
from dashboard.exploring.charting.recipe import Recipe
from dashboard.exploring.doubts import Finding, doubts
from dashboard.exploring.profile import Profile, profile
from dashboard.exploring.unfolding import unfolded
from dashboard.importing.loose.model import AS_FOUND, LooseFile, LooseSheet, Wishes

HELD = 4  # times its room a shelf may hold in tables and in bytes kept for another reading
_SURE = ("utf-8", "utf-8-sig")  # encodings that nothing else can be read as


@dataclass(frozen=True, slots=True)
class Looked:
    """What one table says: its figures, and what is suspicious in it."""

    profile: Profile
    doubts: list[Finding]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file to be read; `instead` is the file (as read before) whose place it takes."""

    name: str
    data: bytes
    wishes: Wishes = AS_FOUND
    instead: str = ""


@dataclass(slots=True)
class Dropped:
    """A file as read, with a look at each of its tables, long forms among them; `data`, its bytes,
    only where it may be handed to the import or read again in another way. `beside` holds what
    was made of it to be looked at, and goes with it.
    """

    name: str
    size: int
    read: LooseFile
    looked: tuple[Looked, ...]
    data: bytes | None = None
    made: bool = False
    wishes: Wishes = AS_FOUND
    beside: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls, name: str, data: bytes, read: LooseFile, today: date, wishes: Wishes = AS_FOUND
    ) -> Dropped:
        sheets = [each for sheet in read.sheets for each in (sheet, unfolded(sheet)) if each]
        told = replace(read, sha256=wishes.told_apart(read.sha256), sheets=sheets)
        looked = tuple(_look(sheet, today) for sheet in sheets)
        kept = wishes != AS_FOUND or _is_wanted_again(read)
        return cls(name, len(data), told, looked, data if kept else None, wishes=wishes)

    def let_go(self) -> None:
        """Its tables and bytes are gone, even where somebody still refers to it: what an element of
        a page was told stays with Streamlit until the session ends.
        """
        self.data = None
        for sheet in self.read.sheets:
            sheet.table = None

    @property
    def held(self) -> int:
        """The bytes it takes in memory."""
        tables = (sheet.table.nbytes for sheet in self.read.sheets if sheet.table is not None)
        return len(self.data or b"") + int(sum(tables))

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


def is_guessed(read: LooseFile) -> bool:
    """Whether it is a text whose encoding was guessed, or not found."""
    if read.refused:
        return read.refused[0] == "encoding"
    return bool(read.encoding) and read.encoding not in _SURE


def _is_wanted_again(read: LooseFile) -> bool:
    tables = (sheet.known or sheet.left_out or sheet.hidden for sheet in read.sheets)
    return is_guessed(read) or any(tables)


def _give_back() -> None:
    """What was freed goes back to the computer at once; both kinds of memory keep it otherwise."""
    pa.default_memory_pool().release_unused()
    pa.system_memory_pool().release_unused()


def _look(sheet: LooseSheet, today: date) -> Looked:
    found = profile(sheet)
    return Looked(found, doubts(sheet, found, today))


class Shelf:
    """The files of a session, by their sha256; together they weigh at most `room` bytes as they
    were dropped, and what is held of them, tables made of them included, four times as much.
    `now` is a clock in seconds. `secret` makes the keys of personal cells: the same in all files
    of the session, in no other.
    """

    def __init__(self, room: int, now: Callable[[], float] = time.monotonic) -> None:
        self._room, self._now, self._used = room, now, now()
        self._files: dict[str, Dropped] = {}
        self._waiting: dict[str, Waiting] = {}
        self._pins: list[Pin] = []
        self._answer: Any = None
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
            self._waiting[hashlib.sha256(data).hexdigest()] = Waiting(name, data)
            self._used, self.freed = self._now(), False
        resting.watch(self)
        return True

    def again(self, sha256: str, wishes: Wishes) -> None:
        """A file is to be read once more, in another way; until then it stays as it is."""
        with self._lock:
            file = self._files.get(sha256)
            if file is not None and file.data is not None and file.wishes != wishes:
                called = wishes.told_apart(hashlib.sha256(file.data).hexdigest())
                self._waiting[called] = Waiting(file.name, file.data, wishes, sha256)

    def waiting(self) -> list[tuple[str, Waiting]]:
        """Each file that is not read yet, and what it is called."""
        with self._lock:
            return list(self._waiting.items())

    def put(self, file: Dropped) -> bool:
        """A file that waited has been read; False where there is no room for what it holds."""
        with self._lock:
            waited = self._waiting.pop(file.read.sha256, None)
            before = waited.instead if waited else ""
            others = [one.held for name, one in self._files.items() if name != before]
            self._used = self._now()
            if sum(others) + file.held > self._room * HELD:
                return False
            self._place(file, before)
        _give_back()
        return True

    def _place(self, file: Dropped, before: str) -> None:
        """At the end, or where the one stood that it takes the place of."""
        at = list(self._files).index(before) if before in self._files else len(self._files)
        if before in self._files:
            self._pins = [pin for pin in self._pins if pin.sha256 != before]
            self._files[before].let_go()
        known = [(name, one) for name, one in self._files.items() if name != before]
        self._files = dict([*known[:at], (file.read.sha256, file), *known[at:]])

    def make(self, name: str, sheet: LooseSheet, today: date) -> bool:
        """A table made of others, as if it had been dropped; False where there is no room."""
        return self.put(Dropped.out_of(name, sheet, today))

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

    def answered(self, answer: Any) -> None:
        """Keep the latest answer to a question in SQL, until the next one or as long as files."""
        with self._lock:
            self._answer, self._used = answer, self._now()
        resting.watch(self)

    @property
    def answer(self) -> Any:
        with self._lock:
            return self._answer

    def files(self) -> list[Dropped]:
        """All of them, in the order they came; looking is use."""
        with self._lock:
            self._used = self._now()
            return list(self._files.values())

    def take(self, sha256: str) -> None:
        """Let one go, read or not, with what is pinned of it."""
        with self._lock:
            self._pins = [pin for pin in self._pins if pin.sha256 != sha256]
            self._waiting.pop(sha256, None)
            if sha256 in self._files:
                self._files.pop(sha256).let_go()
        _give_back()

    def clear(self) -> None:
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        for file in self._files.values():
            file.let_go()
        self._files.clear()
        self._waiting.clear()
        self._pins.clear()
        _give_back()
        self._answer = None

    @property
    def size(self) -> int:
        """The bytes of its files as they were dropped."""
        with self._lock:
            read = sum(file.size for file in self._files.values() if not file.made)
            waiting = (one for one in self._waiting.values() if not one.instead)
            return read + sum(len(one.data) for one in waiting)

    def rest(self) -> bool:
        """Empty it if nobody has used it for an hour; whether it holds nothing."""
        with self._lock:
            held = bool(self._files or self._waiting or self._answer)
            if held and self._now() - self._used >= resting.REST:
                self._let_go()
                self.freed, held = True, False
            return not held
