"""The kind of every row of a sheet. In a large one only the rows in question are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.contracts.model import Surroundings
from dashboard.importing.columns import Columns, Mask, Places
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.importing.layout import headers, lines, remarks
from dashboard.importing.layout.headers import Header
from dashboard.importing.layout.lines import Line
from dashboard.importing.report import Issue

Kinds = NDArray[np.object_]  # a Line for each row


@dataclass(frozen=True, slots=True)
class Sorted:
    """A sheet whose rows each have their kind, and what is said around its table."""

    grid: Grid
    header: Header
    kinds: Kinds
    around: Surroundings

    @property
    def data(self) -> Places:
        """The grid's data rows."""
        return np.flatnonzero(self.kinds == "data")

    @property
    def totals(self) -> list[int]:
        return self.of("totals")

    def of(self, kind: Line) -> list[int]:
        """The grid's rows of that kind."""
        found: list[int] = np.flatnonzero(self.kinds == kind).tolist()
        return found


def kinds(grid: Grid, header: Header) -> Kinds:
    """One kind a row. A large sheet's rows are data where no cell could make them anything else;
    tests hold this to `lines.kind`, row by row.
    """
    found: Kinds = np.full(len(grid.rows), "data", object)
    asked: Sequence[int] = range(len(found))
    if isinstance(grid.rows, Columns):
        asked = np.flatnonzero(_in_question(grid, grid.rows, header)).tolist()
    for place in asked:
        found[place] = lines.kind(grid, place, header)
    return found


def _in_question(grid: Grid, rows: Columns, header: Header) -> Mask:
    """Rows above or in the header, rows without a required cell, rows with one cell only, and
    rows with a text that could be a total, a remark or a header's word, and below signers.
    """
    required = sorted(headers.needed_columns(header)) or [0]
    words = headers.header_words(grid, header, required[0])
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
            asked |= said.matching(remarks.may_begin, remarks.ANYTHING)
        if place == required[0]:
            asked |= said.matching(words, remarks.ANYTHING)
        asked[1:] |= said.matching(remarks.is_signer, remarks.SIGNERS)[:-1]
    found: Mask = asked | (filled <= 1)
    return found


def told(sheet: Sorted) -> list[Issue]:
    """The rows of a printed form that hold nothing but their number, told once."""
    blank = (sheet.grid.rows[row] for row in sheet.of("blank"))
    count = sum(any(cell is not None for cell in row) for row in blank)
    return [issue("rows_numbered_only", count=count)] if count else []
