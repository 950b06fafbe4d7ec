"""One stream out of a compound file, the shell of an old .xls (MS-CFB, sections 2.2 to 2.6).

A chain is followed no further than the file is long: a damaged or crafted one may run in a circle.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from dashboard.errors import RefusedFile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xHH14xI4xII4xI4x109I")
_ENTRY, _SMALL = 128, 64  # bytes of a directory entry, of a small sector
_END = 0xFFFFFFFA  # numbers from here on are no sectors
_STREAM = 2  # the kind of a directory entry
_NEIGHBOURS = struct.Struct("<III")  # an entry's left, its right, its child


class Compound:
    """A compound file. Raises RefusedFile (damaged) wherever it contradicts itself."""

    _cutoff: int  # streams shorter than this lie in small sectors

    def __init__(self, data: bytes) -> None:
        try:
            shift, small_shift, first, self._cutoff, small, more, *told = _HEADER.unpack_from(data)
        except struct.error:
            raise RefusedFile("damaged") from None
        if not data.startswith(MAGIC) or shift not in (9, 12) or 1 << small_shift != _SMALL:
            raise RefusedFile("damaged")
        self._data, self._size = data, int(1 << shift)
        self._next = self._allocation(told, more)
        self._next_small = _numbers(self._chain(small)) if small < _END else ()
        self._entries = dict(_entries(self._chain(first)))

    def stream(self, *names: str) -> bytes:
        """The first of these streams that is there."""
        first, size = self._entry(names)
        if size >= self._cutoff:
            return self._chain(first)[:size]
        root, _ = self._entries[""]
        container, small = self._chain(root), self._small_sectors(first)
        return b"".join(container[at * _SMALL : (at + 1) * _SMALL] for at in small)[:size]

    def spot(self, at: int, *names: str) -> int:
        """Where in the file that byte of the stream lies."""
        first, size = self._entry(names)
        if size < self._cutoff:
            at = self._small_sectors(first)[at // _SMALL] * _SMALL + at % _SMALL
            first, _ = self._entries[""]
        sector = self._sectors(first)[at // self._size]
        return (sector + 1) * self._size + at % self._size

    def _entry(self, names: tuple[str, ...]) -> tuple[int, int]:
        found = next((self._entries[name] for name in names if name in self._entries), None)
        if found is None:
            raise RefusedFile("damaged")
        return found

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise RefusedFile("damaged")
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _allocation(self, told: list[int], more: int) -> Sequence[int]:
        """Sector -> the next one of its chain."""
        for _ in range(len(self._data) // self._size):
            if more >= _END:
                break
            *further, more = _numbers(self._sector(more))
            told += further
        return _numbers(b"".join(self._sector(number) for number in told if number < _END))

    def _chain(self, number: int) -> bytes:
        return b"".join(map(self._sector, self._sectors(number)))

    def _sectors(self, number: int) -> list[int]:
        return _followed(self._next, number, len(self._data) // self._size)

    def _small_sectors(self, number: int) -> list[int]:
        return _followed(self._next_small, number, len(self._next_small))


def _followed(following: Sequence[int], number: int, most: int) -> list[int]:
    """The chain from there on; a circle would be longer than there are sectors."""
    found: list[int] = []
    while number < _END:
        found.append(number)
        if number >= len(following) or len(found) > most:
            raise RefusedFile("damaged")
        number = following[number]
    return found


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """The root, without a name, and the streams beside it: name -> first sector and size.

    Embedded workbooks have streams of the same name in folders of their own.
    """
    count = len(directory) // _ENTRY
    if not count:
        raise RefusedFile("damaged")
    yield "", struct.unpack_from("<II", directory, 116)
    waiting, seen = [_NEIGHBOURS.unpack_from(directory, 68)[2]], set()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= count:
            continue
        seen.add(number)
        at = number * _ENTRY
        waiting += _NEIGHBOURS.unpack_from(directory, at + 68)[:2]
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        if kind == _STREAM and 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            yield name, struct.unpack_from("<II", directory, at + 116)
