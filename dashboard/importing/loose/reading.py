"""The server's side of reading loosely: the same gate, the same child, the same distrust."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import PurePath

from dashboard.errors import RefusedFile
from dashboard.importing import children
from dashboard.importing.children import Told
from dashboard.importing.formats import gate
from dashboard.importing.loose import wire
from dashboard.importing.loose.model import LooseFile
from dashboard.importing.order import Order
from dashboard.importing.values.private import masked
from dashboard.settings import Limits, today


def read_loosely(
    data: bytes, name: str, *, limits: Limits | None = None, progress: Told | None = None
) -> LooseFile:
    """Read one file without a contract, in a child process.

    data: the file's bytes; name: its name (only the last part is kept); progress: as for
    `importing.read`. Never raises for what the file holds: a refusal is in what is returned.
    """
    bounds = limits or Limits()
    order = Order(PurePath(name).name, today(), limits=bounds)
    try:
        gate.kind(data, bounds)
        answer = children.answer(wire.order_to_json(order), data, bounds.child_seconds, progress)
        return _told(answer, hashlib.sha256(data).hexdigest())
    except RefusedFile as refusal:
        return _refused(data, order, refusal)
    except (subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return _refused(data, order, RefusedFile("reader_died"))


def _told(answer: bytes, sha256: str) -> LooseFile:
    """Raises ValueError where the child speaks of another file."""
    found = wire.file_from_bytes(answer)
    if found.sha256 != sha256:
        raise ValueError("another file")
    return found


def _refused(data: bytes, order: Order, refusal: RefusedFile) -> LooseFile:
    digest = hashlib.sha256(data).hexdigest()
    return LooseFile(masked(order.file), digest, "unknown", None, (refusal.code, refusal.message))
