"""Plans as .docx files, written without a library: what Word saves, and what nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Cell = str | tuple[str, str]  # with "restart" or "continue": merged downwards


def paragraph(text: str, list_id: int | None = None, level: int = 0) -> str:
    """A paragraph, numbered by Word itself where it belongs to a list."""
    number = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
        if list_id
        else ""
    )
    return f'<w:p>{number}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[Cell]]) -> str:
    return "<w:tbl>" + "".join(map(_row, rows)) + "</w:tbl>"


def _row(cells: Sequence[Cell]) -> str:
    return "<w:tr>" + "".join(map(_cell, cells)) + "</w:tr>"


def _cell(cell: Cell) -> str:
    text, merge = (cell, "") if isinstance(cell, str) else cell
    merged = f'<w:tcPr><w:vMerge w:val="{merge}"/></w:tcPr>' if merge else ""
    return f"<w:tc>{merged}{''.join(paragraph(line) for line in text.splitlines() or [''])}</w:tc>"


def numbering(levels: Sequence[tuple[str, str]]) -> str:
    """One list, its levels as (format, text): ("chineseCounting", "%1、")."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def document(*parts: str, head: str = "", **others: str) -> bytes:
    """A .docx of these parts; `others` are more entries of the folder word."""
    body = f'{head}<w:document xmlns:w="{_W}"><w:body>{"".join(parts)}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
        for name, text in others.items():
            archive.writestr(f"word/{name}.xml", text)
    return packed.getvalue()
