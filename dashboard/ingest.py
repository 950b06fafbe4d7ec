"""From what was read to what is stored: which sheets count, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.errors import RefusedImport
from dashboard.importing.report import FileReport
from dashboard.schema import Arrival, Merged
from dashboard.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """What one sheet brought: rows that are new, that changed, that were there already."""

    file: str
    sheet: str
    dataset: str
    added: int
    changed: int
    unchanged: int
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """One import; sheets without a dataset or without rows are not among `sheets`."""

    import_id: int
    sheets: list[StoredSheet]

    @property
    def changed(self) -> bool:
        """False where all of it was there already: the figures cannot have moved."""
        return any(sheet.added or sheet.changed for sheet in self.sheets)


def store(warehouse: Warehouse, reports: Sequence[FileReport]) -> Stored:
    """Store every loadable sheet of the files, or nothing at all.

    Raises RefusedImport: with a file's own code where that file could not be read, "no_dataset"
    where no sheet is a known register, "nothing_to_load" where none has a row to load.
    """
    for report in reports:
        _refuse_unreadable(report)
    batch = _loadable(reports)
    if not batch:
        known = any(sheet.dataset for report in reports for sheet in report.sheets)
        raise RefusedImport("nothing_to_load" if known else "no_dataset")
    loaded = warehouse.load(batch)
    pairs = zip(batch, loaded.sheets, strict=True)
    return Stored(loaded.import_id, [_outcome(arrival, merged) for arrival, merged in pairs])


def _refuse_unreadable(report: FileReport) -> None:
    """Half of what was uploaded is not what the officer meant to import."""
    if report.refused:
        code, message = report.refused
        refusal = RefusedImport("refused_file", file=report.file, message=message)
        refusal.code = code
        raise refusal


def _loadable(reports: Sequence[FileReport]) -> list[Arrival]:
    return [
        Arrival(report.file, report.sha256, report.encoding, sheet)
        for report in reports
        for sheet in report.sheets
        if sheet.dataset and sheet.rows
    ]


def _outcome(arrival: Arrival, merged: Merged) -> StoredSheet:
    sheet = arrival.sheet
    counts = (merged.added, merged.changed, merged.unchanged)
    rejected = sheet.counts.get("rejected", 0)
    return StoredSheet(arrival.file, sheet.name, sheet.dataset or "", *counts, rejected)
