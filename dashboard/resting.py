"""What a session holds in memory goes after an hour without use, though nobody looks.

One clock for all of them, which refers to none: when a session ends, what is its own is gone with
it. The clock runs as long as something is held.
"""

from __future__ import annotations

import threading
import weakref
from typing import Protocol

REST = 3600.0  # seconds without use
_ROUND = 60.0  # seconds between two looks of the clock


class Held(Protocol):
    """Something of one session's own."""

    def rest(self) -> bool:
        """Empty it if it has not been used for `REST` seconds; whether it holds nothing."""


_watched: weakref.WeakSet[Held] = weakref.WeakSet()
_lock = threading.Lock()
_clock: list[threading.Timer] = []


def watch(held: Held) -> None:
    """From now on, as long as it is there."""
    with _lock:
        _watched.add(held)
    _wind_up()


def sweep() -> int:
    """Empty what has rested; how many still hold something."""
    with _lock:
        known = list(_watched)
    return sum(not held.rest() for held in known)


def _wind_up() -> None:
    with _lock:
        if _clock and _clock[0].is_alive():
            return
        timer = threading.Timer(_ROUND, _strike)
        timer.daemon = True
        _clock[:] = [timer]
        timer.start()


def _strike() -> None:
    with _lock:
        _clock.clear()  # before the sweep: what comes meanwhile winds up a clock of its own
    if sweep():
        _wind_up()
