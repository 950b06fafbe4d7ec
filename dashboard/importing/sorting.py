"""The kind of every row of a sheet. In a large one only the rows in question are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.contracts.model import Surroundings
from dashboard.importing import lines
from dashboard.importing.columns import Columns, Mask, Places
from dashboard.importing.grids import Grid
from dashboard.importing.headers import Header
from dashboard.importing.lines import Line


@dataclass(frozen=True, slots=True)
class Sorted:
    """A sheet whose rows each have their kind, and what is said around its table."""

    grid: Grid
    header: Header
    kinds: list[Line]
    around: Surroundings

    @property
    def data(self) -> Places:
        """The grid's data rows."""
        data = np.fromiter((kind == "data" for kind in self.kinds), bool, len(self.kinds))
        return np.flatnonzero(data)

    @property
    def totals(self) -> list[int]:
        return [row for row, kind in enumerate(self.kinds) if kind == "totals"]


def kinds(grid: Grid, header: Header) -> list[Line]:
    """One kind a row. A large sheet's rows are data where no cell could make them anything else;
    tests hold this to `lines.kind`, row by row.
    """
    if not isinstance(grid.rows, Columns):
        return [lines.kind(grid, place, header) for place in range(len(grid.rows))]
    found: list[Line] = ["data"] * len(grid.rows)
    for place in np.flatnonzero(_in_question(grid, grid.rows, header)).tolist():
        found[place] = lines.kind(grid, place, header)
    return found


def _in_question(grid: Grid, rows: Columns, header: Header) -> Mask:
    """Rows above or in the header, rows without a required cell, rows with one cell only, and
    rows with a text that could be a total, a remark or a header's word.
    """
    required = sorted(lines.needed_columns(header)) or [0]
    asked: Mask = np.zeros(len(rows), bool)
    head = header.last + 1
    asked[:head] = True
    filled = np.zeros(len(rows), np.int32)
    for place, column in enumerate(rows.columns):
        there = column.filled
        filled += there
        if place in required:
            asked |= ~there
        if place != header.fields.get("note"):
            asked |= column.matching(lines.may_total, lines.TOTAL_SIGNS, head)
        if place <= required[0]:
            asked |= column.matching(lines.may_remark, lines.ANYTHING, head)
    words = lines.header_words(grid, header, required[0])
    asked |= rows.columns[required[0]].matching(words, lines.ANYTHING, head)
    found: Mask = asked | (filled <= 1)
    return found
