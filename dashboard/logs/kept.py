"""Where the log lies: in the data folder, for its owner only, ten files of one megabyte.

How long that reaches back depends on how much goes wrong. Who did what is not here but in the
audit log, which is never shortened.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from dashboard.logs import records
from dashboard.logs.incidents import incident
from dashboard.logs.repeats import Repeats
from dashboard.logs.traces import short
from dashboard.settings import VERSION

log = logging.getLogger(__name__)
_repeats = Repeats()

FOLDER, FILE = "log", "dashboard.log"
_BYTES, _FILES = 1_000_000, 10
_TOLD = (
    "程序出错，代码 {code}。请把代码和上面几行告诉维护人员。\n"
    "A fault of the program, code {code}. Tell it, with the lines above, to whoever maintains it.\n"
)


class _Lines(logging.Formatter):
    """`2026-03-02T09:10:00+08:00 ERROR dashboard.logs.incidents …`, frames indented below."""

    def formatTime(self, record: logging.LogRecord, _: str | None = None) -> str:  # noqa: N802
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")


class _Private(RotatingFileHandler):
    """Never for a moment readable by others."""

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        # binary, so that it is the very class a handler wants
        file = open(self.baseFilename, "ab", opener=private)  # noqa: SIM115
        return TextIOWrapper(file, encoding="utf-8")


def begin() -> None:
    """Whatever goes wrong in this process from now on is told through our log, to the terminal."""
    records.strip_all()
    logging.getLogger(records.OURS).setLevel(logging.INFO)
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    _add(terminal)
    _leave_no_dump()
    sys.excepthook = _uncaught
    threading.excepthook = _in_a_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned


def keep(data: Path) -> None:
    """… and into the data folder, too. On a full disk what cannot be written is not."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _add(_Private(folder / FILE, maxBytes=_BYTES, backupCount=_FILES - 1, delay=True))
    log.info("started version=%s pid=%s", VERSION, os.getpid())


def _leave_no_dump() -> None:
    """All that is in memory would lie in it. Windows keeps none unless somebody asks for it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _add(handler: logging.Handler) -> None:
    handler.addFilter(_repeats)
    handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _uncaught(
    kind: type[BaseException], failure: BaseException, trace: TracebackType | None
) -> None:
    if isinstance(failure, KeyboardInterrupt):
        sys.stderr.write("\n")
    else:
        sys.stderr.write(_TOLD.format(code=incident(failure)))


def _in_a_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        incident(told.exc_value)


def _unraisable(told: Any) -> None:
    """What fails where nobody can catch it: when an object goes, or at the end of the program."""
    if told.exc_value is not None:
        log.warning("while an object was let go", exc_info=told.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Its place; what it says may quote a cell."""
    log.warning("%s at %s:%s", category.__name__, short(filename), lineno)
