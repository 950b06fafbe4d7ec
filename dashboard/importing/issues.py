"""Every doubt a reader can have about a file: its code owns severity, words and remedy."""

from __future__ import annotations

from dashboard.importing.cell_doubts import CELLS
from dashboard.importing.doubts import Kind
from dashboard.importing.layout_doubts import LAYOUT
from dashboard.importing.report import Issue
from dashboard.importing.sheet_doubts import SHEETS
from dashboard.importing.value_doubts import VALUES

KINDS: dict[str, Kind] = CELLS | LAYOUT | SHEETS | VALUES


def issue(code: str, cell: str | None = None, value: str | None = None, **words: object) -> Issue:
    """An issue of that kind; `words` fill the marks of its sentence."""
    kind = KINDS[code]
    return Issue(code, kind.severity, kind.message.format(**words), kind.remedy, cell, value)
