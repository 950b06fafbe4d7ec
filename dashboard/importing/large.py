"""Large text files, split by Arrow instead of line by line: fifty megabytes in a moment.

Only what both would split alike comes here: a text without quotation marks. Lines with more or
fewer cells than the table (titles, footers, blank lines) are split one by one and put back where
they stood.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell, Coded, Columns, Mask, Places, sampled
from dashboard.importing.texts import Texts
from dashboard.settings import Limits

_ODD = 2_000  # lines of another width, above which the text is split line by line
_LONGEST = 131_072  # bytes of one cell


def check(cells: int, width: int, limits: Limits) -> None:
    """Raises RefusedFile: too_complex."""
    if cells > limits.cells or width > limits.columns:
        raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")


def columns(text: str, mark: str, limits: Limits) -> Columns | None:
    """The table by its columns; None where it must be split line by line."""
    if '"' in text or "\x00" in text or "\r\r" in text:
        return None
    width = _width(text, mark)
    if width < 2:
        return None
    check(width * text.count("\n"), width, limits)
    odd = _Odd()
    found = _split(text, mark, width, odd)
    if len(odd.lines) > _ODD or any(map(_is_overlong, found.columns)):
        return None
    height = found.num_rows + len(odd.lines)
    widest = max([width, *(len(line) for line in odd.cells(mark))])
    check(height * widest, widest, limits)
    there = np.ones(height, bool)
    there[odd.places] = False
    whole = [_placed(_coded(column), there) for column in found.columns]
    empty = Coded(np.zeros(height, np.int32), [None])
    whole += [empty] * (widest - width)
    return Columns(_with_odd(whole, odd, mark)).trimmed()


def _width(text: str, mark: str) -> int:
    """The cells most of the first lines have."""
    head = text[:200_000].splitlines()[:500]
    widths = Counter(line.count(mark) + 1 for line in head).most_common(1)
    return widths[0][0] if widths else 0


def _is_overlong(column: pa.ChunkedArray) -> bool:
    """A cell no spreadsheet holds; split line by line it is refused."""
    return bool((pc.max(pc.binary_length(column)).as_py() or 0) > _LONGEST)


class _Odd:
    """The lines of another width, as Arrow meets them."""

    def __init__(self) -> None:
        self.places: list[int] = []  # among all lines, from 0
        self.lines: list[str] = []

    def __call__(self, row: csv.InvalidRow) -> str:
        if len(self.lines) <= _ODD:
            self.places.append(row.number - 1)
            self.lines.append(row.text)
        return "skip"

    def cells(self, mark: str) -> list[list[str]]:
        return [line.split(mark) if line else [] for line in self.lines]


def _split(text: str, mark: str, width: int, odd: _Odd) -> pa.Table:
    names = [str(place) for place in range(width)]
    return csv.read_csv(
        pa.py_buffer(text.encode()),
        read_options=csv.ReadOptions(use_threads=False, column_names=names, block_size=2**24),
        parse_options=csv.ParseOptions(
            delimiter=mark, quote_char=False, ignore_empty_lines=False, invalid_row_handler=odd
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _coded(column: pa.ChunkedArray) -> Coded:
    """The distinct cells of a column; one that hardly repeats itself is taken as it is."""
    cells = column.combine_chunks()
    sample = cells.take(pa.array(sampled(len(cells))))
    if len(sample) and len(sample.unique()) > len(sample) * 0.9:
        return Coded(np.arange(len(cells), dtype=np.int32), Texts.of(cells))
    encoded = cells.dictionary_encode()
    return Coded(encoded.indices.to_numpy(), _bare(encoded.dictionary.to_pylist()))


def _bare(values: list[str]) -> list[Cell]:
    """Blank is empty."""
    return [value if value and not value.isspace() else None for value in values]


def _placed(column: Coded, there: Mask) -> Coded:
    """Spread over all lines; those of another width are empty for now."""
    if there.all():
        return column
    codes = np.full(len(there), len(column.values), np.int32)
    codes[there] = column.codes
    if isinstance(column.values, Texts):
        nothing = pa.array([None], pa.string())
        return Coded(codes, Texts(pa.concat_arrays([column.values.array, nothing])))
    return Coded(codes, [*column.values, None])


def _with_odd(whole: list[Coded], odd: _Odd, mark: str) -> list[Coded]:
    rows = np.array(odd.places, np.int64)
    lines = odd.cells(mark)
    return [
        _put(column, rows, _bare([line[at] if at < len(line) else "" for line in lines]))
        for at, column in enumerate(whole)
    ]


def _put(column: Coded, rows: Places, cells: list[Cell]) -> Coded:
    if not isinstance(column.values, Texts):
        return column.replaced(rows, cells)
    first = len(column.values)
    column.codes[rows] = np.arange(first, first + len(cells), dtype=np.int32)
    more = pa.array(cells, pa.string())
    return Coded(column.codes, Texts(pa.concat_arrays([column.values.array, more])))
