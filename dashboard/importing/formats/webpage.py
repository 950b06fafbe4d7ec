"""A web page saved as .xls, as many office systems export: each of its tables is a sheet.

An archive of pages (.mht) holds the sheets of a workbook as a page each.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterator
from email.parser import BytesParser
from email.policy import default
from html.parser import HTMLParser

from dashboard.contracts.spelling import APART
from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell
from dashboard.importing.formats import stored
from dashboard.importing.formats.beside import Beside, laid
from dashboard.importing.formats.delimited import decoded
from dashboard.importing.grids import Grid
from dashboard.settings import Limits

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8",
          "utf8": "utf-8", "big5": "big5hkscs"}  # fmt: skip
_SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>")
_ENVELOPE = re.compile(rb"\s*(?:mime-version|message-id|from|content-type):", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ASIDE = {"s", "del", "strike", "sup", "sub"}  # figures that are not the number's own
_EXCEL = "urn:schemas-microsoft-com:office:excel"  # it hides what a narrow column cuts off
_ROWS, _BREAKS, _CELLS = {"tr"}, {"br", "p", "div", "li"}, {"td", "th"}


def tables(
    data: bytes, name: str, limits: Limits, whole: Collection[str] = ()
) -> tuple[list[Grid], str]:
    """Every table that holds something, and the encoding. `whole`: those to be read with what
    they hide. Raises RefusedFile.
    """
    found: list[_Table] = []
    names: list[str] = []
    encoding = ""
    for content, charset in _pages(data):
        text, encoding = told(content, charset)
        names += _SHEET_NAME.findall(text)
        reader = _Reader(limits, hides=_EXCEL not in text)
        reader.feed(_closed(text))
        reader.close()
        found += [table for table in reader.tables if table.holds_something()]
    if not found:
        raise RefusedFile("not_a_table", kind="网页 / web page")
    named = zip(found, _named(names, len(found), name), strict=True)
    return [table.grid(each, each in whole) for table, each in named], encoding


def _pages(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Each page with the encoding its envelope tells; the names of the sheets are a page, too."""
    if not _ENVELOPE.match(data):
        yield data, ""
        return
    for page in BytesParser(policy=default).parsebytes(data).walk():
        content = page.get_payload(decode=True)
        where = str(page.get("Content-Location", "")).lower()
        if page.get_content_type() == "text/html" and not where.endswith("tabstrip.htm"):
            yield content if isinstance(content, bytes) else b"", page.get_content_charset() or ""


def _closed(text: str) -> str:
    """Up to a comment that nobody closed, which reaches to the end; the parser would look for its
    end again at every mark.
    """
    start = text.find("<!--", text.rfind("-->") + 1)
    return text if start < 0 else text[:start]


def _named(names: list[str], count: int, file: str) -> list[str]:
    """As the page names its sheets, where it has as many; else by the file."""
    if len(names) == count == len(set(names)):
        return names
    return [file] if count == 1 else [f"{file} {place}" for place in range(1, count + 1)]


def told(data: bytes, charset: str = "") -> tuple[str, str]:
    """Text and encoding: as the page says of itself, where that holds; else as for text files."""
    found = _CHARSET.search(data[:4096])
    named = _NAMES.get(charset.lower() or (found[1].decode().lower() if found else ""))
    if named and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF8)):
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
        self._said = Beside()
        self._described = 0  # columns described so far
        self._until: dict[int, int] = {}  # column -> the last row that a span from above covers
        self._count = 0

    def row(self, hidden: bool = False) -> None:
        if hidden:
            self._said.hidden_rows.append((len(self._rows), len(self._rows)))
        self._rows.append({})

    def cell(self, text: str, across: int, down: int, told: str) -> None:
        if not self._rows:
            self.row()
        top = len(self._rows) - 1
        left = self._free(top)
        self._count += 1
        if left + across > self._limits.columns or self._count > self._limits.cells:
            raise RefusedFile("too_complex", limit=f"{self._limits.columns}")
        words = " ".join(text.replace("\xa0", " ").split(" ")).strip()
        cell, scaled = stored.number(words, told) if told else (words, None)
        self._rows[top][left] = cell or None if isinstance(cell, str) else cell
        if scaled:
            self._said.scaled[top, left] = scaled
        for column in range(left + 1, left + across):
            self._rows[top][column] = None
        if across > 1 or down > 1:
            self._said.merged.append((top, left, top + down - 1, left + across - 1))
            self._until |= dict.fromkeys(range(left, left + across), top + down - 1)

    def _free(self, top: int) -> int:
        """The first column no cell of this row and no span from above stands in."""
        left = 0
        while left in self._rows[top] or self._until.get(left, -1) >= top:
            left += 1
        return left

    def holds_something(self) -> bool:
        return any(cell is not None for row in self._rows for cell in row.values())

    def column(self, many: int, hidden: bool) -> None:
        """A description of columns, left to right."""
        if hidden:
            self._said.hidden_columns.append((self._described, self._described + many - 1))
        self._described += many

    def grid(self, name: str, whole: bool) -> Grid:
        width = max((max(row, default=-1) for row in self._rows), default=-1) + 1
        rows = [[row.get(column) for column in range(width)] for row in self._rows]
        return laid(name, rows, self._said, whole)


_Outer = tuple[_Table | None, list[str] | None, tuple[int, int], str]


class _Reader(HTMLParser):
    """Tables, rows, cells; everything else is passed over. A table within a cell is one of its
    own, and what follows it goes on in the outer cell.
    """

    def __init__(self, limits: Limits, hides: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._hides = hides  # whether hidden words within a cell are no part of it
        self._aside: list[tuple[str, int]] = []  # open marks: name, words before it
        self.tables: list[_Table] = []
        self._limits = limits
        self._words: list[str] | None = None
        self._spans = (1, 1)
        self._told = ""  # the number the cell holds, where it says so
        self._open: _Table | None = None
        self._outer: list[_Outer] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._enter()
        if tag in _ROWS:
            self._finish_cell()
            self._now().row(_is_hidden(attrs))
        elif tag == "col" and self.tables:
            self._now().column(_span(dict(attrs).get("span") or "1"), _is_hidden(attrs))
        elif tag in _CELLS:
            self._finish_cell()
            self._words, self._spans = [], _spans(dict(attrs))
            self._told = dict(attrs).get("x:num") or dict(attrs).get("sdval") or ""
        elif tag in _BREAKS and self._words:
            self._words.append("\n")
        if tag not in _CELLS and (tag in _ASIDE or (self._hides and _is_hidden(attrs))):
            self._aside.append((tag, len(self._words or ())))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self._aside):
            self._set_apart(tag)
        if tag in _CELLS | _ROWS | {"table"}:
            self._finish_cell()
        elif tag in _BREAKS and self._words:
            self._words.append("\n")
        if tag == "table":
            self._leave()

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        while self._outer:
            self._leave()
        self._finish_cell()

    def _set_apart(self, tag: str) -> None:
        """The figures since the last such mark began; those within it are closed, too."""
        name, start = self._aside.pop()
        while name != tag:
            name, start = self._aside.pop()
        words = (self._words or [])[start:]
        if self._words and any(map(str.isdecimal, "".join(words))):
            self._words[start:] = [APART, *words, APART]

    def _now(self) -> _Table:
        """The table that is open; the last one where none is."""
        if not self.tables:
            self.tables.append(_Table(self._limits))
        return self._open or self.tables[-1]

    def _enter(self) -> None:
        self._outer.append((self._open, self._words, self._spans, self._told))
        self._open, self._words = _Table(self._limits), None
        self.tables.append(self._open)

    def _leave(self) -> None:
        self._finish_cell()
        if self._outer:
            self._open, self._words, self._spans, self._told = self._outer.pop()

    def _finish_cell(self) -> None:
        for tag in [name for name, _ in self._aside[:1] if name in _ASIDE]:
            self._set_apart(tag)
        if self._words is not None:
            self._now().cell("".join(self._words), *self._spans, self._told)
        self._words, self._aside = None, []


def _is_hidden(attributes: list[tuple[str, str | None]]) -> bool:
    return bool(_HIDDEN.search(dict(attributes).get("style") or ""))


def _spans(attributes: dict[str, str | None]) -> tuple[int, int]:
    across, down = (attributes.get(name) or "1" for name in ("colspan", "rowspan"))
    return _span(across), _span(down)


def _span(text: str) -> int:
    return min(max(int(text), 1), 1_000) if text.strip().isdigit() else 1
