"""The server's side of reading loosely: the same gate, the same child, the same distrust."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace

from dashboard.errors import RefusedFile
from dashboard.importing import children
from dashboard.importing.children import Told
from dashboard.importing.formats import gate
from dashboard.importing.loose import wire
from dashboard.importing.loose.model import AS_FOUND, LooseFile, Wishes
from dashboard.importing.order import Order, last_part
from dashboard.importing.report import Choice
from dashboard.importing.values.private import masked
from dashboard.settings import Limits, today


def read_loosely(
    data: bytes,
    name: str,
    *,
    limits: Limits | None = None,
    secret: str = "",
    wishes: Wishes = AS_FOUND,
    progress: Told | None = None,
) -> LooseFile:
    """Read one file without a contract, in a child process.

    data: the file's bytes; name: its name (only the last part is kept); secret: what
    the keys of personal cells are made with, none without it; progress: as for `importing.read`.
    Never raises for what the file holds: a refusal is in what is returned.
    """
    bounds = _for(data, limits or Limits())
    order = Order(
        last_part(name), today(), limits=bounds, encoding=wishes.encoding, secret=secret,
        choices=tuple(Choice(sheet, hidden_rows=True) for sheet in sorted(wishes.whole)),
    )  # fmt: skip
    try:
        gate.kind(data, bounds)
        answer = children.answer(wire.order_to_json(order), data, bounds.child_seconds, progress)
        digest = hashlib.sha256(data).hexdigest()
        return children.understood(answer, lambda told: _told(told, digest, bool(secret)))
    except RefusedFile as refusal:
        return _refused(data, order, refusal)
    except subprocess.SubprocessError:
        return _refused(data, order, children.died(bounds, len(data) >> 20))


def _for(data: bytes, limits: Limits) -> Limits:
    """A large file may take its time; a small one that does is no spreadsheet."""
    return replace(limits, child_seconds=limits.child_seconds + (len(data) >> 20))


def _told(answer: bytes, sha256: str, keyed: bool) -> LooseFile:
    """Raises ValueError where the child speaks of another file."""
    found = wire.file_from_bytes(answer, keyed)
    if found.sha256 != sha256:
        raise ValueError("another file")
    return found


def _refused(data: bytes, order: Order, refusal: RefusedFile) -> LooseFile:
    digest = hashlib.sha256(data).hexdigest()
    return LooseFile(masked(order.file), digest, "unknown", None, (refusal.code, refusal.message))
