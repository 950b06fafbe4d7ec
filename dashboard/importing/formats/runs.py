"""Figures within a cell's text that are not to be taken for its own: struck out, or raised as the
mark of a footnote is. The reader joins them to the others: 500 struck out and 600 make 500600.

Each such run is put between signs that nobody sees: words stay what they were, and a number or
day so marked is refused.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

from dashboard.contracts.spelling import APART
from dashboard.importing.formats import archives

_SIGNS = re.compile(rb"strike|vertAlign")
_PIECE, _LONGEST_SIGN = 2**20, 9  # bytes
_RUN = re.compile(
    rb"<(?:\w+:)?rPr>(?P<how>.{0,2000}?)</(?:\w+:)?rPr>"
    rb"\s*<(?:\w+:)?t\b[^>]*>(?P<text>[^<]*)",
    re.DOTALL,
)
_ASIDE = re.compile(
    rb"<(?:\w+:)?(?:strike(?:\s*/?>|\s+val=[\"'](?:1|true|on)[\"'])"
    rb"|vertAlign\s+val=[\"']su(?:per|b)script[\"'])"
)
_FIGURE = re.compile(rb"\d")


def marked(data: bytes) -> bytes:
    """The same workbook, such runs between signs; in its sheets' own texts where it shares none.
    Raises RefusedFile: damaged.
    """
    with archives.opened(data) as book:
        known = archives.parts(book)
        shared = [name for part, name in known.items() if "sharedstrings" in part]
        sheets = [name for part, name in known.items() if "/worksheets/sheet" in part]
        changed = {name: told for name in shared or sheets if (told := _marked(book, name))}
    return archives.with_parts(data, changed) if changed else data


def _marked(book: zipfile.ZipFile, name: str) -> bytes | None:
    """The part with its signs; None where it needs none."""
    with book.open(name) as part:
        if not _may_need_them(part):
            return None
    xml = book.read(name)
    told = _RUN.sub(_between_signs, xml)
    return told if told != xml else None


def _may_need_them(part: IO[bytes]) -> bool:
    last = b""
    while piece := part.read(_PIECE):
        if _SIGNS.search(last + piece):
            return True
        last = piece[-_LONGEST_SIGN:]
    return False


def _between_signs(run: re.Match[bytes]) -> bytes:
    if not _ASIDE.search(run["how"]) or not _FIGURE.search(run["text"]):
        return run[0]
    sign = APART.encode()
    return run[0][: run.start("text") - run.start()] + sign + run["text"] + sign
