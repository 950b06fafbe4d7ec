"""The kind of every row of a sheet. In a large one only the rows in question are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.contracts.model import Surroundings
from dashboard.importing import lines
from dashboard.importing.columns import Columns, Mask, Places
from dashboard.importing.grids import Grid
from dashboard.importing.headers import Header
from dashboard.importing.issues import issue
from dashboard.importing.lines import Line
from dashboard.importing.report import Issue


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
    rows with a text that could be a total, a remark or a header's word, and below signers.
    """
    required = sorted(lines.needed_columns(header)) or [0]
    words = lines.header_words(grid, header, required[0])
    asked: Mask = np.zeros(len(rows), bool)
    asked[: header.last + 1] = True
    filled = np.zeros(len(rows), np.int32)
    for place, column in enumerate(rows.columns):
        there = column.filled
        filled += there
        if place in required:
            asked |= ~there
        said = column.worded()
        if place != header.fields.get("note"):
            asked |= said.matching(lines.may_total, lines.TOTAL_SIGNS)
        if place <= required[0]:
            asked |= said.matching(lines.may_remark, lines.ANYTHING)
        if place == required[0]:
            asked |= said.matching(words, lines.ANYTHING)
        asked[1:] |= said.matching(lines.is_signer, lines.SIGNERS)[:-1]
    found: Mask = asked | (filled <= 1)
    return found


def told(sheet: Sorted) -> list[Issue]:
    """The rows of a printed form that hold nothing but their number, told once."""
    blank = [row for row, kind in enumerate(sheet.kinds) if kind == "blank"]
    count = sum(any(cell is not None for cell in sheet.grid.rows[row]) for row in blank)
    return [issue("rows_numbered_only", count=count)] if count else []
