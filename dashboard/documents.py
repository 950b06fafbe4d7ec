"""What the command line prints as JSON; its field names are an interface and stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from dashboard import ingest
from dashboard.checks import Doubt
from dashboard.importing.report import FileReport, SheetReport
from dashboard.kpis.model import Result
from dashboard.text import Lang
from dashboard.warehouse import Comparison, Import


def file_document(report: FileReport, lang: Lang) -> dict[str, Any]:
    """What `inspect --json` prints of one file."""
    refused = report.refused
    return {
        "file": report.file,
        "sha256": report.sha256,
        "kind": report.kind,
        "encoding": report.encoding,
        "refused": {"code": refused[0], "message": refused[1](lang)} if refused else None,
        "sheets": [_sheet_document(sheet, lang) for sheet in report.sheets],
    }


def _sheet_document(sheet: SheetReport, lang: Lang) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "area": sheet.area,
        "hidden": sheet.hidden,
        "dataset": sheet.dataset,
        "as_of": sheet.as_of,
        "header_rows": list(sheet.header_rows),
        "columns": {name: asdict(column) for name, column in sheet.columns.items()},
        "unmapped": [asdict(column) for column in sheet.unmapped],
        "counts": sheet.counts,
        "sums": {name: str(value) for name, value in sheet.sums.items()},
        "totals_check": [
            {"field": c.field, "printed": str(c.printed), "computed": str(c.computed), "ok": c.ok}
            for c in sheet.totals_check
        ],
        "issues": [
            {
                "code": i.code,
                "severity": i.severity,
                "cell": i.cell,
                "value": i.value,
                "message": i.message(lang),
                "remedy": i.remedy(lang),
            }
            for i in sheet.issues
        ],
    }


def add_outcome(document: dict[str, Any], stored: ingest.Stored) -> None:
    """Added, changed, unchanged, removed: per sheet, and for the file."""
    document["import_id"] = stored.import_id
    names = ("added", "changed", "unchanged", "removed")
    mine = {(s.sheet, s.area): s for s in stored.sheets if s.file == document["file"]}
    for sheet in document["sheets"]:
        outcome = mine.get((sheet["name"], sheet["area"]))
        sheet |= {name: getattr(outcome, name) if outcome else 0 for name in names}
    document |= {name: sum(sheet[name] for sheet in document["sheets"]) for name in names}


def add_comparison(document: dict[str, Any], comparison: Comparison) -> None:
    """What storing would change, per sheet; None for a sheet that would not be stored."""
    document["changed"] = comparison.changed
    mine = {(s.sheet, s.area): s for s in comparison.sheets if s.file == document["file"]}
    for sheet in document["sheets"]:
        found = mine.get((sheet["name"], sheet["area"]))
        sheet["comparison"] = asdict(found) if found else None


def import_document(found: Import) -> dict[str, Any]:
    """What `history --json` prints of one import."""
    document = asdict(found) | {"files": list(found.files), "changed": found.changed}
    for sheet in document["sheets"]:
        sheet["sums"] = {name: str(value) for name, value in sheet["sums"].items()}
    return document


def add_doubts(document: dict[str, Any], doubts: Sequence[Doubt], lang: Lang) -> None:
    """What is uncertain about people once all registers are seen together, beside the issues."""
    for sheet in document["sheets"]:
        place = sheet["columns"].get("name", {}).get("column", "A")
        sheet["issues"] += [
            {
                "code": doubt.check,
                "severity": "warning",
                "cell": f"{place}{doubt.row}",
                "value": doubt.name,
                "message": doubt.message(lang),
                "remedy": doubt.remedy(lang),
            }
            for doubt in doubts
            if (doubt.file, doubt.sheet) == (document["file"], sheet["name"])
        ]


def metric_document(result: Result, lang: Lang) -> dict[str, Any]:
    """What `metrics --json` prints of one figure; a ratio's value is n ÷ N, not per cent."""
    before = result.before.value
    return {
        "id": result.kpi.id,
        "label": result.kpi.label(lang),
        "unit": result.kpi.unit,
        "numerator": result.now.numerator,
        "denominator": result.now.denominator,
        "value": result.now.value,
        "target": result.bar,
        "status": result.status,
        "previous": before,
        "as_of": result.span.as_of,
        "hidden": result.now.hidden,
        "missing": result.now.missing(lang) if result.now.missing else None,
    }


def plain(value: Any) -> Any:
    """Days and moments as ISO text; exact numbers as JSON numbers."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if value == int(value) else float(value)
