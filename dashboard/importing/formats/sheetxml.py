"""What an xlsx says beside its values, from its parts' XML (ECMA-376, transitional or strict).

The reader returns error cells and uncalculated formulas as empty, keeps the last of two rows with
one number, and takes the first shared text where a cell names none. Byte searches in pieces that
begin with a row: what a sheet has not costs one look.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import IO
from xml.etree import ElementTree

from dashboard.errors import RefusedFile
from dashboard.importing.formats import archives
from dashboard.importing.formats.beside import Beside, Place
from dashboard.importing.formats.scaling import Scaling, scaling
from dashboard.importing.grids import ERRORS, UNCALCULATED, column_index
from dashboard.settings import Limits

_PIECE = 8 * 2**20  # bytes looked at at a time
_LONGEST = 64 * 2**20  # bytes a single row may take
_YES = ("1", "true", "on")
_ERROR = re.compile(
    rb"(<(?:\w+:)?c\b[^>]*\bt=[\"']e[\"'][^>]*>(?:(?!</?(?:\w+:)?c\b).){0,4000}?<(?:\w+:)?v>)[^<]*",
    re.DOTALL,
)
_ID = re.compile(r"\}id$")


def besides(data: bytes, limits: Limits) -> dict[str, Beside]:
    """Sheet name -> what it says. Raises RefusedFile: damaged, too_complex."""
    with archives.opened(data) as book:
        return dict(_sheets(book, limits))


def with_known_errors(data: bytes) -> bytes:
    """The same workbook, every error in its cells told to be #VALUE!: the reader refuses a
    workbook that holds one it does not know. Which it is `besides` says. Raises RefusedFile.
    """
    with archives.opened(data) as book:
        named = [name for part, name in archives.parts(book).items() if "/worksheets/" in part]
        sheets = {name: book.read(name) for name in named}
    changed = {name: _ERROR.sub(rb"\1#VALUE!", xml) for name, xml in sheets.items()}
    return archives.with_parts(data, {n: xml for n, xml in changed.items() if xml != sheets[n]})


def _sheets(book: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, Beside]]:
    parts = archives.parts(book)
    archives.check_texts(book, parts)
    main = archives.main_part(book, parts)
    root = archives.tree(book, parts[main.lower()])
    epoch_1904 = any(
        found.get("date1904") in _YES for found in root.iter() if _is(found, "workbookPr")
    )
    related = archives.relations(book, parts, main)
    styles = [part for kind, part in related.values() if kind == "styles"]
    looks = archives.tree(book, styles[0]) if styles else ElementTree.Element("none")
    scaled, struck = _scaled_styles(looks), _struck_styles(looks)
    tables = [name for part, name in parts.items() if "/tables/" in part]
    filtered = any(b"filterColumn" in book.read(name) for name in tables)
    for name, part in _worksheets(root, related):
        with book.open(part) as xml:
            said = _Sheet(limits, scaled, struck).read(xml)
        said.epoch_1904 = epoch_1904
        said.filtered |= filtered and bool(said.hidden_rows)
        yield name, said


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _worksheets(
    root: ElementTree.Element, related: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Each worksheet's name and where in the archive it lies."""
    for sheet in root.iter():
        ids = [value for name, value in sheet.items() if _ID.search(name)]
        kind, part = related.get(ids[0], ("", "")) if ids and _is(sheet, "sheet") else ("", "")
        if kind == "worksheet":
            yield sheet.get("name", ""), part


def _scaled_styles(root: ElementTree.Element) -> dict[bytes, Scaling]:
    """A cell's style -> how it shrinks what it shows; most workbooks have none."""
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter() if _is(f, "numFmt")}
    scaled = {number: found for number, code in codes.items() if (found := scaling(code))}
    lists = (found for found in root if _is(found, "cellXfs")) if scaled else ()
    return {
        str(place).encode(): scaled[xf.get("numFmtId")]
        for styles in lists
        for place, xf in enumerate(styles)
        if xf.get("numFmtId") in scaled
    }


def _struck_styles(root: ElementTree.Element) -> list[bytes]:
    """The cell styles whose font strikes everything out."""
    fonts = [font for found in root if _is(found, "fonts") for font in found]
    struck = {
        str(place)
        for place, font in enumerate(fonts)
        if any(_is(sign, "strike") and sign.get("val", "1") in _YES for sign in font)
    }
    styles = [xf for found in root if _is(found, "cellXfs") for xf in found]
    return [str(at).encode() for at, xf in enumerate(styles) if xf.get("fontId") in struck]


class _Patterns:
    """What is searched for, in the manner of this sheet's writer: the prefix of its elements and
    its quotation mark. Each begins with plain bytes, which is what makes a search quick.
    """

    def __init__(self, prefix: bytes, quote: bytes) -> None:
        def compiled(pattern: bytes) -> re.Pattern[bytes]:
            told = pattern.replace(b"~", prefix).replace(b"'", quote)
            return re.compile(told, re.DOTALL)

        self.styled = cache(
            lambda styles: compiled(
                rb"<~c(?: r='([A-Z]{1,3})(\d+)')?(?=\s)[^>]*? s='(" + styles + rb")'[^>/]*>"
            )
        )
        self.row_start = b"<" + prefix + b"row"
        self.cell_starts = (b"<" + prefix + b"c ", b"<" + prefix + b"c>")
        self.data_end = b"</" + prefix + b"sheetData>"
        self.filter = b"<" + prefix + b"filterColumn"
        self.formula = b"<" + prefix + b"f"
        self.error_sign = b" t=" + quote + b"e" + quote
        self.row = compiled(rb"<~row\b[^>]*>")
        self.column = compiled(rb"<~col\b[^>]*>")
        self.cell = compiled(rb"<~c\b[^>]*>")
        self.error = compiled(rb"<~c\b[^>]*\bt='e'[^>]*>.{0,2000}?</~c>")
        self.value = compiled(rb"<~v>([^<]*)</~v>")
        self.never = compiled(rb"(?:</~f>|<~f\b[^>]*/>)\s*(?:<~v\s*/>|<~v></~v>)?\s*</~c>")
        self.lost_text = compiled(rb" t='s'[^>]*>\s*<~v>(?!\d{1,9}</~v>)")
        self.far = compiled(rb" r='([A-Z]{3,9})\d+'[^>/]*>(?!</~c>)")  # with something in it
        self.places = compiled(rb"<~c r='([A-Z]{1,3}\d{1,7})'")
        self.number = compiled(rb"\sr='(\d{1,9})'")


_patterns = cache(_Patterns)
_PREFIX = re.compile(rb"<(\w+:)?sheetData\b")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_SPAN = re.compile(rb"\b(min|max)=[\"'](\d{1,9})")
_LOW = re.compile(rb"\s(?:hidden=[\"'](?:1|true|on)|ht=[\"']0(?:\.0*)?)[\"']")
_NARROW = re.compile(rb"\s(?:hidden=[\"'](?:1|true|on)|width=[\"']0(?:\.0*)?)[\"']")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_FILTERED = re.compile(rb"\bfilterMode=[\"'](?:1|true|on)")


class _Sheet:
    """One worksheet, piece by piece."""

    def __init__(
        self, limits: Limits, scaled: dict[bytes, Scaling], struck: Sequence[bytes]
    ) -> None:
        self._limits = limits
        self._scaled = scaled
        self._struck = b"|".join(struck)
        self._said = Beside()
        self._last = 0  # the number of the last row seen
        self._patterns = _patterns(b"", b'"')

    def read(self, part: IO[bytes]) -> Beside:
        for piece in self._pieces(part):
            self._see(piece)
        return self._said

    def _pieces(self, part: IO[bytes]) -> Iterator[bytes]:
        """Each ends before a row, but for the last."""
        rest = part.read(_PIECE)
        self._see_head(rest)
        while block := part.read(_PIECE):
            rest += block
            if len(rest) > _LONGEST:
                raise RefusedFile("too_complex", limit=f"{_LONGEST >> 20} MB")
            cut = rest.rfind(self._patterns.row_start)
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
        self._see_end(rest[rest.rfind(self._patterns.data_end) :])
        yield rest

    def _see_head(self, xml: bytes) -> None:
        """What stands before the first row: columns, an active filter; no entities."""
        found = _PREFIX.search(xml)
        head = xml[: found.start()] if found else xml
        if b"<!DOCTYPE" in head:
            raise RefusedFile("damaged")
        quote = b"'" if b" r='" in xml[:65536] else b'"'
        self._patterns = _patterns((found[1] if found else None) or b"", quote)
        for tag in self._patterns.column.findall(head):
            ends = dict(_SPAN.findall(tag))
            if _NARROW.search(tag) and len(ends) == 2:
                self._said.hidden_columns.append((int(ends[b"min"]) - 1, int(ends[b"max"]) - 1))
        self._said.filtered = bool(_FILTERED.search(head))

    def _see_end(self, xml: bytes) -> None:
        self._said.filtered |= self._patterns.filter in xml

    def _see(self, xml: bytes) -> None:
        self._check(xml)
        if self._patterns.error_sign in xml:
            self._errors(xml)
        if self._patterns.formula in xml:
            self._formulas(xml)
        if self._scaled:
            self._scales(xml)
        if self._struck:
            self._said.struck += [place for place, _ in self._styled(xml, self._struck)]
        self._said.pictures |= b"DISPIMG(" in xml
        self._rows(xml)

    def _rows(self, xml: bytes) -> None:
        """Rows one after another; those without height."""
        tags = self._patterns.row.findall(xml)
        joined = b"".join(tags)
        numbers = [self._last, *map(int, self._patterns.number.findall(joined))]
        if len(numbers) <= len(tags):  # a writer who leaves the numbers to be counted
            numbers = list(range(self._last, self._last + len(tags) + 1))
        if any(b <= a for a, b in pairwise(numbers)):
            raise RefusedFile("damaged")
        if b" hidden=" in joined or b" ht=" in joined:
            hidden = (at for at, tag in enumerate(tags, 1) if _LOW.search(tag))
            self._said.hidden_rows += [(numbers[at] - 1, numbers[at] - 1) for at in hidden]
        self._last = numbers[-1]

    def _check(self, xml: bytes) -> None:
        """Texts that exist, columns that somebody could fill, each cell once: of two with one
        place the reader keeps the last.
        """
        places = self._patterns.places.findall(xml)
        if self._patterns.lost_text.search(xml) or len(set(places)) < len(places):
            raise RefusedFile("damaged")
        for found in self._patterns.far.finditer(xml):
            if column_index(found[1].decode()) >= self._limits.columns:
                raise RefusedFile("too_complex", limit=f"{self._limits.columns} 列 / columns")

    def _errors(self, xml: bytes) -> None:
        for found in self._patterns.error.finditer(xml):
            value = self._patterns.value.search(found[0])
            text = value[1].decode("utf-8", "ignore") if value else "#N/A"
            mark = text if text in ERRORS else "#VALUE!"
            self._said.marks[self._place(xml, found.start())] = mark

    def _formulas(self, xml: bytes) -> None:
        """A text formula with an empty value was calculated: its answer is an empty text."""
        for found in self._patterns.never.finditer(xml):
            start = max(xml.rfind(mark, 0, found.start()) for mark in self._patterns.cell_starts)
            tag = self._patterns.cell.match(xml, start) if start >= 0 else None
            if tag and not (_TEXT_RESULT.search(tag[0]) and b"v>" in found[0][-24:]):
                self._said.marks[self._place(xml, start)] = UNCALCULATED

    def _place(self, xml: bytes, start: int) -> Place:
        """Row and column of the cell whose tag begins there; counted where it does not say."""
        tag = self._patterns.cell.match(xml, start)
        if tag and (found := _REFERENCE.search(tag[0])):
            return int(found[2]) - 1, column_index(found[1].decode())
        row = xml.rfind(self._patterns.row_start, 0, start)
        before = self._patterns.cell.findall(xml, max(row, 0), start)
        return self._number(xml, max(row, 0)) - 1, len(before)

    def _number(self, xml: bytes, start: int) -> int:
        """The number of the row whose tag begins there."""
        tag = self._patterns.row.match(xml, start)
        if tag and (found := self._patterns.number.search(tag[0])):
            return int(found[1])
        return self._last + 1 + len(self._patterns.row.findall(xml, 0, start))

    def _scales(self, xml: bytes) -> None:
        """A cell's own style; an empty cell shows nothing."""
        for place, style in self._styled(xml, b"|".join(self._scaled)):
            self._said.scaled[place] = self._scaled[style]

    def _styled(self, xml: bytes, styles: bytes) -> Iterator[tuple[Place, bytes]]:
        """The cells with something in them that have one of these styles."""
        for found in self._patterns.styled(styles).finditer(xml):
            letters, number, style = found.groups()
            if letters:
                yield (int(number) - 1, _column(letters)), style
            else:
                yield self._place(xml, found.start()), style


@cache
def _column(letters: bytes) -> int:
    return column_index(letters.decode())
