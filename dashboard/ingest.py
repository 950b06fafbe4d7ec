"""From what was read to what is stored: which sheets count, what they would change, and what
became of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import RefusedFile, RefusedImport
from dashboard.importing.report import FileReport, SheetReport
from dashboard.schema import Arrival, Merged, Mode
from dashboard.text import Text, number
from dashboard.warehouse import Comparison, Warehouse

DELETED = Text(
    "名单里有 {n} 行是已删除的人，不导入（第 {rows} 行）。若此人重新入职，请到“个人信息”页"
    "“重新允许导入”，或运行 python -m dashboard person allow 工号。",
    "{n} rows are about somebody who was deleted and are not imported (rows {rows}). If they are"
    " back, allow it on the page Personal data, or by `python -m dashboard person allow NUMBER`.",
)
UNNAMED = Text(
    "{n} 行提到已删除的人，姓名不导入。",
    "{n} rows name somebody who was deleted; the name is not imported.",
)
_TOLD = 8  # rows named by their number
SheetId = tuple[str, str, str]  # the file's sha256, the sheet's name, its area
Modes = Mode | Mapping[SheetId, Mode]  # one for all, or each sheet's own; "merge" where unnamed


def bytes_of(path: Path) -> bytes:
    """What a file holds; raises RefusedFile "missing_file", "not_a_file": a device has no end."""
    try:
        if path.exists() and not path.is_file():
            raise RefusedFile("not_a_file", file=path)
        return path.read_bytes()
    except OSError:
        raise RefusedFile("missing_file", file=path) from None


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """What one sheet brought: rows that are new, that changed, that were there already; `removed`
    are stored rows that it took the place of.
    """

    file: str
    sheet: str
    dataset: str
    added: int
    changed: int
    unchanged: int
    rejected: int = 0
    removed: int = 0
    mode: Mode = "merge"
    area: str = ""
    deleted: tuple[Text, ...] = ()  # what was left out because somebody was deleted


@dataclass(frozen=True, slots=True)
class Stored:
    """One import; sheets without a dataset or without rows are not among `sheets`."""

    import_id: int
    sheets: list[StoredSheet]

    @property
    def changed(self) -> bool:
        """False where all of it was there already: the figures cannot have moved."""
        return any(sheet.added or sheet.changed or sheet.removed for sheet in self.sheets)


def store(
    warehouse: Warehouse, reports: Sequence[FileReport], modes: Modes = "merge", who: str = ""
) -> Stored:
    """Store every loadable sheet of the files, or nothing at all; `who` goes into the history.

    Raises RefusedImport: with a file's own code where that file could not be read, "no_dataset"
    where no sheet is a known register, "nothing_to_load" where none has a row to load, and what
    Warehouse.load refuses.
    """
    batch = _batch(reports, modes)
    loaded = warehouse.load(batch, who)
    pairs = zip(batch, loaded.sheets, strict=True)
    return Stored(loaded.import_id, [_outcome(arrival, merged) for arrival, merged in pairs])


def learn(
    warehouse: Warehouse, read: Sequence[FileReport], stored: Sequence[FileReport], who: str = ""
) -> int:
    """Remember what the officer corrected in files that were just stored.

    `read` are the same files as first read, without any choice, in whatever order. Answers how
    many mappings are remembered.
    """
    first = {sheet_id(report, sheet): sheet for report in read for sheet in report.sheets}
    pairs = [
        (first[sheet_id(report, sheet)], sheet)
        for report in stored
        for sheet in report.sheets
        if sheet.dataset and sheet.loaded and sheet_id(report, sheet) in first
    ]
    return warehouse.remember(pairs, who) if pairs else 0


def compare(
    warehouse: Warehouse, reports: Sequence[FileReport], modes: Modes = "merge"
) -> Comparison:
    """What `store` would change; changes nothing. Raises what `store` raises, but a sheet that
    was imported before is told of (`imported_at`), not refused.
    """
    return warehouse.compare(_batch(reports, modes))


def of_deleted(merged: Merged) -> list[Text]:
    """What of a sheet is not imported because somebody was deleted; nothing where nobody is."""
    told = []
    if rows := [str(row) for row in merged.left_out]:
        more = "……" if len(rows) > _TOLD else ""
        first = Text("、".join(rows[:_TOLD]) + more, ", ".join(rows[:_TOLD]) + more)
        told.append(DELETED.format(n=number(len(merged.left_out)), rows=first))
    if merged.unnamed:
        told.append(UNNAMED.format(n=number(merged.unnamed)))
    return told


def sheet_id(report: FileReport, sheet: SheetReport) -> SheetId:
    """What `modes` know a sheet by."""
    return report.sha256, sheet.name, sheet.area


def _batch(reports: Sequence[FileReport], modes: Modes) -> list[Arrival]:
    for report in reports:
        _refuse_unreadable(report)
    batch = _loadable(reports, modes)
    if not batch:
        known = any(sheet.dataset for report in reports for sheet in report.sheets)
        raise RefusedImport("nothing_to_load" if known else "no_dataset")
    return batch


def _refuse_unreadable(report: FileReport) -> None:
    """Half of what was uploaded is not what the officer meant to import."""
    if report.refused:
        code, message = report.refused
        refusal = RefusedImport("refused_file", file=report.file, message=message)
        refusal.code = code
        raise refusal


def _loadable(reports: Sequence[FileReport], modes: Modes) -> list[Arrival]:
    return [
        Arrival(report.file, report.sha256, report.encoding, sheet, _mode(report, sheet, modes))
        for report in reports
        for sheet in report.sheets
        if sheet.dataset and sheet.loaded
    ]


def _mode(report: FileReport, sheet: SheetReport, modes: Modes) -> Mode:
    return modes.get(sheet_id(report, sheet), "merge") if isinstance(modes, Mapping) else modes


def _outcome(arrival: Arrival, merged: Merged) -> StoredSheet:
    sheet = arrival.sheet
    return StoredSheet(
        arrival.file,
        sheet.name,
        sheet.dataset or "",
        merged.added,
        merged.changed,
        merged.unchanged,
        sheet.counts.get("rejected", 0),
        merged.removed,
        arrival.mode,
        sheet.area,
        tuple(of_deleted(merged)),
    )
