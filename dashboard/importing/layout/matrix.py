"""People down, days across: where such a table's header, names and days stand.

Nothing is taken for it whose cells are not marks of presence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from dashboard.contracts import codes
from dashboard.contracts import dataset as dataset_named
from dashboard.contracts.model import Surroundings
from dashboard.contracts.spelling import folded, one_line, plain
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.layout import daycolumns, surroundings
from dashboard.importing.layout.daycolumns import Day
from dashboard.importing.layout.headers import SEARCHED
from dashboard.importing.values.coerce import shown

ATTENDANCE = dataset_named("attendance")
_NAMES = ATTENDANCE.column("name").spellings()
_OWN_TOTALS = re.compile(
    r"合计|总计|小计|共计|累计|次数|天数|人数|出勤|缺勤|出席|缺席|请假|迟到|早退|率$|%|得分|积分|应到|实到|次$|天$|假$|旷"
)
_PUNCH = re.compile(r"上班|下班|签到|签退|打卡|进|出")
CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?[一二三四五六日天1-7]")
_ABOUT = re.compile(r"签到|考勤|出勤|出席|参加|参与|活动|attendance", re.IGNORECASE)
_SAMPLED = 200  # people whose marks tell whether these are marks at all


@dataclass(slots=True)
class Column:
    """One day of the matrix: its sheet columns (two for a day's punches) and what it says."""

    places: tuple[int, ...]
    day: Day
    event: str = ""


@dataclass(slots=True)
class Matrix:
    """Where the parts of a wide table stand; rows and columns from 0."""

    top: int
    bottom: int  # the header's last row
    name: int
    days: list[Column]
    fixed: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)


def find(grid: Grid, file: str) -> Matrix | None:
    """The matrix in the grid's first rows, or None."""
    for at in range(min(SEARCHED, len(grid.rows))):
        for name, cell in enumerate(grid.rows[at]):
            if isinstance(cell, str) and plain(cell) in _NAMES:
                around = _around(grid, at, file)
                if found := _with_days(grid, at, name, around) or _undated(grid, at, name, around):
                    return found
    return None


def _around(grid: Grid, header: int, file: str) -> Surroundings:
    rows = grid.rows[: max(header, 1)]
    title = [shown(cell) for row in rows for cell in row if cell is not None]
    return surroundings.around(title, grid, file)


def _with_days(grid: Grid, at: int, name: int, around: Surroundings) -> Matrix | None:
    """The row of days is the name's own, or one of the two above or below it."""
    for row in (at, at - 1, at + 1, at - 2, at + 2):
        if not 0 <= row < len(grid.rows) or (row != at and grid.rows[row][name] is not None):
            continue
        right = {c: cell for c, cell in enumerate(grid.rows[row]) if c > name and cell is not None}
        days = daycolumns.read(right, around, _months(grid, row)) if right else {}
        if not days:
            continue
        whole = all(day.completed == "" and not isinstance(day.when, str) for day in days.values())
        if len(days) > 1 or (whole and row == at):
            columns = _columns(grid, row, days)
            found = _framed(grid, Matrix(min(at, row), max(at, row), name, columns), row)
            if _holds_marks(grid, found):
                return found
    return None


def _months(grid: Grid, row: int) -> dict[int, str]:
    """Above a row of bare days: 3月 over its columns."""
    above = _spread(grid, row - 1) if row else []
    return {c: cell for c, cell in enumerate(above) if isinstance(cell, str) and "月" in cell}


def _spread(grid: Grid, row: int) -> list[Cell]:
    """A merged cell speaks for all it covers; in text files it reaches right to the next."""
    spread = list(grid.rows[row])
    for box in grid.merged:
        if box[0] <= row <= box[2]:
            for column in range(box[1], min(box[3], grid.width - 1) + 1):
                spread[column] = grid.rows[box[0]][box[1]]
    if not grid.merged:
        for column in range(1, len(spread)):
            spread[column] = spread[column - 1] if spread[column] is None else spread[column]
    return spread


def _columns(grid: Grid, row: int, days: dict[int, Day]) -> list[Column]:
    """A day merged over several columns is one column each, but its punches are one day."""
    found: list[Column] = []
    below: list[Cell] = grid.rows[row + 1] if row + 1 < len(grid.rows) else [None] * grid.width
    for place in range(min(days), grid.width):
        if place in days:
            found.append(Column((place,), days[place], days[place].event))
        elif (
            grid.rows[row][place] is None and place - 1 in found[-1].places and _word(below[place])
        ):
            _add(found, place, below)
    return found


def _add(found: list[Column], place: int, below: list[Cell]) -> None:
    words = _word(below[place])
    if _PUNCH.search(words):
        found[-1].places += (place,)
    elif codes.PRESENCE.read(words) is None and not CLOCK.search(words):
        found.append(Column((place,), found[-1].day, found[-1].event))


def _word(cell: Cell) -> str:
    return one_line(cell) if isinstance(cell, str) else ""


def _framed(grid: Grid, found: Matrix, row: int) -> Matrix:
    """Add the header rows below and above, the activities they name, and the other columns."""
    while found.bottom + 1 < len(grid.rows) and _is_subheader(grid, found, found.bottom + 1):
        found.bottom += 1
    if found.top and _names_events(grid, found, found.top - 1):
        found.top -= 1
    for level in range(found.top, found.bottom + 1):
        if level != row:
            _name(grid, found, level)
    taken = {place for column in found.days for place in column.places}
    others = [c for c in range(grid.width) if c not in taken and _is_used(grid, found, c)]
    first = min(taken)
    found.left_out = [c for c in others if c > first and _OWN_TOTALS.search(label(grid, found, c))]
    found.fixed = [c for c in others if c not in found.left_out]
    return found


def _is_used(grid: Grid, found: Matrix, column: int) -> bool:
    return any(row[column] is not None for row in grid.rows[found.top :])


def _is_subheader(grid: Grid, found: Matrix, at: int) -> bool:
    """Words under the days and no name: activities, weekdays, 上班 and 下班."""
    row = grid.rows[at]
    under = [row[place] for column in found.days for place in column.places]
    words = [cell for cell in under if cell is not None]
    if row[found.name] is not None or not words or found.bottom - found.top > 2:
        return False
    return all(isinstance(cell, str) and not _is_mark(cell, None) for cell in words)


def _names_events(grid: Grid, found: Matrix, at: int) -> bool:
    row = grid.rows[at]
    over = [row[column.places[0]] for column in found.days]
    words = {cell for cell in over if isinstance(cell, str)}
    return row[found.name] is None and len(words) > 1


def _name(grid: Grid, found: Matrix, level: int) -> None:
    """Words above or below a day name its activity, unless they are weekdays, months, punches."""
    cells = _spread(grid, level) if level < found.bottom else grid.rows[level]
    for column in found.days:
        text = _word(cells[column.places[0]])
        bare = plain(text)
        if not bare or _WEEKDAY.fullmatch(bare) or _PUNCH.fullmatch(bare) or bare.endswith("月"):
            continue
        if bare not in ATTENDANCE.headers and text not in column.event:
            column.event = f"{column.event} {text}".strip()


def label(grid: Grid, found: Matrix, column: int) -> str:
    """A column's header words, top to bottom."""
    words = [_word(grid.rows[row][column]) for row in range(found.top, found.bottom + 1)]
    return " ".join(dict.fromkeys(word for word in words if word))


def _holds_marks(grid: Grid, found: Matrix) -> bool:
    """Eight of ten filled cells say who was there, and at least one does."""
    rows = grid.rows[found.bottom + 1 : found.bottom + 1 + _SAMPLED]
    seen = [
        _is_mark(row[place], row[found.name])
        for row in rows
        if isinstance(row[found.name], str)
        for column in found.days
        for place in column.places
        if row[place] is not None
    ]
    return bool(seen) and sum(seen) * 10 >= len(seen) * 8 and any(seen)


def _is_mark(cell: Cell, name: Cell) -> bool:
    if isinstance(cell, (bool, time, timedelta, datetime)):
        return True
    if isinstance(cell, (int, float)):
        return cell in (0, 1)
    if not isinstance(cell, str):
        return False
    if codes.PRESENCE.read(cell.strip()) is not None or CLOCK.search(folded(cell)):
        return True
    return isinstance(name, str) and plain(cell) == plain(name)


def _says_how_many(text: str) -> bool:
    """迟到, 病假 over a column count a person's own days; no activity is called so."""
    return bool(_OWN_TOTALS.search(text)) or codes.PRESENCE.read(plain(text)) is not None


def _undated(grid: Grid, at: int, name: int, around: Surroundings) -> Matrix | None:
    """Activities across without any day: told apart only where the sheet speaks of attendance."""
    if not _ABOUT.search(around.words):
        return None
    labels = {c: _word(cell) for c, cell in enumerate(grid.rows[at]) if c > name}
    known = {ATTENDANCE.headers[word].name for word in map(plain, labels.values())
             if word in ATTENDANCE.headers}  # fmt: skip
    if known & {"presence", "signature", "held_on", "activity", "signed_at"}:
        return None
    columns = [
        Column((place,), Day(None), text)
        for place, text in labels.items()
        if plain(text) and plain(text) not in ATTENDANCE.headers and not _says_how_many(text)
    ]
    alone = [c for c in columns if _holds_marks(grid, Matrix(at, at, name, [c]))]
    if len(alone) < 2:
        return None
    return _framed(grid, Matrix(at, at, name, alone), at)
