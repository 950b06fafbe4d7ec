"""Rows that name their own year: their dates are completed by it, not by the title."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard.importing.columns import Coded, Codes
from dashboard.importing.layout import surroundings
from dashboard.importing.values.coerce import Reader, shown


@dataclass(frozen=True, slots=True)
class Years:
    """One reader for each year named, and which of them reads each row."""

    readers: list[Reader]
    codes: Codes

    def beside(self, cells: Coded) -> tuple[Coded, list[Reader]]:
        """Each distinct cell once for each year it stands beside, and who reads it."""
        pairs = cells.codes.astype(np.int64) * len(self.readers) + self.codes
        distinct, codes = np.unique(pairs, return_inverse=True)
        places = [divmod(pair, len(self.readers)) for pair in distinct.tolist()]
        values = [cells.values[cell] for cell, _ in places]
        return Coded(codes.astype(np.int32), values), [self.readers[year] for _, year in places]


def named(reader: Reader, column: Coded) -> Years:
    """By the cells of the column that names the years."""
    return Years([_of_year(reader, shown(cell)) for cell in column.values], column.codes)


def _of_year(reader: Reader, text: str) -> Reader:
    found = surroundings.years_in(text)
    if not found:
        return reader
    around = replace(reader.around, year=found[0], school_year=found[1])
    return replace(reader, around=around)
