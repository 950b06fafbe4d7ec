"""Invented sheets on their way into a warehouse, for the tests that store something."""

from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.importing.report import MappedColumn, SheetReport
from dashboard.importing.tables import table_of
from dashboard.schema import Arrival
from dashboard.warehouse import Warehouse

Rows = dict[str, dict[str, Any]]


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
