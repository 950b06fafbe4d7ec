"""What a plan may be saved as, told by its content: a .docx, or text."""

from __future__ import annotations

import re
from itertools import groupby

from dashboard.errors import RefusedFile
from dashboard.plans import letters, tables, word
from dashboard.plans.model import Block, Line, Row

_LARGEST = 20 * 2**20  # bytes; a plan is pages, not megabytes
_LONGEST = 150_000  # characters of text; a plan of ten pages has a tenth
_SHEETS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".et")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文档 / old Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)
_RULE = re.compile(r"[\s|:：+—\-=]+")


def blocks(data: bytes, name: str) -> list[Block]:
    """The lines and table rows of a plan, as they are written."""
    if len(data) > _LARGEST:
        raise RefusedFile("too_large", size=len(data) >> 20, limit=_LARGEST >> 20)
    if name.lower().endswith(_SHEETS):
        raise RefusedFile("not_a_plan", kind="表格 / spreadsheet")
    for magic, kind in _OTHERS:
        if data.startswith(magic):
            raise RefusedFile("not_a_plan", kind=kind)
    if data.startswith(b"PK\x03\x04"):
        found = word.blocks(data)
        _check("".join(_words(block) for block in found))
        return found
    text = letters.decoded(data)
    _check(text)
    return _lines(text)


def _check(text: str) -> None:
    """Raise RefusedFile for what is no prose, or too much of it."""
    if len(text) > _LONGEST:
        raise RefusedFile("too_complex", limit=f"{_LONGEST:,}")
    letters.check(text)


def _words(block: Block) -> str:
    return block.text if isinstance(block, Line) else "".join(block.cells)


def _lines(text: str) -> list[Block]:
    found: list[Block] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n|\u2028|\u2029|\x0c|\x0b", text), start=1):
        cells = _cells(line)
        if not cells:
            found.append(Line(number, line, line.rstrip()))
        elif not _RULE.fullmatch(line):
            found.append(Row(number, cells, line.strip()))
    return _rows_in_company(found)


def _cells(line: str) -> tuple[str, ...]:
    """A line of a table in text: parted by | or by tabs."""
    bare = line.strip()
    bare = bare.strip("|") if bare.startswith("|") else bare
    if bare.count("|") >= 1 and (line.strip().startswith("|") or bare.count("|") >= 2):
        return tuple(cell.strip() for cell in bare.split("|"))
    parts = [cell.strip() for cell in line.rstrip(" \u3000").split("\t")]
    if len(parts) > 1 and sum(map(bool, parts)) > 1:
        return tuple(parts)
    spaced = re.split(r"[ \u3000]{2,}", line.strip())
    return tuple(spaced) if len(spaced) > 2 else ()


def _rows_in_company(found: list[Block]) -> list[Block]:
    """A lone line with a tab in it is a line; so are words set apart by blanks, unless the first
    of them head a table.
    """
    kept: list[Block] = []
    for same, group in groupby(_by_blanks(found), key=_style):
        rows = list(group)
        if same and (len(rows) < 2 or not _are_a_table(rows)):
            rows = [Line(row.number, " ".join(_cells_of(row)), row.quote) for row in rows]
        kept += rows
    return kept


def _by_blanks(found: list[Block]) -> list[Block]:
    """A header of a table whose cells one blank sets apart, and the lines below it that have as
    many: 时间 活动 责任人.
    """
    kept: list[Block] = []
    cells = 0
    for block in found:
        words = tuple(block.text.split()) if isinstance(block, Line) else ()
        if len(words) > 2 and tables.header(Row(block.number, words, "")):
            cells = len(words)
        elif words and len(words) != cells:
            cells = 0
        kept.append(Row(block.number, words, block.quote) if cells and words else block)
    return kept


def _style(block: Block) -> str:
    """How a row's cells are set apart; the number of those that blanks do."""
    if not isinstance(block, Row):
        return ""
    marks = [mark for mark in "|\t" if mark in block.quote]
    return marks[0] if marks else str(len(block.cells))


def _cells_of(block: Block) -> tuple[str, ...]:
    return block.cells if isinstance(block, Row) else (block.text,)


def _are_a_table(rows: list[Block]) -> bool:
    parted = any("\t" in row.quote or "|" in row.quote for row in rows)
    return parted or (isinstance(rows[0], Row) and bool(tables.header(rows[0])))
