"""The tables, generated from the contracts: their DDL and the staged rows.

Everything here is text and Arrow values; the database itself is spoken to in warehouse/ only.
Names come from contracts, never from a file or a person, so quoting them is enough.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, Protocol

import pyarrow as pa

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.errors import BadDefinition
from dashboard.importing.report import SheetReport

PROVENANCE = {
    "source_id": "INTEGER",
    "source_row": "INTEGER",
    "source_column": "VARCHAR",  # of a table that was turned; else the field's own column
    "raw": "VARCHAR",
}
OWN: dict[str, dict[str, str]] = {
    "imports": {
        "import_id": "INTEGER",
        "imported_at": "TIMESTAMP",
        "files": "INTEGER",
        "who": "VARCHAR",
        "undone_at": "TIMESTAMP",
        "undone_by": "VARCHAR",
    },
    "sources": {
        "source_id": "INTEGER",
        "import_id": "INTEGER",
        "file": "VARCHAR",
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "dataset": "VARCHAR",
        "as_of": "DATE",
        "encoding": "VARCHAR",
        "header_rows": "VARCHAR",
        "columns": "VARCHAR",
        "counts": "VARCHAR",
        "sums": "VARCHAR",
        "totals": "VARCHAR",  # printed ones that are not the sum of their rows
        "added": "INTEGER",
        "changed": "INTEGER",
        "unchanged": "INTEGER",
        "removed": "INTEGER",
        "area": "VARCHAR",
        "mode": "VARCHAR",
        "period_from": "DATE",
        "period_to": "DATE",
    },
    "remembered": {
        "fingerprint": "VARCHAR",
        "dataset": "VARCHAR",
        "header_offset": "INTEGER",
        "header_rows": "INTEGER",
        "columns": "VARCHAR",
        "remembered_at": "TIMESTAMP",
        "who": "VARCHAR",
    },
    "meta": {"name": "VARCHAR", "value": "VARCHAR"},
    "subject_map": {
        "subject": "VARCHAR",
        "code": "VARCHAR",
        "level1": "VARCHAR",
        "level2": "VARCHAR",
        "kind": "VARCHAR",
    },
    "spelling_map": {"written": "VARCHAR", "plain": "VARCHAR", "shown": "VARCHAR"},
    "settings": {
        "section": "VARCHAR",
        "value": "VARCHAR",
        "changed_at": "TIMESTAMP",
        "who": "VARCHAR",
    },
    # who let names be seen, and where: a wall, a file
    "disclosures": {
        "shown_at": "TIMESTAMP",
        "who": "VARCHAR",
        "place": "VARCHAR",
        "view": "VARCHAR",
    },
    # who was deleted, as keyed hashes: of a person (length 0), of a name of so many letters;
    # only_lines: they are back, or have namesakes, and only lines that stand are known by it
    "deleted_people": {
        "mark": "VARCHAR",
        "length": "INTEGER",
        "instead": "VARCHAR",
        "deleted_at": "TIMESTAMP",
        "only_lines": "BOOLEAN",
    },
    "school_rules": {"name": "VARCHAR", "value": "DOUBLE"},
    # worked: how many working days there were since the table's first, that day included
    "calendar": {
        "day": "DATE",
        "is_working": "BOOLEAN",
        "is_known": "BOOLEAN",
        "worked": "INTEGER",
    },
}
KEYS = {"imports": ("import_id",), "sources": ("source_id",), "meta": ("name",)}
# columns that hold JSON: a line break in a cell stands there as two other characters
JSON = frozenset({"raw", "header_rows", "columns", "counts", "sums", "totals", "value"})
BEFORE = "_before"  # ledger_before: rows of the ledger as they were before a sheet changed them
BY_SOURCE = {"by_source": "INTEGER"}  # … and the sheet that did

Mode = Literal["merge", "replace", "add"]

_ARROW = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(20,4)": pa.decimal128(20, 4),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One sheet on its way in, the file it came from, and how it meets what is there."""

    file: str
    sha256: str
    encoding: str | None
    sheet: SheetReport
    mode: Mode = "merge"


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one sheet's rows; `removed` rows were stored before and are no more.

    `period` is the first and the last day of what a sheet replaced. `left_out` are the sheet's rows
    about somebody who was deleted, `unnamed` counts those that came without such a name.
    """

    added: int
    changed: int
    unchanged: int
    removed: int = 0
    period: tuple[date, date] | None = None
    left_out: tuple[int, ...] = ()
    unnamed: int = 0

    @property
    def rows(self) -> int:
        """The sheet's own rows."""
        return self.added + self.changed + self.unchanged

    @property
    def wrote(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One import, its sheets in order. `changed` is False where everything was there already."""

    import_id: int
    sheets: tuple[Merged, ...]

    @property
    def changed(self) -> bool:
        return any(sheet.wrote for sheet in self.sheets)


def key_of(dataset: Dataset) -> tuple[str, ...]:
    return ("as_of", "row_key") if dataset.shape == "snapshot" else ("row_key",)


def columns_of(dataset: Dataset) -> dict[str, str]:
    """Column -> SQL type of the dataset's table, in order."""
    fields = dataset.stored()
    as_of = {"as_of": "DATE"} if dataset.shape == "snapshot" else {}
    own = {"row_key": "VARCHAR"} | as_of
    taken = sorted(fields.keys() & (own | PROVENANCE).keys())
    if taken or dataset.name in OWN:
        raise BadDefinition(f"{dataset.name}: {taken or 'its name'} belongs to the warehouse")
    return own | fields | PROVENANCE


def tables() -> dict[str, dict[str, str]]:
    """Every table of a workspace: name -> column -> SQL type."""
    current = {name: columns_of(dataset) for name, dataset in DATASETS.items()}
    before = {f"{name}{BEFORE}": BY_SOURCE | columns for name, columns in current.items()}
    return current | before | OWN


class Cursor(Protocol):
    """What is needed of a database cursor here."""

    def execute(self, query: str, parameters: object = None, /) -> Any: ...


def staged(dataset: Dataset, sheet: SheetReport) -> Any:
    """The sheet's rows as a pyarrow Table, typed by the contract: nothing is ever inferred.

    Columns: row_key, the stored fields, source_row, raw. Raises pyarrow's errors (ValueError,
    TypeError) where a value does not fit its type exactly.
    """
    if sheet.table is None:
        raise ValueError("a sheet without rows")
    return sheet.table


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def retold(column: str, words: str, told: Callable[[str], str]) -> str:
    """What a column holds, each of its words told otherwise; itself where none is."""
    try:
        held = json.loads(words) if column in JSON else words
    except ValueError:
        held = words
    if isinstance(held, str) and held == words:
        return told(words)
    new = _retold(held, told)
    return words if new == held else as_json(new)


def _retold(held: Any, told: Callable[[str], str]) -> Any:
    if isinstance(held, dict):
        return {told(name): _retold(value, told) for name, value in held.items()}
    if isinstance(held, list):
        return [_retold(value, told) for value in held]
    return told(held) if isinstance(held, str) else held


def insert_statement(table: str) -> str:
    """One row into one of the own tables, by the names of its columns as parameters."""
    names = OWN[table]
    marks = ", ".join(f"${name}" for name in names)
    return f'insert into "{table}" ({quoted(names)}) values ({marks})'  # noqa: S608 - own names


def source_row(
    source_id: int, import_id: int, arrival: Arrival, merged: Merged
) -> dict[str, object]:
    """What `sources` keeps of one sheet, so that every row can be led back to its cell."""
    sheet = arrival.sheet
    columns = {name: asdict(column) for name, column in sheet.columns.items()}
    first, last = merged.period or (None, None)
    return {
        "source_id": source_id,
        "import_id": import_id,
        "file": arrival.file,
        "sha256": arrival.sha256,
        "sheet": sheet.name,
        "dataset": sheet.dataset,
        "as_of": sheet.as_of,
        "encoding": arrival.encoding,
        "header_rows": as_json(sheet.header_rows),
        "columns": as_json(columns),
        "counts": as_json(sheet.counts),
        "sums": as_json(sheet.sums),
        "totals": as_json([asdict(one) for one in sheet.totals_check if not one.ok]),
        "added": merged.added,
        "changed": merged.changed,
        "unchanged": merged.unchanged,
        "removed": merged.removed,
        "area": sheet.area,
        "mode": arrival.mode,
        "period_from": first,
        "period_to": last,
    }


def quoted(names: Iterable[str]) -> str:
    """Column names as SQL."""
    return ", ".join(f'"{name}"' for name in names)
