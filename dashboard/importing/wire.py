"""A report as bytes and back: the only thing the reading child may say.

JSON in the first line, then each sheet's rows as an Arrow stream whose schema is the contract's.
Never pickle: the child has read a stranger's file. What it sends is validated cell by cell.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import IO, Any

import pyarrow as pa

from dashboard.contracts import DATASETS
from dashboard.importing.order import Order
from dashboard.importing.report import (
    Choice,
    FileReport,
    Issue,
    MappedColumn,
    SheetReport,
    TotalCheck,
)
from dashboard.importing.tables import schema_of
from dashboard.settings import Limits
from dashboard.text import Text


def dumped(value: object) -> bytes:
    """Days and decimals as text; their types come back from the contract."""
    return json.dumps(value, ensure_ascii=False, default=str).encode()


def send(report: FileReport, out: IO[bytes]) -> None:
    """The report and how long each sheet's table will be, then the tables, without copying one."""
    bare = replace(report, sheets=[replace(sheet, table=None) for sheet in report.sheets])
    write(asdict(bare), [sheet.table for sheet in report.sheets], out)


def write(head: dict[str, Any], tables: Sequence[pa.Table | None], out: IO[bytes]) -> None:
    """One line of JSON that also says how long each table will be, then the tables."""
    out.write(dumped(head | {"sizes": [_size(table) for table in tables]}) + b"\n")
    for table in tables:
        _stream(table, out)


def _size(table: pa.Table | None) -> int:
    """The bytes of its stream."""
    _stream(table, counting := pa.MockOutputStream())
    return int(counting.size())


def _stream(table: pa.Table | None, sink: IO[bytes] | pa.NativeFile) -> None:
    if table is not None:
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)


def report_from_bytes(data: bytes) -> FileReport:
    """Raises ValueError, KeyError or TypeError where the bytes are no report."""
    found, streams = parts(data)
    report = _report(found)
    for sheet, stream in zip(report.sheets, streams, strict=True):
        sheet.table = _table(stream, sheet) if stream is not None else None
    return report


def parts(data: bytes) -> tuple[dict[str, Any], list[memoryview | None]]:
    """What `write` wrote: the head, and each table's stream."""
    at = data.index(b"\n") + 1
    found = json.loads(data[: at - 1])
    streams: list[memoryview | None] = []
    for size in found.pop("sizes"):
        streams.append(memoryview(data)[at : at + size] if size else None)
        at += size
    return found, streams


def table(stream: memoryview) -> pa.Table:
    """A whole and valid table; else ValueError."""
    try:
        with pa.ipc.open_stream(pa.py_buffer(stream)) as reader:
            found = reader.read_all()
    except OSError:  # cut short
        raise ValueError("not a whole table") from None
    found.validate(full=True)
    return found


def _table(stream: memoryview, sheet: SheetReport) -> pa.Table:
    """The rows, if they are what the sheet's contract says; else ValueError."""
    found = table(stream)
    if not found.schema.equals(schema_of(DATASETS[sheet.dataset or ""])):
        raise ValueError("not the contract's columns")
    return found


def _report(found: dict[str, Any]) -> FileReport:
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
        }
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _check(found: dict[str, str]) -> TotalCheck:
    printed, computed = Decimal(found["printed"]), Decimal(found["computed"])
    return TotalCheck(found["field"], printed, computed, found["cell"])


def _issue(found: dict[str, Any]) -> Issue:
    texts = {name: Text(**found[name]) for name in ("message", "remedy")}
    return Issue(**found | texts | {"others": tuple(found["others"])})


def order_to_json(order: Order) -> bytes:
    return dumped(asdict(replace(order, lines={})))


def order_from_json(data: bytes) -> Order:
    found = json.loads(data)
    return Order(
        found["file"],
        date.fromisoformat(found["today"]),
        found["dataset"],
        _day(found["as_of"]),
        tuple(_choice(choice) for choice in found["choices"]),
        Limits(**found["limits"]),
        found["encoding"],
        found["secret"],
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
