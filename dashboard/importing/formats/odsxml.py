"""What an ods says beside its values, from its content.xml (OASIS OpenDocument 1.3, part 3).

The reader yields values; merged and hidden cells, errors and shrinking formats stand only here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import IO, NoReturn
from xml.parsers import expat

from dashboard.errors import RefusedFile
from dashboard.importing.formats.archives import opened
from dashboard.importing.formats.beside import Beside
from dashboard.importing.formats.scaling import Scaling
from dashboard.importing.grids import ERRORS, UNCALCULATED
from dashboard.settings import Limits

_SIGNS = (b"-spanned=", b"visibility=", b"formula=", b"=\"error\"", b"display-factor=", b"DISPIMG(",
          b"1904-01-01", b"embedded-text")  # fmt: skip
_MANIFEST = "META-INF/manifest.xml"
_PIECE = 4 * 2**20
_MARKED_AT_ONCE = 100_000  # error cells that one element may repeat
_CELLS = ("table-cell", "covered-table-cell")
_ROWS_TO_SHOW = ("collapse", "filter")
Attributes = dict[str, str]


def besides(data: bytes, limits: Limits) -> dict[str, Beside]:
    """Sheet name -> what it says. Raises RefusedFile: damaged, password, too_complex."""
    with opened(data) as book:
        if _MANIFEST in book.namelist() and b"encryption-data" in book.read(_MANIFEST):
            raise RefusedFile("password")
        parts = [name for name in ("styles.xml", "content.xml") if name in book.namelist()]
        if not any(_speaks(book, part) for part in parts):
            return {}
        walk = _Walk()
        for part in parts:
            with book.open(part) as xml:
                walk.through(xml)
        return walk.found


def _speaks(book: zipfile.ZipFile, part: str) -> bool:
    """Whether any sign stands in it: most workbooks have nothing to say."""
    rest = b""
    with book.open(part) as xml:
        while block := xml.read(_PIECE):
            rest = rest[-64:] + block
            if any(sign in rest for sign in _SIGNS):
                return True
    return False


class _Walk:
    """Element by element. `_row` and `_column` are where the next one stands, from 0."""

    def __init__(self) -> None:
        self.found: dict[str, Beside] = {}
        self._said = Beside()
        self._row = self._column = 0
        self._repeated = 1  # how often the row in hand stands there
        self._words: list[str] | None = None  # the text of the error cell in hand
        self._error_at = (0, 0, 1)  # its row, its column, its repetitions
        self._formats = _Formats()
        self._epoch_1904 = False
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "table": self._table,
            "table-column": self._columns,
            "table-row": self._start_row,
            "table-cell": self._cell,
            "covered-table-cell": self._cell,
            "null-date": self._null_date,
        }
        self._starts |= self._formats.starts

    def through(self, part: IO[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _refuse
        parser.buffer_text = True
        parser.ParseFile(part)
        for said in self.found.values():
            said.epoch_1904 = self._epoch_1904

    def _start(self, name: str, attributes: Attributes) -> None:
        act = self._starts.get(name.rpartition(" ")[2])
        if act:
            act({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "table-row":
            self._row += self._repeated
        elif local in _CELLS and self._words is not None:
            self._mark_error("".join(self._words))
            self._words = None
        elif local.endswith("-style"):
            self._formats.close()

    def _text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)
        self._formats.text(words)
        self._said.pictures |= "DISPIMG(" in words

    def _table(self, attributes: Attributes) -> None:
        self._said = self.found.setdefault(attributes.get("name", ""), Beside())
        self._row = self._column = 0

    def _null_date(self, attributes: Attributes) -> None:
        self._epoch_1904 = attributes.get("date-value") == "1904-01-01"

    def _columns(self, attributes: Attributes) -> None:
        many = _times(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _ROWS_TO_SHOW:
            self._said.hidden_columns.append((self._column, self._column + many - 1))
        self._column += many

    def _start_row(self, attributes: Attributes) -> None:
        self._repeated, self._column = _times(attributes, "number-rows-repeated"), 0
        visibility = attributes.get("visibility")
        if visibility in _ROWS_TO_SHOW:
            self._said.hidden_rows.append((self._row, self._row + self._repeated - 1))
            self._said.filtered |= visibility == "filter"

    def _cell(self, attributes: Attributes) -> None:
        many = _times(attributes, "number-columns-repeated")
        down = _times(attributes, "number-rows-spanned")
        across = _times(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            row, column = self._row, self._column
            self._said.merged.append((row, column, row + down - 1, column + across - 1))
        kind = attributes.get("value-type")
        if "formula" in attributes and kind is None:
            self._mark(UNCALCULATED, (self._row, self._column, many))
        elif kind == "error" or (kind == "string" and "formula" in attributes):
            self._error_at, self._words = (self._row, self._column, many), []
        scaling = self._formats.of_cell(attributes.get("style-name")) if kind else None
        if scaling and many == 1:
            self._said.scaled[self._row, self._column] = scaling
        self._column += many

    def _mark_error(self, words: str) -> None:
        if words.startswith(("#", "Err:")):
            self._mark(words if words in ERRORS else "#VALUE!", self._error_at)

    def _mark(self, value: str, place: tuple[int, int, int]) -> None:
        row, column, many = place
        if many * self._repeated > _MARKED_AT_ONCE:
            raise RefusedFile("too_complex", limit=f"{_MARKED_AT_ONCE:,}")
        for down in range(self._repeated):
            for across in range(many):
                self._said.marks[row + down, column + across] = value


class _Formats:
    """The styles that shrink: number style -> factor, cell style -> number style."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "number-style": self._open,
            "currency-style": self._open,
            "number": self._number,
            "embedded-text": self._embedded,
            "style": self._style,
        }
        self._scaled: dict[str, Scaling] = {}
        self._by_cell: dict[str, str] = {}
        self._name: str | None = None
        self._position = 0  # of the embedded text in hand, in digits from the right
        self._factor, self._decimals = 1, 0

    def _open(self, attributes: Attributes) -> None:
        self._name, self._factor, self._decimals = attributes.get("name"), 1, 0

    def _number(self, attributes: Attributes) -> None:
        if self._name is not None:
            self._factor = int(float(attributes.get("display-factor", "1")))
            self._decimals = _times(attributes, "decimal-places", 0)

    def _embedded(self, attributes: Attributes) -> None:
        self._position = _times(attributes, "position", 0)

    def text(self, words: str) -> None:
        """A point of the user's own between the digits divides once more."""
        if self._name is not None and self._position and words in (".", "．"):
            self._factor *= 10 ** min(self._position, 9)
            self._decimals = self._position
            self._position = 0

    def close(self) -> None:
        if self._name is not None and self._factor > 1:
            self._scaled[self._name] = Scaling(self._factor, self._decimals)
        self._name, self._position = None, 0

    def _style(self, attributes: Attributes) -> None:
        if attributes.get("family") == "table-cell" and "data-style-name" in attributes:
            self._by_cell[attributes.get("name", "")] = attributes["data-style-name"]

    def of_cell(self, style: str | None) -> Scaling | None:
        return self._scaled.get(self._by_cell.get(style or "", ""))


def _times(attributes: Attributes, name: str, otherwise: int = 1) -> int:
    """A count no sheet exceeds; nonsense counts as `otherwise`."""
    text = attributes.get(name, "")
    return min(int(text), 2**20) if text.isdigit() and len(text) < 10 else otherwise


def _refuse(*_: object) -> NoReturn:
    """Entities are nobody's honest work."""
    raise RefusedFile("damaged")
