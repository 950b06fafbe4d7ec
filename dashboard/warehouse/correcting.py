"""One field of one person's rows, corrected: an import of its own in the history, and undoable.

What was there is kept in the register's twin, as of any import.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from dashboard import schema
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedRequest
from dashboard.importing.report import SheetReport
from dashboard.schema import BEFORE, Arrival, Merged, columns_of, quoted
from dashboard.warehouse import storing, tables
from dashboard.warehouse.database import Reader, Row
from dashboard.warehouse.erasing import free_key
from dashboard.warehouse.persons import Person, mine

FILE = "更正"  # what stands in the history where an import has a file's name
_OF_A_KEY = frozenset({"staff_no", "name", "department"})


@dataclass(frozen=True, slots=True)
class Correction:
    """In all rows of one register about a person in which `field` is `old`: it is `new`."""

    register: str
    person: Person
    field: str
    old: Any
    new: Any


def correct(cursor: Any, correction: Correction, who: str) -> int:
    """Within a transaction that somebody else begins and ends; answers the import's number."""
    register, field = correction.register, correction.field
    where, values = mine(Reader(cursor), register, correction.person)
    sql = f'select rowid as its_row, * from "{register}" where {where}'  # noqa: S608 - own names
    rows = [row for row in Reader(cursor).read(sql, values) if row[field] == correction.old]
    if not rows:
        raise RefusedRequest("nothing_corrected")
    import_id = storing.begun(cursor, (), who)
    source_id = storing.following(cursor, "sources", "source_id")
    for row in rows:
        _change(cursor, correction, row, source_id)
    counts = {"rows": len(rows), "loaded": len(rows)}
    arrival = Arrival(FILE, "", None, SheetReport(FILE, dataset=register, counts=counts))
    note = schema.source_row(source_id, import_id, arrival, Merged(0, len(rows), 0))
    cursor.execute(schema.insert_statement("sources"), note)
    tables.changed(cursor, {register})
    return import_id


def _change(cursor: Any, correction: Correction, row: Row, source_id: int) -> None:
    """The row as it was goes to the twin; no cell says what it says now."""
    register, dataset = correction.register, DATASETS[correction.register]
    held = quoted(columns_of(dataset))
    cursor.execute(
        f'insert into "{register}{BEFORE}" (by_source, {held})'  # noqa: S608 - own names
        f' select $source, {held} from "{register}" where rowid = $its_row',
        {"source": source_id, "its_row": row["its_row"]},
    )
    new = {correction.field: correction.new, "source_id": source_id, "source_row": 0}
    new |= {"source_column": None, "raw": _without(row["raw"], correction.field)}
    if correction.field in _OF_A_KEY:
        key = dataset.key(row | {correction.field: correction.new})
        new["row_key"] = free_key(cursor, register, dataset, row, key)
    values = ", ".join(f'"{name}" = ${name}' for name in new)
    sql = f'update "{register}" set {values} where rowid = $its_row'  # noqa: S608 - own names
    cursor.execute(sql, new | {"its_row": row["its_row"]})


def _without(raw: str | None, field: str) -> str | None:
    """What the file said of the other cells."""
    left = {name: said for name, said in json.loads(raw or "{}").items() if name != field}
    return schema.as_json(left) if left else None
