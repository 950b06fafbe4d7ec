"""The log read back, from its end: the last days cost the same however long it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from dashboard.audit.acts import Act
from dashboard.audit.entry import Entry, parsed
from dashboard.audit.writing import LOG
from dashboard.errors import WorkspaceBusy, cause

_BLOCK = 1 << 16  # bytes
_SET_BACK = timedelta(days=1)  # a computer's clock may have been set back by this much


def entries(folder: Path, since: datetime | None = None, *acts: Act) -> list[Entry]:
    """What was noted, the oldest first; from a moment on, of these deeds, where they are named.

    Lines that cannot be read are left out; `verify` tells of them. Raises WorkspaceBusy "storage".
    """
    try:
        return list(_back(folder / LOG, since, acts))[::-1]
    except OSError as failure:
        raise WorkspaceBusy("storage", reason=cause(failure)) from failure


def _back(path: Path, since: datetime | None, acts: tuple[Act, ...]) -> Iterator[Entry]:
    marks = [f'"act":"{act}"'.encode() for act in acts]
    for line in _lines_back(path):
        if marks and since is None and not any(mark in line for mark in marks):
            continue
        entry = parsed(line)
        if entry is None:
            continue
        if since and entry.at < since - _SET_BACK:
            return
        if (since is None or entry.at >= since) and (not acts or entry.act in acts):
            yield entry


def _lines_back(path: Path) -> Iterator[bytes]:
    """The lines from the last to the first, without their newlines."""
    if not path.exists():
        return
    with path.open("rb") as file:
        end, rest = file.seek(0, os.SEEK_END), b""
        while end:
            start = max(0, end - _BLOCK)
            file.seek(start)
            first, *whole = (file.read(end - start) + rest).split(b"\n")
            yield from (line for line in reversed(whole) if line)
            end, rest = start, first
        if rest:
            yield rest
