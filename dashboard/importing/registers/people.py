"""Rows about people: a cell that names several is taken apart, a remark at a name is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.importing.columns import Cell, Coded, Mask, Places
from dashboard.importing.values import names
from dashboard.importing.values.private import MASK, masked

_NAME = re.compile("[\u4e00-\u9fff]{2,3}")


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows with one person each: which row each comes from, the person's own cell, whether the
    row names others too, and whether this is the first of them.
    """

    rows: Places
    cells: Coded
    shared: Mask
    first: Mask


def apart(column: Coded) -> Apart | None:
    """None where no cell names several people."""
    found = column.compact()
    people = [_people(cell) for cell in found.values]
    sizes = np.array([len(each) for each in people], np.int64)
    if (sizes == 1).all():
        return None
    starts = np.cumsum(sizes) - sizes
    many = sizes[found.codes]
    rows = np.repeat(np.arange(len(many)), many)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
    codes = (starts[found.codes][rows] + nth).astype(np.int32)
    cells: list[Cell] = [person for each in people for person in each]
    shared = many[rows] > 1
    return Apart(rows, Coded(codes, cells), shared, shared & (nth == 0))


def _people(cell: Cell) -> list[Cell]:
    """The cell itself, or a cell for each whom it names."""
    if _is_one(cell):
        return [cell]
    found = names.names_in(cell) if isinstance(cell, str) and len(cell) <= names.LONGEST else []
    return [*found] if len(found) > 1 else [cell]


def notes(column: Coded) -> Iterator[tuple[int, str]]:
    """(row, the words that stood beside the name)."""
    found = column.compact()
    for place, cell in enumerate(found.values):
        read = isinstance(cell, str) and len(cell) <= names.LONGEST and not _is_one(cell)
        words = _beside(str(cell)) if read else ""
        if words:
            for row in np.flatnonzero(found.codes == place).tolist():
                yield row, words.strip("()（）")


def _beside(cell: str) -> str:
    """The words without personal numbers: a phone at a name is no remark."""
    return names.people(masked(cell).replace(MASK, " ")).note


def _is_one(cell: Cell) -> bool:
    """Two or three Chinese letters: somebody's name and nothing else."""
    return isinstance(cell, str) and _NAME.fullmatch(cell) is not None
