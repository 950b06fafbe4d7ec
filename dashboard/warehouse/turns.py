"""A lock that is had in the order of asking, and by its holder once more."""

from __future__ import annotations

import threading


class Turns:
    """Who has just let go does not get it again before somebody who waits.

    With the usual lock imports that follow each other closely would keep a restore waiting for
    minutes.
    """

    def __init__(self) -> None:
        self._gate, self._lock = threading.Lock(), threading.RLock()
        self._holder = 0
        self._depth = 0

    def __enter__(self) -> None:
        if self._holder == threading.get_ident():
            self._lock.acquire()
        else:
            with self._gate:  # whoever stands here is next
                self._lock.acquire()
        self._holder = threading.get_ident()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._holder = 0
        self._lock.release()
