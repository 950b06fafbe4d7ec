"""A .docx read as what it is: a zip whose word/document.xml holds paragraphs and tables.

The parser takes no document type and so no entities; sizes are bounded before and while
unpacking. Numbers that Word itself sets before a paragraph are not in its text: they are counted
from word/numbering.xml.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NoReturn
from xml.parsers import expat

from dashboard.errors import RefusedFile
from dashboard.plans.model import Block, Line, Row
from dashboard.plans.numbering import Numbering

_UNPACKED = 64 * 2**20  # bytes of one part
_ENTRIES = 2_000
_DEEPEST = 200  # elements within elements
_MOST = 100_000  # paragraphs and rows
_BODY, _NUMBERS = "word/document.xml", "word/numbering.xml"
Attributes = dict[str, str]


def blocks(data: bytes) -> list[Block]:
    """Paragraphs and table rows in order, numbered from 1; tracked deletions are left out.

    Raises RefusedFile: damaged, password, not_a_plan, too_complex.
    """
    numbers = Numbering()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            if _NUMBERS in archive.namelist():
                _parse(_part(archive, _NUMBERS), numbers)
            walk = _Walk(numbers)
            _parse(_part(archive, _BODY), walk)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        raise RefusedFile("damaged") from None
    except RuntimeError:  # an entry under a password
        raise RefusedFile("password") from None
    return walk.found


def _check(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(names) > _ENTRIES or len(set(names)) != len(names):
        raise RefusedFile("too_complex", limit=f"{_ENTRIES} zip entries")
    if _BODY not in names:
        sheet = any(name.startswith("xl/") for name in names) or "content.xml" in names
        raise RefusedFile("not_a_plan", kind="表格 / spreadsheet" if sheet else "ZIP")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry, unpacked no further than its bound, whatever its header promises."""
    with archive.open(name) as entry:
        data = entry.read(_UNPACKED + 1)
    if len(data) > _UNPACKED:
        raise RefusedFile("too_complex", limit=f"{_UNPACKED >> 20} MB")
    return data


def _parse(data: bytes, walk: _Walk | Numbering) -> None:
    """Feed one part to what listens; a document type ends the reading."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: walk.start(*_bare(name, attributes))
    parser.EndElementHandler = lambda name: walk.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = walk.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise RefusedFile("damaged") from None


def _refuse(*_: object) -> NoReturn:
    raise RefusedFile("damaged")


def _bare(name: str, attributes: Attributes) -> tuple[str, Attributes]:
    return name.rpartition(" ")[2], {
        key.rpartition(" ")[2]: value for key, value in attributes.items()
    }


class _Walk:
    """Element by element. Only the outermost table makes rows; one inside a cell is its text."""

    def __init__(self, numbers: Numbering) -> None:
        self.found: list[Block] = []
        self._numbers = numbers
        self._depth = self._tables = self._hidden = 0
        self._words: list[str] = []
        self._takes = False
        self._list: list[str] = ["", "0"]
        self._cell: list[str] = []
        self._row: list[str] = []
        self._above: list[str] = []
        self._merge = ""
        self._wide = 1

    def start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > _DEEPEST or len(self.found) > _MOST:
            raise RefusedFile("too_complex", limit=f"{_DEEPEST} / {_MOST}")
        if name in ("del", "moveFrom", "Fallback", "instrText", "txbxContent"):
            self._hidden += name != "txbxContent"
        elif name == "p":
            self._words, self._list = [], ["", "0"]
        elif name == "t":
            self._takes = not self._hidden
        elif name in ("br", "cr", "tab"):
            self._words.append("\n" if name != "tab" else " ")
        else:
            self._described(name, attributes)

    def _described(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if name == "tbl":
            self._tables += 1
            if self._tables == 1:
                self._above = []
        elif name == "tr" and self._tables == 1:
            self._row = []
        elif name == "tc" and self._tables == 1:
            self._cell, self._merge, self._wide = [], "", 1
        elif name == "vMerge":
            self._merge = value or "continue"
        elif name == "gridSpan" and value.isdecimal():
            self._wide = min(int(value), 64)
        elif name in ("numId", "ilvl"):
            self._list[name == "ilvl"] = value

    def text(self, words: str) -> None:
        if self._takes:
            self._words.append(words)

    def end(self, name: str) -> None:
        self._depth -= 1
        if name == "t":
            self._takes = False
        elif name in ("del", "moveFrom", "Fallback", "instrText"):
            self._hidden -= 1
        elif name == "p":
            self._paragraph()
        elif name == "tbl":
            self._tables -= 1
        elif name == "tc" and self._tables == 1:
            self._close_cell()
        elif name == "tr" and self._tables == 1:
            self._close_row()

    def _paragraph(self) -> None:
        text = "".join(self._words).strip()
        text = (self._numbers.next(*self._list) if self._list[0] and text else "") + text
        self._words = []
        if self._tables:
            self._cell.append(text)
            return
        number = len(self.found) + 1
        self.found += [Line(number, line, line) for line in text.split("\n")]

    def _close_cell(self) -> None:
        at = len(self._row)
        text = "\n".join(line for line in self._cell if line)
        if self._merge == "continue" and at < len(self._above):
            text = self._above[at]
        self._row += [text] + [""] * (self._wide - 1)

    def _close_row(self) -> None:
        self._above = self._row
        if any(self._row):
            quote = " | ".join(cell.replace("\n", " ") for cell in self._row if cell)
            self.found.append(Row(len(self.found) + 1, tuple(self._row), quote))
