"""Tables under one another in one sheet: a new header that is no repetition begins a new one.

A header once more with the same words is a page's head, unless a title of its own stands above
it. Every row belongs to exactly one part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from dashboard.contracts.spelling import folded, plain
from dashboard.contracts.subjects import is_expense
from dashboard.importing.columns import Cell, Coded, Mask, Places
from dashboard.importing.grids import Grid
from dashboard.importing.layout import (
    cutting,
    headers,
    lines,
    remarks,
    surroundings,
    units,
    unknown,
)
from dashboard.importing.layout.headers import DEEPEST, Header

_VALUE = re.compile(r"[\d.,\-+%￥¥√×✓✔○●\s]+$|\d{1,4}\s*[-/.年]\s*\d")
_FIGURE = re.compile(r"[￥¥]?-?[\d,]+(?:\.\d+)?%?$|\d{1,4}\s*[-/.年]\s*\d{1,2}")
_TITLE = re.compile(r"表$|名册|名单|台账|明细|登记|记录|情况|汇总|统计|一览|清单|计划|预算|决算")
_LONGEST = 30  # characters of a header, its blanks and line breaks among them
_MOST = 1_000  # possible headers that are looked at: no sheet holds so many tables
_ABOVE = 8  # rows over a header that may be its title


def parts(grid: Grid, file: str) -> list[Grid]:
    """The tables from top to bottom, each with its title; one where there is but one."""
    header = _first(grid, file) or unknown.header(grid)
    if header is None:
        return [grid]
    above = grid.rows[: header.first]
    starts = _Search(grid, file, header, cutting.words(above)).starts()
    if not starts:
        return [grid]
    edges = [0, *starts, len(grid.rows)]
    return [
        _part(grid, range(first, last), above if place else [])
        for place, (first, last) in enumerate(pairwise(edges))
    ]


def _first(grid: Grid, file: str) -> Header | None:
    """The first header of the register: another one further down may name more columns."""
    words = _named(grid, grid.rows[:6], file)
    header = headers.find(grid, words)
    while header and header.dataset and header.first > 1:
        above = cutting.part(grid, range(header.first), range(grid.width))
        earlier = headers.find(above, words, [header.dataset])
        if earlier is None or earlier.last + 1 >= header.first:
            break
        header = earlier
    return header


def _named(grid: Grid, rows: list[list[Cell]], file: str) -> str:
    texts = [cell for row in rows if len(row) - row.count(None) <= 2 for cell in row]
    return " ".join([*(cell for cell in texts if isinstance(cell, str)), grid.name, file])


def _part(grid: Grid, rows: range, above: list[list[Cell]]) -> Grid:
    """The sheet's title stands above a part too, where the part's own title names no year."""
    found = cutting.part(grid, rows, range(grid.width), grid.heading)
    own = cutting.words(found.rows[:2])
    if not surroundings.years_in(own):
        titles = (cutting.words([row]) for row in above)
        kept = (title for title in titles if not _is_of_the_other_side(title, own))
        found.heading = " ".join([grid.heading, *kept]).strip()
    return found


def _is_of_the_other_side(title: str, own: str) -> bool:
    """一、收入 is the first part's alone: it does not stand over 二、支出."""
    sides = {is_expense(title), is_expense(own)}
    return sides == {True, False} and not surroundings.years_in(title)


class _Search:
    """Looks for the headers below the first one of a sheet."""

    def __init__(self, grid: Grid, file: str, header: Header, title: str) -> None:
        self.grid, self.file = grid, file
        self.header, self.title = header, title
        self.filled = cutting.filled(grid)

    def starts(self) -> list[int]:
        """The first row of each further table, its title included."""
        found: list[int] = []
        for at in self._candidates():
            if at <= self.header.last + 1:
                continue
            first, words = self._caption(at)
            header = self._new(at, words)
            if header:
                self.header, self.title = header, words or self.title
                found.append(first)
        return found

    def _candidates(self) -> list[int]:
        """Rows of words alone, below a row that is nearly empty, that hold header words of some
        register or stand over figures; and rows of this register's own words. Looks at distinct
        cells only.
        """
        thin = max(2, self.grid.width // 2)
        may = (self.filled >= 2) & np.concatenate([[False], self.filled[:-1] <= thin])
        rows = np.flatnonzero(may[:-1])
        columns = [self.grid.column(place) for place in range(self.grid.width)]
        columns.sort(key=lambda column: len(column.values))
        for column in columns:
            rows = rows[_where(column, rows, _is_wordy)]
        known = np.zeros(len(rows), np.int64)
        figures = np.zeros(len(rows), bool)
        for column in columns if len(rows) else []:
            known += _where(column, rows, _is_known)
            figures |= _where(column, rows, _is_there) & _where(column, rows + 1, _is_figure)
        rows = np.union1d(rows[(known > 1) | figures], self._own(columns))
        found: list[int] = rows.tolist()
        return found[:_MOST]

    def _own(self, columns: list[Coded]) -> Places:
        """Rows whose every cell is a word of this register's header, whatever stands above."""
        if self.header.dataset is None:
            return np.zeros(0, np.int64)
        rows = np.flatnonzero(self.filled[:-1] > len(self.header.dataset.needed))
        is_own = self._is_own()
        for column in columns:
            rows = rows[_where(column, rows, is_own)]
        return rows

    def _is_own(self) -> Callable[[Cell], bool]:
        """A test for nothing, or a word of this register's header, or of this sheet's."""
        dataset, words = self.header.dataset, {plain(label) for label in self.header.labels}

        def is_own(cell: Cell) -> bool:
            if not isinstance(cell, str) or len(cell) > _LONGEST or dataset is None:
                return cell is None
            return plain(cell) in words or headers.known(dataset, [cell]) is not None

        return is_own

    def _caption(self, at: int) -> tuple[int, str]:
        """(the first row of the title above, its words); without a title, the row itself."""
        first, row = at, at - 1
        while row > self.header.last and at - row <= _ABOVE:
            if self.filled[row] and not (
                self._is_caption(row) or (first == at and lines.caption(self.grid.rows[row]))
            ):
                break
            if self.filled[row]:
                first = row
            elif first < at:
                break
            row -= 1
        return first, cutting.words(self.grid.rows[first:at])

    def _is_caption(self, at: int) -> bool:
        texts = [cell for cell in self.grid.rows[at] if cell is not None]
        if not all(isinstance(cell, str) for cell in texts) or len(texts) > 3:
            return False
        first = str(texts[0])
        if remarks.is_remark(first) or lines.kind(self.grid, at, self.header) == "totals":
            return False
        if len(texts) > 1:
            return any(":" in folded(str(cell)) for cell in texts)
        alone = lines.kind(self.grid, at, self.header) == "notes" or not self.filled[at - 1]
        return alone or bool(_TITLE.search(first))

    def _new(self, at: int, title: str) -> Header | None:
        """The header of another table in this row, or None."""
        row = self.grid.rows[at]
        if not self.filled[at + 1 : at + 2 + DEEPEST].any():
            return None
        if headers.is_header(row, self.grid, self.header):
            return self._again(at, title)
        if self.header.dataset and all(map(self._is_own(), row)):
            words = f"{title} {self.grid.name} {self.file}"
            return headers.best_at(self.grid, at, 1, words, [self.header.dataset])
        if lines.kind(self.grid, at, self.header) != "data":
            return None
        return self._known(at, title) or self._unknown(at, title)

    def _again(self, at: int, title: str) -> Header | None:
        """The same header under a title of its own; pages repeat the first one's."""
        own, known = (remarks.without_page(plain(words)) for words in (title, self.title))
        told = known.endswith(own) if lines.caption([title]) else own in known
        is_title = own and not told and _says_more(title)
        if not is_title and not self._changes_unit(title):
            return None
        shift = at - self.header.first
        last = min(self.header.last + shift, len(self.grid.rows) - 1)
        same = self.header
        return Header(at, last, same.labels, same.dataset, same.fields, same.repeated, same.score)

    def _changes_unit(self, title: str) -> bool:
        """单位：万元 over the same header, after 单位：元 or nothing."""
        unit = units.said(title)
        return unit not in (None, units.said(self.title) or "元")

    def _known(self, at: int, title: str) -> Header | None:
        words = f"{title} {self.grid.name} {self.file}"
        depths = range(1, headers.depths(self.grid, at).stop)
        found = (headers.best_at(self.grid, at, depth, words) for depth in depths)
        return max(filter(None, found), key=lambda header: header.score, default=None)

    def _unknown(self, at: int, title: str) -> Header | None:
        """Words over figures, after a title or a blank row, that no row above has."""
        if not title and (self.filled[at - 1] or self.header.dataset):
            return None
        row, below = self.grid.rows[at], self.grid.rows[at + 1]
        named = [place for place, cell in enumerate(row) if cell is not None]
        under = [place for place, cell in enumerate(below) if cell is not None]
        figures = [place for place in named if _is_figure(below[place])]
        fits = len(set(under) - set(named)) * 5 <= len(under)
        if not figures or not fits or len({row[place] for place in named}) < len(named):
            return None
        near = self.grid.rows[max(self.header.last + 1, at - 50) : at]
        if any(earlier[place] == row[place] for earlier in near for place in named):
            return None
        depth = min(headers.depths(self.grid, at).start, len(self.grid.rows) - at)
        stacked = headers.stack(self.grid, at, depth)
        return Header(at, at + depth - 1, [" ".join(texts) for texts in stacked])


def _says_more(title: str) -> bool:
    """单位：元 or a page's number is no title."""
    bare = re.sub(r"(?:金额)?单位[:：]\S*|打印\S*|日期[:：]\S*", "", folded(title))
    return len(plain(bare)) > 1


def _where(column: Coded, rows: Places, test: Callable[[Cell], bool]) -> Mask:
    """Row by row what `test` says; asked once for each distinct cell of these rows."""
    told: Mask = np.zeros(len(column.values), bool)
    told[column.codes[rows]] = True
    for code in np.flatnonzero(told).tolist():
        told[code] = test(column.values[code])
    found: Mask = told[column.codes[rows]]
    return found


def _is_there(cell: Cell) -> bool:
    return cell is not None


def _is_known(cell: Cell) -> bool:
    """A header word of some register."""
    return isinstance(cell, str) and len(cell) <= _LONGEST and plain(cell) in headers.KNOWN


def _is_wordy(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not _VALUE.match(cell))


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_FIGURE.match(folded(cell).strip()))
    return cell is not None
