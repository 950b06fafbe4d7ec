"""Issues of many rows, made only as far as they are shown: the gravest first.

The same doubt about many cells of a column is one issue, which counts them: nobody reads a
thousand lines that say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from dashboard.importing.columns import Places
from dashboard.importing.report import Issue
from dashboard.text import Text

_RANKS = {"error": 0, "warning": 1, "info": 2}
Where = Callable[[int, str], str]  # (row, field) -> the cell's name
ALIKE = 20  # cells with the same doubt that are told one by one; more are told at once
_NAMED = 5  # of them the message names
_FOLDED = Text(
    "{first}（同类情况共 {n} 处：{cells} 等）", "{first} ({n} alike: {cells} and others)"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    issue: Issue
    rows: Places
    field: str

    @property
    def kind(self) -> tuple[str, str, str]:
        return self.issue.code, self.issue.severity, self.field


@dataclass(frozen=True, slots=True)
class _Told:
    """One issue to be: the row it is about, and the rows of all that are like it."""

    entry: _Entry
    row: int
    place: int  # in the order of finding
    alike: Places | None = None


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
        are in all. More than ALIKE of one kind about one field are one issue.
        """
        told = sorted(
            self._told(), key=lambda one: (_RANKS[one.entry.issue.severity], one.row, one.place)
        )
        return [_issue(one, limit, where) for one in told[:limit]], len(told)

    def _told(self) -> Iterator[_Told]:
        kinds: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for place, entry in enumerate(self.entries):
            kinds[entry.kind].append(place)
        for places in kinds.values():
            if sum(len(self.entries[place].rows) for place in places) > ALIKE:
                yield self._folded(places)
                continue
            for place in places:
                entry = self.entries[place]
                yield from (_Told(entry, row, place) for row in entry.rows.tolist())

    def _folded(self, places: list[int]) -> _Told:
        rows = np.sort(np.concatenate([self.entries[place].rows for place in places]))
        first = min(places, key=lambda place: int(self.entries[place].rows.min()))
        return _Told(self.entries[first], int(rows[0]), first, rows)


def _issue(told: _Told, limit: int, where: Where) -> Issue:
    found = replace(told.entry.issue, cell=where(told.row, told.entry.field))
    if told.alike is None:
        return found
    cells = [where(row, told.entry.field) for row in told.alike[:limit].tolist()]
    named = Text("、".join(cells[:_NAMED]), ", ".join(cells[:_NAMED]))
    words = _FOLDED.format(first=found.message, n=f"{len(told.alike):,}", cells=named)
    return replace(found, message=words, others=tuple(cells[1:]))
