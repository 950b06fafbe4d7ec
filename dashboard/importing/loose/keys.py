"""A person's cell as a number that is the same in every file of a session, and leads to nobody.

Made in the reading child with a secret that only the session has: the first 8 bytes of
HMAC-SHA256 over the kind and the value in its one spelling. Without the secret nobody can try
names until a number fits.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence

import pyarrow as pa

from dashboard.contracts.spelling import folded, one_line, plain
from dashboard.importing.columns import Cell, Codes
from dashboard.importing.loose import personal, values
from dashboard.importing.loose.model import Kind
from dashboard.importing.values import private

_NO_FIGURE = re.compile(r"\D")
_ABROAD = re.compile(r"86(?=1[3-9]\d{9}$)")


def keys(
    secret: str, kind: Kind, cells: Sequence[Cell], blank: Sequence[bool], codes: Codes
) -> pa.Array:
    """k{n}: one of each row; null where the cell is empty or broken."""
    told = [
        None if nothing or values.is_broken(cell) else _key(secret, kind, values.words(cell))
        for cell, nothing in zip(cells, blank, strict=True)
    ]
    return pa.array(told, pa.int64()).take(pa.array(codes))


def written(cells: Sequence[Cell], blank: Sequence[bool], codes: Codes) -> pa.Array:
    """p{n}: the names as written; of a cell among them that is a number or an address no more
    than elsewhere.
    """
    told = [
        None if nothing else _written(values.words(cell))
        for cell, nothing in zip(cells, blank, strict=True)
    ]
    return pa.array(told, pa.string()).take(pa.array(codes))


def _key(secret: str, kind: Kind, text: str) -> int:
    said = f"{kind}\0{_spelled(kind, text)}".encode()
    return int.from_bytes(hmac.digest(secret.encode(), said, "sha256")[:8], signed=True)


def _spelled(kind: Kind, text: str) -> str:
    """The one spelling of a value; what is none of the kind goes by its own words."""
    if not personal.fits(kind, text):
        return one_line(folded(text))
    if kind == "name":
        return plain(text)
    if kind == "address":
        return "".join(folded(text).split())
    if kind == "identity":
        return personal.bare(text)
    return _ABROAD.sub("", _NO_FIGURE.sub("", folded(text)))


def _written(text: str) -> str:
    if personal.is_phone(text) or personal.names_a_door(text):
        return personal.hidden("name", text)
    return private.masked(text)
