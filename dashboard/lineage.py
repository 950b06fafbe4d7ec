"""From a stored row back to its cells: which file, sheet and cell, and what stood there.

Every register row knows the sheet it came from; the sheet's own note says in which column each
field stood. Together they are a cell's address, as a spreadsheet program shows it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Column, Dataset
from dashboard.text import Text

Row = dict[str, Any]


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class Address:
    """One row of one register; `as_of` is the roster's day, None for other registers."""

    register: str
    row_key: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row: where it stood, what it was read as, and what was written there.

    `place` is `C5`, empty for what no column said; `written` is None where it is the value itself.
    """

    label: Text
    place: str
    value: object
    written: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row came from: file (with its sha256), sheet, row, and every filled cell."""

    address: Address
    file: str
    sheet: str
    row: int
    sha256: str
    imported_at: datetime
    cells: tuple[Cell, ...]

    @property
    def place(self) -> str:
        """`A5:L5`, or the one cell."""
        letters = sorted((c.place for c in self.cells if c.place), key=lambda p: (len(p), p))
        if not letters:
            return str(self.row)
        return letters[0] if letters[0] == letters[-1] else f"{letters[0]}:{letters[-1]}"


_ROWS = """\
select
    register.*,
    sources.file,
    sources.sheet,
    sources.sha256,
    sources.columns,
    imports.imported_at
from "{register}" as register
join (
    select
        unnest($keys) as row_key,
        unnest($days)::date as as_of
) as wanted
    on
        wanted.row_key = register.row_key{same_day}
join sources using (source_id)
join imports using (import_id)"""


def origins(reader: Reads, addresses: Iterable[Address]) -> dict[Address, Origin]:
    """Where each of these rows came from; an address that is not stored any more is left out."""
    by_register: dict[str, dict[Address, None]] = defaultdict(dict)
    for address in addresses:
        by_register[address.register][address] = None
    return {
        origin.address: origin
        for register, wanted in by_register.items()
        for origin in _origins(reader, DATASETS[register], list(wanted))
    }


def _origins(reader: Reads, dataset: Dataset, wanted: list[Address]) -> Iterable[Origin]:
    dated = dataset.shape == "snapshot"
    sql = _ROWS.format(
        register=dataset.name,
        same_day="\n        and wanted.as_of = register.as_of" if dated else "",
    )
    bound = {"keys": [one.row_key for one in wanted], "days": [one.as_of for one in wanted]}
    for row in reader.read(sql, bound):
        address = Address(dataset.name, row["row_key"], row["as_of"] if dated else None)
        yield Origin(
            address=address,
            file=row["file"],
            sheet=row["sheet"],
            row=row["source_row"],
            sha256=row["sha256"],
            imported_at=row["imported_at"],
            cells=tuple(_cells(dataset, row)),
        )


def _cells(dataset: Dataset, row: Row) -> Iterable[Cell]:
    """Every filled field, and every one that a cell was written for and nothing was read from."""
    columns, raw = json.loads(row["columns"]), json.loads(row["raw"] or "{}")
    for column in dataset.kept:
        for name in _fields(column):
            written = raw.get(name, raw.get(column.name))
            if row[name] is not None or written is not None:
                letter = _letter(columns, column.name, row)
                place = f"{letter}{row['source_row']}" if letter else ""
                value = _said(column, row[name])
                if written is None and isinstance(value, Text):  # the stored code itself: A
                    written = str(row[name])
                yield Cell(dataset.label_of(name), place, value, written)


def _fields(column: Column) -> tuple[str, ...]:
    if column.type == "period":
        return f"{column.name}_from", f"{column.name}_to"
    return (column.name,)


def _letter(columns: Mapping[str, Mapping[str, str]], name: str, row: Row) -> str:
    """The column of a field; of a table that was turned, the column the row itself stood in."""
    if name in columns:
        return columns[name]["column"] or row["source_column"] or ""
    return ""


def _said(column: Column, value: object) -> object:
    """A code in words is a Text; anything else is itself."""
    return column.codes.label(str(value)) if column.codes and value is not None else value
