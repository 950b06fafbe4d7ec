"""Where the chain stands before a line is added, and what of the log's end is no whole line.

Four ways it can be: as the head says; further (a program was killed before it wrote the head);
further with a torn end (the power went); shorter, or without a head (somebody was at it). In every
one the log goes on: a line of its own says what was found, and `verify` tells the last two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from dashboard.audit import head as heads
from dashboard.audit.acts import Fact, digest
from dashboard.audit.entry import Entry, parsed
from dashboard.audit.head import Head

Why = Literal["torn", "cut", "headless"]
_LAST = 1 << 16  # bytes looked through for the last line where there is no head


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between the last whole line and the next one; `lost` counts bytes cut off."""

    why: Why
    torn: bytes = b""
    lost: int = 0
    lead: bytes = b""  # what ends the torn line

    def entry(self, at: datetime) -> Entry:
        size = self.lost or len(self.torn)
        facts: dict[str, Fact] = {"why": self.why, "bytes": size, "digest": digest(self.torn)}
        return Entry(0, at, "system", "resumed", facts)

    @staticmethod
    def told(entry: Entry, torn: bytes) -> bool:
        """Whether that entry speaks of these bytes, the newline that ended them left out or not."""
        size = entry.facts.get("bytes")
        if entry.act != "resumed" or not isinstance(size, int):
            return False
        own, ending = torn[:size], torn[size:]
        return ending in (b"", b"\n") and entry.facts.get("digest") == digest(own)


def standing(log: int, head: int) -> tuple[Head, Gap | None]:
    """The end of the chain, and the gap behind it; both files are open and ours alone."""
    size = os.fstat(log).st_size
    known = heads.read(head_bytes(head))
    if known is None:
        return _headless(log, size)
    if size < known.end:
        last = _read(log, max(0, size - 1), 1)
        return known, Gap("cut", lost=known.end - size, lead=_ending(last))
    return _further(known, _read(log, known.end, size - known.end))


def _further(last: Head, tail: bytes) -> tuple[Head, Gap | None]:
    """Over the whole lines behind the head; what does not follow is torn."""
    while tail:
        line, newline, rest = tail.partition(b"\n")
        entry = parsed(line) if newline else None
        if entry is None or not last.follows(entry.n, entry.before):
            return last, Gap("torn", tail, lead=_ending(tail))
        last = replace(last, n=entry.n, hash=entry.hash)
        tail = rest
    return last, None


def _headless(log: int, size: int) -> tuple[Head, Gap]:
    """After the last line that can be read."""
    start = max(0, size - _LAST)
    lines = _read(log, start, size - start).split(b"\n")
    torn = lines.pop()
    while lines:
        if entry := parsed(lines[-1]):
            return Head(entry.n, size, entry.hash), Gap("headless", torn, lead=_ending(torn))
        torn = lines.pop() + b"\n" + torn
    return Head(), Gap("headless", torn, lead=_ending(torn))


def _ending(torn: bytes) -> bytes:
    return b"\n" if torn and not torn.endswith(b"\n") else b""


def head_bytes(head: int) -> bytes:
    return _read(head, 0, heads.SIZE)


def _read(file: int, start: int, size: int) -> bytes:
    os.lseek(file, start, os.SEEK_SET)
    parts = []
    while size > 0 and (part := os.read(file, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
