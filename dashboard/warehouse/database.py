"""The open file: cursors, transactions, and what happens when the disk fails under them."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from dashboard.errors import BadDefinition, WorkspaceBusy
from dashboard.warehouse.swapping import completed
from dashboard.warehouse.turns import Turns

Row = dict[str, Any]
Parameters = Mapping[str, object] | None
Done = TypeVar("Done")

_PATIENCE = 10.0  # seconds to wait for readers before the file is closed under them


class Reader:
    """Several readings of one moment."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def read(self, sql: str, parameters: Parameters = None) -> list[Row]:
        """One dict per row, by column name; `$name` marks in `sql` are bound from `parameters`."""
        result = self._cursor.execute(sql, dict(parameters or {}))
        names = [str(column[0]) for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def table(self, sql: str, parameters: Parameters = None) -> pa.Table:
        """A query's rows as Arrow has them."""
        return self._cursor.sql(sql, params=dict(parameters or {})).to_arrow_table()

    def batches(self, sql: str, rows: int) -> pa.RecordBatchReader:
        """A large query's rows, so many at a time; to be read before the next question."""
        return self._cursor.sql(sql).to_arrow_reader(rows)


class Database:
    """One open file. Any number of threads may read; one at a time writes."""

    def __init__(self, connect: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self._connect = connect
        self._con: duckdb.DuckDBPyConnection | None = None
        self._closed = self._closing = False
        self._in_use = 0
        self._changes = 0  # odd while one is under way
        self._unchanged: dict[str, tuple[int, list[Row]]] = {}
        self._turn = threading.Condition()
        self._writing = Turns()
        self._sealing = threading.Lock()  # from a commit until the ledger has its line

    def read(self, sql: str, parameters: Parameters = None) -> list[Row]:
        """One reading in its own read-only transaction."""
        with told():
            try:
                return self._once(sql, parameters)
            except duckdb.FatalException:  # the file has been closed, and opens anew by itself
                return self._once(sql, parameters)

    def standing(self, sql: str) -> list[Row]:
        """As `read`, from memory while nothing is written; for a few fixed questions."""
        now = self._changes
        told, rows = self._unchanged.get(sql, (-1, []))
        if told != now or now % 2:
            rows = self.read(sql)
            self._unchanged[sql] = now, rows
        return rows

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Several readings of the same moment, whatever is imported meanwhile."""
        with told(), self._transaction("begin transaction read only") as cursor:
            yield Reader(cursor)

    def close(self) -> None:
        """Let go of the file, when the readings under way have ended."""
        with self._turn:
            self._closed = True
            self._turn.wait_for(lambda: self._in_use == 0, _PATIENCE)
            if self._con:
                self._con.close()
                self._con = None

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Nobody but this thread writes meanwhile; reading goes on."""
        with self._writing:
            yield

    def exchange(self, swap: Callable[[], None]) -> None:
        """Let `swap` put another file in this one's place; the next reader opens that.

        Readers wait meanwhile. Raises WorkspaceBusy "in_use" where a reading under way does not
        end in time: then nothing was done.
        """
        with self._writing, self._changing(), self._turn:
            self._turn.wait_for(lambda: not self._closing)
            self._closing = True
            try:
                if not self._turn.wait_for(lambda: self._in_use == 0, _PATIENCE):
                    raise WorkspaceBusy("in_use")
                if self._con:
                    self._con.close()
                    self._con = None
                swap()
            finally:
                self._closing = False
                self._turn.notify_all()

    def _once(self, sql: str, parameters: Parameters) -> list[Row]:
        with self._transaction("begin transaction read only") as cursor:
            return Reader(cursor).read(sql, parameters)

    def _committed(
        self,
        work: Callable[[duckdb.DuckDBPyConnection], Done],
        stands: Callable[[Done], bool],
    ) -> Done:
        """What `work` answers, all of it committed or nothing; for who holds the writing.

        `stands` tells whether it is there after all: the database may break while it tidies up
        after a commit that did succeed. Raises WorkspaceBusy where the disk fails.
        """
        done = None
        try:
            with self._changing(), self._transaction("begin") as cursor:
                done = work(cursor)
        except duckdb.Error as error:
            if done is None or not stands(done):
                raise refusal(error) from error
        return done

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """For who holds the writing: what was read before or meanwhile stands no more."""
        self._changes += 1
        try:
            yield
        finally:
            self._changes += 1

    def _tried(self, work: Callable[[duckdb.DuckDBPyConnection], Done]) -> Done:
        """What `work` answers; nothing that it did is kept."""
        with self._writing, told(), self._cursor() as cursor:
            cursor.execute("begin")
            return work(cursor)

    @contextmanager
    def _looking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One moment, for who holds the writing; nothing to commit, so nothing that can fail."""
        with told(), self._cursor() as cursor:
            cursor.execute("begin transaction read only")
            yield cursor

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


def connected(path: Path, memory: str) -> duckdb.DuckDBPyConnection:
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
        completed(path.parent)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _locked(duckdb.connect(str(path), config=config))
    except (duckdb.Error, OSError) as error:
        raise refusal(error) from error
    finally:
        os.umask(mask)


def _locked(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """No files, no further settings; unless this process has the file open, and locked, already."""
    if con.execute("select current_setting('lock_configuration')").fetchall() != [(True,)]:
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
    return con


@contextmanager
def told() -> Iterator[None]:
    """No floor above knows DuckDB: a failing disk is WorkspaceBusy, a failing query our mistake."""
    try:
        yield
    except duckdb.Error as error:
        refused = refusal(error)
        if isinstance(error, _DISK) or type(error) is duckdb.Error or refused.code != "storage":
            raise refused from error
        raise BadDefinition(reason(error)) from error


_DISK = (duckdb.OperationalError, duckdb.FatalException)  # … or of no kind: the engine's own
_FULL = ("No space left", "not enough space", "Disk quota exceeded", "File too large")
_DAMAGED = (
    *("checksum", "not a valid DuckDB database file", "Corrupt "),
    "Could not read enough bytes",  # the file was cut
)


def refusal(error: Exception) -> WorkspaceBusy:
    """Held by another program, full, damaged, or out of reach for another reason."""
    words = str(error)
    # Windows says it in other words.
    if "Could not set lock" in words or "used by another process" in words:
        pid = re.search(r"\(PID \d+\)", words)
        return WorkspaceBusy("busy", pid=f" {pid[0]}" if pid else "")
    if any(said in words for said in _FULL):
        return WorkspaceBusy("no_room")
    if any(said in words for said in _DAMAGED):
        return WorkspaceBusy("damaged_data")
    return WorkspaceBusy("storage", reason=reason(error))


_OUR_STATEMENT = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


def reason(error: Exception) -> str:
    """What went wrong, and no value of a cell: DuckDB's words quote it, unless they are about a
    statement of ours.
    """
    if isinstance(error, _OUR_STATEMENT):
        return str(error).splitlines()[0]
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    said = next((words for words in _HARMLESS if words in str(error)), "")
    return f"{type(error).__name__}{said and ': '}{said}"


_HARMLESS = ("Permission denied", "Read-only file system", "Input/output error", "No such file",
             "Is a directory", "Too many open files", "Out of Memory", "different version",
             "cursor is closed", "has been closed")  # fmt: skip
