"""A case is a file: tests/files/NAME and, beside it, NAME.json with what must come out of it.

The expectation names only what matters; counts it leaves out must be zero, issues are complete.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from here import read_here

from dashboard.importing.report import COUNTED, SheetReport

FILES = Path(__file__).parent / "files"
CASES = sorted(path for path in FILES.iterdir() if path.is_file() and path.suffix != ".json")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_file_is_read_as_expected(path: Path) -> None:
    expected = json.loads(Path(f"{path}.json").read_text("utf-8"))
    report = read_here(path.read_bytes(), path.name)
    assert (report.refused and report.refused[0]) == expected.get("refused")
    for name in ("kind", "encoding"):
        assert getattr(report, name) == expected.get(name, getattr(report, name))
    assert len(report.sheets) == len(expected["sheets"])
    for sheet, wanted in zip(report.sheets, expected["sheets"], strict=True):
        seen = {name: _seen(sheet, name) for name in wanted if name != "rows"}
        assert seen == {name: _wanted(name, wanted[name]) for name in seen}
        assert sheet.counts["rows"] == sum(sheet.counts[name] for name in COUNTED)
        _check_rows(sheet, wanted.get("rows", []))


SEEN: dict[str, Callable[[SheetReport], Any]] = {
    "columns": lambda sheet: {field: column.column for field, column in sheet.columns.items()},
    "unmapped": lambda sheet: [column.header for column in sheet.unmapped],
    "issues": lambda sheet: sorted((i.code, i.cell or "") for i in sheet.issues),
    "totals_check": lambda sheet: [
        [check.field, check.printed, check.computed, check.ok] for check in sheet.totals_check
    ],
    "header_rows": lambda sheet: list(sheet.header_rows),
    "as_of": lambda sheet: sheet.as_of and sheet.as_of.isoformat(),
}


def _seen(sheet: SheetReport, name: str) -> Any:
    return SEEN[name](sheet) if name in SEEN else getattr(sheet, name)


def _wanted(name: str, value: Any) -> Any:
    if name == "counts":
        counts = dict.fromkeys(COUNTED, 0) | value
        return {"rows": sum(counts[part] for part in COUNTED), **counts}
    if name == "sums":
        return {field: Decimal(text) for field, text in value.items()}
    if name == "issues":
        return sorted((code, cell or "") for code, cell in value)
    if name == "totals_check":
        return [[field, Decimal(a), Decimal(b), ok] for field, a, b, ok in value]
    return value


def _check_rows(sheet: SheetReport, wanted: list[dict[str, Any]]) -> None:
    for row, fields in zip(sheet.rows, wanted, strict=False):
        typed = {name: _typed(value, row[name]) for name, value in fields.items()}
        assert {name: row[name] for name in fields} == typed
    assert len(sheet.rows) >= len(wanted)


def _typed(wanted: Any, seen: Any) -> Any:
    """What the expectation writes, as the type that was read: 1200.5 is 1200.50."""
    if isinstance(seen, date):
        return date.fromisoformat(wanted) if wanted else wanted
    return Decimal(wanted) if isinstance(seen, Decimal) and wanted is not None else wanted
