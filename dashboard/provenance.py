"""From which registers the rows of a query come, and so whose eyes may read them.

It is read from the statements themselves, through all marts. A query that only counts or looks up
in a register says with `-- Shows:` whose rows it tells; of what cannot be traced, every register
is taken to be behind it.
"""

from __future__ import annotations

import threading
from functools import cache

from dashboard import roles
from dashboard.contracts import DATASETS
from dashboard.errors import Denied
from dashboard.roles import ROLES, Role
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, load, tables

EVERY = frozenset(DATASETS)
# Ours, or lists of words: no row of a register.
_OWN = frozenset({"spelling_map", "subject_map", "calendar", "settings", "school_rules"})
_TRACING = threading.RLock()  # parsing opens a database: many who come at once trace a query once


def opens(role: Role, *queries: Query) -> bool:
    """Whether a role reads the rows of all of these queries."""
    return roles.reads(role, *frozenset[str]().union(*map(registers, queries)))


def signed(role: Role, *queries: Query) -> bool:
    """Whether a role that reads the rows of these queries reads whose they are, too."""
    told = frozenset[str]().union(*map(registers, queries))
    return "proposals" not in told or roles.names(role, "proposals")


def demand(role: Role, *queries: Query) -> None:
    """Raises Denied where a role does not read the rows of these queries."""
    if not opens(role, *queries):
        raise Denied(ROLES[role], "rows")


def registers(query: Query) -> frozenset[str]:
    """Those whose rows a query tells: as it says, else all that it reads."""
    return frozenset(query.shows) or _behind(query.sql)


def mart(name: str) -> Query:
    return _marts()[name]


@cache
def _marts() -> dict[str, Query]:
    return load(QUERIES / "marts")


def _behind(sql: str) -> frozenset[str]:
    with _TRACING:
        return _traced(sql)


@cache
def _traced(sql: str) -> frozenset[str]:
    read = tables(sql)
    if read is None:
        return EVERY
    return frozenset[str]().union(*(_named(name) for name in read))


def _named(name: str) -> frozenset[str]:
    if name in DATASETS:
        return frozenset({name})
    if name in _marts():
        return _behind(_marts()[name].sql)
    return frozenset() if name in _OWN else EVERY
