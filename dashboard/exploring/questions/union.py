"""The union's own tables for people who write SQL: queries/open/*.sql, by role.

Each is read only when a question names it, from one moment of the warehouse; columns that name
people are in none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.errors import BadDefinition
from dashboard.reports import LISTS
from dashboard.roles import Role
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, ReportColumn, load
from dashboard.text import Lang, Text


class Moment(Protocol):
    """One moment of a warehouse."""

    def table(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table: ...


@dataclass(frozen=True, slots=True)
class Read:
    """A table as read; `cut` where it has more rows than may be read."""

    table: pa.Table
    cut: bool


def may_read(query: Query, role: Role) -> bool:
    """Whether somebody may ask this table."""
    return query.role == role


@cache
def queries() -> dict[str, Query]:
    """By name; raises BadDefinition where one lacks what a table for people needs."""
    found = load(QUERIES / "open")
    if faults := [f"{name}: {fault}" for name, query in found.items() for fault in _faults(query)]:
        raise BadDefinition("open: " + ", ".join(faults))
    return found


def _faults(query: Query) -> Iterator[str]:
    if query.title is None or query.role not in list(Role):
        yield "needs a Title and a Role"
    if query.people:
        yield "names people"
    if strange := query.parameters - {"today"}:
        yield f"takes {', '.join(strange)}"
    yield from (c.codes for c in query.columns if c.codes and c.codes not in LISTS)


def title(query: Query) -> Text:
    if query.title is None:
        raise BadDefinition(query.name)
    return query.title


def read(moment: Moment, query: Query, lang: Lang, today: date, most: int) -> Read:
    """At most so many rows, columns and codes in one language's words."""
    named = {name: value for name, value in (("today", today),) if name in query.parameters}
    sql = f"select * from (\n{query.sql}\n) limit {most + 1}"  # noqa: S608 - our own query
    found = moment.table(sql, named)
    columns = [_worded(found[one.name], one, lang) for one in query.columns]
    table = pa.table(columns, names=[one.label(lang) for one in query.columns])
    return Read(table.slice(0, most), found.num_rows > most)


def _worded(values: pa.ChunkedArray, column: ReportColumn, lang: Lang) -> pa.ChunkedArray:
    """Codes in words; a school's own word stays as it is."""
    if not column.codes:
        return values
    known = {code.value: code.label(lang) for code in LISTS[column.codes].codes}
    found = pa.array(list(known), pa.string())
    words = pa.array(list(known.values()), pa.string())
    return pc.coalesce(words.take(pc.index_in(values, found)), values)
