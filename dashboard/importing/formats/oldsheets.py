"""Bare records without the shell of a compound file: Excel 2 to 4, and the .xls that old report
programs write by hand (BIFF2 to BIFF5, one sheet).

Days stand there as serial numbers; the column's type tells them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell
from dashboard.importing.formats.beside import Beside, laid
from dashboard.importing.formats.biff import ERRORS, records
from dashboard.importing.grids import Grid
from dashboard.settings import Limits

STARTS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x06\x00",
          b"\x09\x08\x08\x00")  # fmt: skip
_CODECS = ("gb18030", "big5hkscs")
_EOF, _PASSWORD = 0x000A, 0x002F


def grids(data: bytes, name: str, limits: Limits) -> list[Grid]:
    """The one sheet. Raises RefusedFile: damaged, encoding, password, too_complex, no_cells."""
    sheet = _Sheet(data)
    try:
        sheet.read()
    except (struct.error, IndexError):
        raise RefusedFile("damaged") from None
    cells = sheet.cells
    height = 1 + max((row for row, _ in cells), default=-1)
    width = 1 + max((column for _, column in cells), default=-1)
    if height * width > limits.cells or width > limits.columns:
        raise RefusedFile("too_complex", limit=f"{limits.cells:,} / {limits.columns}")
    rows: list[list[Cell]] = [[None] * width for _ in range(height)]
    texts = _decoded([cell for cell in cells.values() if isinstance(cell, bytes)])
    for (row, column), cell in cells.items():
        rows[row][column] = texts[cell] if isinstance(cell, bytes) else cell
    grid = laid(name, rows, sheet.said, whole=True)
    if not grid.rows:
        raise RefusedFile("no_cells")
    return [grid]


def _decoded(texts: list[bytes]) -> dict[bytes, Cell]:
    """All in the first encoding that fits them all."""
    for codec in _CODECS:
        try:
            found = {text: text.decode(codec) for text in set(texts)}
        except UnicodeDecodeError:
            continue
        return {text: words if words.strip() else None for text, words in found.items()}
    raise RefusedFile("encoding")


class _Sheet:
    """Cells by place. BIFF2 gives each three bytes of looks, later ones the number of a style."""

    def __init__(self, data: bytes) -> None:
        self.cells: dict[tuple[int, int], Cell | bytes] = {}
        self.said = Beside()
        self._data = data
        self._formula = (0, 0)  # the formula whose text comes next
        self._acts: dict[int, Callable[[bytes], None]] = {
            0x0002: self._integer, 0x0003: self._number_2, 0x0004: self._label_2,
            0x0005: self._truth_2, 0x0007: self._string_2, 0x0022: self._epoch,
            0x0203: self._number, 0x0204: self._label, 0x0205: self._truth, 0x0207: self._string,
            0x027E: self._rk, 0x00BD: self._row_of_rk, 0x00D6: self._label,
            0x0206: self._formula_result, 0x0406: self._formula_result,
        }  # fmt: skip
        self._acts[0x0006] = self._formula_2 if data[1] == 0 else self._formula_result

    def read(self) -> None:
        ended = False
        for kind, at, length in records(self._data):
            if kind == _PASSWORD:
                raise RefusedFile("password")
            if kind == _EOF:
                ended = True
                break
            if kind in self._acts:
                self._acts[kind](self._data[at : at + length])
        if not ended:
            raise RefusedFile("damaged")

    def _put(self, content: bytes, value: Cell | bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        self.cells[row, column] = value

    def _epoch(self, content: bytes) -> None:
        self.said.epoch_1904 = content[0] == 1

    def _integer(self, content: bytes) -> None:
        self._put(content, struct.unpack_from("<H", content, 7)[0])

    def _number_2(self, content: bytes) -> None:
        self._put(content, _plain(struct.unpack_from("<d", content, 7)[0]))

    def _number(self, content: bytes) -> None:
        self._put(content, _plain(struct.unpack_from("<d", content, 6)[0]))

    def _label_2(self, content: bytes) -> None:
        self._put(content, content[8 : 8 + content[7]])

    def _label(self, content: bytes) -> None:
        length = struct.unpack_from("<H", content, 6)[0]
        self._put(content, content[8 : 8 + length])

    def _truth_2(self, content: bytes) -> None:
        self._put(content, ERRORS.get(content[7], "#VALUE!") if content[8] else bool(content[7]))

    def _truth(self, content: bytes) -> None:
        self._put(content, ERRORS.get(content[6], "#VALUE!") if content[7] else bool(content[6]))

    def _rk(self, content: bytes) -> None:
        self._put(content, _small(struct.unpack_from("<i", content, 6)[0]))

    def _row_of_rk(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        for place in range((len(content) - 6) // 6):
            number = struct.unpack_from("<i", content, 6 + 6 * place)[0]
            self.cells[row, column + place] = _small(number)

    def _formula_2(self, content: bytes) -> None:
        self._result(content, content[7:15])

    def _formula_result(self, content: bytes) -> None:
        self._result(content, content[6:14])

    def _result(self, content: bytes, result: bytes) -> None:
        """A number, or a kind: a text that follows, a truth, an error, an empty text."""
        row, column = self._formula = struct.unpack_from("<HH", content)
        if result[6:] != b"\xff\xff":
            self.cells[row, column] = _plain(struct.unpack("<d", result)[0])
        elif result[0] == 1:
            self.cells[row, column] = bool(result[2])
        elif result[0] == 2:
            self.cells[row, column] = ERRORS.get(result[2], "#VALUE!")

    def _string_2(self, content: bytes) -> None:
        self.cells[self._formula] = content[1 : 1 + content[0]]

    def _string(self, content: bytes) -> None:
        length = struct.unpack_from("<H", content)[0]
        self.cells[self._formula] = content[2 : 2 + length]


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _small(packed: int) -> int | float:
    """An RK number: 30 bits of an integer, or the upper ones of a float; maybe hundredths."""
    if packed & 2:
        number = float(packed >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))[0]
    return _plain(number / 100 if packed & 1 else number)
