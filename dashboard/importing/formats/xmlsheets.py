"""A workbook as one XML file, saved as .xls or .xml: what many report systems call Excel
(XML Spreadsheet 2003, urn:schemas-microsoft-com:office:spreadsheet).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import NoReturn
from xml.parsers import expat

from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell
from dashboard.importing.formats.beside import Beside, laid
from dashboard.importing.formats.scaling import Scaling, scaling
from dashboard.importing.formats.webpage import told
from dashboard.importing.grids import UNCALCULATED, Grid
from dashboard.settings import Limits

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"  # words of another place also mean rows
Attributes = dict[str, str]


def grids(data: bytes, limits: Limits, whole: Collection[str] = ()) -> tuple[list[Grid], str]:
    """Every sheet, and the encoding. `whole`: sheets to be read with what they hide.

    Raises RefusedFile: damaged, too_complex, no_cells.
    """
    text, encoding = told(data)
    walk = _Walk(limits)
    try:
        walk.through(_DECLARATION.sub("", text, count=1).encode())
    except (expat.ExpatError, ValueError):
        raise RefusedFile("damaged") from None
    found = [sheet.grid(sheet.name in whole, limits) for sheet in walk.sheets]
    if not any(grid.rows or grid.hidden or grid.notes for grid in found):
        raise RefusedFile("no_cells")
    return found, encoding


class _Sheet:
    """One worksheet as it is read: cells by place, and what stands beside them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden = False
        self.said = Beside()
        self.cells: dict[tuple[int, int], Cell] = {}
        self.row = self.column = -1  # the last one seen, from 0
        self.last_column = -1  # the last one described

    def grid(self, whole: bool, limits: Limits) -> Grid:
        if self.hidden and not whole:
            return Grid(self.name, [], hidden=True)
        height = 1 + max((row for row, _ in self.cells), default=-1)
        width = 1 + max((column for _, column in self.cells), default=-1)
        if height * width > limits.cells or width > limits.columns:
            raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")
        rows: list[list[Cell]] = [[None] * width for _ in range(height)]
        for (row, column), cell in self.cells.items():
            rows[row][column] = cell
        return laid(self.name, rows, self.said, whole)


class _Walk:
    """Element by element."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[_Sheet] = []
        self._limits = limits
        self._scaled: dict[str, Scaling] = {}
        self._style = ""
        self._epoch_1904 = False
        self._cell: Attributes = {}
        self._kind = ""
        self._words: list[str] | None = None
        self._commented = False
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "Style": self._open_style, "NumberFormat": self._format,
            "Worksheet": self._sheet, "Column": self._columns, "Row": self._row,
            "Cell": self._start_cell, "Data": self._data, "Comment": self._comment,
        }  # fmt: skip
        self._starts = {f"{_SHEETS} {name}": act for name, act in self._starts.items()} | {
            f"{_EXCEL} FilterOn": self._filtered, f"{_EXCEL} AutoFilterColumn": self._filtered,
            f"{_EXCEL} Date1904": self._epoch, f"{_EXCEL} Visible": self._visible,
        }  # fmt: skip

    def through(self, xml: bytes) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _refuse
        parser.buffer_text = True
        parser.Parse(xml, True)

    def _start(self, name: str, attributes: Attributes) -> None:
        act = self._starts.get(name)
        if act:
            act({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def _end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if space not in (_SHEETS, _EXCEL):
            return
        if local == "Comment":
            self._commented = False
        elif local == "Data" and self._words is not None and not self._commented:
            self._cell.pop("Formula", None)  # it has its answer
            self._put("".join(self._words))
        elif local == "Visible" and self._words is not None and self.sheets:
            self.sheets[-1].hidden = "".join(self._words) != "SheetVisible"
        elif name == f"{_SHEETS} Cell" and "Formula" in self._cell:
            self._now().cells[self._here()] = UNCALCULATED
        if local in ("Data", "Visible"):
            self._words = None

    def _now(self) -> _Sheet:
        if not self.sheets:
            raise RefusedFile("damaged")
        return self.sheets[-1]

    def _here(self) -> tuple[int, int]:
        return self._now().row, self._now().column

    def _open_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("ID", "")

    def _format(self, attributes: Attributes) -> None:
        if found := scaling(attributes.get("Format", "")):
            self._scaled[self._style] = found

    def _epoch(self, _: Attributes) -> None:
        self._epoch_1904 = True

    def _sheet(self, attributes: Attributes) -> None:
        self.sheets.append(_Sheet(attributes.get("Name", "")))
        self.sheets[-1].said.epoch_1904 = self._epoch_1904

    def _visible(self, _: Attributes) -> None:
        self._words = []

    def _filtered(self, _: Attributes) -> None:
        self._now().said.filtered = True

    def _comment(self, _: Attributes) -> None:
        self._commented = True

    def _columns(self, attributes: Attributes) -> None:
        sheet = self._now()
        first = _number(attributes, "Index", sheet.last_column + 2) - 1
        sheet.last_column = first + _number(attributes, "Span", 0)
        if attributes.get("Hidden") == "1" or attributes.get("Width") == "0":
            sheet.said.hidden_columns.append((first, sheet.last_column))

    def _row(self, attributes: Attributes) -> None:
        sheet = self._now()
        row = _number(attributes, "Index", sheet.row + 2) - 1
        if row <= sheet.row:  # two rows of one number: which of them holds?
            raise RefusedFile("damaged")
        sheet.row, sheet.column = row + _number(attributes, "Span", 0), -1
        if attributes.get("Hidden") == "1" or attributes.get("Height") == "0":
            sheet.said.hidden_rows.append((row, sheet.row))

    def _start_cell(self, attributes: Attributes) -> None:
        sheet = self._now()
        before = _number(self._cell, "MergeAcross", 0) if sheet.column >= 0 else 0
        sheet.column = _number(attributes, "Index", sheet.column + before + 2) - 1
        self._cell = attributes
        row, column = self._here()
        across, down = _number(attributes, "MergeAcross", 0), _number(attributes, "MergeDown", 0)
        if across or down:
            sheet.said.merged.append((row, column, row + down, column + across))
        if len(sheet.cells) > self._limits.cells:
            raise RefusedFile("too_complex", limit=f"{self._limits.cells:,}")

    def _data(self, attributes: Attributes) -> None:
        self._kind, self._words = attributes.get("Type", "String"), []

    def _put(self, words: str) -> None:
        cell = _value(self._kind, words)
        if cell is None:
            return
        sheet, style = self._now(), self._cell.get("StyleID", "")
        sheet.cells[self._here()] = cell
        if style in self._scaled:
            sheet.said.scaled[self._here()] = self._scaled[style]
        sheet.said.pictures |= "DISPIMG(" in words


def _value(kind: str, words: str) -> Cell:
    """As the type says; what contradicts it stays text."""
    try:
        if kind == "Number":
            number = float(words)
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        if kind == "DateTime":
            moment = datetime.fromisoformat(words)
            return moment if any((moment.hour, moment.minute, moment.second)) else moment.date()
    except ValueError:
        return words
    return words == "1" if kind == "Boolean" else words if words.strip() else None


def _number(attributes: Attributes, name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isdigit() and len(text) < 8 else otherwise


def _refuse(*_: object) -> NoReturn:
    """Entities are nobody's honest work."""
    raise RefusedFile("damaged")
