"""What was imported, by whom and when; and how it is taken back, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard import schema
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedRequest, RefusedUndo
from dashboard.schema import BEFORE, Arrival, Cursor, Mode, quoted
from dashboard.text import Text, day
from dashboard.warehouse import tables
from dashboard.warehouse.database import Reader, Row


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """One sheet of an import. `counts` are its rows as read, `sums` its amounts by field.

    `mode` is None where it was imported before there were modes. `period` is the first and the
    last day of what it replaced.
    """

    source_id: int
    file: str
    sha256: str
    sheet: str
    area: str
    dataset: str
    as_of: date | None
    mode: Mode | None
    period: tuple[date, date] | None
    counts: dict[str, int]
    sums: dict[str, Decimal]
    added: int
    changed: int
    unchanged: int
    removed: int

    @property
    def can_be_undone(self) -> bool:
        """Before there were modes, what a sheet changed was not kept; nor is anything of a
        register that is no more.
        """
        return self.dataset in DATASETS and (self.mode is not None or not self.changed)


@dataclass(frozen=True, slots=True)
class Import:
    """One import with its sheets in order; `who` is as the caller named them, perhaps empty."""

    import_id: int
    imported_at: datetime
    who: str
    undone_at: datetime | None
    undone_by: str
    sheets: tuple[ImportedSheet, ...] = field(default=())

    @property
    def files(self) -> tuple[str, ...]:
        """Each file's name once, in order."""
        return tuple(dict.fromkeys(sheet.file for sheet in self.sheets))

    @property
    def changed(self) -> bool:
        return any(sheet.added or sheet.changed or sheet.removed for sheet in self.sheets)

    @property
    def caption(self) -> Text:
        """Number, day and files, as a refusal names it."""
        files = "、".join(self.files), ", ".join(self.files)
        return Text(*(f"#{self.import_id} {day(self.imported_at.date())} {f}" for f in files))


def history(reader: Reader) -> list[Import]:
    """Every import, the newest first; undone ones too, marked."""
    sheets: dict[int, list[ImportedSheet]] = {}
    for row in reader.read("from sources order by source_id"):
        sheets.setdefault(row["import_id"], []).append(_sheet(row))
    return [
        Import(
            row["import_id"],
            row["imported_at"],
            row["who"] or "",
            row["undone_at"],
            row["undone_by"] or "",
            tuple(sheets.get(row["import_id"], ())),
        )
        for row in reader.read("from imports order by import_id desc")
    ]


def _sheet(row: Row) -> ImportedSheet:
    first, last = row["period_from"], row["period_to"]
    return ImportedSheet(
        source_id=row["source_id"],
        file=row["file"],
        sha256=row["sha256"],
        sheet=row["sheet"],
        area=row["area"] or "",
        dataset=row["dataset"],
        as_of=row["as_of"],
        mode=row["mode"],
        added=row["added"],
        changed=row["changed"],
        unchanged=row["unchanged"],
        removed=row["removed"] or 0,
        period=(first, last) if first else None,
        counts=json.loads(row["counts"]),
        sums={name: Decimal(value) for name, value in json.loads(row["sums"]).items()},
    )


def imported_before(cursor: Cursor, arrival: Arrival) -> datetime | None:
    """When this very sheet was last imported, to the same register, and not undone."""
    sheet = arrival.sheet
    (found,) = cursor.execute(
        """
        select max(imported_at) from sources join imports using (import_id)
        where undone_at is null and sha256 = $sha256 and sheet = $sheet
            and coalesce(area, '') = $area and dataset = $dataset
        """,
        {
            "sha256": arrival.sha256,
            "sheet": sheet.name,
            "area": sheet.area,
            "dataset": sheet.dataset,
        },
    ).fetchall()[0]
    return found if isinstance(found, datetime) else None


def undo(cursor: Any, import_id: int, who: str, *, unwind: bool) -> tuple[Import, ...]:
    """Take an import back, and with `unwind` those after it, newest first; answers which.

    Raises RefusedRequest "unknown_import"; RefusedUndo "already_undone", "before_history", or
    "later_imports" with their numbers.
    """
    every = history(Reader(cursor))
    chosen = next((found for found in every if found.import_id == import_id), None)
    if chosen is None:
        raise RefusedRequest("unknown_import", name=import_id)
    if chosen.undone_at:
        when = day(chosen.undone_at.date())
        raise RefusedUndo("already_undone", (import_id,), name=import_id, when=when)
    standing = [found for found in every if found.import_id >= import_id and not found.undone_at]
    _check(standing, unwind=unwind)
    for found in standing:
        _take_back(cursor, found, who)
    tables.changed(cursor, registers(tuple(standing)))
    return tuple(standing)


def registers(undone: tuple[Import, ...]) -> set[str]:
    """Whose rows an undo moved."""
    return {sheet.dataset for found in undone for sheet in found.sheets}


def _check(standing: list[Import], *, unwind: bool) -> None:
    later = standing[:-1]
    if later and not unwind:
        raise _refused("later_imports", later)
    lost = [found for found in standing if not all(s.can_be_undone for s in found.sheets)]
    if lost:
        raise _refused("before_history", lost)


def _refused(code: str, imports: list[Import]) -> RefusedUndo:
    captions = [found.caption for found in imports]
    which = Text("；".join(c.zh for c in captions), "; ".join(c.en for c in captions))
    return RefusedUndo(code, tuple(found.import_id for found in imports), which=which)


def _take_back(cursor: Cursor, found: Import, who: str) -> None:
    for sheet in reversed(found.sheets):
        _restore(cursor, sheet)
    cursor.execute(
        "update imports set undone_at = $now, undone_by = $who where import_id = $import_id",
        {"now": datetime.now(), "who": who, "import_id": found.import_id},
    )


def _restore(cursor: Cursor, sheet: ImportedSheet) -> None:
    """What the sheet wrote goes; what it changed or removed comes back as it was."""
    name, mine = sheet.dataset, {"source_id": sheet.source_id}
    columns = quoted(schema.columns_of(DATASETS[name]))
    before = f'"{name}{BEFORE}" where by_source = $source_id'
    for sql in (
        f'delete from "{name}" where source_id = $source_id',  # noqa: S608 - own names
        f'insert into "{name}" ({columns}) select {columns} from {before}',  # noqa: S608
        f"delete from {before}",  # noqa: S608
    ):
        cursor.execute(sql, mine)
