"""Issues of many rows, made only as far as they are shown: the gravest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from dashboard.importing.columns import Places
from dashboard.importing.report import Issue

_RANKS = {"error": 0, "warning": 1, "info": 2}
Where = Callable[[int, str], str]  # (row, field) -> the cell's name


@dataclass(frozen=True, slots=True)
class _Entry:
    issue: Issue
    rows: Places
    field: str


@dataclass(slots=True)
class Listing:
    """One entry is one issue and all rows it is true of."""

    entries: list[_Entry] = field(default_factory=list)

    def add(self, issue: Issue, rows: Places, field: str) -> None:
        self.entries.append(_Entry(issue, rows, field))

    def add_one(self, issue: Issue, row: int, field: str) -> None:
        self.add(issue, np.array([row], np.int64), field)

    def first(self, limit: int, where: Where) -> tuple[list[Issue], int]:
        """At most `limit` issues by gravity, then row, then order of finding; and how many there
        are in all.
        """
        if not self.entries:
            return [], 0
        lengths = [len(entry.rows) for entry in self.entries]
        rows = np.concatenate([entry.rows for entry in self.entries])
        ranks = np.repeat([_RANKS[entry.issue.severity] for entry in self.entries], lengths)
        places = np.repeat(np.arange(len(self.entries)), lengths)
        order = np.lexsort((places, rows, ranks))[:limit]
        return [self._issue(int(places[at]), int(rows[at]), where) for at in order], len(rows)

    def _issue(self, place: int, row: int, where: Where) -> Issue:
        entry = self.entries[place]
        return replace(entry.issue, cell=where(row, entry.field))
