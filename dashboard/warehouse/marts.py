"""The marts: each query of queries/marts over the tables, as a view, or kept as a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

import duckdb

from dashboard import sqlfiles
from dashboard.errors import BadDefinition
from dashboard.warehouse import kept
from dashboard.warehouse.database import reason
from dashboard.warehouse.kept import Kept

_TREES: dict[str, str] = {}  # by statement: a syntax tree is the same in every file


def build(cursor: duckdb.DuckDBPyConnection, marts: Mapping[str, sqlfiles.Query]) -> None:
    """Every mart, those that are read before those that read them. Those that are kept are told
    anew where the file was last written by other definitions, or by somebody who told nothing.
    """
    plan = _Plan.of(cursor, marts)
    anew = kept.begin(cursor, plan.digest)
    for place, name in enumerate(plan.order):
        mart = marts[name]
        try:
            columns = _made(cursor, plan, place, mart, anew=anew)
        except duckdb.Error as error:
            raise BadDefinition(f"mart {name}: {reason(error)}") from error
        if mart.people and mart.people not in columns:
            raise BadDefinition(f"mart {name}: there is no column {mart.people} (People)")
    kept.refresh(cursor, None if anew else ())


def _made(
    cursor: duckdb.DuckDBPyConnection,
    plan: _Plan,
    place: int,
    mart: sqlfiles.Query,
    *,
    anew: bool,
) -> list[str]:
    """The mart's view, and its table where it is kept; answers its columns."""
    sql = mart.sql
    if mart.kept:
        sql = f'from "{kept.table_of(mart.name)}"'
        if anew:
            empty = f'create table "{kept.table_of(mart.name)}" as from ({mart.sql}) limit 0'
            cursor.execute(empty)
            kept.add(cursor, place, plan.kept(mart))
    cursor.execute(f'create view "{mart.name}" as {sql}')
    found = cursor.execute(f'select * from "{mart.name}" limit 0').description or []  # noqa: S608
    plan.columns[mart.name] = [str(column[0]) for column in found]
    return plan.columns[mart.name]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The marts in the order in which they are made, what each reads by name, and the columns of
    those that are made already.
    """

    marts: Mapping[str, sqlfiles.Query]
    order: list[str]
    reads: Mapping[str, frozenset[str]]
    columns: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: duckdb.DuckDBPyConnection, marts: Mapping[str, sqlfiles.Query]) -> _Plan:
        trees = {name: _tree(cursor, mart.sql) for name, mart in marts.items()}
        order = sqlfiles.in_order(trees)
        reads = {name: sqlfiles.read_in(tree) for name, tree in trees.items()}
        prints = {name for name, mart in marts.items() if mart.kept.startswith("prints")}
        first = {
            name: (reads[name] & marts.keys()) | (prints if _by_key(marts[name]) else set())
            for name in order
        }
        return cls(marts, list(TopologicalSorter(first).static_order()), reads)

    @property
    def digest(self) -> str:
        """Of all definitions, and of the engine: hashes of rows are its own."""
        told = [(name, mart.kept, mart.sql) for name, mart in sorted(self.marts.items())]
        return hashlib.sha256(json.dumps([duckdb.__version__, told]).encode()).hexdigest()

    def kept(self, mart: sqlfiles.Query) -> Kept:
        way, _, key = mart.kept.rpartition(" ")
        sql = self._narrowed(mart, key) if _by_key(mart) else mart.sql
        return Kept(mart.name, way or "whole", key if way else "", sql, self._bases(mart.name))

    def _bases(self, name: str) -> frozenset[str]:
        """The tables it is told from, through other marts, too."""
        found = self.reads[name]
        own = found - self.marts.keys()
        return own.union(*(self._bases(one) for one in found & self.marts.keys()))

    def _narrowed(self, mart: sqlfiles.Query, key: str) -> str:
        """The statement over the keys that are told anew: kept marts that carry the key are read
        for those only, and views are written out, so that they read of these.
        """
        through = set(self._through(mart.name))
        parts = [
            f'"{name}" as ({self._part(name, key)})'
            for name in self.order
            if name in through and (not self.marts[name].kept or key in self.columns[name])
        ]
        return f"with {', '.join(parts)} from ({mart.sql})"

    def _part(self, name: str, key: str) -> str:
        if not self.marts[name].kept:
            return self.marts[name].sql
        table = kept.table_of(name)
        return f'select * from "{table}" where "{key}" in (select "{key}" from {kept.NOW})'  # noqa: S608

    def _through(self, name: str) -> Iterator[str]:
        """The marts it reads, and those that these read, up to what is kept."""
        for one in self.reads[name] & self.marts.keys():
            yield one
            if not self.marts[one].kept:
                yield from self._through(one)


def _tree(cursor: duckdb.DuckDBPyConnection, sql: str) -> str:
    if sql not in _TREES:
        found = cursor.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchall()
        _TREES[sql] = str(found[0][0])
    return _TREES[sql]


def _by_key(mart: sqlfiles.Query) -> bool:
    return mart.kept.startswith("by ")
