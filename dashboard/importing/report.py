"""What reading a file yields: sheets, typed rows, and every doubt with its cell.

Plain values and one table of typed rows a sheet, which travel from the reading child to the
server; nothing here knows a database or a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pyarrow as pa

from dashboard.text import Text

Severity = Literal["error", "warning", "info"]
OWN_FIELDS = ("row_key", "source_row", "source_column", "raw")  # of a table, beside what is stored
COUNTED = ("loaded", "rejected", "duplicates", "totals", "blank", "headers", "notes")


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt. `cell` is like B7, or None for the whole sheet; a personal `value` is masked.

    `others` are more cells it is true of, where many alike are told at once.
    """

    code: str
    severity: Severity
    message: Text
    remedy: Text
    cell: str | None = None
    value: str | None = None
    others: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.cell, *self.others) if self.cell else ()


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A field's header as the sheet spells it, and the column's letter."""

    header: str
    column: str


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A printed total against the sum of the rows it stands for."""

    field: str
    printed: Decimal
    computed: Decimal
    cell: str

    @property
    def ok(self) -> bool:
        """Equal to the cent: spreadsheets print sums of binary fractions."""
        return abs(self.printed - self.computed) < Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer decided for one sheet; None leaves it to the reader.

    `columns` maps field -> column letter and replaces the whole mapping. `dataset` may be
    "none": read it without a contract. `skip` leaves the sheet out.
    """

    sheet: str
    dataset: str | None = None
    header_rows: tuple[int, ...] | None = None
    columns: tuple[tuple[str, str], ...] | None = None
    as_of: date | None = None
    skip: bool = False
    area: str = ""  # which of a sheet's tables, as in the report
    hidden_rows: bool = False  # read the rows and columns that the sheet hides, too


@dataclass(slots=True)
class SheetReport:
    """One sheet as read. `table` holds its rows typed and ready to store (tables.schema_of says
    which columns), None where its dataset is unknown.

    `counts["rows"]` equals the sum of the other counts, always.
    """

    name: str
    area: str = ""  # the table's place, like A3:F20, where its sheet holds several
    hidden: bool = False
    dataset: str | None = None
    as_of: date | None = None
    as_of_source: Literal["title", "file", "officer", "today"] | None = None
    header_rows: tuple[int, ...] = ()
    columns: dict[str, MappedColumn] = field(default_factory=dict)
    unmapped: list[MappedColumn] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    totals_check: list[TotalCheck] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    issues_total: int = 0  # issues kept are bounded; this is how many there were
    table: pa.Table | None = None
    preview: list[list[str]] = field(default_factory=list)  # the first rows of cells, as text

    @property
    def loaded(self) -> int:
        """Rows that can be stored."""
        return self.table.num_rows if self.table is not None else 0

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The loaded rows' stored fields as plain values; for few rows."""
        return self.first(self.loaded)

    def first(self, count: int) -> list[dict[str, Any]]:
        """As `rows`, the first of them."""
        if self.table is None:
            return []
        fields = [name for name in self.table.column_names if name not in OWN_FIELDS]
        found: list[dict[str, Any]] = self.table.select(fields).slice(0, count).to_pylist()
        return found


@dataclass(slots=True)
class FileReport:
    """One file as read; `refused` is (code, message) when it could not be.

    `encoding` is the codec's name (utf-8-sig has a byte-order mark), None for a workbook.
    """

    file: str
    sha256: str
    kind: str
    encoding: str | None = None
    refused: tuple[str, Text] | None = None
    sheets: list[SheetReport] = field(default_factory=list)
