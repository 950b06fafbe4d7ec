"""An answer as plain columns: numbers, days, moments, answers and texts, within its bounds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.sandbox.model import MOMENT, Bounds, is_plain

_DAYS = (np.datetime64("0001-01-01"), np.datetime64("9999-12-31"))


@dataclass(frozen=True, slots=True)
class Result:
    """`more`: there are more rows than these. `cut`: cells were shortened."""

    table: pa.Table
    more: bool
    cut: bool


def plainly(found: pa.Table, bounds: Bounds) -> Result:
    """At most so many rows, of which `found` may have one more than is shown."""
    columns = [_plain(one.combine_chunks()) for one in found.slice(0, bounds.rows).columns]
    short = [_short(one, bounds.characters) for one in columns]
    cut = any(one is not other for one, other in zip(columns, short, strict=True))
    table = pa.table(short, names=numbered(found.column_names))
    rows = table.num_rows
    while table.nbytes > bounds.bytes and table.num_rows > 1:
        table = pa.table([_copied(one, table.num_rows // 2) for one in table.columns], table.schema)
    return Result(table, found.num_rows > rows or table.num_rows < rows, cut)


def _copied(column: pa.ChunkedArray, rows: int) -> pa.Array:
    """The first rows, without the memory of the others."""
    return pa.concat_arrays([*column.slice(0, rows).chunks, pa.nulls(0, column.type)])


def numbered(names: list[str]) -> list[str]:
    """Equal names are told apart by a number, as SQL sees them: 金额, 金额_2."""
    taken: set[str] = set()
    found = []
    for name in names:
        other, count = name, 1
        while other.lower() in taken:
            count += 1
            other = f"{name}_{count}"
        taken.add(other.lower())
        found.append(other)
    return found


def _plain(values: Any) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays([*values.chunks, pa.nulls(0, values.type)])
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_timestamp(values.type):
        values = values.cast(MOMENT, safe=False)
    if pa.types.is_floating(values.type):
        values = values.cast(pa.float64())
    return values if is_plain(values.type) and _fits(values) else _texts(values)


def _fits(values: pa.Array) -> bool:
    """Whether its type can tell all of them: no figure too many, no day a calendar lacks."""
    if pa.types.is_temporal(values.type):
        told = values.drop_null().to_numpy(zero_copy_only=False)
        return bool(((told >= _DAYS[0]) & (told <= _DAYS[1])).all())
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _texts(values: pa.Array) -> pa.Array:
    if pa.types.is_temporal(values.type) and is_plain(values.type):
        words = values.to_numpy(zero_copy_only=False).astype(str)
        return pa.array([None if word == "NaT" else word for word in words], pa.string())
    told = values.to_pylist()
    return pa.array([None if one is None else _worded(one) for one in told], pa.string())


def _worded(value: Any) -> str:
    if isinstance(value, pa.MonthDayNano):
        return _span(*value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.hex() if isinstance(value, bytes) else str(value)


def _span(months: int, days: int, nanoseconds: int) -> str:
    """As DuckDB writes an interval, without the parts that are nothing."""
    clock = str(timedelta(microseconds=nanoseconds // 1000)) if nanoseconds else ""
    parts = [(months, "months"), (days, "days")]
    return " ".join([f"{n} {unit}" for n, unit in parts if n] + [clock] * bool(clock)) or "0"


def _short(values: pa.Array, most: int) -> pa.Array:
    if not pa.types.is_string(values.type):
        return values
    longest = pc.max(pc.utf8_length(values)).as_py() or 0
    return pc.utf8_slice_codeunits(values, 0, most) if longest > most else values
