"""One line of the log, and how each is tied to the line before it.

A line is canonical JSON: keys sorted, no spaces, ASCII. Its hash is taken over the line without
the hash, and holds the hash before; so no line can be changed, moved, added or left out unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dashboard.audit.acts import OWN, Fact

START = "0" * 64  # before the first line


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed. `at` is in UTC; `facts` are codes and counts."""

    n: int
    at: datetime
    who: str
    act: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    before: str = START
    hash: str = ""

    def sealed(self) -> bytes:
        """The line as it is written, with its newline."""
        told = self._told()
        return _json(told | {"hash": _hash(told)}) + b"\n"

    @property
    def seal(self) -> str:
        return _hash(self._told())

    def _told(self) -> dict[str, Fact]:
        own: dict[str, Fact] = {
            "n": self.n,
            "at": _written(self.at),
            "who": self.who,
            "act": self.act,
        }
        return dict(self.facts) | own | {"before": self.before}


def parsed(line: bytes) -> Entry | None:
    """The entry of a line without its newline; None where it is not exactly what was written."""
    try:
        told = json.loads(line)
        facts = {key: value for key, value in told.items() if key not in OWN}
        at = datetime.fromisoformat(told["at"])
        entry = Entry(told["n"], at, told["who"], told["act"], facts, told["before"], told["hash"])
        return entry if entry.sealed() == line + b"\n" else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _hash(told: Mapping[str, Fact]) -> str:
    return hashlib.sha256(_json(told)).hexdigest()


def _json(told: Mapping[str, Fact]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
