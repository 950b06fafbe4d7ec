"""The directory of a zip archive, as far as anybody may read it who must stay alive."""

from __future__ import annotations

import io
import zipfile

_LARGEST = 2**20  # bytes; some 500 for each entry that a file may have


class TooLong(ValueError):
    """The directory alone is larger than that of any honest file."""


class _Bounded(io.BytesIO):
    """The directory is read in one piece of the length the archive tells, then taken apart entry
    by entry, a kilobyte of memory each: a hundred megabytes of it would be two gigabytes.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST:
            raise TooLong
        return super().read(size)


def entries(data: bytes) -> list[zipfile.ZipInfo]:
    """What the archive says it holds; nothing is unpacked. Raises TooLong, zipfile.BadZipFile,
    ValueError, OSError, NotImplementedError, RuntimeError where it contradicts itself.
    """
    with zipfile.ZipFile(_Bounded(data)) as archive:
        return archive.infolist()
