"""The rows of a sheet as a typed table, from one reading of each distinct cell.

Nothing is inferred: the contract gives every column its type, and the same table is what travels
from the reading child to the server and into the database.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contracts.model import Dataset
from dashboard.contracts.spelling import visible
from dashboard.importing.columns import Codes, Mask, Places

ARROW: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(20,4)": pa.decimal128(20, 4),
}


def schema_of(dataset: Dataset) -> pa.Schema:
    """row_key, the stored fields, then where each row comes from.

    source_row: the sheet's row, from 1. source_column: the letter of the column a row of a turned
    table comes from, else null. raw: JSON, field -> original text where it differs from what is
    stored, else null.
    """
    fields = {"row_key": "VARCHAR"} | dataset.stored()
    fields |= {"source_row": "INTEGER", "source_column": "VARCHAR", "raw": "VARCHAR"}
    return pa.schema([(name, ARROW[kind]) for name, kind in fields.items()])


def as_json(value: object) -> str:
    return visible(json.dumps(value, ensure_ascii=False, default=str))


def taken(array: pa.Array, places: Codes | Places) -> pa.Array:
    """What stands there; the array itself where that is all of it, in its order."""
    if len(places) == len(array) and bool((places == np.arange(len(places))).all()):
        return array
    return array.take(pa.array(places))


@dataclass(slots=True)
class Field:
    """One field of all rows: `base[codes[i]]`, and behind those, values put in afterwards."""

    codes: Codes
    base: pa.Array | list[Any]
    added: list[Any] = field(default_factory=list)
    _objects: list[Any] | None = None

    def objects(self) -> list[Any]:
        """The distinct values of `base` as Python has them."""
        if self._objects is None:
            self._objects = self.base if isinstance(self.base, list) else self.base.to_pylist()
        return self._objects

    def __getitem__(self, row: int) -> Any:
        code, known = self.codes[row], len(self.base)
        return self.objects()[code] if code < known else self.added[code - known]

    def put(self, row: int, value: Any) -> None:
        self.codes[row] = len(self.base) + len(self.added)
        self.added.append(value)

    def distinct(self) -> list[Any]:
        return self.objects() + self.added

    def filled(self) -> Mask:
        if isinstance(self.base, pa.Array) and not self.added:
            valid: Mask = self.base.is_valid().to_numpy(zero_copy_only=False)[self.codes]
            return valid
        found: Mask = np.fromiter((v is not None for v in self.distinct()), bool)[self.codes]
        return found

    def array(self, kind: pa.DataType, rows: Places) -> pa.Array:
        base = self.base if isinstance(self.base, pa.Array) else pa.array(self.base, kind)
        if self.added:
            base = pa.concat_arrays([base, pa.array(self.added, kind)])
        return taken(base, self.codes[rows])


@dataclass(frozen=True, slots=True)
class Originals:
    """The cells of one column that differ from what is stored: place among them -> text."""

    name: str
    codes: Codes
    texts: dict[int, str]

    def parts(self) -> pa.Array:
        """Of each cell `"name": "original text", `, or null."""
        told: list[str | None] = [None] * (int(self.codes.max(initial=0)) + 1)
        for place, text in self.texts.items():
            if place < len(told):
                told[place] = as_json({self.name: text})[1:-1] + ", "
        return pa.array(told, pa.string())


def raw_column(originals: Sequence[Originals], rows: Places) -> pa.Array:
    """The original texts of each row as JSON, null where all are as stored."""
    told = [found for found in originals if found.texts]
    if not told:
        return pa.nulls(len(rows), pa.string())
    if len(told) == 1:  # put in brackets once for each cell, not for each row
        return taken(_bracketed(told[0].parts()), told[0].codes[rows])
    return _bracketed(joined_texts([taken(found.parts(), found.codes[rows]) for found in told]))


def _bracketed(parts: pa.Array) -> pa.Array:
    whole = pc.binary_join_element_wise("{", pc.utf8_rtrim(parts, ", "), "}", "")
    return pc.if_else(pc.equal(parts, ""), pa.scalar(None, pa.string()), whole)


def joined_texts(parts: Sequence[pa.Array]) -> pa.Array:
    """Row by row one behind the other, nulls as nothing. (Arrow's own skipping of nulls drops
    the rows that are null throughout.)
    """
    return pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")
