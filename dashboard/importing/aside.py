"""Sheets the house adds to what it hands out: notes, examples, lists of what to mend.

They say themselves that they are not data, in a sentence of their own at the top, so the mark is
seen by the officer and outlives every program that saves the file.
"""

from __future__ import annotations

from dashboard.importing.grids import Grid
from dashboard.text import Text

SENTENCE = Text("本页仅供阅读，不会导入。", "This sheet is for reading only; it is not imported.")
_LINES = 3  # rows from the top in which the sentence may stand
_SENTENCES = (SENTENCE.zh, SENTENCE.en)


def is_aside(grid: Grid) -> bool:
    """Whether the sheet's first column says so, near its top."""
    tops = (row[0] for row in grid.rows[:_LINES] if row)
    return any(isinstance(cell, str) and cell.startswith(_SENTENCES) for cell in tops)
