"""One school's data in one DuckDB file; the only place that speaks to the database.

A load is one transaction, a reading is one read-only transaction on a cursor of its own, so nobody
ever sees half an import. The database is locked down before the first statement: it reads no file,
attaches nothing, installs nothing, and its settings cannot be changed. Statements are the project's
own; what people bring arrives as parameters and typed Arrow columns only.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import duckdb

from dashboard import schema, sqlfiles
from dashboard.contracts import dataset
from dashboard.errors import BadDefinition, RefusedImport, WorkspaceBusy
from dashboard.schema import Arrival, Loaded, Merged
from dashboard.settings import QUERIES, RULES

Row = dict[str, Any]
Parameters = Mapping[str, object] | None

_PATIENCE = 10.0  # seconds to wait for readers before the file is closed under them
_BAD_ROWS = (
    *(ValueError, TypeError, OverflowError),  # a value Arrow cannot take exactly
    *(duckdb.DataError, duckdb.IntegrityError, duckdb.InvalidInputException),  # a key twice
)


class Reader:
    """Several readings of one moment."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def read(self, sql: str, parameters: Parameters = None) -> list[Row]:
        """One dict per row, by column name; `$name` marks in `sql` are bound from `parameters`."""
        result = self._cursor.execute(sql, dict(parameters or {}))
        names = [str(column[0]) for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


class Warehouse:
    """One open workspace. Any number of threads may read; one at a time loads."""

    def __init__(self, connect: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self._connect = connect
        self._con: duckdb.DuckDBPyConnection | None = None
        self._closed = self._closing = False
        self._in_use = 0
        self._turn = threading.Condition()
        self._writing = threading.Lock()

    @classmethod
    def open(
        cls, path: Path, *, memory: str = "1GB", queries: Path = QUERIES, rules: Path = RULES
    ) -> Self:
        """Open or create the file, bring its tables up to date, and build its marts.

        Raises WorkspaceBusy where another program holds the file or it cannot be opened.
        """
        marts = sqlfiles.load(queries / "marts")
        school = schema.school_rules(rules / "school.toml")
        warehouse = cls(lambda: _connected(path, memory))
        try:
            with warehouse._transaction("begin") as cursor:
                schema.prepare(cursor, school)
                _build(cursor, marts)
        except BaseException as error:
            warehouse.close()
            if isinstance(error, duckdb.Error):
                raise _refusal(error) from error
            raise
        return warehouse

    def read(self, sql: str, parameters: Parameters = None) -> list[Row]:
        """One reading in its own read-only transaction."""
        with _told():
            try:
                return self._once(sql, parameters)
            except duckdb.FatalException:  # the file has been closed, and opens anew by itself
                return self._once(sql, parameters)

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Several readings of the same moment, whatever is imported meanwhile."""
        with _told(), self._transaction("begin transaction read only") as cursor:
            yield Reader(cursor)

    @property
    def version(self) -> int:
        """Grows with every load that changes something; what is cached is cached under it."""
        return int(self.read("select value from meta where name = 'version'")[0]["value"])

    def load(self, batch: Sequence[Arrival]) -> Loaded:
        """Store all sheets or nothing. Readers see the old state until all of it is there.

        Raises RefusedImport for rows that do not fit, WorkspaceBusy where the disk fails.
        """
        with self._writing:
            loaded = None
            try:
                with self._transaction("begin") as cursor:
                    loaded = _store(cursor, batch)
            except duckdb.Error as error:
                # The database may break while it tidies up after a commit that did succeed.
                if loaded is None or not self._has(loaded.import_id):
                    raise _refusal(error) from error
            return loaded

    def close(self) -> None:
        """Let go of the file, when the readings under way have ended."""
        with self._turn:
            self._closed = True
            self._turn.wait_for(lambda: self._in_use == 0, _PATIENCE)
            if self._con:
                self._con.close()
                self._con = None

    def _once(self, sql: str, parameters: Parameters) -> list[Row]:
        with self._transaction("begin transaction read only") as cursor:
            return Reader(cursor).read(sql, parameters)

    def _has(self, import_id: int) -> bool:
        sql = "select 1 from imports where import_id = $import_id"
        return bool(self.read(sql, {"import_id": import_id}))

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Committed at the end; a cursor that is closed before that takes everything back."""
        with self._cursor() as cursor:
            cursor.execute(begin)
            yield cursor
            self._commit(cursor)

    def _commit(self, cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.commit()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own; the file is opened at the first, and anew after a fatal error."""
        with self._turn:
            self._turn.wait_for(lambda: not self._closing)
            if self._closed:
                raise WorkspaceBusy("storage", reason="closed")
            self._con = con = self._con or self._connect()
            cursor = con.cursor()
            self._in_use += 1
        broken = False
        try:
            yield cursor
        except duckdb.FatalException:
            broken = True
            raise
        finally:
            cursor.close()
            with self._turn:
                self._in_use -= 1
                self._turn.notify_all()
            if broken:
                self._let_go(con)

    def _let_go(self, broken: duckdb.DuckDBPyConnection) -> None:
        """After a fatal error DuckDB answers nothing more until the file is opened anew.

        The other cursors must be gone first: their end would take the new handle's lock along.
        """
        with self._turn:
            if self._closing or self._con is not broken:
                return
            self._closing = True
            try:
                self._turn.wait_for(lambda: self._in_use == 0, _PATIENCE)
                broken.close()
            finally:
                self._con, self._closing = None, False
                self._turn.notify_all()


def _connected(path: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """The hardened connection; folder and file belong to this user alone."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": min(4, os.cpu_count() or 1),
        "temp_directory": str(path.parent / "temp"),
        "max_temp_directory_size": "2GB",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "python_enable_replacements": False,
    }
    mask = os.umask(0o077)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _locked(duckdb.connect(str(path), config=config))
    except (duckdb.Error, OSError) as error:
        raise _refusal(error) from error
    finally:
        os.umask(mask)


def _locked(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """No files, no further settings; unless this process has the file open, and locked, already."""
    if con.execute("select current_setting('lock_configuration')").fetchall() != [(True,)]:
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
    return con


@contextmanager
def _told() -> Iterator[None]:
    """No floor above knows DuckDB: a failing disk is WorkspaceBusy, a failing query our mistake."""
    try:
        yield
    except (duckdb.OperationalError, duckdb.FatalException) as error:
        raise _refusal(error) from error
    except duckdb.Error as error:
        raise BadDefinition(_reason(error)) from error


def _refusal(error: Exception) -> WorkspaceBusy:
    words = str(error)
    # Windows says it in other words.
    if "Could not set lock" in words or "used by another process" in words:
        pid = re.search(r"\(PID \d+\)", words)
        return WorkspaceBusy("busy", pid=f" {pid[0]}" if pid else "")
    return WorkspaceBusy("storage", reason=_reason(error))


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]


def _store(cursor: duckdb.DuckDBPyConnection, batch: Sequence[Arrival]) -> Loaded:
    import_id = _next(cursor, "imports", "import_id")
    files = len({(arrival.file, arrival.sha256) for arrival in batch})
    values = {"import_id": import_id, "imported_at": datetime.now(), "files": files}
    cursor.execute(schema.insert_statement("imports"), values)
    loaded = Loaded(import_id, tuple(_merge(cursor, import_id, arrival) for arrival in batch))
    if loaded.changed:
        cursor.execute("update meta set value = value::bigint + 1 where name = 'version'")
        schema.map_subjects(cursor)
    return loaded


def _merge(cursor: duckdb.DuckDBPyConnection, import_id: int, arrival: Arrival) -> Merged:
    """One sheet into its dataset's table, and the note of where its rows came from."""
    sheet = arrival.sheet
    target = dataset(sheet.dataset or "")
    source_id = _next(cursor, "sources", "source_id")
    as_of = {"as_of": sheet.as_of} if target.shape == "snapshot" else {}
    try:
        cursor.register("staged", schema.staged(target, sheet))
        actions = cursor.execute(
            schema.merge_statement(target, sheet.columns), {"source_id": source_id, **as_of}
        ).fetchall()
    except _BAD_ROWS as error:
        raise RefusedImport("unstorable", sheet=sheet.name, reason=_reason(error)) from error
    cursor.unregister("staged")
    merged = Merged.counted([str(action) for (action,) in actions], len(sheet.rows))
    row = schema.source_row(source_id, import_id, arrival, merged)
    cursor.execute(schema.insert_statement("sources"), row)
    return merged


def _next(cursor: duckdb.DuckDBPyConnection, table: str, number: str) -> int:
    sql = f'select coalesce(max("{number}"), 0) + 1 from "{table}"'  # noqa: S608 - our own names
    (found,) = cursor.execute(sql).fetchall()[0]
    return int(found)


def _build(cursor: duckdb.DuckDBPyConnection, marts: Mapping[str, sqlfiles.Query]) -> None:
    """Every mart as a view, those that are read before those that read them."""
    sql = "select json_serialize_sql($sql)"
    trees = {
        name: str(cursor.execute(sql, {"sql": mart.sql}).fetchall()[0][0])
        for name, mart in marts.items()
    }
    for name in sqlfiles.in_order(trees):
        mart = marts[name]
        try:
            cursor.execute(f'create view "{name}" as {mart.sql}')
            columns = cursor.execute(f'select * from "{name}" limit 0').description or []  # noqa: S608
        except duckdb.Error as error:
            raise BadDefinition(f"mart {name}: {_reason(error)}") from error
        if mart.people and mart.people not in [column[0] for column in columns]:
            raise BadDefinition(f"mart {name}: there is no column {mart.people} (People)")
