"""A deed is written down: one line at the end of the log, on the disk before the deed goes on.

    audit.jsonl   one line a deed
    audit.head    how far it goes (head.py); its lock is the log's lock

Only what lies behind the head is read again, so a note costs the same however long the log is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.audit import head as heads
from dashboard.audit.acts import Act, Fact, checked
from dashboard.audit.entry import Entry
from dashboard.audit.head import Head
from dashboard.audit.lock import locked
from dashboard.audit.standing import standing
from dashboard.errors import WorkspaceBusy, cause

LOG, HEAD = "audit.jsonl", "audit.head"
_BINARY = getattr(os, "O_BINARY", 0)


def note(folder: Path, act: Act, who: str, at: datetime | None = None, /, **facts: Fact) -> None:
    """Write down a deed of `who` (`local`, `u3`, `nobody`, `system`, `unknown`) in the data
    folder's log.

    On return it is on the disk. Raises BadDefinition for a fact that could tell of a person,
    WorkspaceBusy "storage" where it cannot be written: then the deed must not be done.
    """
    checked(act, who, facts)
    entry = Entry(0, at or datetime.now(UTC), who, act, facts)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(folder / HEAD) as head:
            _append(folder / LOG, head, entry)
    except OSError as failure:
        raise WorkspaceBusy("storage", reason=cause(failure)) from failure


def _append(path: Path, head: int, entry: Entry) -> None:
    log = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
    try:
        size = os.fstat(log).st_size
        if size == 0 and os.fstat(head).st_size < heads.BEGUN:
            _begin(head, path.parent)
        last, gap = standing(log, head)
        told = [gap.entry(entry.at), entry] if gap else [entry]
        lines, last = _tied(told, last)
        data = gap.lead + lines if gap else lines
        _write(log, data, size)
        heads.write(head, replace(last, end=size + len(data)))
    finally:
        os.close(log)


def _begin(head: int, folder: Path) -> None:
    """The head is there before the first line, and so are both names after a power cut."""
    heads.write(head, Head())
    os.fsync(head)
    if hasattr(os, "O_DIRECTORY"):
        names = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(names)
        finally:
            os.close(names)


def _tied(told: list[Entry], last: Head) -> tuple[bytes, Head]:
    """The lines, each tied to the one before, and where the chain then stands."""
    written = b""
    for entry in told:
        own = replace(entry, n=last.n + 1, before=last.hash)
        written += own.sealed()
        last = replace(last, n=own.n, hash=own.seal)
    return written, last


def _write(log: int, data: bytes, size: int) -> None:
    """All of it on the disk, or the log as it was."""
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(log, rest) :]
        os.fsync(log)
    except OSError:
        with suppress(OSError):
            os.ftruncate(log, size)
        raise
