"""The zip archive around a workbook: whatever is wrong with it, the file is damaged."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from dashboard.errors import RefusedFile

_BROKEN = (LookupError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile,
           zlib.error, ParseError, ExpatError)  # fmt: skip


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive; what fails inside the block is refused. Raises RefusedFile: damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except _BROKEN:
        raise RefusedFile("damaged") from None
