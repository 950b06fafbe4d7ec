"""A table made of columns that were read before: their cells are kept as they are, counted anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.importing.grids import letter
from dashboard.importing.loose.model import LooseColumn, LooseSheet, Places
from dashboard.importing.values.absences import is_empty

CODE = LooseColumn("", "", "code", 0, 0, 0, 0)
Arrays = Mapping[str, pa.Array]  # c, t and, where there are, k and p


@dataclass(frozen=True, slots=True)
class Made:
    """A column and its cells."""

    told: LooseColumn
    arrays: Arrays


def column(told: LooseColumn, arrays: Arrays) -> Made:
    """What is told of the column it comes from, its cells counted; its places there are not kept.
    Without texts every cell has a value or is empty.
    """
    values = arrays["c"]
    texts = arrays.get("t", pa.nulls(len(values), pa.string()))
    unfit = _something(texts)
    misfits, filled = int(pc.sum(unfit).as_py() or 0), len(values) - values.null_count
    counted = replace(
        told, filled=filled + misfits, empty=len(values) - filled - misfits, misfits=misfits,
        distinct=_different(arrays, texts, unfit), other_units=Places(), repeated=(),
        repeated_total=0, alike=(),
    )  # fmt: skip
    return Made(counted, {**arrays, "t": texts})


def table(name: str, rows: pa.Array, made: Sequence[Made], *, people: bool) -> LooseSheet:
    """`rows`: the number of each row."""
    arrays = {"row": rows.cast(pa.int32())}
    for place, one in enumerate(made):
        arrays |= {f"{mark}{place}": array for mark, array in one.arrays.items()}
    columns = [replace(one.told, letter=letter(place)) for place, one in enumerate(made)]
    return LooseSheet(name, columns=columns, table=pa.table(arrays), people=people)


def _something(texts: pa.Array) -> pa.Array:
    """Where a text stands that does not say there is nothing."""
    nothing = [one for one in pc.unique(texts).to_pylist() if one is None or is_empty(one)]
    return pc.invert(pc.is_in(texts, pa.array(nothing, pa.string())))


def _different(arrays: Arrays, texts: pa.Array, unfit: pa.Array) -> int:
    if "k" in arrays:
        return int(pc.count_distinct(arrays["k"]).as_py())
    values: int = pc.count_distinct(arrays["c"]).as_py()
    return values + int(pc.count_distinct(texts.filter(unfit)).as_py())
