"""A loosely read file as bytes and back; what the child sends is validated cell by cell."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from decimal import Decimal
from typing import IO, Any

import pyarrow as pa

from dashboard.importing import wire
from dashboard.importing.loose.column import arrow
from dashboard.importing.loose.model import (
    KINDS,
    NUMERIC,
    Alike,
    LooseColumn,
    LooseFile,
    LooseSheet,
    Places,
)
from dashboard.importing.order import Order
from dashboard.importing.report import TotalCheck
from dashboard.text import Text

_ASKED = "loosely"  # the order's key


def order_to_json(order: Order) -> bytes:
    return wire.dumped(json.loads(wire.order_to_json(order)) | {_ASKED: True})


def is_asked(order: bytes) -> bool:
    """In the child: whether the file is to be read without a contract."""
    return bool(json.loads(order).get(_ASKED))


def send(found: LooseFile, out: IO[bytes]) -> None:
    bare = replace(found, sheets=[replace(sheet, table=None) for sheet in found.sheets])
    wire.write(asdict(bare), [sheet.table for sheet in found.sheets], out)


def file_from_bytes(data: bytes, keyed: bool = False) -> LooseFile:
    """`keyed`: with the keys of personal cells. Raises ValueError, KeyError or TypeError where the
    bytes are no such file.
    """
    found, streams = wire.parts(data)
    refused = found["refused"]
    told = Text(**refused[1]) if refused else None
    sheets = [_sheet(sheet) for sheet in found["sheets"]]
    for sheet, stream in zip(sheets, streams, strict=True):
        sheet.table = _table(stream, sheet, keyed) if stream is not None else None
    return LooseFile(
        found["file"], found["sha256"], found["kind"], found["encoding"],
        (refused[0], told) if told else None, sheets,
    )  # fmt: skip


def _table(stream: memoryview, sheet: LooseSheet, keyed: bool) -> pa.Table:
    """The rows, if their columns are what the sheet says of them; else ValueError."""
    table = wire.table(stream)
    expected = [pa.field("row", pa.int32())]
    for place, column in enumerate(sheet.columns):
        held = table.schema.field(f"c{place}").type
        fineness = held.scale if column.kind in NUMERIC and pa.types.is_decimal128(held) else 0
        expected.append(pa.field(f"c{place}", arrow(column.kind, fineness)))
        expected.append(pa.field(f"t{place}", pa.string()))
        if keyed and column.personal:
            expected.append(pa.field(f"k{place}", pa.int64()))
        if keyed and column.kind == "name":
            expected.append(pa.field(f"p{place}", pa.string()))
    if not table.schema.equals(pa.schema(expected)):
        raise ValueError("not the columns it tells of")
    return table


def _sheet(found: dict[str, Any]) -> LooseSheet:
    return LooseSheet(
        **found
        | {
            "header_rows": tuple(found["header_rows"]),
            "columns": [_column(column) for column in found["columns"]],
            "left_out": [Text(**told) for told in found["left_out"]],
            "totals_check": [_check(check) for check in found["totals_check"]],
            "same_at": [(row, first) for row, first in found["same_at"]],
        }
    )


def _column(found: dict[str, Any]) -> LooseColumn:
    if found["kind"] not in KINDS:
        raise ValueError(found["kind"])
    return LooseColumn(
        **found
        | {
            "other_units": _places(found["other_units"]),
            "repeated": tuple((value, _places(places)) for value, places in found["repeated"]),
            "alike": tuple(Alike(**pair) for pair in found["alike"]),
        }
    )


def _places(found: dict[str, Any]) -> Places:
    return Places(tuple(found["cells"]), int(found["total"]))


def _check(found: dict[str, str]) -> TotalCheck:
    printed, computed = Decimal(found["printed"]), Decimal(found["computed"])
    return TotalCheck(found["field"], printed, computed, found["cell"])
