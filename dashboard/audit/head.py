"""How far the log goes, kept beside it: so that a tail that was cut off is missed.

`audit.head` holds two places, written in turn; a write that was cut short leaves the other, and
the log itself tells what came after.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass

from dashboard.audit.entry import START

_FORM = struct.Struct(">QQ32s")  # the last line's number, the log's bytes, the last line's hash
_CHECK = 16
_PLACE = 512  # a sector each
SIZE = 2 * _PLACE
BEGUN = _FORM.size + _CHECK  # bytes of a head that was written at all


@dataclass(frozen=True, slots=True)
class Head:
    """The last line's number and hash, and where it ends in the log (bytes)."""

    n: int = 0
    end: int = 0
    hash: str = START

    def follows(self, n: int, before: str) -> bool:
        return n == self.n + 1 and before == self.hash


def read(data: bytes) -> Head | None:
    """The later of the places that can be read; None where neither can."""
    found = [_read(data[start : start + _PLACE]) for start in (0, _PLACE)]
    whole = [head for head in found if head]
    return max(whole, key=lambda head: head.n) if whole else None


def _read(place: bytes) -> Head | None:
    form, check = place[: _FORM.size], place[_FORM.size : _FORM.size + _CHECK]
    if len(form) < _FORM.size or _check(form) != check:
        return None
    n, end, digest = _FORM.unpack(form)
    return Head(n, end, digest.hex())


def write(file: int, head: Head) -> None:
    """Into the place whose turn it is; `file` is open for writing."""
    form = _FORM.pack(head.n, head.end, bytes.fromhex(head.hash))
    os.lseek(file, (head.n % 2) * _PLACE, os.SEEK_SET)
    os.write(file, form + _check(form))


def _check(form: bytes) -> bytes:
    return hashlib.sha256(form).digest()[:_CHECK]
