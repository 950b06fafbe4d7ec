"""The tables of an open file: made, brought up to date, and what follows from rule files."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable

from dashboard.contracts import DATASETS
from dashboard.contracts.subjects import resolve
from dashboard.schema import KEYS, Cursor, insert_statement, key_of, quoted, tables
from dashboard.warehouse import kept
from dashboard.warehouse.spellings import map_spellings


def prepare(cursor: Cursor) -> None:
    """Tables as the contracts have them today; what follows from the chart of accounts is made
    anew.

    Views go: the marts are built again on top.
    """
    views = "select view_name from duckdb_views() where not internal"
    for (view,) in cursor.execute(views).fetchall():
        cursor.execute(f'drop view "{view}"')
    _without_keys(cursor)
    columns = "select table_name, column_name from duckdb_columns() where not internal"
    for statement in upgrade_statements(set(cursor.execute(columns).fetchall())):
        cursor.execute(statement)
    cursor.execute("insert or ignore into meta values ('version', '0')")
    cursor.execute("insert or ignore into meta values ('ledger', '0')")  # see bookkeeping.py
    # the school's own secret behind the pseudonyms on a wall
    secret = {"key": secrets.token_hex(16)}
    cursor.execute("insert or ignore into meta values ('pseudonyms', $key)", secret)
    map_subjects(cursor)
    map_spellings(cursor)


def _without_keys(cursor: Cursor) -> None:
    """Registers of older files lose their primary key, which costs more than half of a merge.

    What keeps their keys unique is the merge itself (warehouse/merging.py).
    """
    keyed = "select table_name from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    for name in {name for (name,) in cursor.execute(keyed).fetchall()} & DATASETS.keys():
        cursor.execute(f'alter table "{name}" rename to "{name}_keyed"')
        cursor.execute(f'create table "{name}" as from "{name}_keyed"')
        cursor.execute(f'drop table "{name}_keyed"')
        for column in key_of(DATASETS[name]):
            cursor.execute(f'alter table "{name}" alter column "{column}" set not null')


def changed(cursor: Cursor, touched: Collection[str] | None = None) -> None:
    """Rows of the registers `touched` moved (None: of any): the version grows, words find their
    place anew, and what is kept of the marts is told anew.
    """
    newer(cursor)
    map_subjects(cursor)
    map_spellings(cursor)
    kept.refresh(cursor, touched)


def newer(cursor: Cursor) -> None:
    """What was cached under the version before is never given again."""
    cursor.execute("update meta set value = value::bigint + 1 where name = 'version'")


def map_subjects(cursor: Cursor) -> None:
    """Each subject as schools write it, with its place in the chart of accounts if it has one."""
    written = "select subject from ledger union select subject from budget order by subject"
    texts = [text for (text,) in cursor.execute(written).fetchall() if text is not None]
    replace(cursor, "subject_map", [{"subject": text, **_place(text)} for text in texts])


def _place(text: str) -> dict[str, object]:
    found = resolve(text)
    return {name: getattr(found, name, None) for name in ("code", "level1", "level2", "kind")}


def replace(cursor: Cursor, table: str, rows: Iterable[dict[str, object]]) -> None:
    """Other rows into one of the own tables."""
    cursor.execute(f'delete from "{table}"')  # noqa: S608 - own names
    for row in rows:
        cursor.execute(insert_statement(table), row)


def upgrade_statements(present: set[tuple[str, str]]) -> list[str]:
    """DDL that makes a new file whole and gives an older one its new columns, data kept.

    `present` holds the (table, column) pairs there are.
    """
    known = {table for table, _ in present}
    statements: list[str] = []
    for table, columns in tables().items():
        parts = {name: f'"{name}" {kind}' for name, kind in columns.items()}
        if table in known:
            new = [part for name, part in parts.items() if (table, name) not in present]
            statements += [f'alter table "{table}" add column {part}' for part in new]
        else:
            parts |= {name: f"{parts[name]} not null" for name in _keys(table)}
            key = [f"primary key ({quoted(KEYS[table])})"] if table in KEYS else []
            statements.append(f'create table "{table}" ({", ".join([*parts.values(), *key])})')
    return statements


def _keys(table: str) -> tuple[str, ...]:
    """A register's key has no index: the merge keeps it unique, and it is never empty."""
    return key_of(DATASETS[table]) if table in DATASETS else ()
