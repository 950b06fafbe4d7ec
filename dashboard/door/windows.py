"""How much somebody has had of something within the last minutes."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

_KEYS = 20_000  # whom we remember; the longest unseen is forgotten first


class Windows:
    """Sums over a sliding window, one for each key. For one thread: the event loop's."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._had: OrderedDict[str, deque[tuple[float, int]]] = OrderedDict()

    def add(self, key: str, amount: int = 1) -> None:
        had = self._had.setdefault(key, deque())
        had.append((self._clock(), amount))
        self._had.move_to_end(key)
        while len(self._had) > _KEYS:
            self._had.popitem(last=False)

    def had(self, key: str) -> int:
        return sum(amount for _, amount in self._kept(key))

    def wait(self, key: str) -> int:
        """Seconds until the first of them falls out of the window; at least one."""
        kept = self._kept(key)
        return max(1, round(kept[0][0] + self._seconds - self._clock())) if kept else 1

    def _kept(self, key: str) -> deque[tuple[float, int]]:
        had = self._had.get(key, deque())
        while had and had[0][0] <= self._clock() - self._seconds:
            had.popleft()
        if not had:
            self._had.pop(key, None)
        return had
