"""The server's side of reading: check the outside, hand the bytes to a child, believe nothing."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from dashboard.errors import RefusedFile
from dashboard.importing import gate, wire
from dashboard.importing.private import masked
from dashboard.importing.report import Choice, FileReport
from dashboard.importing.sheets import Order
from dashboard.settings import ROOT, Limits, child_environment, today

_ONE_AT_A_TIME = threading.Lock()  # each child may take all the memory it is allowed


def read(
    data: bytes,
    name: str,
    *,
    choices: Sequence[Choice] = (),
    dataset: str | None = None,
    as_of: date | None = None,
    limits: Limits | None = None,
) -> FileReport:
    """Read one file in a child process.

    data: the file's bytes; name: its name (only the last part is kept); choices: the officer's
    corrections per sheet; dataset, as_of: the same for every sheet. Never raises for what the
    file holds: a refusal is in the report, with what to do.
    """
    bounds = limits or Limits()
    order = Order(PurePath(name).name, today(), dataset, as_of, tuple(choices), bounds)
    try:
        gate.kind(data, bounds)
    except RefusedFile as refusal:
        return _refused(data, order, refusal)
    with _ONE_AT_A_TIME:
        return _from_child(data, order)


def _refused(data: bytes, order: Order, refusal: RefusedFile) -> FileReport:
    digest = hashlib.sha256(data).hexdigest()
    return FileReport(
        masked(order.file), digest, "unknown", refused=(refusal.code, refusal.message)
    )


def _from_child(data: bytes, order: Order) -> FileReport:
    """Death, silence or nonsense from the child is a refusal; the server goes on."""
    try:
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler=0", "-m", "dashboard.importing.child"],
            input=wire.order_to_json(order) + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=order.limits.child_seconds,
            cwd=ROOT,
            env=child_environment(),
            check=True,
        )
        return wire.report_from_json(done.stdout)
    except (subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return _refused(data, order, RefusedFile("reader_died"))
