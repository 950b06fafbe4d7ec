"""One table without a contract: its header, its rows told apart, its columns, its totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from dashboard.contracts.spelling import plain
from dashboard.importing import progress
from dashboard.importing.columns import Cell
from dashboard.importing.grids import Grid
from dashboard.importing.layout import (
    cutting,
    headers,
    labels,
    lines,
    sorting,
    surroundings,
    units,
    unknown,
)
from dashboard.importing.layout.blocks import sides
from dashboard.importing.layout.headers import Header
from dashboard.importing.layout.sorting import Kinds, Sorted
from dashboard.importing.loose import column, repeats
from dashboard.importing.loose.column import Read
from dashboard.importing.loose.model import LISTED, LooseSheet
from dashboard.importing.loose.values import Around
from dashboard.importing.order import Order
from dashboard.importing.registers import generic
from dashboard.importing.report import COUNTED, SheetReport
from dashboard.importing.values.amounts import UNITS
from dashboard.importing.values.coerce import shown
from dashboard.importing.values.private import masked, names_numbers

HIDING = frozenset(("hidden_rows", "filtered_rows", "hidden_columns"))  # codes of what is left out
# Headers that say when, or that all is added up, and not what is counted.
_NEUTRAL = re.compile(
    r"(?:\d{2,4}年?)?(?:[1-9]|1[0-2]|[一二三四五六七八九十]{1,2})月份?|20\d\d年?(?:度|上半年|下半年)?"
    r"|第?[一二三四1-4]季度|上半年|下半年|全年|合计|小计|总计"
)
_BELOW = 50  # rows in which a header's words may come again


def tables(grid: Grid, order: Order) -> Iterator[LooseSheet]:
    """The tables of one sheet; of a hidden one only that it is there."""
    if grid.hidden or not grid.rows:
        yield LooseSheet(masked(grid.name), hidden=grid.hidden)
        return
    for place, part in enumerate(sides(grid, order.file) if grid.width else []):
        yield _table(replace(part, notes=grid.notes if place == 0 else []), order)


def _table(grid: Grid, order: Order) -> LooseSheet:
    known = headers.find(
        grid, f"{grid.heading} {cutting.words(grid.rows[:6])} {grid.name} {order.file}"
    )
    header = _header(grid, known)
    above = [shown(cell) for row in grid.rows[: header.first] for cell in row if cell is not None]
    around = surroundings.around(list(dict.fromkeys(above)), grid, order.file)
    sheet = Sorted(grid, header, _kinds(grid, header), around)
    found = LooseSheet(masked(grid.name), grid.area, title=around.title)
    if known and known.dataset:
        found.known, found.known_columns = known.dataset.name, len(known.fields)
        found.score = round(known.score, 1)
    found.left_out = [note.message for note in grid.notes if note.code in HIDING]
    found.header_rows = tuple(grid.number(row) for row in header.rows)
    found.totals = [grid.number(row) for row in sheet.totals]
    found.notes = [grid.number(row) for row in sheet.of("notes") if row > header.last]
    _sum_up(found, sheet)
    _fill(found, sheet, order.secret)
    return found


def _kinds(grid: Grid, header: Header) -> Kinds:
    """Of each row. 收入 and 支出 head a section, and are its sum, where each stands once over other
    rows; again and again, or by themselves, they are data.
    """
    found = sorting.kinds(grid, header)
    totals = np.flatnonzero(found == "totals").tolist()
    heads = {row: word for row in totals if (word := lines.section(grid.rows[row]))}
    often, alone = Counter(heads.values()), not (found == "data").any()
    for row, word in heads.items():
        if alone or often[word] > 1:
            found[row] = "data"
    return found


def _header(grid: Grid, known: Header | None) -> Header:
    """The rows a register's words are found in; else the first rows of words; none where those
    words come again in the rows below, for then they are a row like them.
    """
    if known:
        return unknown.named(grid, known.first, known.last)
    found = unknown.header(grid)
    if found is None or _comes_again(grid, found):
        return Header(0, -1, [""] * grid.width)
    return found


def _comes_again(grid: Grid, header: Header) -> bool:
    """Whether two words of the header, and half of them, stand below in their own column; a row
    that says all of them is the header once more, at a page's head.
    """
    named = [place for place, label in enumerate(header.labels) if label]
    below = [
        row
        for row in grid.rows[header.last + 1 : header.last + 1 + _BELOW]
        if not all(_says(row[place], header.labels[place]) for place in named)
    ]
    again = sum(any(_says(row[place], header.labels[place]) for row in below) for place in named)
    return len(header.rows) == 1 and again > 1 and again * 2 >= len(named)


def _says(cell: Cell, label: str) -> bool:
    return isinstance(cell, str) and not labels.is_value(cell) and plain(cell) == plain(label)


def _sum_up(found: LooseSheet, sheet: Sorted) -> None:
    """The printed totals against the sums of the rows, as the ordinary reading checks them."""
    if not sheet.totals:
        return
    report = SheetReport(found.name, counts=dict.fromkeys(COUNTED, 0))
    generic.read(report, sheet)
    found.totals_check = report.totals_check


def _fill(found: LooseSheet, sheet: Sorted, secret: str) -> None:
    data, width = sheet.data, sheet.grid.width
    used = [place for place in range(width) if _is_used(sheet, place)]
    common = units.in_yuan(units.around(sheet.around)) or ""
    read: list[Read] = []
    for place in used:
        read.append(_column(sheet, place, common, secret))
        progress.tell(len(data) * len(read) // len(used), len(data))
    found.columns = [one.told for one in read]
    _mark_same_rows(found, sheet, read)
    rows = pa.array([sheet.grid.number(int(row)) for row in data], pa.int32())
    arrays = {
        f"{letter}{place}": array
        for place, one in enumerate(read)
        for letter, array in one.arrays.items()
    }
    found.table = pa.table({"row": rows} | arrays)


def _is_used(sheet: Sorted, place: int) -> bool:
    """A column with a name or a cell; what lies empty between two tables is none."""
    return bool(sheet.header.labels[place]) or bool(
        sheet.grid.column(place).take(sheet.data).filled.any()
    )


def _column(sheet: Sorted, place: int, common: str, secret: str) -> Read:
    label = sheet.header.labels[place]
    plainly = bool(common) and _NEUTRAL.fullmatch(plain(label)) is not None
    of_money = plainly or generic.speaks_of_money(label)
    unit = units.in_yuan(units.said_in_header(label, of_money)) or (common if of_money else "")
    seen = sheet.grid.scaled.get(place, 1)  # the cells hold more than their format shows
    scale = UNITS.get(unit, 1)
    if seen > 1 and scale % seen == 0:
        scale, unit = scale // seen, "元" if scale == seen else unit
    around = Around(sheet.around, scale, names_numbers(label), plainly, secret)
    return column.read(sheet.grid, label, place, sheet.data, around, unit)


def _mark_same_rows(found: LooseSheet, sheet: Sorted, read: Sequence[Read]) -> None:
    """A row's own number tells no two rows apart."""
    height = len(sheet.data)
    said = [one.codes for one in read if not one.serial]
    same = repeats.same_rows(said, height)
    numbers = np.array([sheet.grid.number(int(row)) for row in sheet.data])
    found.same_rows = len(same)
    found.same_at = [(int(numbers[at]), int(numbers[first])) for at, first in same[:LISTED]]
