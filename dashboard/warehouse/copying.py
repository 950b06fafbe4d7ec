"""One moment of an open file, copied whole into a new one; and what a file holds, to compare.

The rows go as Arrow into an engine of their own: the open file stays closed to every path, and a
disk that fills up under the copy fails nobody who reads. The copy has tables and rows only, made
from the names and types of their columns; whatever else a file may hold does not come along. Nor do
marts that are kept: they are told anew from the rest, and their plan is a statement that lies in
the file, which nobody may bring from elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from dashboard.schema import KEYS, quoted
from dashboard.warehouse.database import Reader, told
from dashboard.warehouse.kept import table_of

_ROWS = 100_000  # on their way at a time
_EXACT = ("DECIMAL", "BIGINT", "INTEGER", "HUGEINT")  # types whose sum is the same in any order
_COLUMNS = """
    select table_name, column_name, data_type, is_nullable
    from duckdb_columns()
    where not internal and database_name = current_database() and schema_name = 'main'
        and table_name in (select table_name from duckdb_tables() where not internal)
        and not starts_with(table_name, $told)
    order by table_name, column_index
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What one table holds: its rows, the exact sum of every number column as text, and a sum over
    all cells in which the rows' order is nothing. `checksum` is comparable within one version of
    the engine only.
    """

    rows: int
    sums: Mapping[str, str] = field(default_factory=dict)
    checksum: str = ""

    def agrees(self, other: Content, *, engine: bool = True) -> bool:
        """The same rows; `engine`: both were counted by one version of the engine."""
        numbers = self.rows == other.rows and self.sums == other.sums
        return numbers and (not engine or self.checksum == other.checksum)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    kind: str
    required: bool

    @property
    def ddl(self) -> str:
        return f"{_quoted(self.name)} {self.kind}{' not null' if self.required else ''}"


def engine() -> str:
    """The version of the engine that counts here."""
    return str(duckdb.__version__)


def contents(reader: Reader) -> dict[str, Content]:
    """Table -> what it holds, at the reader's moment."""
    return {name: _content(reader, name, columns) for name, columns in _tables(reader).items()}


def copied(reader: Reader, target: Path) -> dict[str, Content]:
    """All of the reader's moment, in the new file `target`; answers what that is.

    Raises duckdb's errors where the disk fails; the unfinished file is the caller's to remove.
    """
    with closing(duckdb.connect(str(target), config=_quiet())) as new:
        for name, columns in _tables(reader).items():
            new.execute(_ddl(name, columns))
            new.register("arriving", reader.batches(f"from {_quoted(name)}", _ROWS))
            new.execute(f"insert into {_quoted(name)} from arriving")
            new.unregister("arriving")
        new.execute("checkpoint")
    return contents(reader)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A file that nobody writes to, read only, its own engine; raises WorkspaceBusy where it is no
    whole database.
    """
    with told(), closing(duckdb.connect(str(path), read_only=True, config=_quiet())) as con:
        con.execute("begin transaction read only")
        yield Reader(con)


def _quiet() -> dict[str, str | bool | int | float | list[str]]:
    """An engine that reaches for no other file and leaves the readers their room."""
    return {
        "memory_limit": "512MB",
        "threads": min(2, os.cpu_count() or 1),
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_persistent_secrets": False,
        "python_enable_replacements": False,
        "lock_configuration": True,
    }


def _tables(reader: Reader) -> dict[str, list[_Column]]:
    found: dict[str, list[_Column]] = {}
    for row in reader.read(_COLUMNS, {"told": table_of("")}):
        column = _Column(row["column_name"], row["data_type"], not row["is_nullable"])
        found.setdefault(row["table_name"], []).append(column)
    return found


def _ddl(name: str, columns: list[_Column]) -> str:
    parts = [column.ddl for column in columns]
    if name in KEYS:
        parts.append(f"primary key ({quoted(KEYS[name])})")
    return f"create table {_quoted(name)} ({', '.join(parts)})"


def _content(reader: Reader, name: str, columns: list[_Column]) -> Content:
    exact = [column.name for column in columns if column.kind.startswith(_EXACT)]
    sums = [f"sum({_quoted(one)})::varchar as {_quoted(f'sum {one}')}" for one in exact]
    cells = 'concat_ws(\'-\', bit_xor(hash("of it")), sum(hash("of it"))) as checksum'
    parts = ", ".join(["count(*) as rows", cells, *sums])
    (row,) = reader.read(f'select {parts} from {_quoted(name)} as "of it"')  # noqa: S608 - quoted
    told_sums = {one: row[f"sum {one}"] or "0" for one in exact}
    return Content(row["rows"], told_sums, row["checksum"])


def _quoted(name: str) -> str:
    """A name that may come from a foreign file."""
    return '"' + name.replace('"', '""') + '"'
