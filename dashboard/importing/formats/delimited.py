"""Text files: encoding and delimiter decided by rule, shown, and never by replacement.

A byte-order mark decides; then strict UTF-8; then GB18030, Big5 and UTF-16 are all tried
strictly, and the one whose words the contracts know best wins (Big5 decodes as GB18030 without
an error, into nonsense: only the words can tell).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from dashboard.contracts import DATASETS
from dashboard.contracts.spelling import plain
from dashboard.errors import RefusedFile
from dashboard.importing.columns import Cell
from dashboard.importing.formats import large, shifted
from dashboard.importing.grids import Grid, letter, trimmed
from dashboard.importing.issues import issue
from dashboard.importing.report import Issue
from dashboard.settings import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_NAMES = {"big5hkscs": "big5", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}  # as told to people
_CODECS = {"utf-8": "utf-8", "utf-8-sig": "utf-8-sig", "gb18030": "gb18030", "big5": "big5hkscs"}
_CODECS |= {"utf-16": "utf-16", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")  # what can be chosen
_STRAY = 8  # zero bytes within the first 4,096, from which on they are UTF-16's
_SAMPLE = 64_000  # bytes an encoding is chosen by
_LARGE = 4 * 2**20  # characters from which on a table is read by columns
_LONGEST = 131_072  # characters of one cell: four times what a spreadsheet holds
_DELIMITERS = ("\t", ",", ";", "|", "，")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_SHELL = re.compile(r'^="([^"]*)"$')
_COMMON = re.compile(r"[0-9A-Za-z,;\s.:/\-\u4e00-\u9fff，。、（）：]")
_WORDS = frozenset(word for dataset in DATASETS.values() for word in dataset.headers)


def decoded(data: bytes, given: str | None = None) -> tuple[str, str]:
    """(text, encoding as shown); `given` is the officer's word. Raises RefusedFile: encoding,
    not_a_table.
    """
    if given is not None:
        text = _strict(data, _CODECS[given])
        return (_refuse() if text is None else text.removeprefix("\ufeff")), given
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            return (_refuse() if text is None else text), encoding
    if data[:4096].count(b"\x00") < _STRAY and (text := _strict(data, "utf-8")) is not None:
        return _sane(text), "utf-8"
    for name in _likeliest(data):
        if (text := _strict(data, name)) is not None:
            return _sane(text), _NAMES.get(name, name)
    return _refuse(), ""


def _likeliest(data: bytes) -> list[str]:
    """The encodings the file's beginning can be read in, the best first."""
    guesses = []
    for place, name in enumerate(_GUESSES):
        text = codecs.getincrementaldecoder(name)().decode
        try:
            guesses.append((_score(text(data[:_SAMPLE])), -place, name))
        except UnicodeDecodeError:
            continue
    if b"\x00" not in data[:4096]:  # UTF-16 without a blank, a digit or a comma is no table
        guesses = [guess for guess in guesses if guess[0][0] or "utf" not in guess[2]]
    return [name for _, _, name in sorted(guesses, reverse=True)]


def _refuse() -> str:
    raise RefusedFile("encoding")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sane(text: str) -> str:
    """Control characters are no table: noise from a PDF, a picture, a program."""
    sample = text[:20_000]
    if len(_CONTROL.findall(sample)) > len(sample) / 100:
        raise RefusedFile("not_a_table", kind="二进制数据 / binary data")
    return text


def _score(text: str) -> tuple[int, float]:
    """Known header words in the first lines, then the share of everyday characters."""
    sample = text[:4_000]
    cells = re.split(r"[\t,;|，\r\n\"]", sample)
    known = sum(1 for cell in cells[:400] if plain(cell) in _WORDS)
    return known, len(_COMMON.findall(sample)) / max(len(sample), 1)


def delimiter(text: str) -> str:
    """The mark that splits most of the first lines into the same number of cells."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:60]
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    counts = Counter(line.count(mark) for line in lines if line.count(mark))
    if not counts:
        return 0, 0
    marks, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]))
    return agreeing, marks


def table(data: bytes, name: str, limits: Limits, encoding: str | None = None) -> tuple[Grid, str]:
    """A text file as one grid, and its encoding. Raises RefusedFile."""
    text, encoding = decoded(data, encoding)
    first = text[: text.find("\n") + 1 or len(text)]
    named = re.fullmatch(r"sep=(.)\s*", first)
    if named and named[1] not in text[len(first) :]:  # it says a mark that is not there
        text, named = text.removeprefix(first), None
    mark = named[1] if named else delimiter(text)
    csv.field_size_limit(_LONGEST)
    try:
        if len(text) > _LARGE and not named and (columns := large.columns(text, mark, limits)):
            return Grid(name, columns), encoding
        rows, notes = _rows(text.removeprefix(first) if named else text, mark, limits)
    except csv.Error:
        raise RefusedFile("damaged") from None
    if named:
        rows.insert(0, [first.strip()])
    if not any(cell for row in rows for cell in row):
        raise RefusedFile("no_cells")
    return Grid(name, trimmed(rows), notes=notes), encoding


def _bare(value: str) -> Cell:
    """Blank is empty; `="00012"` is how some programs keep Excel from eating zeros."""
    shell = _SHELL.match(value.strip())
    text = shell[1] if shell else value
    return text if text.strip() else None


def _rows(text: str, mark: str, limits: Limits) -> tuple[list[list[Cell]], list[Issue]]:
    """A quotation mark that nobody closed would swallow the rows that follow: then each line is a
    row, and the first such line is named. Raises csv.Error.
    """
    try:
        return _bounded(_whole(text, mark), mark, limits), []
    except csv.Error:
        lines = _LINE_END.split(text)
    odd = [at for at, line in enumerate(lines, 1) if line.count('"') % 2]
    alone = (_alone(line, mark, at) for at, line in enumerate(lines, 1))
    return _bounded(alone, mark, limits), [issue("open_quote", f"A{at}") for at in odd[:1]]


def _alone(line: str, mark: str, number: int) -> list[str]:
    """A line by itself. Raises csv.Error, RefusedFile: cell_too_long."""
    try:
        return _split(line, mark)
    except csv.Error:
        csv.field_size_limit(len(line))
        sizes = [*map(len, _split(line, mark))]
        if max(sizes) <= _LONGEST:
            raise
        where = f"{letter(sizes.index(max(sizes)))}{number}"
        raise RefusedFile("cell_too_long", cell=where, limit=f"{_LONGEST:,}") from None


def _split(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark, quoting=_quoting(line)), [])


def _whole(text: str, mark: str) -> Iterator[list[str]]:
    """Raises csv.Error, too, for a mark opened in one line and closed in another's."""
    reader, begun = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), 0
    for record in reader:
        if reader.line_num > begun + 1 and _is_several(record, mark):
            raise csv.Error
        begun = reader.line_num
        yield record


def _is_several(record: list[str], mark: str) -> bool:
    """Whether each of its lines has as many cells as the whole: they are rows, and no note's."""
    lines = _LINE_END.split(mark.join(record))
    return len(record) > 2 and {line.count(mark) + 1 for line in lines} == {len(record)}


def _quoting(line: str) -> Literal[0, 3]:
    """A mark that stands alone is a sign like any other."""
    return csv.QUOTE_NONE if line.count('"') % 2 else csv.QUOTE_MINIMAL


def _bounded(records: Iterable[list[str]], mark: str, limits: Limits) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    cells = 0
    for record in records:
        cells += len(record)
        large.check(cells, len(record), limits)
        rows.append([_bare(value) for value in record])
    shifted.told(rows, shifted.head(rows, mark))
    return rows
