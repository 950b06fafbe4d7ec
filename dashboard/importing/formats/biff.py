"""What an old .xls says beside its values, from its records (MS-XLS, section 2.4; BIFF5 and BIFF8).

The reader returns errors and formulas that no program calculated as empty cells.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from itertools import takewhile

from dashboard.errors import RefusedFile
from dashboard.importing.formats.beside import Beside
from dashboard.importing.formats.compound import Compound
from dashboard.importing.formats.scaling import Scaling, scaling
from dashboard.importing.grids import UNCALCULATED
from dashboard.settings import Limits

Record = tuple[int, int, int]  # kind, where its content begins, how long that is
_BOF, _EOF, _PASSWORD, _FILTERED = 0x0809, 0x000A, 0x002F, 0x009B
_WORD, _CELL, _ROW = struct.Struct("<H"), struct.Struct("<HHH"), struct.Struct("<H4xH4xH")
_COLUMNS = struct.Struct("<HHHHH")
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!",
           42: "#N/A"}  # fmt: skip
_CODECS = {936: "gbk", 950: "big5", 1200: "utf-16-le", 1252: "cp1252", 65001: "utf-8"}
_BIFF8, _CODEPAGE, _UNICODE = 0x0600, 0x0042, 1200
_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_EMPTY_TEXT = 0x17  # the token of a text in a formula: without it no formula yields an empty one
_NUMBERS = (0x0203, 0x027E, 0x00BD)  # NUMBER, RK and MULRK, a row of them


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """One after another, as far as they go."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return
        yield kind, at + 4, length
        at += 4 + length


def besides(data: bytes, limits: Limits) -> dict[str, Beside]:
    """Sheet name -> what it says. Raises RefusedFile: damaged, password, too_complex."""
    stream = Compound(data).stream(*_STREAMS)
    try:
        book = _Book(stream)
        sheets = [(name, _Sheet(book).read(at)) for name, at in book.sheets]
    except (struct.error, IndexError):
        raise RefusedFile("damaged") from None
    for _, said in sheets if book.calculated else []:
        said.marks = {place: mark for place, mark in said.marks.items() if mark != UNCALCULATED}
    return dict(sheets)


def in_unicode(data: bytes) -> bytes:
    """The same file, naming UTF-16 as its code page: a text of BIFF8 is UTF-16 or its lower
    bytes whatever the code page says, which the reader believes. Raises RefusedFile: damaged.
    """
    shell = Compound(data)
    stream = shell.stream(*_STREAMS)
    if stream[4:6] != _WORD.pack(_BIFF8):
        return data
    before = takewhile(lambda found: found[0] != _EOF, records(stream))
    named = next((at for kind, at, length in before if kind == _CODEPAGE and length == 2), None)
    if named is None or stream[named : named + 2] == _WORD.pack(_UNICODE):
        return data
    changed = bytearray(data)
    for place, byte in enumerate(_WORD.pack(_UNICODE), named):
        changed[shell.spot(place, *_STREAMS)] = byte
    return bytes(changed)


class _Book:
    """The records before the first sheet: names, formats, how days are counted."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.sheets: list[tuple[str, int]] = []
        self.scaled: dict[int, Scaling] = {}  # cell style -> how it shrinks
        self.texts = 0
        self.epoch_1904 = False
        self.calculated = False  # some formula has a value: a program has calculated the book
        self._codec = "gbk"
        self._formats: dict[int, Scaling] = {}
        self._styles = 0
        self._wide = struct.unpack_from("<H", stream, 4)[0] == _BIFF8
        acts: dict[int, Callable[[bytes], None]] = {
            0x0022: self._epoch, _CODEPAGE: self._codepage, 0x0085: self._sheet,
            0x041E: self._format, 0x00E0: self._style, 0x00FC: self._shared,
        }  # fmt: skip
        for kind, at, length in records(stream):
            if kind == _EOF:
                break
            if kind == _PASSWORD:
                raise RefusedFile("password")
            if kind in acts:
                acts[kind](stream[at : at + length])

    def _epoch(self, content: bytes) -> None:
        self.epoch_1904 = content[0] == 1

    def _codepage(self, content: bytes) -> None:
        self._codec = _CODECS.get(_WORD.unpack_from(content)[0], "gbk")

    def _sheet(self, content: bytes) -> None:
        place, _, kind, count = struct.unpack_from("<IBBB", content)
        if kind == 0:  # a worksheet
            self.sheets.append((self._text(content[7:], count), place))

    def _format(self, content: bytes) -> None:
        number, count = struct.unpack_from("<HH" if self._wide else "<HB", content)
        if found := scaling(self._text(content[4 if self._wide else 3 :], count)):
            self._formats[number] = found

    def _style(self, content: bytes) -> None:
        number = _WORD.unpack_from(content, 2)[0]
        if number in self._formats:
            self.scaled[self._styles] = self._formats[number]
        self._styles += 1

    def _shared(self, content: bytes) -> None:
        self.texts = struct.unpack_from("<I", content, 4)[0]

    def _text(self, content: bytes, count: int) -> str:
        if not self._wide:
            return content[:count].decode(self._codec, "replace")
        if content[0] & 1:
            return content[1 : 1 + 2 * count].decode("utf-16-le", "replace")
        return content[1 : 1 + count].decode("latin-1")


class _Sheet:
    """One sheet's records, from its begin to its end."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self._said = Beside(epoch_1904=book.epoch_1904)
        self._acts: dict[int, Callable[[bytes], None]] = {
            0x0208: self._row, 0x007D: self._columns, 0x0205: self._error,
            0x0006: self._formula, 0x0206: self._formula, 0x0406: self._formula,
            0x00FD: self._shared_text,
        }  # fmt: skip
        if book.scaled:
            self._acts |= dict.fromkeys(_NUMBERS, self._scale)

    def read(self, at: int) -> Beside:
        """Charts begin and end within the sheet: `depth` tells."""
        stream, depth = self._book.stream, 0
        for kind, start, length in records(stream, at):
            depth += (kind == _BOF) - (kind == _EOF)
            if depth == 0:
                break
            if depth == 1 and kind in self._acts:
                self._acts[kind](stream[start : start + length])
            self._said.filtered |= kind == _FILTERED
        return self._said

    def _row(self, content: bytes) -> None:
        row, height, flags = _ROW.unpack_from(content)
        if flags & 0x20 or height & 0x7FFF == 0:
            self._said.hidden_rows.append((row, row))

    def _columns(self, content: bytes) -> None:
        first, last, width, _, flags = _COLUMNS.unpack_from(content)
        if flags & 1 or width == 0:
            self._said.hidden_columns.append((first, last))

    def _error(self, content: bytes) -> None:
        row, column, _ = _CELL.unpack_from(content)
        if content[7]:
            self._said.marks[row, column] = ERRORS.get(content[6], "#VALUE!")

    def _formula(self, content: bytes) -> None:
        """Its result is a number, or tells its kind: 2 is an error, 3 an empty text. Where no
        formula of a book has a number, an empty text or a nought stands for none at all: Python
        and Java programs write so, and leave it to Excel to calculate.
        """
        row, column, _ = _CELL.unpack_from(content)
        kind = content[6] if content[12:14] == b"\xff\xff" else None
        if kind == 2:
            self._book.calculated = True
            self._said.marks[row, column] = ERRORS.get(content[8], "#VALUE!")
        elif kind == 3:
            if _EMPTY_TEXT not in content[22:]:
                self._said.marks[row, column] = UNCALCULATED
        elif content[14] & 2 and not any(content[6:14]):
            self._said.marks[row, column] = UNCALCULATED
        else:
            self._book.calculated = True
            if self._book.scaled:
                self._scale(content[:6])

    def _shared_text(self, content: bytes) -> None:
        if struct.unpack_from("<I", content, 6)[0] >= self._book.texts:
            raise RefusedFile("damaged")

    def _scale(self, content: bytes) -> None:
        """One number with its style, or a row of them: style and number by turns."""
        row, column, _ = _CELL.unpack_from(content)
        for place in range(max(1, (len(content) - 6) // 6)):
            style = _WORD.unpack_from(content, 4 + 6 * place)[0]
            if style in self._book.scaled:
                self._said.scaled[row, column + place] = self._book.scaled[style]
