"""The same record again and again: written a few times, then counted, so that whoever causes it
cannot wash the others out of the log. A fault with a code of its own equals no other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_FEW, _SECONDS = 5, 600.0
_KEPT = 1_000  # different records remembered


class Repeats(logging.Filter):
    """One for all handlers: a record is looked at once, and passes them all or none."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock, self._lock = clock, threading.Lock()
        self._seen: OrderedDict[tuple[object, ...], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        with self._lock:
            if "passes" not in record.__dict__:
                record.__dict__["passes"] = self._look(record)
            return bool(record.__dict__["passes"])

    def _look(self, record: logging.LogRecord) -> bool:
        key = (record.name, record.levelno, record.getMessage(), record.exc_text)
        since, count = self._seen.pop(key, (self._clock(), 0))
        if self._clock() - since > _SECONDS:
            if count > _FEW:
                record.msg, record.args = f"{key[2]} repeated={count - _FEW}", ()
            since, count = self._clock(), 0
        self._seen[key] = since, count + 1
        if len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        return count < _FEW
