"""Marts that are kept as tables, and told anew within the write that moves what they read.

    whole                   told anew as a whole
    prints of <key>         as a whole, too; whose number differs has moved
    by <key>                only what has moved, some keys at a time: a large school's whole history
                            need neither be told anew for one more sheet nor fit into memory

What was told lies in `kept_<mart>`; the mart itself is a view of that. The plan, too, lies in the
file: `kept_marts` says in which order, by which statement, and from which tables.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from dashboard.contracts import DATASETS
from dashboard.schema import Cursor, quoted

NOW = "moved_now"  # the keys that are told anew at one time
_AT_ONCE = 300  # keys: of each a whole roster is looked at


@dataclass(frozen=True, slots=True)
class Kept:
    """A mart that is kept: its way and key as in its file, its statement, and what it reads."""

    name: str
    way: str
    key: str
    sql: str
    bases: frozenset[str]


def begin(cursor: Cursor, digest: str) -> bool:
    """Whether everything must be told anew: other definitions, or a write that told nothing."""
    tables = """
        create table if not exists kept_marts (
            place integer, name varchar, way varchar, key varchar, sql varchar, bases varchar[]);
        create table if not exists kept_state (name varchar, print varchar)
    """
    cursor.execute(tables)
    held = _held(cursor)
    if held.get("digest") == digest and held.get("version") == _version(cursor):
        return False
    sql = "select name from kept_marts"
    for (name,) in cursor.execute(sql).fetchall():
        cursor.execute(f'drop table if exists "{table_of(name)}"')
    cursor.execute("delete from kept_marts")
    cursor.execute("delete from kept_state")
    cursor.execute("insert into kept_state values ('digest', $digest)", {"digest": digest})
    return True


def add(cursor: Cursor, place: int, mart: Kept) -> None:
    """One more of the plan; its table is there, and empty."""
    cursor.execute(
        "insert into kept_marts values ($place, $name, $way, $key, $sql, $bases)",
        {"place": place, "name": mart.name, "way": mart.way, "key": mart.key}
        | {"sql": mart.sql, "bases": sorted(mart.bases)},
    )


def refresh(cursor: Cursor, touched: Collection[str] | None = None) -> None:
    """Tell anew what reads of registers that were `touched` (None: of any), or of an own table
    that is not as it was. Part of the caller's transaction.
    """
    sql = "select name, way, key, sql, bases from kept_marts order by place"
    found = cursor.execute(sql).fetchall()
    plan = [Kept(name, way, key, told, frozenset(bases)) for name, way, key, told, bases in found]
    held, now = _held(cursor), _prints(cursor, plan)
    moved = {name for name, found in now.items() if held.get(name) != found}
    for mart in plan:
        if touched is None or mart.bases & {*touched, *moved}:
            _WAYS[mart.way](cursor, mart)
    now["version"] = _version(cursor)
    cursor.execute("delete from kept_state where name <> 'digest'")
    for name, found in now.items():
        values = {"name": name, "print": found}
        cursor.execute("insert into kept_state values ($name, $print)", values)


def table_of(name: str) -> str:
    return f"kept_{name}"


def _held(cursor: Cursor) -> dict[str, str]:
    return dict(cursor.execute("from kept_state").fetchall())


def _version(cursor: Cursor) -> str:
    found = cursor.execute("select value from meta where name = 'version'").fetchall()
    return str(found[0][0]) if found else ""


def _prints(cursor: Cursor, plan: list[Kept]) -> dict[str, str]:
    """How the small own tables are at this moment: mapped words, settings, calendar."""
    own = frozenset[str]().union(*(mart.bases for mart in plan)) - DATASETS.keys()
    sql = "select count(*) || ' ' || coalesce(sum(hash(t)), 0) from \"{}\" as t"
    return {name: cursor.execute(sql.format(name)).fetchall()[0][0] for name in sorted(own)}


def _whole(cursor: Cursor, mart: Kept) -> None:
    cursor.execute(f'create or replace table "{table_of(mart.name)}" as {mart.sql}')


def _telling(cursor: Cursor, mart: Kept) -> None:
    """Told anew; `moved_keys` are those whose print is another, or that are new, or gone."""
    table, key = table_of(mart.name), quoted([mart.key])
    cursor.execute(f"create or replace temp table prints_before as from {quoted([table])}")
    _whole(cursor, mart)
    cursor.execute(f"""
        create or replace temp table moved_keys as
        select {key}, (row_number() over (order by {key}) - 1) // {_AT_ONCE} as turn
        from "{table}" as now
        full join prints_before as before using ({key})
        where now.print is distinct from before.print
    """)  # noqa: S608 - our own names


def _moved(cursor: Cursor, mart: Kept) -> None:
    table, key = quoted([table_of(mart.name)]), quoted([mart.key])
    cursor.execute(f"delete from {table} where {key} in (select {key} from moved_keys)")  # noqa: S608 - our own names
    (turns,) = cursor.execute("select coalesce(max(turn) + 1, 0) from moved_keys").fetchall()[0]
    for turn in range(turns):
        now = f"select {key} from moved_keys where turn = $turn"  # noqa: S608 - our own names
        cursor.execute(f"create or replace temp table {NOW} as {now}", {"turn": turn})
        cursor.execute(f"insert into {table} by name {mart.sql}")


_WAYS: dict[str, Callable[[Cursor, Kept], None]] = {
    "whole": _whole,
    "prints of": _telling,
    "by": _moved,
}
