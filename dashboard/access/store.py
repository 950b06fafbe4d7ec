"""The file of accounts: SQLite, so that the command line may change it while the server runs.

A connection lasts one deed and belongs to one thread. Times are seconds since 1970, in UTC.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.errors import WorkspaceBusy, cause

FILE = "accounts.sqlite"
_WAIT = 10.0  # seconds for another writer to end

# An account that was removed keeps its number and its name: the records speak of it by number.
_VERSION = 1
_TABLES = f"""
begin immediate;
create table if not exists accounts (
    number integer primary key autoincrement,
    name text not null,
    folded text,  -- the name as it is compared; null once removed
    password text,  -- an argon2id string; null where only the school's provider signs in
    email text,
    role text not null,
    administrator integer not null,
    removed_at real
) strict;
create unique index if not exists names on accounts (folded);
create unique index if not exists emails on accounts (email);
create table if not exists attempts (
    folded text primary key,  -- a digest: what was typed may be anything
    wrong integer not null,
    last real not null,
    until real not null
) strict, without rowid;
create table if not exists sessions (
    digest blob primary key,  -- of the token, which is kept nowhere
    number integer not null references accounts,
    opened real not null,
    used real not null
) strict, without rowid;
pragma user_version = {_VERSION};
commit;
"""


class Store:
    """The accounts' file of one data folder; made for its owner's eyes only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE

    @property
    def is_there(self) -> bool:
        return self._path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Raises WorkspaceBusy "storage" where the file cannot be read."""
        with self._connected() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone among all programs; kept where the block ends well.

        Raises WorkspaceBusy "storage" where it cannot be kept.
        """
        with self._connected() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
                connection.execute("commit")
            finally:
                if connection.in_transaction:
                    connection.execute("rollback")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._path.exists():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = _opened(self._path)
            try:
                yield connection
            finally:
                connection.close()
        except (sqlite3.Error, OSError) as failure:
            raise WorkspaceBusy("storage", reason=f"{FILE}: {cause(failure)}") from failure


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma secure_delete = on")
    if connection.execute("pragma user_version").fetchone()[0] < _VERSION:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(_TABLES)
    return connection
