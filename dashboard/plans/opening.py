"""What a plan may be saved as, told by its content: a .docx, or text."""

from __future__ import annotations

import re

from dashboard.errors import RefusedFile
from dashboard.plans import letters, word
from dashboard.plans.model import Block, Line, Row

_LARGEST = 20 * 2**20  # bytes; a plan is pages, not megabytes
_LONGEST = 2_000_000  # characters of text
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
        letters.check("".join(_words(block) for block in found))
        return found
    text = letters.decoded(data)
    letters.check(text[:_LONGEST])
    return _lines(text[:_LONGEST])


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
    bare = line.strip().strip("|")
    if bare.count("|") >= 1 and (line.strip().startswith("|") or bare.count("|") >= 2):
        return tuple(cell.strip() for cell in bare.split("|"))
    parts = [cell.strip() for cell in line.rstrip().split("\t")]
    return tuple(parts) if len(parts) > 1 and sum(map(bool, parts)) > 1 else ()


def _rows_in_company(found: list[Block]) -> list[Block]:
    """A lone line with a tab in it is a line."""
    kept: list[Block] = []
    for at, block in enumerate(found):
        near = found[max(at - 1, 0) : at] + found[at + 1 : at + 2]
        if isinstance(block, Row) and not any(
            isinstance(other, Row) and len(other.cells) == len(block.cells) for other in near
        ):
            kept.append(Line(block.number, " ".join(block.cells), block.quote))
        else:
            kept.append(block)
    return kept
