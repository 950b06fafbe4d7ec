"""Our own statements (queries/explore/*.sql) over Arrow tables, in a DuckDB of memory alone.

A statement knows fixed table and column names only: whoever asks selects and renames the columns
first, so that no word of a dropped sheet ever becomes SQL. The database has no files, no network
and no extensions and takes no settings; a question's tables are seen by that question alone, and
nothing of it is left afterwards.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.errors import BadDefinition, RefusedRequest
from dashboard.settings import QUERIES, Settings
from dashboard.sqlfiles import Query, load

_lock = threading.Lock()
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "temp_directory": "",  # what does not fit into memory is refused, never written down
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}


@cache
def queries() -> dict[str, Query]:
    """Every statement by its name."""
    return load(QUERIES / "explore")


@cache
def _closed() -> duckdb.DuckDBPyConnection:
    """The database, which never holds a table itself: each question has a cursor of its own, and
    only that cursor sees its tables.
    """
    con = duckdb.connect(":memory:", config={**_CLOSED, "memory_limit": Settings().database_memory})
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def asked(
    name: str, tables: Mapping[str, pa.Table], parameters: Mapping[str, Any] | None = None
) -> pa.Table:
    """The answer to a statement over these tables. Raises RefusedRequest where they are too large
    for the memory it may take.
    """
    with _lock:
        cursor = _closed().cursor()
    try:
        for table, rows in tables.items():
            cursor.register(table, rows)
        return cursor.sql(queries()[name].sql, params=dict(parameters or {})).to_arrow_table()
    except duckdb.OutOfMemoryException as error:
        raise RefusedRequest("too_much_memory") from error
    except duckdb.Error as error:
        raise BadDefinition(str(error).splitlines()[0]) from error
    finally:
        cursor.close()
