"""The long-lived part of memory is set apart, so that looking for what may go stays short.

Streamlit looks through everything in memory after each run of each page. A server that has read
its libraries holds some 400,000 objects that stay for good: looking through them takes longer than
drawing a page, for all sessions at once. Whenever such a look took long, what is left after it is
set apart; after a while everything is looked through again, so that nothing that may go is held.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import time

LONG = 0.002  # seconds of a look from which on it is worth setting apart what is left
AGAIN = 60.0  # seconds until everything is looked through once more: who left since is freed then

_began = [0.0]  # the look under way
_thorough = [0.0]  # the last one at everything


def watch() -> None:
    """From now on in this process."""
    if _looked not in gc.callbacks:
        gc.callbacks.append(_looked)


def rest() -> None:
    """No more: libraries that count what they leave behind at the end find nothing set apart."""
    if _looked in gc.callbacks:
        gc.callbacks.remove(_looked)
    gc.unfreeze()


def _looked(phase: str, told: dict[str, int]) -> None:
    if told["generation"] < 2:
        return
    now = time.monotonic()
    if phase == "start":
        _began[0] = now
        if now - _thorough[0] > AGAIN:
            _thorough[0] = now
            gc.unfreeze()
        return
    if now - _began[0] > LONG:
        gc.freeze()
    if _thorough[0] == _began[0]:
        _given_back()


def _given_back() -> None:
    """What is free again goes back to the computer; glibc holds it for each thread that had it."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
