"""Every doubt a reader can have about a file: its code owns severity, words and remedy."""

from __future__ import annotations

from dashboard.importing.issues.cells import CELLS
from dashboard.importing.issues.kind import Kind
from dashboard.importing.issues.layout import LAYOUT
from dashboard.importing.issues.sheets import SHEETS
from dashboard.importing.issues.values import VALUES
from dashboard.importing.report import Issue

KINDS: dict[str, Kind] = CELLS | LAYOUT | SHEETS | VALUES


def issue(code: str, cell: str | None = None, value: str | None = None, **words: object) -> Issue:
    """An issue of that kind; `words` fill the marks of its sentence."""
    kind = KINDS[code]
    return Issue(code, kind.severity, kind.message.format(**words), kind.remedy, cell, value)
