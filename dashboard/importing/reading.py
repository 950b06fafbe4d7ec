"""The server's side of reading: check the outside, hand the bytes to a child, believe nothing."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from datetime import date

from dashboard.errors import RefusedFile
from dashboard.importing import children, wire
from dashboard.importing.children import Told
from dashboard.importing.formats import gate
from dashboard.importing.order import Order, last_part
from dashboard.importing.report import Choice, FileReport
from dashboard.importing.values.private import masked
from dashboard.settings import Limits, today


def read(  # noqa: PLR0913 - options, each given by its name
    data: bytes,
    name: str,
    *,
    choices: Sequence[Choice] = (),
    dataset: str | None = None,
    as_of: date | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
    progress: Told | None = None,
) -> FileReport:
    """Read one file in a child process.

    data: the file's bytes; name: its name (only the last part is kept); choices: the officer's
    corrections per sheet; dataset, as_of: the same for every sheet; encoding: the officer's word
    on a text file; progress: called in this thread with (rows done, rows in all), (0, 0) until
    they are counted, (n, 0) while n others are read first; what it raises ends the reading.
    Never raises for what the file holds: a refusal is in the report, with what to do.
    """
    bounds = limits or Limits()
    order = Order(last_part(name), today(), dataset, as_of, tuple(choices), bounds, encoding)
    try:
        gate.kind(data, bounds)
    except RefusedFile as refusal:
        return _refused(data, order, refusal)
    return _from_child(data, order, progress)


def _refused(data: bytes, order: Order, refusal: RefusedFile) -> FileReport:
    digest = hashlib.sha256(data).hexdigest()
    return FileReport(
        masked(order.file), digest, "unknown", refused=(refusal.code, refusal.message)
    )


def _from_child(data: bytes, order: Order, told: Told | None) -> FileReport:
    """Death, silence or nonsense from the child is a refusal; the server goes on."""
    try:
        seconds = order.limits.child_seconds
        answer = children.answer(wire.order_to_json(order), data, seconds, told)
        return children.understood(answer, wire.report_from_bytes)
    except subprocess.SubprocessError:
        return _refused(data, order, children.died(order.limits))
