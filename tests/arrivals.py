"""Invented sheets on their way into a warehouse, for the tests that store something."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from dashboard.contracts import DATASETS
from dashboard.contracts.model import Dataset
from dashboard.importing.report import MappedColumn, SheetReport
from dashboard.importing.tables import as_json, schema_of
from dashboard.schema import Arrival
from dashboard.warehouse import Warehouse

Rows = dict[str, dict[str, Any]]


def table_of(
    dataset: Dataset,
    rows: Mapping[str, Mapping[str, Any]],
    numbers: Sequence[int] | None = None,
    raws: Sequence[Mapping[str, str]] | None = None,
) -> pa.Table:
    """A table from plain values, row key -> fields; for few rows. Raises pyarrow's errors
    (ValueError, TypeError) where a value does not fit its type exactly.
    """
    told = raws or [{}] * len(rows)
    given = {
        "row_key": list(rows),
        "source_row": list(numbers or range(1, len(rows) + 1)),
        "raw": [as_json(raw) if raw else None for raw in told],
    }
    return pa.table(
        [
            pa.array(given.get(column.name) or [row.get(column.name) for row in rows.values()],
                     column.type)
            for column in schema_of(dataset)
        ],
        schema=schema_of(dataset),
    )  # fmt: skip


def arrival(dataset: str, rows: Rows, *, mapped: str = "", **more: Any) -> Arrival:
    """One sheet: row key -> fields. `mapped` names the columns it has, else those of its rows."""
    fields = mapped.split() or sorted({name for row in rows.values() for name in row})
    sheet = SheetReport(
        name=more.get("sheet", "表1"),
        dataset=dataset,
        as_of=more.get("as_of"),
        columns={name: MappedColumn(name, "A") for name in fields},
        table=table_of(DATASETS[dataset], rows, range(5, 5 + len(rows)), more.get("raws")),
        counts={"rows": len(rows), "loaded": len(rows)},
        sums={"expense": Decimal("1.50")},
        header_rows=(3, 4),
    )
    return Arrival(more.get("file", "账.xlsx"), "ab" * 32, more.get("encoding"), sheet)


def spent(amount: str | None, **more: Any) -> dict[str, Any]:
    expense = Decimal(amount) if amount is not None else None
    return {"spent_on": date(2017, 3, 1), "expense": expense, "is_opening": False} | more


def ledger(rows: Rows, **more: Any) -> Arrival:
    return arrival("ledger", rows, **more)


def one(warehouse: Warehouse, sql: str) -> dict[str, Any]:
    rows = warehouse.read(sql)
    assert len(rows) == 1
    return rows[0]
