"""What an xlsb says beside its values, from the records of its parts (MS-XLSB, section 2.4)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from dashboard.errors import RefusedFile
from dashboard.importing.formats import archives
from dashboard.importing.formats.beside import Beside
from dashboard.importing.formats.biff import ERRORS
from dashboard.importing.formats.scaling import Scaling, scaling
from dashboard.settings import Limits

_ROW, _ERROR, _FORMULA_ERROR, _COLUMNS, _FILTERED, _MERGED = 0, 3, 11, 60, 163, 176
_CELLS = range(1, 12)
_NUMBERS = (2, 5, 9)  # RK, a float, a formula's number
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END, _SHEET, _PROPERTIES = 44, 47, 617, 618, 156, 153
_PLACE = struct.Struct("<II")
_BOX = struct.Struct("<IIII")


def besides(data: bytes, limits: Limits) -> dict[str, Beside]:
    """Sheet name -> what it says. Raises RefusedFile: damaged, too_complex."""
    with archives.opened(data) as book:
        try:
            return dict(_sheets(book, limits))
        except struct.error:
            raise RefusedFile("damaged") from None


def _sheets(book: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, Beside]]:
    parts = archives.parts(book)
    archives.check_texts(book, parts)
    main = archives.main_part(book, parts)
    related = archives.relations(book, parts, main)
    styles = [part for kind, part in related.values() if kind == "styles"]
    scaled = _scaled_styles(book.read(styles[0])) if styles else {}
    epoch_1904 = False
    for kind, content in _records(book.read(parts[archives.plain(main)])):
        if kind == _PROPERTIES:
            epoch_1904 = bool(content[0] & 1)
        elif kind == _SHEET:
            relation, rest = _text(content[8:])
            found, part = related.get(relation, ("", ""))
            if found == "worksheet":
                said = _Sheet(scaled, limits).read(book.read(part))
                said.epoch_1904 = epoch_1904
                yield _text(rest)[0], said


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content. Both kind and length are written in groups of seven bits."""
    at, end = 0, len(data)
    while at < end:
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | data[at] << 7, at + 1
        length = shift = 0
        more = 0x80
        while more and shift < 28:
            more = data[at] & 0x80
            length |= (data[at] & 0x7F) << shift
            at, shift = at + 1, shift + 7
        if at + length > end:
            raise RefusedFile("damaged")
        yield kind, data[at : at + length]
        at += length


def _text(content: bytes) -> tuple[str, bytes]:
    """A text, and what follows it."""
    (length,) = struct.unpack_from("<I", content)
    return content[4 : 4 + 2 * length].decode("utf-16-le", "replace"), content[4 + 2 * length :]


def _scaled_styles(part: bytes) -> dict[int, Scaling]:
    formats: dict[int, Scaling] = {}
    styles: list[Scaling | None] = []
    among_cells = False
    for kind, content in _records(part):
        if kind == _FORMAT and (found := scaling(_text(content[2:])[0])):
            formats[struct.unpack_from("<H", content)[0]] = found
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            among_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and among_cells:
            styles.append(formats.get(struct.unpack_from("<H", content, 2)[0]))
    return {place: style for place, style in enumerate(styles) if style}


class _Sheet:
    """One worksheet, record by record; a cell's row is the one begun last."""

    def __init__(self, scaled: dict[int, Scaling], limits: Limits) -> None:
        self._said = Beside()
        self._scaled = scaled
        self._limits = limits
        self._row = -1
        self._widest = 0

    def read(self, part: bytes) -> Beside:
        for kind, content in _records(part):
            if kind in _CELLS:
                self._cell(kind, content)
            elif kind == _ROW:
                self._begin(content)
            elif kind == _COLUMNS:
                self._columns(content)
            elif kind == _MERGED:
                top, bottom, left, right = _BOX.unpack_from(content)
                self._said.merged.append((top, left, bottom, right))
            self._said.filtered |= kind == _FILTERED
        return self._said

    def _begin(self, content: bytes) -> None:
        """One row after another: of two with one number, which would hold?"""
        (row,) = struct.unpack_from("<I", content)
        if row <= self._row:
            raise RefusedFile("damaged")
        self._row = row
        if content[11] & 0x10 or content[8:10] == b"\0\0":
            self._said.hidden_rows.append((row, row))

    def _columns(self, content: bytes) -> None:
        first, last, width, _ = _BOX.unpack_from(content)
        if content[16] & 1 or width == 0:
            self._said.hidden_columns.append((first, last))

    def _cell(self, kind: int, content: bytes) -> None:
        column, looks = _PLACE.unpack_from(content)
        self._widest = max(self._widest, column + 1)
        if self._widest * (self._row + 1) > self._limits.cells:
            raise RefusedFile("too_complex", limit=f"{self._limits.cells:,}")
        if kind in (_ERROR, _FORMULA_ERROR):
            self._said.marks[self._row, column] = ERRORS.get(content[8], "#VALUE!")
        elif self._scaled and kind in _NUMBERS and looks & 0xFFFFFF in self._scaled:
            self._said.scaled[self._row, column] = self._scaled[looks & 0xFFFFFF]
