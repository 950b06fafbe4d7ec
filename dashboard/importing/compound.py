"""One stream out of a compound file, the shell of an old .xls (MS-CFB).

Chains of sectors are followed no further than the file has sectors: a damaged or crafted one may
run in a circle.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence

from dashboard.errors import RefusedFile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<24xHHHHH10xIIIIIIII")  # versions … sector numbers, from MS-CFB §2.2
_ENTRY = 128
_NAMED_IN_HEADER = 109  # sectors of the allocation table whose numbers the header holds
_END = 0xFFFFFFFA  # numbers from here on are no sectors


class Compound:
    """A compound file's directory. Raises RefusedFile: damaged."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, ValueError, IndexError):
            raise RefusedFile("damaged") from None

    def _open(self, data: bytes) -> None:
        found = _HEADER.unpack_from(data)
        shift, small_shift = found[3], found[4]
        if not data.startswith(MAGIC) or shift not in (9, 12) or small_shift != 6:
            raise RefusedFile("damaged")
        _, first, _, self._cutoff, small, _, more, _ = found[5:]
        self._data, self._size = data, 1 << shift
        self._table = self._allocation(more)
        entries = self._chain(first)
        self._small = _numbers(self._chain(small)) if small < _END else array("I")
        self._root: bytes = entries[:_ENTRY]
        self.entries = dict(_named(entries))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise RefusedFile("damaged")
        return found

    def _allocation(self, more: int) -> Sequence[int]:
        """Sector -> the next of its chain."""
        numbers = list(struct.unpack_from(f"<{_NAMED_IN_HEADER}I", self._data, 76))
        seen = 0
        while more < _END and seen <= len(self._data) // self._size:
            *named, more = _numbers(self._sector(more))
            numbers += named
            seen += 1
        return _numbers(b"".join(self._sector(at) for at in numbers if at < _END))

    def _chain(self, first: int) -> bytes:
        parts, at = [], first
        while at < _END:
            parts.append(self._sector(at))
            if len(parts) * self._size > len(self._data):
                raise RefusedFile("damaged")
            at = self._table[at]
        return b"".join(parts)

    def stream(self, name: str) -> bytes:
        """Raises RefusedFile: damaged, also where the directory has no such name."""
        try:
            first, size = struct.unpack_from("<I4xI", b"\0" * 0 + self._slot(name), 108)
        except (struct.error, IndexError):
            raise RefusedFile("damaged") from None
        return b""
