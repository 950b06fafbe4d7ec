"""A workbook's bytes to grids: its cells' values, and what its sheets say beside them.

Runs only in the reading child: one crafted workbook of 2.5 KB aborts the process that opens it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, time
from typing import TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from dashboard.contracts.spelling import visible
from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell, Columns
from dashboard.importing.formats import archives, biff, biff12, odsxml, runs, sheetxml
from dashboard.importing.formats.beside import Beside, laid, within
from dashboard.importing.formats.threads import threads
from dashboard.importing.grids import Grid
from dashboard.importing.issues import issue
from dashboard.settings import Limits

_Found = TypeVar("_Found")
Besides = Future[dict[str, Beside]]
_LONG = 2**20  # bytes of a file from which on its cells are read while it is searched
_LARGE = 100_000  # cells from which on a sheet is kept by columns
_SPACERS = 3  # empty rows that are kept of a gap
_BESIDES: dict[str, Callable[[bytes, Limits], dict[str, Beside]]] = {
    "xlsx": sheetxml.besides,
    "ods": odsxml.besides,
    "xls": biff.besides,
    "xlsb": biff12.besides,
}
# What the reader stumbles over, put into words it knows.
_MENDED: dict[str, Callable[[bytes], bytes]] = {
    "xls": biff.in_unicode,
    "xlsx": lambda data: runs.marked(archives.without_macros(data)),
    "xlsb": archives.without_macros,
}


def grids(data: bytes, kind: str, limits: Limits, whole: Collection[str] = ()) -> list[Grid]:
    """Every sheet of an xlsx, xls, xlsb or ods file.

    A hidden sheet comes without its cells, hidden rows and columns are left out and named, but
    for the sheets in `whole`. Raises RefusedFile: password, damaged, too_complex, no_cells.
    """
    with threads(1) as pool:
        said = pool.submit(_besides, data, kind, limits)
        if len(data) < _LONG:
            said.result()
        source = _MENDED.get(kind, bytes)(data)
        try:
            found = _grids(source, limits, said, whole)
        except _UnknownError:
            found = _grids(sheetxml.with_known_errors(source), limits, said, whole)
        said.result()  # may refuse a file none of whose sheets asked
    if not any(map(_says_something, found)):
        raise RefusedFile("no_cells")
    return found


def _grids(source: bytes, limits: Limits, said: Besides, whole: Collection[str]) -> list[Grid]:
    book = _unharmed(lambda: CalamineWorkbook.from_filelike(io.BytesIO(source)))
    return [
        _grid(book, place, limits, said, visible(name) in whole)
        for place, name in enumerate(book.sheet_names)
    ]


class _UnknownError(RefusedFile):
    """An xlsx holds #SPILL!, or another error younger than the reader."""


def _says_something(grid: Grid) -> bool:
    told = any(note.code != "no_worksheet" for note in grid.notes)
    return bool(grid.rows) or grid.hidden or told


def _besides(data: bytes, kind: str, limits: Limits) -> dict[str, Beside]:
    return _BESIDES[kind](data, limits) if kind in _BESIDES else {}


def _unharmed(work: Callable[[], _Found]) -> _Found:
    """The reader's panics are no Exceptions: they would pass every ordinary net."""
    try:
        return work()
    except PasswordError:
        raise RefusedFile("password") from None
    except (CalamineError, OSError, ValueError) as failure:
        is_unknown = str(failure).startswith("Unsupported cell error value")
        raise (_UnknownError if is_unknown else RefusedFile)("damaged") from None
    except BaseException as failure:
        if type(failure).__name__ == "PanicException":
            raise RefusedFile("damaged") from None
        raise


def _grid(
    book: CalamineWorkbook, place: int, limits: Limits, besides: Besides, whole: bool
) -> Grid:
    about = book.sheets_metadata[place]
    if about.visible != SheetVisibleEnum.Visible and not whole:
        return Grid(about.name, [], hidden=True)
    if about.typ != SheetTypeEnum.WorkSheet:
        return Grid(about.name, [], notes=[issue("no_worksheet", given=about.name)])
    sheet = _unharmed(lambda: book.get_sheet_by_index(place))
    if sheet.end is None:
        return Grid(about.name, [])
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if width > limits.columns:
        raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")
    said = besides.result().get(about.name, Beside())
    boxes = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or []]
    said = replace(said, merged=said.merged + boxes, gaps=[*said.gaps])
    if height * width > limits.cells:
        return laid(about.name, _unharmed(lambda: _far_apart(sheet, said, limits)), said, whole)
    if height * width > _LARGE and said.is_only_merged():
        cells = _unharmed(lambda: _columns(sheet))
        return Grid(about.name, cells, merged=within(said.merged, len(cells), len(cells.columns)))
    return laid(about.name, _unharmed(lambda: _rows(sheet)), said, whole)


def _far_apart(sheet: CalamineSheet, said: Beside, limits: Limits) -> list[list[Cell]]:
    """Rows with long empty stretches between them, as above a total in a sheet's very last row:
    empty rows are one and the same list, and the stretches are said to be gaps. Raises
    RefusedFile (too_complex) where more than the gaps is too much.
    """
    marked = {row for row, _ in said.marks}
    left: list[Cell] = [None] * (sheet.start or (0, 0))[1]  # these the reader passes over
    empty: list[Cell] = [*left, *([None] * sheet.width)]
    rows: list[list[Cell]] = []
    last = kept = 0  # the last row that holds something; cells that are no gap's
    for at, row in enumerate(sheet.iter_rows()):
        if row.count("") == len(row) and at not in marked:
            rows.append(empty)
            continue
        rows.append(left + [_cleaned(cell) for cell in row])
        if at - last > _SPACERS:
            said.gaps.append((last + _SPACERS, at - 1))
        last, kept = at, kept + len(empty)
        if kept > limits.cells:
            raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")
    return rows


def _columns(sheet: CalamineSheet) -> Columns:
    """A large sheet: its distinct cells are cleaned, not each."""
    left: list[Cell] = [None] * (sheet.start or (0, 0))[1]  # these the reader passes over
    rows: Iterable[Sequence[Cell]] = sheet.iter_rows()
    return Columns.in_parts(([*left, *row] for row in rows) if left else rows, _cleaned)


def _cleaned(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell if cell and not cell.isspace() else None
    return _cell(cell)


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    return [
        [
            (cell if cell and not cell.isspace() else None)
            if cell.__class__ is str
            else _cell(cell)
            for cell in row
        ]
        for row in sheet.to_python(skip_empty_area=False)
    ]


def _cell(value: object) -> Cell:
    """A whole float that is exact is an integer, as its cell shows it; midnight is a day."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value  # type: ignore[return-value]  # calamine yields only the types of Cell
