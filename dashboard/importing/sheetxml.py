"""What the spreadsheet reader keeps silent about: error cells and formulas never calculated.

It returns both as empty cells, so a `#REF!` would count as nothing. The sheet's own XML tells.
Plain byte searches: a sheet without such cells costs one look.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

UNCALCULATED = "=…"  # stands in the grid for a formula whose value was never stored
ERRORS = frozenset(
    ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
Marks = dict[str, str]  # cell name -> what stands there

_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = re.compile(rb'<c\b[^>]*\bt="e"[^>]*>.{0,2000}?</c>', re.DOTALL)
_NEVER = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_NAME = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")


def marks(data: bytes) -> dict[str, Marks]:
    """Sheet name -> its marked cells, for an xlsx; empty where the parts cannot be followed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {name: dict(_marked(book.read(part))) for name, part in _parts(book)}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, ValueError):
        return {}


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each worksheet's name and where in the archive it lies."""
    relations = ElementTree.fromstring(book.read(_RELATIONS))  # noqa: S314 - in the limited child
    targets = {found.get("Id"): found.get("Target", "") for found in relations}
    names = set(book.namelist())
    for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter():  # noqa: S314
        target = targets.get(sheet.get(_ID))
        if not sheet.tag.endswith("}sheet") or target is None:
            continue
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if part in names:
            yield sheet.get("name", ""), part


def _marked(xml: bytes) -> Iterator[tuple[str, str]]:
    if b't="e"' in xml:
        for found in _ERROR.finditer(xml):
            name, value = _NAME.search(found[0]), _VALUE.search(found[0])
            if name:
                yield name[1].decode(), value[1].decode("utf-8", "ignore") if value else "#N/A"
    if b"<f" in xml:
        for found in _NEVER.finditer(xml):
            opening = xml.rfind(b"<c ", 0, found.start())
            name = _NAME.search(xml, opening, found.start()) if opening >= 0 else None
            if name:
                yield name[1].decode(), UNCALCULATED
