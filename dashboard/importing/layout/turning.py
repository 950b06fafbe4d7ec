"""A wide table of attendance written as a long one: one row a person and day.

The fixed columns (name, number, department) are repeated, the header becomes the day, a second
header row the activity, the cell the presence. A person's own totals are no days; a column
without one mark is a day not yet held. Nothing else is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from dashboard.contracts.spelling import folded, plain
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Box, Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import lines, matrix
from dashboard.importing.layout.headers import Header
from dashboard.importing.layout.matrix import ATTENDANCE, CLOCK, Column, Matrix, label
from dashboard.importing.report import Issue
from dashboard.importing.values.coerce import shown
from dashboard.importing.values.private import masked


def turned(grid: Grid, file: str, cells: int) -> Grid:
    """The long form of a wide table; any other grid as it is. `cells`: the most it may have."""
    found = matrix.find(grid, file)
    if found is None or len(grid.rows) * len(found.days) * (len(found.fixed) + 4) > cells:
        return grid
    return _Turning(grid, found).grid()


class _Turning:
    """Writes the long form of one matrix."""

    def __init__(self, grid: Grid, found: Matrix) -> None:
        self.source, self.found = grid, found
        words = [label(grid, found, column) for column in range(grid.width)]
        self.header = Header(found.top, found.bottom, words, ATTENDANCE, {"name": found.name})
        self.people = [at for at in range(found.bottom + 1, len(grid.rows)) if self._is_person(at)]
        self.held = [column for column in found.days if self._is_held(column)]
        self.has_events = any(column.event for column in self.held)
        self.has_times = any(_times(self._marks(at, c)) for at in self.people for c in self.held)
        self.filling = _merged_down(grid, found)
        self.rows: list[list[Cell]] = []
        self.down: list[int] = []
        self.spots: list[int] = []

    def grid(self) -> Grid:
        """The turned grid; its notes say what was done."""
        source, found = self.source, self.found
        people = set(self.people)
        for at in range(len(source.rows)):
            if at in people:
                self._expand(at)
            else:
                self._put(at, self._other(at), found.days[0].places[0])
        return replace(
            source,
            rows=self.rows,
            merged=self._merged(),
            down=self.down,
            across=self._across(),
            spots=self.spots,
            turned=len(found.fixed),
            scaled={},
            notes=[*source.notes, *self._notes()],
        )

    def _is_person(self, at: int) -> bool:
        """Whose marks stand here; a row of marks without a name is kept, to be told of."""
        if lines.kind(self.source, at, self.header) != "data":
            return False
        named = self.source.rows[at][self.found.name] is not None
        return named or any(self._marks(at, column) for column in self.found.days)

    def _marks(self, at: int, column: Column) -> list[Cell]:
        row = self.source.rows[at]
        return [row[place] for place in column.places if row[place] is not None]

    def _is_held(self, column: Column) -> bool:
        return any(self._marks(at, column) for at in self.people)

    def _expand(self, at: int) -> None:
        row = self.source.rows[at]
        fixed = [self.filling.get((at, c), row[c]) for c in self.found.fixed]
        for column in self.held:
            marks = self._marks(at, column)
            times = _times(marks)
            said: list[Cell] = [_presence(marks, row[self.found.name])]
            events: list[Cell] = [column.event or None] if self.has_events else []
            stamped: list[Cell] = [times[0] if times else None] if self.has_times else []
            spot = next((c for c in column.places if row[c] is not None), column.places[0])
            self._put(at, [*fixed, column.day.when, *events, *said, *stamped], spot)

    def _put(self, at: int, cells: list[Cell], spot: int) -> None:
        source = self.source
        self.rows.append(cells)
        self.down.append(source.number(at) - 1)
        self.spots.append(spot if source.across is None else source.across[spot])

    def _other(self, at: int) -> list[Cell]:
        """Titles, headers, totals, remarks: once each."""
        width = len(self.found.fixed) + len(self._labels())
        if at == self.found.top:
            own = [self._fixed_label(c) for c in self.found.fixed]
            return [*own, *self._labels()]
        if self.found.top < at <= self.found.bottom:
            return [None] * width
        return _pressed(self.source.rows[at], self.found.fixed, width)

    def _labels(self) -> list[str]:
        events = ["活动名称"] if self.has_events else []
        times = ["签到时间"] if self.has_times else []
        return ["活动日期", *events, "出席情况", *times]

    def _fixed_label(self, column: int) -> str | None:
        """Its own words; marked where they would pass for what the cells of the days say."""
        words = label(self.source, self.found, column)
        known = ATTENDANCE.headers.get(plain(words))
        taken = known and known.name in ("held_on", "activity", "presence", "signature")
        return f"{words} #" if taken else words or None

    def _merged(self) -> list[Box]:
        """Every column of the header is one cell."""
        top, bottom = self.found.top, self.found.bottom
        width = len(self.found.fixed) + len(self._labels())
        return [(top, c, bottom, c) for c in range(width)] if bottom > top else []

    def _across(self) -> list[int]:
        """A letter of its own for each column: those of the days, then those beyond the sheet."""
        source = self.source
        places = [c for column in self.found.days for c in column.places]
        own = list(range(source.width)) if source.across is None else list(source.across)
        pool = [own[c] for c in places] + [max(own) + 1 + extra for extra in range(4)]
        return [own[c] for c in self.found.fixed] + pool[: len(self._labels())]

    def _notes(self) -> Iterator[Issue]:
        people, days = len(self.people), len(self.held)
        yield issue("matrix_turned", people=people, days=days, rows=people * days)
        empty = [column for column in self.found.days if column not in self.held]
        if empty:
            named = "、".join(self._said(column) for column in empty)
            yield issue("matrix_days_empty", count=len(empty), given=named)
        if self.found.left_out:
            words = (label(self.source, self.found, c) for c in self.found.left_out)
            yield issue("matrix_columns_left_out", given=masked("、".join(words)))
        yield from self._completed()

    def _completed(self) -> Iterator[Issue]:
        for code, what in (("year_of_title", "year"), ("month_of_title", "month")):
            first = next((c for c in self.found.days if c.day.completed == what), None)
            if first:
                cell = self.source.where(self.found.top, first.places[0])
                yield issue(code, cell, given=first.day.when)

    def _said(self, column: Column) -> str:
        return masked(shown(column.day.when) or column.event)


def _merged_down(grid: Grid, found: Matrix) -> dict[tuple[int, int], Cell]:
    """A department merged over its people is theirs, inside the merged cells only."""
    return {
        (row, box[1]): grid.rows[box[0]][box[1]]
        for box in grid.merged
        if box[0] > found.bottom and box[1] == box[3] and box[1] in found.fixed
        for row in range(box[0], min(box[2], len(grid.rows) - 1) + 1)
    }


def _times(marks: list[Cell]) -> list[str]:
    """The clock times among them, as text."""
    return [
        shown(cell)
        for cell in marks
        if isinstance(cell, (time, timedelta, datetime))
        or (isinstance(cell, str) and CLOCK.search(folded(cell)))
    ]


def _presence(marks: list[Cell], name: Cell) -> Cell:
    """A time of day, or the person's own name, is a mark like √; else the cell speaks."""
    if not marks:
        return None
    said = next((cell for cell in marks if not _times([cell])), None)
    if said is None:
        return "√"
    if isinstance(said, bool):
        return int(said)
    own = isinstance(said, str) and isinstance(name, str) and plain(said) == plain(name)
    return "√" if own else said


def _pressed(row: list[Cell], fixed: list[int], width: int) -> list[Cell]:
    """A row that is no person's, in the narrower table; its words stay, wherever they stood."""
    cells: list[Cell] = [row[c] for c in fixed]
    cells += [None] * (width - len(cells))
    if all(cell is None for cell in cells):
        words = [cell for cell in row if cell is not None][:width]
        cells = [*words, *[None] * (width - len(words))]
    return cells
