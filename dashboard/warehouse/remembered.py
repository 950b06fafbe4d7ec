"""Mappings an officer corrected and confirmed, for the next sheet with the same headers.

Kept in the school's own database under the headers' fingerprint: only header words and field
names, nothing of a row. A mapping the reader found by itself needs no memory.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard import schema
from dashboard.contracts import DATASETS
from dashboard.importing.fingerprint import fingerprint, headings
from dashboard.importing.report import Choice, SheetReport
from dashboard.schema import Cursor
from dashboard.warehouse.database import Reader, Row


@dataclass(frozen=True, slots=True)
class Remembered:
    """One remembered mapping. `columns`: field -> the header's words in plain form."""

    fingerprint: str
    dataset: str
    columns: dict[str, str]
    remembered_at: datetime
    who: str


def everything(reader: Reader) -> list[Remembered]:
    """All that is remembered, the newest first."""
    return [
        Remembered(
            row["fingerprint"],
            row["dataset"],
            {name: words for name, (words, _) in json.loads(row["columns"]).items()},
            row["remembered_at"],
            row["who"],
        )
        for row in reader.read("from remembered order by remembered_at desc, fingerprint")
    ]


def offered(reader: Reader, read: SheetReport) -> Choice | None:
    """The choice that was confirmed for such headers, in this sheet's columns and rows.

    `read`: the sheet as the reader found it, without any choice. None where nothing is
    remembered, or what is no longer fits the registers there are.
    """
    sql = "from remembered where fingerprint = $fingerprint"
    rows = reader.read(sql, {"fingerprint": fingerprint(read)})
    return _choice(rows[0], read) if rows and read.header_rows else None


def _choice(row: Row, read: SheetReport) -> Choice | None:
    places = {(heading.words, heading.nth): heading.column for heading in headings(read)}
    asked = {name: places.get((words, nth)) for name, (words, nth) in _columns(row).items()}
    known = {column.name for column in DATASETS[row["dataset"]].columns} if _known(row) else set()
    columns = tuple((name, at) for name, at in asked.items() if at and name in known)
    if len(columns) < len(asked):
        return None
    first = read.header_rows[0] + row["header_offset"]
    rows = tuple(range(first, first + row["header_rows"]))
    return Choice(read.name, row["dataset"], rows, columns, area=read.area)


def _known(row: Row) -> bool:
    return row["dataset"] in DATASETS


def _columns(row: Row) -> dict[str, tuple[str, int]]:
    return {name: (words, nth) for name, (words, nth) in json.loads(row["columns"]).items()}


def remember(cursor: Cursor, pairs: Sequence[tuple[SheetReport, SheetReport]], who: str) -> int:
    """Keep what the officer changed; answers how many mappings are kept.

    Of each pair the first is the sheet as the reader found it, the second as it was stored. Where
    both are the same, an older memory of such headers was turned down and is forgotten. A mapping
    that uses a column without header words cannot be known again and is not kept.
    """
    memories: dict[str, dict[str, object]] = {}
    for read, confirmed in pairs:
        forget(cursor, fingerprint(read))
        if not _same(read, confirmed) and (found := _memory(read, confirmed)):
            memories[fingerprint(read)] = found
    now = {"remembered_at": datetime.now(), "who": who}
    for row in memories.values():
        cursor.execute(schema.insert_statement("remembered"), row | now)
    return len(memories)


def forget(cursor: Cursor, named: str) -> None:
    """Nothing is remembered under that fingerprint any more."""
    sql = "delete from remembered where fingerprint = $fingerprint"
    cursor.execute(sql, {"fingerprint": named})


def _same(read: SheetReport, confirmed: SheetReport) -> bool:
    return (read.dataset, read.header_rows, _letters(read)) == (
        confirmed.dataset,
        confirmed.header_rows,
        _letters(confirmed),
    )


def _letters(sheet: SheetReport) -> dict[str, str]:
    return {name: column.column for name, column in sheet.columns.items()}


def _memory(read: SheetReport, confirmed: SheetReport) -> dict[str, object] | None:
    names = {heading.column: (heading.words, heading.nth) for heading in headings(read)}
    columns = {name: names.get(at) for name, at in _letters(confirmed).items()}
    if None in columns.values() or not read.header_rows or not confirmed.header_rows:
        return None
    return {
        "fingerprint": fingerprint(read),
        "dataset": confirmed.dataset,
        "header_offset": confirmed.header_rows[0] - read.header_rows[0],
        "header_rows": len(confirmed.header_rows),
        "columns": schema.as_json(columns),
    }
