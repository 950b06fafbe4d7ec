"""The zip archive around a workbook: its parts and how they name each other (ECMA-376, part 2).

Whatever is wrong with it, the file is damaged. Some writers use backslashes, other capitals, or
another folder than xl.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from dashboard.errors import RefusedFile

_BROKEN = (LookupError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile,
           zlib.error, ElementTree.ParseError, ExpatError)  # fmt: skip

_MACRO = re.compile(rb"http://schemas\.microsoft\.com/[\w/]*/xl(?:Intl)?Macrosheet")
_CHART = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet"


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive; what fails inside the block is refused. Raises RefusedFile: damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except _BROKEN:
        raise RefusedFile("damaged") from None


def plain(name: str) -> str:
    """A part's name as it is compared."""
    return name.replace("\\", "/").lstrip("/").lower()


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """A part's plain name -> its name in the archive."""
    return {plain(name): name for name in archive.namelist()}


def check_texts(archive: zipfile.ZipFile, known: dict[str, str]) -> None:
    """Read the shared texts to their end, where their checksum is compared: the reader stops
    before it, and would take a damaged name for a name.
    """
    for part, name in known.items():
        if "sharedstrings" in part:
            with archive.open(name) as texts:
                while texts.read(2**20):
                    pass


def tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A small part; one that defines entities is nobody's honest work."""
    xml = archive.read(name)
    if b"<!DOCTYPE" in xml:
        raise RefusedFile("damaged")
    return ElementTree.fromstring(xml)  # noqa: S314 - in the limited child, without entities


def relations(
    archive: zipfile.ZipFile, known: dict[str, str], part: str
) -> dict[str, tuple[str, str]]:
    """What a part refers to: id -> its kind (the last word of the type) and name in the archive."""
    folder = posixpath.dirname(part)
    found = {}
    for told in tree(archive, known[_relations_of(part)]):
        target = told.get("Target", "").replace("\\", "/")
        at = (
            target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        )
        if plain(at) in known:
            kind = told.get("Type", "").rpartition("/")[2]
            found[told.get("Id", "")] = (kind, known[plain(at)])
    return found


def main_part(archive: zipfile.ZipFile, known: dict[str, str]) -> str:
    """The workbook itself."""
    if "_rels/.rels" in known:
        for kind, name in relations(archive, known, "").values():
            if kind == "officeDocument":
                return name.replace("\\", "/")
    return "xl/workbook.xml"


def without_macros(data: bytes) -> bytes:
    """The same workbook, its macro sheets told to be chart sheets: neither holds cells, but the
    reader knows only the latter. Raises RefusedFile: damaged.
    """
    if b"/macrosheets/" not in data:
        return data
    with opened(data) as archive:
        name = parts(archive)[_relations_of(main_part(archive, parts(archive)))]
        told = _MACRO.sub(_CHART, archive.read(name).replace(b"macrosheets/", b"chartsheets/"))
    return with_parts(data, {name: told})


def with_parts(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same archive, with other parts of these names. Raises RefusedFile: damaged."""
    whole = io.BytesIO(data)
    with opened(data), zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, told in changed.items():
            archive.filelist.remove(archive.NameToInfo.pop(name))
            archive.writestr(name, told)
    return whole.getvalue()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return plain(posixpath.join(folder, "_rels", f"{name}.rels"))
