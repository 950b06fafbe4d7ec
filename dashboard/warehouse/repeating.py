"""A deletion done once more, in data that comes back from before it.

Nobody's name is held: who was deleted is known by the marks that were kept of them, as an import
knows them (`returning`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.schema import BEFORE, OWN, Cursor, insert_statement
from dashboard.warehouse import tables
from dashboard.warehouse.database import Reader
from dashboard.warehouse.erasing import OURS, free_key, put, worded
from dashboard.warehouse.persons import PEOPLE, mark
from dashboard.warehouse.returning import Gone, standing


@dataclass(frozen=True, slots=True)
class Marks:
    """Of everybody who was deleted: the rows of `deleted_people`, the key they are hashed with, and
    the names, in plain form, of those who are there today.
    """

    key: str
    rows: tuple[Mapping[str, Any], ...]
    standing: frozenset[str]


def marks(reader: Reader) -> Marks:
    """Those of today."""
    (kept,) = reader.read("select value from meta where name = 'pseudonyms'")
    return Marks(kept["value"], tuple(reader.read("from deleted_people")), standing(reader))


def missing(reader: Reader, today: Marks) -> bool:
    """Whether somebody was deleted who is not known to be."""
    told = marks(reader)
    known = {row["mark"] for row in told.rows} if told.key == today.key else set()
    return any(row["mark"] not in known for row in today.rows)


def erase(cursor: Any, today: Marks) -> int:
    """Everybody who was deleted, in one transaction that somebody else begins and ends; answers
    how many rows it changed. The marks and their key are those of today from then on.
    """
    _bring(cursor, today)
    known = [
        (row["mark"], row["length"], row["instead"], row["only_lines"])
        for row in sorted(today.rows, key=lambda row: row["deleted_at"])
        if not row["only_lines"]
    ]
    gone = Gone.of(today.key.encode(), known, today.standing)
    every = [name for one in DATASETS for name in (one, f"{one}{BEFORE}")]
    changed = sum(_remove(cursor, gone, table) for table in every)
    changed += sum(_unname(cursor, gone, table) for table in (*every, *OURS))
    tables.changed(cursor, DATASETS)
    return changed


def _bring(cursor: Cursor, today: Marks) -> None:
    cursor.execute("update meta set value = $key where name = 'pseudonyms'", {"key": today.key})
    sql = "delete from deleted_people where list_contains($marks, mark)"
    cursor.execute(sql, {"marks": [row["mark"] for row in today.rows]})
    for row in today.rows:
        cursor.execute(insert_statement("deleted_people"), dict(row))


def _remove(cursor: Any, gone: Gone, table: str) -> int:
    """Rows about one of them."""
    if table.removesuffix(BEFORE) not in PEOPLE:
        return 0
    sql = f'select rowid as its_row, name, staff_no, department from "{table}"'  # noqa: S608
    rows = Reader(cursor).read(sql)
    theirs = [row.pop("its_row") for row in rows if gone.is_about(_mark(row))]
    sql = f'delete from "{table}" where list_contains($rows, rowid)'  # noqa: S608 - own names
    cursor.execute(sql, {"rows": theirs})
    return len(theirs)


def _mark(row: Mapping[str, Any]) -> tuple[str, str]:
    return mark(row["name"], row["staff_no"], row["department"])


def _unname(cursor: Any, gone: Gone, table: str) -> int:
    """Every other row, without their names."""
    register, changed = table.removesuffix(BEFORE), 0
    words = worded(register) if register in DATASETS else _words(table)
    for row in Reader(cursor).read(f'select rowid as its_row, * from "{table}"'):  # noqa: S608
        said = {one: gone.without(row[one], one) for one in words if row[one]}
        new = {one: told for one, told in said.items() if told != row[one]}
        if "row_key" in new:
            new["row_key"] = free_key(cursor, table, DATASETS[register], row, new["row_key"])
        if new:
            put(cursor, table, row["its_row"], new)
            changed += 1
    return changed


def _words(table: str) -> list[str]:
    return [name for name, kind in OWN[table].items() if kind == "VARCHAR"]
