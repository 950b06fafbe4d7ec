"""One column of a table: its kind, its values, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.importing.columns import Cell, Coded, Codes, Mask, counts_up
from dashboard.importing.columns import Places as Rows
from dashboard.importing.grids import Grid
from dashboard.importing.layout import merging
from dashboard.importing.loose import keys, kinds, personal, rates, repeats, values
from dashboard.importing.loose.model import (
    LISTED,
    NUMERIC,
    PERSONAL,
    Alike,
    Kind,
    LooseColumn,
    Places,
)
from dashboard.importing.loose.values import Around
from dashboard.importing.values import private
from dashboard.importing.values.absences import is_empty

_WORDED = ("category", "text")  # where 无 is what the cell says
_KEYED = ("code", *sorted(PERSONAL - {"address"}))
_COMPARED = ("category", "name")


@dataclass(frozen=True, slots=True)
class Read:
    """`arrays` are the sheet's c, t and, where they are, k and p; `codes` tell true values apart,
    and `serial` is a row's own number.
    """

    told: LooseColumn
    arrays: dict[str, pa.Array]
    codes: Codes
    serial: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """The cells of the data rows, and where those rows lie."""

    grid: Grid
    place: int
    data: Rows
    cells: Coded
    kind: Kind

    def places(self, rows: Sequence[int]) -> Places:
        """Where in the sheet these data rows have this column."""
        first = [self.grid.where(int(self.data[row]), self.place) for row in rows[:LISTED]]
        return Places(tuple(first), len(rows))

    def where(self, flags: Sequence[bool]) -> Places:
        return self.places(np.flatnonzero(self.cells.where(flags)).tolist())

    def seen(self, text: str) -> str:
        """A value as it may leave the child."""
        return personal.mask(self.kind, text) if self.kind in PERSONAL else private.masked(text)


def read(grid: Grid, label: str, place: int, data: Rows, around: Around, unit: str) -> Read:
    """The column at `place` over the data rows."""
    cells, kind = _judged(grid, label, place, data, around)
    column = _Column(grid, place, data, cells, kind)
    blank = [_is_blank(cell, kind) for cell in cells.values]
    found = [
        None if nothing else _exact(values.read(kind, cell, around))
        for cell, nothing in zip(cells.values, blank, strict=True)
    ]
    if kind == "ratio":
        found = rates.shares(label, cells.values, found)
    codes, texts = repeats.encoded(list(map(values.words, cells.values)), cells.codes)
    empty = cells.where(blank)
    unfit = [value is None and not nothing for value, nothing in zip(found, blank, strict=True)]
    filled, different = int((~empty).sum()), len(np.unique(codes[~empty]))
    told = LooseColumn(
        private.masked(label), grid.letter(place), kind, filled, len(data) - filled,
        int(cells.where(unfit).sum()), different, unit if kind in NUMERIC else "",
        _units(column, around), *_repeated(column, codes, texts, empty),
        _alike(column, codes, texts),
    )  # fmt: skip
    serial = kind in ("code", "number") and counts_up(cells)
    arrays = {"c": _typed(found, kind, cells.codes), "t": _kept(column, found)}
    return Read(told, arrays | _persons(column, blank, around.secret), codes, serial)


def _judged(grid: Grid, label: str, place: int, data: Rows, around: Around) -> tuple[Coded, Kind]:
    """The cells and their kind; words merged over several rows are said of each of them."""
    cells = grid.column(place).take(data).compact()
    kind = kinds.judge(label, cells, around)
    if kind in NUMERIC or not grid.merged:
        return cells, kind
    cells = merging.filled_down(grid, place, data, cells).compact()
    return cells, kinds.judge(label, cells, around)


def _persons(column: _Column, blank: Sequence[bool], secret: str) -> dict[str, pa.Array]:
    """The keys of a personal column's cells, and names as written."""
    if not secret or column.kind not in PERSONAL:
        return {}
    cells, codes = column.cells.values, column.cells.codes
    found = {"k": keys.keys(secret, column.kind, cells, blank, codes)}
    if column.kind == "name":
        found["p"] = keys.written(cells, blank, codes)
    return found


def _is_blank(cell: Cell, kind: Kind) -> bool:
    if not isinstance(cell, str):
        return cell is None
    answers = kind == "yes_no" and values.is_answer(cell)  # 无 is one, a dash is none
    return kind not in _WORDED and is_empty(cell) and not answers


def _exact(value: Any | None) -> Any | None:
    """A number with more figures behind its point than a table holds stays the text it is."""
    too_fine = isinstance(value, Decimal) and _fineness(value) > values.PLACES
    return None if too_fine else value


def _fineness(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def arrow(kind: Kind, fineness: int = 0) -> pa.DataType:
    """The type of a kind's values; numbers with so many figures behind the point."""
    if kind in NUMERIC:
        return pa.decimal128(38, fineness)
    return {"date": pa.date32(), "yes_no": pa.bool_()}.get(kind, pa.string())


def _typed(found: list[Any], kind: Kind, codes: Codes) -> pa.Array:
    fineness = max((_fineness(v) for v in found if isinstance(v, Decimal)), default=0)
    return pa.array(found, arrow(kind, fineness)).take(pa.array(codes))


def _kept(column: _Column, found: Sequence[Any]) -> pa.Array:
    """The text of every cell that has no value."""
    texts = [
        None if cell is None or value is not None else _hidden(cell, column.kind)
        for cell, value in zip(column.cells.values, found, strict=True)
    ]
    return pa.array(texts, pa.string()).take(pa.array(column.cells.codes))


def _hidden(cell: Cell, kind: Kind) -> str:
    text = values.words(cell)
    return personal.hidden(kind, text) if kind in PERSONAL else private.masked(text)


def _units(column: _Column, around: Around) -> Places:
    """The cells that name another unit than their column's."""
    if column.kind not in NUMERIC:
        return Places()
    told = (values.number(cell, around.scale) for cell in column.cells.values)
    return column.where([found is not None and found[1] for found in told])


def _repeated(
    column: _Column, codes: Codes, texts: Sequence[str], empty: Mask
) -> tuple[tuple[tuple[str, Places], ...], int]:
    """(the first of them, how many) of the values of a column that names its rows which stand
    more than once.
    """
    if column.kind not in _KEYED:
        return (), 0
    rows = np.flatnonzero(~empty)
    found = repeats.repeated(codes[rows], texts, len(rows))
    first = tuple(
        (column.seen(text), column.places(rows[places].tolist())) for text, places in found[:LISTED]
    )
    return first, len(found)


def _alike(column: _Column, codes: Codes, texts: Sequence[str]) -> tuple[Alike, ...]:
    if column.kind not in _COMPARED:
        return ()
    pairs = repeats.alike(codes, texts)[:LISTED]
    seen = {one: _one(column, codes, one, texts[one]) for pair in pairs for one in pair}
    return tuple(Alike(*seen[often], *seen[rare]) for often, rare in pairs)


def _one(column: _Column, codes: Codes, one: int, text: str) -> tuple[str, str, int]:
    """A spelling as it may be seen, its first cell, how often it stands."""
    rows = np.flatnonzero(codes == one)
    return column.seen(text), column.places(rows[:1].tolist()).cells[0], len(rows)
