"""What may be opened at all: size, magic and the zip directory, read without unpacking."""

from __future__ import annotations

import io
import zipfile

from dashboard.errors import RefusedFile
from dashboard.settings import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
_PARTS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "Word 文档 / Word document"),
    ("ppt/presentation.xml", "PowerPoint 文档 / PowerPoint document"),
)


def kind(data: bytes, limits: Limits) -> str:
    """xlsx, xlsb, ods, xls, html or text, by content. Raises RefusedFile with what to do."""
    if not data.strip(b"\x00\r\n\t "):
        raise RefusedFile("empty")
    if len(data) > limits.upload_bytes:
        raise RefusedFile("too_large", size=len(data) >> 20, limit=limits.upload_bytes >> 20)
    for magic, name in _NOT_TABLES:
        if data.startswith(magic):
            raise RefusedFile("not_a_table", kind=name)
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, limits)
    return "html" if _is_markup(data) else "text"


def _compound(data: bytes) -> str:
    """An old .xls, or the shell of an encrypted workbook, or a Word document."""
    if _ENCRYPTED in data:
        raise RefusedFile("password")
    if not any(word.encode("utf-16-le") in data for word in ("Workbook", "Book", "WORKBOOK")):
        raise RefusedFile("not_a_table", kind="旧版 Office 文档 / old Office document")
    return "xls"


def _zipped(data: bytes, limits: Limits) -> str:
    """By its directory alone: no entry is unpacked here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise RefusedFile("damaged") from None
    names = [entry.filename for entry in entries]
    if len(names) > limits.zip_entries or len(set(names)) != len(names):
        raise RefusedFile("too_complex", limit=f"{limits.zip_entries} zip entries")
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise RefusedFile("too_complex", limit=f"{limits.unpacked_bytes >> 20} MB")
    if any(".." in name.split("/") or name.startswith("/") for name in names):
        raise RefusedFile("damaged")
    return _workbook_kind(set(names), data)


def _workbook_kind(names: set[str], data: bytes) -> str:
    lowered = {name.lower() for name in names}
    for part, found in _PARTS:
        if part in lowered:
            if found in ("xlsx", "xlsb"):
                return found
            raise RefusedFile("not_a_table", kind=found)
    if "content.xml" in lowered and b"opendocument.spreadsheet" in data[:200]:
        return "ods"
    if "encryptedpackage" in lowered:
        raise RefusedFile("password")
    raise RefusedFile("not_a_table", kind="ZIP 压缩包 / ZIP archive")


def _is_markup(data: bytes) -> bool:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version"))
