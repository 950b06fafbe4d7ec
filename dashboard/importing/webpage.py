"""A web page saved as .xls, as many office systems export: each of its tables is a sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell
from dashboard.importing.delimited import decoded
from dashboard.importing.grids import Box, Grid, trimmed
from dashboard.settings import Limits

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8",
          "utf8": "utf-8", "big5": "big5hkscs", "unicode": "utf-16"}  # fmt: skip
_ROWS, _BREAKS, _CELLS = {"tr"}, {"br", "p", "div"}, {"td", "th"}


def tables(data: bytes, name: str, limits: Limits) -> tuple[list[Grid], str]:
    """Every table that holds something, and the encoding. Raises RefusedFile."""
    text, encoding = _text(data)
    reader = _Reader(limits)
    reader.feed(text)
    reader.close()
    grids = [grid for table in reader.tables if (grid := table.grid("")).rows]
    if not grids:
        raise RefusedFile("not_a_table", kind="网页 / web page")
    for place, grid in enumerate(grids):
        grid.name = name if len(grids) == 1 else f"{name} {place + 1}"
    return grids, encoding


def _text(data: bytes) -> tuple[str, str]:
    """What the page says of itself, where that holds; else the rule for text files."""
    found = _CHARSET.search(data[:4096])
    named = _NAMES.get(found[1].decode().lower()) if found else None
    if named:
        try:
            return data.decode(named), "big5" if named == "big5hkscs" else named
        except UnicodeDecodeError:
            pass
    return decoded(data)


class _Table:
    """Cells as they come, put where earlier rows' spans leave room."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows: list[dict[int, Cell]] = []
        self._merged: list[Box] = []
        self._until: dict[int, int] = {}  # column -> the last row that a span from above covers
        self._count = 0

    def row(self) -> None:
        self._rows.append({})

    def cell(self, text: str, across: int, down: int) -> None:
        if not self._rows:
            self.row()
        top = len(self._rows) - 1
        left = self._free(top)
        self._count += 1
        if left + across > self._limits.columns or self._count > self._limits.cells:
            raise RefusedFile("too_complex", limit=f"{self._limits.columns}")
        words = " ".join(text.replace("\xa0", " ").split(" ")).strip()
        self._rows[top][left] = words or None
        for column in range(left + 1, left + across):
            self._rows[top][column] = None
        if across > 1 or down > 1:
            self._merged.append((top, left, top + down - 1, left + across - 1))
            self._until |= dict.fromkeys(range(left, left + across), top + down - 1)

    def _free(self, top: int) -> int:
        """The first column no cell of this row and no span from above stands in."""
        left = 0
        while left in self._rows[top] or self._until.get(left, -1) >= top:
            left += 1
        return left

    def grid(self, name: str) -> Grid:
        width = max((max(row, default=-1) for row in self._rows), default=-1) + 1
        rows = [[row.get(column) for column in range(width)] for row in self._rows]
        return Grid(name, trimmed(rows), merged=self._merged)


class _Reader(HTMLParser):
    """Tables, rows, cells; everything else is passed over."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._limits = limits
        self._words: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" or (tag in _ROWS | _CELLS and not self.tables):
            self._finish_cell()
            self.tables.append(_Table(self._limits))
        if tag in _ROWS:
            self._finish_cell()
            self.tables[-1].row()
        elif tag in _CELLS:
            self._finish_cell()
            self._words, self._spans = [], _spans(dict(attrs))
        elif tag in _BREAKS and self._words:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS | _ROWS | {"table"}:
            self._finish_cell()

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._finish_cell()

    def _finish_cell(self) -> None:
        if self._words is not None and self.tables:
            self.tables[-1].cell("".join(self._words), *self._spans)
        self._words = None


def _spans(attributes: dict[str, str | None]) -> tuple[int, int]:
    across, down = (attributes.get(name) or "1" for name in ("colspan", "rowspan"))
    return _span(across), _span(down)


def _span(text: str) -> int:
    return min(max(int(text), 1), 1_000) if text.strip().isdigit() else 1
