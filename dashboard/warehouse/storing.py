"""The statements of one import, within a transaction that somebody else begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import duckdb

from dashboard import schema
from dashboard.contracts import dataset
from dashboard.errors import RefusedImport
from dashboard.schema import Arrival, Loaded, Merged
from dashboard.text import Text
from dashboard.warehouse import comparing, history, returning, rosters, tables
from dashboard.warehouse.comparing import Comparison
from dashboard.warehouse.merging import merge
from dashboard.warehouse.modes import check_offered


def store(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival], who: str) -> Loaded:
    """Every sheet, in order, under one new import. Raises RefusedImport."""
    import_id = begun(cursor, batch, who)
    sheets = []
    for arrival in batch:
        _check_new(cursor, arrival)
        sheets.append(_merged(cursor, import_id, arrival)[1])
    loaded = Loaded(import_id, tuple(sheets))
    if loaded.changed:
        tables.changed(cursor, {arrival.sheet.dataset or "" for arrival in batch})
    return loaded


def compared(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival]) -> Comparison:
    """Stores the sheets as `load` does, looks at what that changed, and is never committed."""
    import_id = begun(cursor, batch, "")
    rosters_before = rosters.before(cursor, batch)
    stored = []
    for arrival in batch:
        known = history.imported_before(cursor, arrival)
        source_id, merged = _merged(cursor, import_id, arrival)
        compared = comparing.compared(cursor, arrival, source_id, merged, known)
        stored.append((arrival, source_id, compared))
    return Comparison(rosters.told(cursor, rosters_before, stored))


def begun(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival], who: str) -> int:
    """The note of an import; answers its number."""
    for arrival in batch:
        check_offered(dataset(arrival.sheet.dataset or ""), arrival.mode)
    import_id = following(cursor, "imports", "import_id")
    values = {
        "import_id": import_id,
        "imported_at": datetime.now(),
        "files": len({(arrival.file, arrival.sha256) for arrival in batch}),
        "who": who,
        "undone_at": None,
        "undone_by": None,
    }
    cursor.execute(schema.insert_statement("imports"), values)
    return import_id


def _check_new(cursor: duckdb.DuckDBPyConnection, arrival: Arrival) -> None:
    """To merge or replace the same sheet again changes nothing; to add it again doubles it."""
    if arrival.mode != "add":
        return
    if when := history.imported_before(cursor, arrival):
        said = Text(f"{when.year}年{when.month}月{when.day}日", f"{when:%Y-%m-%d}")
        name = arrival.sheet.name
        raise RefusedImport("already_imported", file=arrival.file, sheet=name, when=said)


def _merged(
    cursor: duckdb.DuckDBPyConnection, import_id: int, arrival: Arrival
) -> tuple[int, Merged]:
    """One sheet into its register, and the note of where its rows came from."""
    source_id = following(cursor, "sources", "source_id")
    kept = returning.kept(cursor, arrival)
    merged = merge(cursor, source_id, kept.arrival)
    merged = replace(merged, left_out=kept.left_out, unnamed=kept.unnamed)
    row = schema.source_row(source_id, import_id, arrival, merged)
    cursor.execute(schema.insert_statement("sources"), row)
    return source_id, merged


def following(cursor: duckdb.DuckDBPyConnection, table: str, number: str) -> int:
    """The next number of an own table."""
    sql = f'select coalesce(max("{number}"), 0) + 1 from "{table}"'  # noqa: S608 - our own names
    (found,) = cursor.execute(sql).fetchall()[0]
    return int(found)
