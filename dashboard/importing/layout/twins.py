"""Two columns of one meaning of which a row fills one: 收入 and 支出 each with a 科目 of its own.

Their cells are one column; where a row fills both, nothing is done, and the second is not used.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.importing.columns import Cell, Columns, coded
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import cutting, headers
from dashboard.importing.layout.headers import Header

# Amounts in two columns are two amounts.
_WORDS = frozenset(("label", "text", "name", "id", "code"))


def joined(grid: Grid, file: str) -> Grid:
    """The grid with the words of such columns in the first of them, and a note that says so."""
    words = f"{grid.heading} {cutting.words(grid.rows[:3])} {grid.name} {file}"
    header = headers.find(grid, words)
    if header is None or header.dataset is None:
        return grid
    for name in dict.fromkeys(header.repeated):
        first, *others = places(grid, header, name)
        column = header.dataset.column(name)
        if column.type in _WORDS and others and _takes_turns(grid, header, [first, *others]):
            grid = _moved(grid, header, first, others)
            note = issue("columns_joined", field=column.label)
            grid.notes = [*grid.notes, note]
    return grid


def places(grid: Grid, header: Header, name: str) -> list[int]:
    """The field's column, then the others whose header means the same."""
    dataset = header.dataset
    stacked = headers.stack(grid, header.first, len(header.rows))
    found = [headers.known(dataset, texts) if dataset else None for texts in stacked]
    same = [place for place, column in enumerate(found) if column and column.name == name]
    first = header.fields[name]
    return [first, *(place for place in same if place != first)]


def _takes_turns(grid: Grid, header: Header, places: list[int]) -> bool:
    filled = [cutting.there(grid.column(place))[header.last + 1 :] for place in places]
    return not (np.sum(filled, axis=0) > 1).any()


def is_emptied(grid: Grid, header: Header, name: str) -> bool:
    """Whether only the first of the field's columns holds anything."""
    _, *others = places(grid, header, name)
    return not any(cutting.there(grid.column(c))[header.last + 1 :].any() for c in others)


def _moved(grid: Grid, header: Header, first: int, others: list[int]) -> Grid:
    """Below the header each cell stands in the first column, and the others are empty."""
    columns: dict[int, list[Cell]] = {}
    for place in (first, *others):
        column = grid.column(place)
        columns[place] = [column[at] for at in range(len(grid.rows))]
    for place in others:
        for at in range(header.last + 1, len(grid.rows)):
            if columns[place][at] is not None:
                columns[first][at], columns[place][at] = columns[place][at], None
    return replace(grid, rows=_rows(grid, columns))


def _rows(grid: Grid, columns: dict[int, list[Cell]]) -> list[list[Cell]] | Columns:
    if isinstance(grid.rows, Columns):
        kept = list(grid.rows.columns)
        for place, cells in columns.items():
            kept[place] = coded(cells)
        return Columns(kept)
    rows = [list(row) for row in grid.rows]
    for place, cells in columns.items():
        for row, cell in zip(rows, cells, strict=True):
            row[place] = cell
    return rows
