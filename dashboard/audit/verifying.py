"""Whether the log is as it was written: every line in its place, none added, none missing.

What it cannot tell: both files replaced by an older copy of both, or a log written anew from its
first line by somebody who also writes the head. Copies in backups show that
(dashboard/checkup/copies.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dashboard.audit import head as heads
from dashboard.audit.entry import Entry, parsed
from dashboard.audit.head import Head
from dashboard.audit.lock import locked
from dashboard.audit.standing import Gap, head_bytes
from dashboard.audit.writing import HEAD, LOG
from dashboard.errors import WorkspaceBusy, cause

Reason = Literal["changed", "cut", "headless"]
_TORN = 1 << 20  # bytes; more than that was not torn by a power cut


@dataclass(frozen=True, slots=True)
class Verified:
    """`count` lines are as they were written; the one after them, `broken`, is not, or is missing.

    `torn`: the last write was cut short by a power cut and nothing was written since; `resumed`:
    how often that happened and the log went on. Neither is tampering.
    """

    count: int
    broken: int | None = None
    reason: Reason | None = None
    torn: bool = False
    resumed: int = 0

    @property
    def is_whole(self) -> bool:
        return self.broken is None


class _Broken(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason


class _Walk:
    """Goes along the lines; raises _Broken at the first that is not as it was written."""

    def __init__(self, known: Head | None) -> None:
        self.known = known
        self.last = Head()
        self.at = 0  # bytes
        self.torn = b""
        self.resumed = 0

    def line(self, line: bytes) -> None:
        entry = parsed(line[:-1]) if line.endswith(b"\n") else None
        self.at += len(line)
        if entry is None:
            self._unread(line)
        else:
            self._read(entry)

    def _unread(self, line: bytes) -> None:
        self.torn += line
        if len(self.torn) > _TORN:
            raise _Broken("changed")

    def _read(self, entry: Entry) -> None:
        if not self.last.follows(entry.n, entry.before):
            raise _Broken("changed")
        if self.torn or entry.act == "resumed":
            self._resume(entry)
        self.last = Head(entry.n, self.at, entry.hash)
        known = self.known
        if known and known.n == entry.n and known != self.last:
            self.last = Head(entry.n - 1, 0, entry.before)
            raise _Broken("changed")

    def _resume(self, entry: Entry) -> None:
        if (why := entry.facts.get("why")) in ("cut", "headless"):
            raise _Broken("cut" if why == "cut" else "headless")
        if not Gap.told(entry, self.torn):
            raise _Broken("changed")
        self.torn = b""
        self.resumed += 1

    def end(self) -> None:
        """The head must have been met; what is torn must lie behind it."""
        if self.known is None:
            raise _Broken("headless")
        if self.last.n < self.known.n:
            raise _Broken("changed" if self.torn else "cut")


def verify(folder: Path) -> Verified:
    """Read the whole log against its hashes and its head. Raises WorkspaceBusy "storage" where it
    cannot be read. A folder in which nothing was ever noted is whole.
    """
    try:
        known, size = _now(folder)
        if known is None and not size:
            return Verified(0)
        return _walked(_lines(folder / LOG, size), known)
    except OSError as failure:
        raise WorkspaceBusy("storage", reason=cause(failure)) from failure


def _now(folder: Path) -> tuple[Head | None, int]:
    """The head and the log's bytes of one moment; what is added later is not looked at."""
    head, log = folder / HEAD, folder / LOG
    if not head.exists():
        return None, log.stat().st_size if log.exists() else 0
    with locked(head) as file:
        return heads.read(head_bytes(file)), log.stat().st_size if log.exists() else 0


def _lines(path: Path, size: int) -> Iterator[bytes]:
    if size:
        with path.open("rb") as file:
            while file.tell() < size and (line := file.readline(size - file.tell())):
                yield line


def _walked(lines: Iterable[bytes], known: Head | None) -> Verified:
    walk = _Walk(known)
    try:
        for line in lines:
            walk.line(line)
        walk.end()
    except _Broken as broken:
        return Verified(walk.last.n, walk.last.n + 1, broken.reason, resumed=walk.resumed)
    return Verified(walk.last.n, torn=bool(walk.torn), resumed=walk.resumed)
