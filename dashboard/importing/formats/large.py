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
from dashboard.importing.columns import Coded, Columns, Distinct, Mask, distinct
from dashboard.importing.formats import shifted
from dashboard.importing.formats.threads import threads
from dashboard.importing.texts import Texts
from dashboard.settings import Limits

_ODD = 2_000  # lines of another width, above which the text is split line by line
_LONGEST = 131_072  # bytes of one cell
_BLOCK = 8 * 2**20  # bytes split at a time
_THREADS = 2


def check(cells: int, width: int, limits: Limits) -> None:
    """Raises RefusedFile: too_complex."""
    if cells > limits.cells or width > limits.columns:
        raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")


def columns(text: str, mark: str, limits: Limits) -> Columns | None:
    """The table by its columns; None where it must be split line by line."""
    width, data = _width(text, mark), text.encode()
    if width < 2 or b'"' in data or b"\x00" in data or b"\r\r" in data:
        return None
    check(width * data.count(b"\n"), width, limits)
    odd, head = _Odd(), _head(text, mark)
    if head and head.width < width:  # its lines may be longer than it for several reasons
        return None
    found = _split(data, mark, width, odd)
    lines = odd.cells(mark)
    long = any(len(cell) > _LONGEST for cells in lines for cell in cells)
    if len(odd.lines) > _ODD or long or any(map(_is_overlong, found.columns)):
        return None
    with threads(_THREADS) as pool:
        whole = [*pool.map(lambda column: distinct(column.combine_chunks()), found.columns)]
    if odd.lines:
        shifted.told(lines, head, width)
        whole = _with_odd(whole, odd, lines, limits)
    return Columns([Coded(*column) for column in whole]).trimmed()


def _width(text: str, mark: str) -> int:
    """The cells most of the first lines have."""
    head = text[:200_000].splitlines()[:500]
    widths = Counter(line.count(mark) + 1 for line in head).most_common(1)
    return widths[0][0] if widths else 0


def _head(text: str, mark: str) -> shifted.Head | None:
    lines = text[:200_000].splitlines()[:500]
    return shifted.head([line.split(mark) for line in lines], mark)


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


def _split(data: bytes, mark: str, width: int, odd: _Odd) -> pa.Table:
    """Only one thread by itself can tell at which line it met an odd one."""
    try:
        return _read(data, mark, width, None)
    except pa.ArrowInvalid:
        return _read(data, mark, width, odd)


def _read(data: bytes, mark: str, width: int, odd: _Odd | None) -> pa.Table:
    names = [str(place) for place in range(width)]
    return csv.read_csv(
        pa.py_buffer(data),
        read_options=csv.ReadOptions(
            use_threads=odd is None, column_names=names, block_size=_BLOCK
        ),
        parse_options=csv.ParseOptions(
            delimiter=mark, quote_char=False, ignore_empty_lines=False, invalid_row_handler=odd
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _with_odd(
    columns: list[Distinct], odd: _Odd, lines: list[list[str]], limits: Limits
) -> list[Distinct]:
    """The columns spread over all lines, those of another width where they stood."""
    height = len(columns[0][0])
    there = np.ones(height + len(lines), bool)
    there[odd.places] = False
    widest = max(len(columns), *map(len, lines))
    check(len(there) * widest, widest, limits)
    empty = np.zeros(height, np.int32), Texts(pa.nulls(1, pa.string()))
    return [
        _spread(column, there, [line[place] if place < len(line) else "" for line in lines])
        for place, column in enumerate(columns + [empty] * (widest - len(columns)))
    ]


def _spread(column: Distinct, there: Mask, others: list[str]) -> Distinct:
    """The column's cells where they are there, the others between them."""
    known, texts = column
    codes = np.empty(len(there), np.int32)
    codes[there] = known
    codes[~there] = np.arange(len(texts), len(texts) + len(others))
    more = Texts.of(pa.array(others, pa.string()))
    return codes, Texts(pa.concat_arrays([texts.array, more.array]))
