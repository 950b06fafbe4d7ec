"""A table that was made here, looked at as a dropped one is: any Arrow table as a LooseSheet.

Numbers, days and answers are what Arrow says they are; which numbers are money, a rate or a code,
and what texts hold, the loose reading's own rules judge. A text that was masked before stays so.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.model import Surroundings
from dashboard.importing.columns import Coded, Columns, counts_up
from dashboard.importing.grids import Grid, letter
from dashboard.importing.layout import units
from dashboard.importing.loose import column, kinds, personal, rates, repeats
from dashboard.importing.loose.model import LISTED, NUMERIC, PERSONAL, Kind, LooseColumn, LooseSheet
from dashboard.importing.loose.values import Around
from dashboard.importing.texts import Texts
from dashboard.importing.values.amounts import UNITS
from dashboard.importing.values.private import masked, names_numbers

_FINE = Decimal("1e-12")  # of a float, what is behind it is how the computer counts
_WIDE, _EXACTLY = 26, Context(prec=38)  # figures before the point, and in all
_MASKED: dict[Kind, re.Pattern[str]] = {
    "identity": re.compile(r"[\dX]{3}\*{8,11}[\dX]{4}"),
    "phone": re.compile(r"\d*\*{4}\d{1,4}"),
    "card": re.compile(r"\*{4} \d{1,4}"),
    "address": re.compile(r".*\*{4}"),
    "name": re.compile(r"[^*]{1,6}\*"),
}
_FIRST = -(date(1970, 1, 1) - date.min).days  # the days a date can be, from 1970
_LAST = (date.max - date(1970, 1, 1)).days


@dataclass(frozen=True, slots=True)
class _Read:
    """A column as told, its c{n} and its t{n}; `seen` where it is only masks of what it was."""

    told: LooseColumn
    typed: pa.Array
    kept: pa.Array
    seen: bool = False


def sheet_of(name: str, table: pa.Table, people: bool = False) -> LooseSheet:
    """A table by its own column names, its rows numbered from 1; of any types.

    people: whether its rows may be persons although no column says so. Floats keep 12 figures
    behind the point; what is infinite or no number, and a day no calendar has, stays a text. Where
    a column is only masks, which rows say the same is not known and not told.
    """
    columns = [_plain(_whole(one)) for one in table.columns]
    grid = Grid(name, Columns([_coded(values) for values in columns]))
    read = [
        _read(grid, label, place, values)
        for place, (label, values) in enumerate(zip(table.column_names, columns, strict=True))
    ]
    found = LooseSheet(masked(name), columns=[one.told for one in read], people=people)
    if table.num_rows and read:
        found.table = _table(read, table.num_rows)
        _mark_same_rows(found, grid, read, table.num_rows)
    return found


def _table(read: Sequence[_Read], height: int) -> pa.Table:
    rows = pa.array(np.arange(1, height + 1, dtype=np.int32))
    arrays = [array for one in read for array in (one.typed, one.kept)]
    names = [f"{mark}{place}" for place in range(len(read)) for mark in "ct"]
    return pa.table([rows, *arrays], names=["row", *names])


def _mark_same_rows(found: LooseSheet, grid: Grid, read: Sequence[_Read], height: int) -> None:
    if any(one.seen for one in read):
        return
    told = [one for place, one in enumerate(read) if not _is_serial(grid, place, one)]
    said = [_codes(array) for one in told for array in (one.typed, one.kept)]
    same = repeats.same_rows(said, height)
    found.same_rows = len(same)
    found.same_at = [(at + 1, first + 1) for at, first in same[:LISTED]]


def _is_serial(grid: Grid, place: int, one: _Read) -> bool:
    return one.told.kind in ("code", "number") and counts_up(grid.column(place))


def _codes(values: pa.Array) -> Any:
    return values.dictionary_encode("encode").indices.to_numpy().astype(np.int32)


# -- Arrow's types -----------------------------------------------------------------------------


def _whole(values: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(values.chunks) if values.chunks else pa.array([], values.type)


def _plain(values: pa.Array) -> pa.Array:
    """As numbers, days, answers or texts; what is none of them as the text it is."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_temporal(values.type):
        return _day(values)
    if pa.types.is_integer(values.type) or pa.types.is_decimal128(values.type):
        return values.cast(pa.decimal128(38, getattr(values.type, "scale", 0)))
    if pa.types.is_floating(values.type):
        return values.cast(pa.float64())
    return values if pa.types.is_boolean(values.type) else _texts(values)


def _day(values: pa.Array) -> pa.Array:
    """Days, of moments too; times of a day as texts."""
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("s"), safe=False)
    elif not pa.types.is_date(values.type):
        return _texts(values)
    return values.cast(pa.date32(), safe=False)


def _texts(values: pa.Array) -> pa.Array:
    """Nothing where a text is blank."""
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        return Texts.of(values.cast(pa.string())).array
    words = [None if one is None else _worded(one) for one in values.to_pylist()]
    return pa.array(words, pa.string())


def _worded(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.hex() if isinstance(value, bytes) else str(value)


def _coded(values: pa.Array) -> Coded:
    """The cells as the loose reading's rules know them; a decimal is the text it is."""
    if pa.types.is_date(values.type) or pa.types.is_boolean(values.type):
        return Coded(np.zeros(len(values), np.int32), [None])  # nothing is judged by them
    found = values.dictionary_encode("encode")
    codes = found.indices.to_numpy().astype(np.int32)
    if pa.types.is_decimal(values.type):
        found = pa.DictionaryArray.from_arrays(found.indices, found.dictionary.cast(pa.string()))
    return Coded(codes, found.dictionary.to_pylist())


def _known(days: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Dates, and the text of those that no calendar has."""
    numbers = days.cast(pa.int32())
    known = pc.and_(pc.greater_equal(numbers, _FIRST), pc.less_equal(numbers, _LAST))
    odd = [
        None if one is None else str(np.datetime64(one, "D"))
        for one in pc.if_else(known, None, numbers).to_pylist()
    ]
    return pc.if_else(known, days, pa.scalar(None, pa.date32())), pa.array(odd, pa.string())


# -- columns -----------------------------------------------------------------------------------


def _read(grid: Grid, label: str, place: int, values: pa.Array) -> _Read:
    if pa.types.is_boolean(values.type):
        return _told(label, place, "yes_no", values)
    if pa.types.is_date(values.type):
        return _told(label, place, "date", *_known(values))
    if not pa.types.is_string(values.type):
        return _number(grid, label, place, values)
    return _masked(label, place, values) or _loosely(grid, label, place)


def _number(grid: Grid, label: str, place: int, values: pa.Array) -> _Read:
    """A measure; or, by its header and figures, a code, a month, a year, a person's number."""
    kind = kinds.judge(label, grid.column(place), Around(Surroundings()))
    whole = getattr(values.type, "scale", 1) <= 0
    if kind in PERSONAL or (whole and kind in ("code", "month", "year")):
        return _loosely(grid, label, place)
    numbers, odd = (values, None) if pa.types.is_decimal(values.type) else _exact(values)
    if kind == "ratio" and rates.is_in_hundreds(numbers.drop_null().unique().to_pylist()):
        kind = "number"  # hundredths, as the question made them
    return _told(label, place, kind if kind in NUMERIC else "number", numbers, odd)


def _exact(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Decimals, and the text of what is none."""
    found = values.dictionary_encode()
    floats = found.dictionary.to_pylist()
    read = [_decimal(one) for one in floats]
    fine = max((-int(one.as_tuple().exponent) for one in read if one is not None), default=0)
    odd = [None if there is not None else str(one) for one, there in zip(floats, read, strict=True)]
    numbers = pa.array(read, pa.decimal128(38, max(fine, 0)))
    return numbers.take(found.indices), pa.array(odd, pa.string()).take(found.indices)


def _decimal(value: float) -> Decimal | None:
    if not math.isfinite(value) or abs(value) >= 10**_WIDE:
        return None
    found = Decimal(repr(value)).quantize(_FINE, context=_EXACTLY).normalize(_EXACTLY)
    return found + 0 if found else Decimal(0)


def _loosely(grid: Grid, label: str, place: int) -> _Read:
    """By the rules a dropped sheet is read by."""
    unit = units.in_yuan(units.said_in_header(label)) or ""
    around = Around(Surroundings(), UNITS.get(unit, 1), names_numbers(label))
    every = np.arange(len(grid.rows), dtype=np.int64)
    found = column.read(grid, label, place, every, around, unit)
    return _Read(found.told, found.arrays["c"], found.arrays["t"])


def _masked(label: str, place: int, values: pa.Array) -> _Read | None:
    """Masks of what identifies people, by the header and some cells or by nearly all of them; what
    stands among them unmasked is masked. None where they are no masks.
    """
    there = values.drop_null()
    for kind, form in _MASKED.items():
        seen = sum(form.fullmatch(text) is not None for text in there.to_pylist())
        said = personal.header_says(kinds.spelled(label), kind)
        if seen and seen >= len(there) * (kinds.SAID if said else kinds.SURE):
            hide = partial(_hidden, kind, form.fullmatch)
            hidden = pa.array([text and hide(text) for text in values.to_pylist()], pa.string())
            return _told(label, place, kind, hidden, seen=True)
    return None


def _hidden(kind: Kind, seen: Callable[[str], object], text: str) -> str:
    return text if seen(text) else personal.hidden(kind, text)


def _told(
    label: str,
    place: int,
    kind: Kind,
    typed: pa.Array,
    odd: pa.Array | None = None,
    seen: bool = False,
) -> _Read:
    """A column of values; `odd` are the texts of cells that are none."""
    kept = pa.nulls(len(typed), pa.string()) if odd is None else odd
    values, misfits = len(typed) - typed.null_count, len(kept) - kept.null_count
    unit = (units.in_yuan(units.said_in_header(label)) or "") if kind in NUMERIC else ""
    different = pc.count_distinct(typed).as_py() + pc.count_distinct(kept).as_py()
    filled = values + misfits
    empty = len(typed) - filled
    head = (masked(label), letter(place), kind)
    told = LooseColumn(*head, filled, empty, misfits, different, unit)
    return _Read(told, typed, kept, seen)
