"""A school's own template: looked at before anything opens it, and emptied of its slides.

A .pptx is a zip of XML that somebody else made. Refused are: what is no presentation or too
large, packed or unpacked; macros; XML with a document type; links to anything outside the file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from dashboard.errors import RefusedFile
from dashboard.importing.formats import directory

LARGEST = 30 * 2**20
UNPACKED = 200 * 2**20
ENTRIES = 3_000
MAIN = "ppt/presentation.xml"
_MACROS = (b"macroenabled", b"vbaproject")
_LEFT_BEHIND = tuple(
    f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    for name in ("viewProps", "printerSettings", "commentAuthors", "tags", "customXml",
                 "handoutMaster")
)  # fmt: skip
_KEPT_LISTS = tuple(
    qn(f"p:{name}") for name in ("custShowLst", "handoutMasterIdLst", "custDataLst", "extLst")
)


def opened(data: bytes) -> Any:
    """The template as an empty presentation; a stranger's only after tryout.py. Raises RefusedFile
    with what to do.
    """
    _inspect(data)
    try:
        deck = Presentation(io.BytesIO(data))
        emptied(deck)
        masters = [layout for master in deck.slide_masters for layout in master.slide_layouts]
        linked = any(rel.is_external for rel in deck.part.package.iter_rels())
    except (
        PackageNotFoundError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError,
        AttributeError, TypeError, IndexError, OSError, NotImplementedError, RuntimeError,
        AssertionError,
    ):  # fmt: skip
        raise RefusedFile("template_damaged") from None
    if linked:
        raise RefusedFile("template_links")
    if not masters or not deck.slide_width or not deck.slide_height:
        raise RefusedFile("template_damaged")
    return deck


def check_outside(data: bytes) -> None:
    """Size and directory alone; nothing is unpacked. Raises RefusedFile with what to do."""
    if len(data) > LARGEST:
        raise RefusedFile("template_large", limit=f"{LARGEST >> 20} MB")
    try:
        _inspect_entries(directory.entries(data))
    except directory.TooLong:
        raise RefusedFile("template_large", limit=f"{ENTRIES} zip entries") from None
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, OSError, RuntimeError, NotImplementedError,
        ValueError,
    ):  # fmt: skip
        raise RefusedFile("template_kind") from None


def _inspect(data: bytes) -> None:
    check_outside(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                _inspect_part(entry.filename.lower(), archive.read(entry))
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError,
        NotImplementedError, ValueError,
    ):  # fmt: skip
        raise RefusedFile("template_kind") from None


def _inspect_entries(entries: list[zipfile.ZipInfo]) -> None:
    """By the directory alone; `read` unpacks no more than it declares."""
    names = [entry.filename for entry in entries]
    if MAIN not in names or "[Content_Types].xml" not in names:
        raise RefusedFile("template_kind")
    if len(names) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise RefusedFile("template_large", limit=f"{UNPACKED >> 20} MB")
    if len({name.lower() for name in names}) != len(names):
        raise RefusedFile("template_damaged")


def _inspect_part(name: str, content: bytes) -> None:
    lower = content.lower() if name.endswith((".xml", ".rels")) else b""
    if "vbaproject" in name or (name == "[content_types].xml" and any(m in lower for m in _MACROS)):
        raise RefusedFile("template_macros")
    if (
        b"<!doctype" in lower
        or b"<!entity" in lower
        or lower.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise RefusedFile("template_damaged")


def emptied(deck: Any) -> None:
    """Its slides go, and every list that speaks of them: PowerPoint mends what points nowhere."""
    slides = deck.element.find(qn("p:sldIdLst"))
    for slide in list(slides) if slides is not None else []:
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
    for name in _KEPT_LISTS:
        for found in deck.element.findall(name):
            deck.element.remove(found)
    _drop(deck.part, _LEFT_BEHIND)
    # sections and shows are gone; a slide that a layout points to would live on through it
    for master in deck.slide_masters:
        for holder in (master, *master.slide_layouts):
            _drop(holder.part, (RT.SLIDE,))


def _drop(part: Any, kinds: tuple[str, ...]) -> None:
    for key in [key for key, rel in part.rels.items() if rel.reltype in kinds]:
        part.rels.pop(key)
