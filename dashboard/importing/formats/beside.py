"""What a sheet says beside its cells' values: what it hides, shrinks, shows as a picture.

The reader yields values only. Each format tells the rest in its own way (sheetxml, odsxml, biff);
here it meets the grid: what is hidden is left out and named, and the rest keeps its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell
from dashboard.importing.formats.scaling import Scaling
from dashboard.importing.grids import Box, Grid, letter, trimmed
from dashboard.importing.issues import issue
from dashboard.importing.report import Issue
from dashboard.settings import Limits

Span = tuple[int, int]  # first and last row or column, from 0
Place = tuple[int, int]  # row, column; from 0
_NAMED = 20  # spans an issue names before it only counts


@dataclass(slots=True)
class Beside:
    """One sheet's. Places are the sheet's own, from 0; spans may reach beyond its last cell."""

    marks: dict[Place, str] = field(default_factory=dict)  # `#REF!`, UNCALCULATED
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    filtered: bool = False  # a filter hides the rows
    merged: list[Box] = field(default_factory=list)
    scaled: dict[Place, Scaling] = field(default_factory=dict)
    struck: list[Place] = field(default_factory=list)  # cells whose font strikes them out
    pictures: bool = False  # some cells may hold =DISPIMG(…)
    epoch_1904: bool = False
    gaps: list[Span] = field(default_factory=list)  # empty rows that are not worth keeping

    def is_only_merged(self) -> bool:
        """Nothing is said but which cells are merged."""
        return self == Beside(merged=self.merged)


def laid(name: str, cells: list[list[Cell]], said: Beside, whole: bool) -> Grid:
    """A sheet's cells as its grid; `whole`: with the hidden rows and columns.

    Raises RefusedFile (too_complex) where what is said lies absurdly far from the cells.
    """
    sheet = _Sheet(_roomy(cells, said.marks), said)
    sheet.mark()
    if said.pictures:
        sheet.drop_pictures()
    sheet.name_scaled()
    sheet.name_struck()
    rows = trimmed(sheet.rows)
    merged = within(said.merged, len(rows), len(rows[0]) if rows else 0)
    grid = Grid(name, rows, merged=merged, notes=sheet.notes, scaled=sheet.scaled)
    grid.epoch_1904 = said.epoch_1904
    return _cut(grid, rows, Beside(gaps=said.gaps) if whole else said)


def within(merged: Iterable[Box], height: int, width: int) -> list[Box]:
    """The merged boxes as far as there are cells: some are drawn beyond the last."""
    return [
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in merged
        if top < height and left < width
    ]


def _roomy(rows: list[list[Cell]], marks: Iterable[Place]) -> list[list[Cell]]:
    """Large enough for the marks: a formula never calculated may lie beyond the last value."""
    height = max((row + 1 for row, _ in marks), default=0)
    width = max((column + 1 for _, column in marks), default=0)
    wide = max(width, len(rows[0]) if rows else 0)
    if rows and height <= len(rows) and wide == len(rows[0]):
        return rows
    if max(height, len(rows)) * wide > Limits().cells:
        raise RefusedFile("too_complex", limit=f"{Limits().cells:,}")
    if rows and len(rows[0]) < wide:
        rows = [row + [None] * (wide - len(row)) for row in rows]
    return rows + [[None] * wide for _ in range(height - len(rows))]


class _Sheet:
    """What is said, brought to the cells it is said of."""

    def __init__(self, rows: list[list[Cell]], said: Beside) -> None:
        self.notes: list[Issue] = []
        self.scaled: dict[int, int] = {}
        self.rows = rows
        self._said = said

    def mark(self) -> None:
        """Put `#REF!` and the sign of an uncalculated formula where the reader saw nothing."""
        for (row, column), value in self._said.marks.items():
            if self._has(row, column) and not self.rows[row][column]:
                self.rows[row][column] = value

    def _has(self, row: int, column: int) -> bool:
        return row < len(self.rows) and column < len(self.rows[row])

    def drop_pictures(self) -> None:
        """WPS keeps a picture in a cell as `=DISPIMG("ID_1",1)`: no value anybody could read."""
        found: dict[int, list[int]] = {}
        for at, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and "DISPIMG(" in cell[:40]:
                    row[column] = None
                    found.setdefault(column, []).append(at)
        for column, rows in sorted(found.items()):
            name = letter(column)
            told = issue("picture_cells", f"{name}{rows[0] + 1}", given=name, count=len(rows))
            self.notes.append(told)

    def name_scaled(self) -> None:
        """One issue per column, at its first such number; its factor where that is the rule."""
        there = ((*place, how) for place, how in sorted(self._said.scaled.items(), key=_by_column))
        every = [(row, at, how) for row, at, how in there if how.holds(self._number(row, at))]
        here = [found for found in every if not self._named(*found)]
        for column, group in groupby(here, key=lambda found: found[1]):
            found = list(group)
            row, _, how = found[0]
            numbers = sum(self._number(at, column) != 0 for at in range(len(self.rows)))
            if (
                how.divisor > 1
                and len(found) * 2 > numbers
                and {each for _, _, each in found} == {how}
            ):
                self.scaled[column] = how.divisor
            self._tell(row, column, how)

    def _named(self, row: int, column: int, how: Scaling) -> bool:
        """1.5 that its format shows as 1.5万元 is read as if somebody had typed that."""
        number = f"{self._number(row, column):.15g}"
        if how.unit and "e" not in number:
            self.rows[row][column] = f"{number}{how.unit}"
        return bool(how.unit)

    def _tell(self, row: int, column: int, how: Scaling) -> None:
        number, name = self._number(row, column), letter(column)
        words = {"given": name, "shown": how.shown(number), "stored": f"{number:,}"}
        code = "scaled_format" if how.divisor > 1 else "odd_format"
        self.notes.append(issue(code, f"{name}{row + 1}", **words))

    def name_struck(self) -> None:
        """A row that somebody struck out may be meant as deleted, or as done."""
        rows = {row for row, column in self._said.struck if self._filled_at(row, column)}
        if rows:
            told = named(sorted(rows), lambda row: str(row + 1))
            self.notes.append(issue("struck_cells", given=told))

    def _filled_at(self, row: int, column: int) -> bool:
        return self._has(row, column) and self.rows[row][column] is not None

    def _number(self, row: int, column: int) -> float:
        """The cell's number; 0, which looks the same in any format, where there is none."""
        cell = self.rows[row][column] if self._has(row, column) else None
        return cell if isinstance(cell, int | float) else 0


def _by_column(found: tuple[Place, Scaling]) -> Place:
    (row, column), _ = found
    return column, row


def _cut(grid: Grid, cells: list[list[Cell]], said: Beside) -> Grid:
    """Leave out hidden rows and columns that hold something; name them."""
    rows = _hidden(said.hidden_rows, len(cells), lambda at: _filled(cells[at]))
    columns = _hidden(said.hidden_columns, grid.width, lambda at: _filled(row[at] for row in cells))
    gaps = {at for first, last in said.gaps for at in range(first, min(last + 1, len(cells)))}
    if not rows and not columns and not gaps:
        return grid
    _show_merged(grid, cells, rows, columns)
    if rows:
        code = "filtered_rows" if said.filtered else "hidden_rows"
        grid.notes.append(issue(code, given=named(sorted(rows), lambda row: str(row + 1))))
    if columns:
        grid.notes.append(issue("hidden_columns", given=named(sorted(columns), letter)))
    return _kept(
        grid,
        cells,
        [at for at in range(len(cells)) if at not in rows and at not in gaps],
        [at for at in range(grid.width) if at not in columns],
    )


def _hidden(spans: Iterable[Span], end: int, filled: Callable[[int], bool]) -> set[int]:
    places = {at for first, last in spans for at in range(first, min(last + 1, end))}
    return {at for at in places if filled(at)}


def _filled(cells: Iterable[Cell]) -> bool:
    return any(cell is not None for cell in cells)


def _show_merged(grid: Grid, cells: list[list[Cell]], rows: set[int], columns: set[int]) -> None:
    """A merged cell whose corner is hidden shows its value in what is left of it."""
    for top, left, bottom, right in grid.merged:
        if top not in rows and left not in columns:
            continue
        down = (at for at in range(top, min(bottom + 1, len(cells))) if at not in rows)
        across = (at for at in range(left, min(right + 1, grid.width)) if at not in columns)
        row, column = next(down, None), next(across, None)
        if row is not None and column is not None:
            cells[row][column] = cells[top][left]


def _kept(grid: Grid, cells: list[list[Cell]], rows: Sequence[int], columns: Sequence[int]) -> Grid:
    """Only these are left; they keep their names."""
    grid.merged = [box for old in grid.merged if (box := _shrunk(old, rows, columns))]
    grid.scaled = {new: grid.scaled[old] for new, old in enumerate(columns) if old in grid.scaled}
    if len(columns) < grid.width:
        grid.across = columns
    if len(rows) < len(cells):
        grid.down = rows
    grid.rows = [[cells[row][at] for at in columns] for row in rows]
    return grid


def _shrunk(box: Box, rows: Sequence[int], columns: Sequence[int]) -> Box | None:
    top, left = bisect_left(rows, box[0]), bisect_left(columns, box[1])
    bottom, right = bisect_right(rows, box[2]) - 1, bisect_right(columns, box[3]) - 1
    return (top, left, bottom, right) if top <= bottom and left <= right else None


def named(places: Sequence[int], name: Callable[[int], str]) -> str:
    """`5-9、12`: runs joined, in order; many are counted instead."""
    spans = list(_runs(places))
    words = [name(a) if a == b else f"{name(a)}-{name(b)}" for a, b in spans[:_NAMED]]
    more = f"…（{len(places)}）" if len(spans) > _NAMED else ""
    return "、".join(words) + more


def _runs(places: Sequence[int]) -> Iterator[Span]:
    starts = [0, *(at for at, (a, b) in enumerate(pairwise(places), 1) if b != a + 1)]
    for start, end in pairwise([*starts, len(places)]):
        yield places[start], places[end - 1]
