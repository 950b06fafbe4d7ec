"""The log read back by code: the latest faults, or one of them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboard.logs.kept import FILE, FOLDER

_HEAD = re.compile(
    r"(?P<at>\S{19,32}) ERROR dashboard\.logs\.incidents (?P<code>E-[2-9A-Z]{5})"
    r" version=\S+ page=(?P<page>\S+) role=(?P<role>\S+)"
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One fault; `lines` are all the log says of it."""

    code: str
    at: datetime
    page: str
    role: str
    lines: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The class of what failed."""
        return self.lines[1].strip() if len(self.lines) > 1 else "?"


def recent(data: Path, most: int = 5) -> list[Incident]:
    """The latest of the newest file, the last first."""
    return list(deque(_incidents(data / FOLDER / FILE), most))[::-1]


def found(data: Path, code: str) -> Incident | None:
    """What the log says under a code, however somebody typed it; None where it says nothing."""
    wanted = f"E-{code.strip().upper().removeprefix('E-').strip()}"
    for path in sorted((data / FOLDER).glob(f"{FILE}*")):
        for one in _incidents(path):
            if one.code == wanted:
                return one
    return None


def _incidents(path: Path) -> Iterator[Incident]:
    lines: list[str] = []
    for line in [*_lines(path), ""]:
        if lines and not line.startswith(" "):
            head = _HEAD.match(lines[0])
            if head:
                at = datetime.fromisoformat(head["at"])
                yield Incident(head["code"], at, head["page"], head["role"], tuple(lines))
            lines = []
        if lines or _HEAD.match(line):
            lines.append(line)


def _lines(path: Path) -> list[str]:
    with suppress(OSError):  # being rotated, or none yet
        return path.read_text("utf-8", "replace").splitlines()
    return []
