"""A report as JSON and back: the only thing the reading child may say.

Never pickle: the child has read a stranger's file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.importing.report import (
    Choice,
    FileReport,
    Issue,
    MappedColumn,
    SheetReport,
    TotalCheck,
)
from dashboard.importing.sheets import Order
from dashboard.settings import Limits
from dashboard.text import Text


def dumped(value: object) -> bytes:
    """Days and decimals as text; their types come back from the contract."""
    return json.dumps(value, ensure_ascii=False, default=str).encode()


def report_to_json(report: FileReport) -> bytes:
    return dumped(asdict(report))


def report_from_json(data: bytes) -> FileReport:
    """Raises ValueError or KeyError where the bytes are no report."""
    found = json.loads(data)
    refused = found["refused"]
    return FileReport(
        found["file"],
        found["sha256"],
        found["kind"],
        found["encoding"],
        (refused[0], Text(**refused[1])) if refused else None,
        [_sheet(sheet) for sheet in found["sheets"]],
    )


def _sheet(found: dict[str, Any]) -> SheetReport:
    types = DATASETS[found["dataset"]].stored() if found["dataset"] else {}
    columns = {name: MappedColumn(**column) for name, column in found["columns"].items()}
    return SheetReport(
        **found
        | {
            "as_of": _day(found["as_of"]),
            "header_rows": tuple(found["header_rows"]),
            "columns": columns,
            "unmapped": [MappedColumn(**column) for column in found["unmapped"]],
            "sums": {name: Decimal(value) for name, value in found["sums"].items()},
            "totals_check": [_check(check) for check in found["totals_check"]],
            "issues": [_issue(issue) for issue in found["issues"]],
            "rows": [{n: _typed(v, types[n]) for n, v in row.items()} for row in found["rows"]],
        }
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _check(found: dict[str, str]) -> TotalCheck:
    printed, computed = Decimal(found["printed"]), Decimal(found["computed"])
    return TotalCheck(found["field"], printed, computed, found["cell"])


def _issue(found: dict[str, Any]) -> Issue:
    return Issue(**found | {"message": Text(**found["message"]), "remedy": Text(**found["remedy"])})


def _typed(value: Any, sql_type: str) -> Any:
    if value is None:
        return None
    if sql_type == "DATE":
        return date.fromisoformat(value)
    return Decimal(value) if sql_type.startswith("DECIMAL") else value


def order_to_json(order: Order) -> bytes:
    return dumped(asdict(order))


def order_from_json(data: bytes) -> Order:
    found = json.loads(data)
    return Order(
        found["file"],
        date.fromisoformat(found["today"]),
        found["dataset"],
        _day(found["as_of"]),
        tuple(_choice(choice) for choice in found["choices"]),
        Limits(**found["limits"]),
    )


def _choice(found: dict[str, Any]) -> Choice:
    rows, columns = found["header_rows"], found["columns"]
    return Choice(
        found["sheet"],
        found["dataset"],
        tuple(rows) if rows else None,
        tuple((name, at) for name, at in columns) if columns is not None else None,
        _day(found["as_of"]),
        found["skip"],
        found["area"],
        found["hidden_rows"],
    )
