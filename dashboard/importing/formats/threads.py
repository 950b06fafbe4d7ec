"""Threads beside the reading, in a process whose memory is limited."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def threads(most: int) -> Iterator[ThreadPoolExecutor]:
    """A pool of so many. Raises MemoryError where there is no room for a thread's stack: Python
    calls that a RuntimeError, which tells nobody what to do.
    """
    try:
        with ThreadPoolExecutor(most) as pool:
            yield pool
    except RuntimeError as failure:
        if "new thread" in str(failure):
            raise MemoryError from failure
        raise
