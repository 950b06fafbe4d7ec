"""What may be opened at all: size, magic and the zip directory, read without unpacking."""

from __future__ import annotations

import posixpath
import zipfile

from dashboard.errors import RefusedFile
from dashboard.importing.formats import compound, directory, oldsheets
from dashboard.settings import Limits

_XML_SHEETS = b"urn:schemas-microsoft-com:office:spreadsheet"
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style", b"<body",
          b"<div", b"<center")  # fmt: skip
_ENVELOPES = (b"mime-version:", b"message-id:", b"from:", b"content-type: multipart")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_TABLES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG 图片 / PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片 / JPEG picture"),
    (b"GIF8", "GIF 图片 / GIF picture"),
    (b"Rar!", "RAR 压缩包 / RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包 / 7z archive"),
    (b"\x1f\x8b", "gzip 压缩包 / gzip archive"),
    (b"MZ", "程序 / program"),
    (b"\x7fELF", "程序 / program"),
    (b"{\\rtf", "RTF 文档 / RTF document"),
)
_BLANK = b"\x00\r\n\t "
_PARTS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "Word 文档 / Word document"),
    ("ppt/presentation.xml", "PowerPoint 文档 / PowerPoint document"),
)


def kind(data: bytes, limits: Limits) -> str:
    """By content: xlsx, xlsb, ods, xls; biff (an .xls without its shell); xml (one that is XML),
    html, mht (an archive of pages); text. Raises RefusedFile with what to do.
    """
    if not data[:4096].strip(_BLANK) and not data.strip(_BLANK):
        raise RefusedFile("empty")
    if len(data) > limits.upload_bytes:
        raise RefusedFile("too_large", size=len(data) >> 20, limit=limits.upload_bytes >> 20)
    for magic, name in _NOT_TABLES:
        if data.startswith(magic):
            raise RefusedFile("not_a_table", kind=name)
    if data.startswith(compound.MAGIC):
        return _compound(data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, limits)
    if data.startswith(oldsheets.STARTS):
        return "biff"
    return _markup(data)


def _compound(data: bytes) -> str:
    """An old .xls, or the shell of an encrypted workbook, or a Word document."""
    if _ENCRYPTED in data:
        raise RefusedFile("password")
    if not any(
        word.encode("utf-16-le") in data for word in ("Workbook", "Book", "WORKBOOK", "BOOK")
    ):
        raise RefusedFile("not_a_table", kind="旧版 Office 文档 / old Office document")
    return "xls"


def _zipped(data: bytes, limits: Limits) -> str:
    """By its directory alone: no entry is unpacked here."""
    try:
        entries = directory.entries(data)
    except directory.TooLong:
        raise RefusedFile("too_complex", limit=f"{limits.zip_entries} zip entries") from None
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise RefusedFile("damaged") from None
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if len(set(names)) != len(names):  # which of the two would be read?
        raise RefusedFile("damaged")
    if len(names) > limits.zip_entries:
        raise RefusedFile("too_complex", limit=f"{limits.zip_entries} zip entries")
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise RefusedFile("too_complex", limit=f"{limits.unpacked_bytes >> 20} MB")
    if any(".." in name.split("/") or name.startswith("/") for name in names):
        raise RefusedFile("damaged")
    return _workbook_kind(set(names), data)


def _workbook_kind(names: set[str], data: bytes) -> str:
    for part, found in _PARTS:
        if any(posixpath.basename(name) == posixpath.basename(part) for name in names):
            if found in ("xlsx", "xlsb"):
                return found
            raise RefusedFile("not_a_table", kind=found)
    if "content.xml" in names and b"opendocument.spreadsheet" in data[:200]:
        return "ods"
    if names & {"encryptedpackage", "encrypted-package"}:
        raise RefusedFile("password")
    raise RefusedFile("not_a_table", kind="ZIP 压缩包 / ZIP archive")


def _markup(data: bytes) -> str:
    """A page, an archive of pages, a workbook in XML; else text."""
    start = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_ENVELOPES) and b"multipart" in start:
        return "mht"
    if start.startswith((b"<?xml", b"<workbook", b"<?mso-")) and _XML_SHEETS in start:
        return "xml"
    return "html" if start.startswith(_PAGES) else "text"
