"""The processes that open strangers' files: started, fed, watched, and gone afterwards.

One may stand ready beforehand: starting Python and its libraries takes longer than reading a
small file. It has been told nothing and holds nothing until a file is handed to it.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Literal

from dashboard.importing import progress
from dashboard.settings import ROOT, child_environment

Told = Callable[[int, int], None]  # (rows done, rows in all); (0, 0) until they are counted
_STEP = 0.05  # seconds between two looks at a child at work
Lane = Literal["files", "questions"]
# One of each at a time: a child may take all the memory it is allowed, and a long question keeps
# nobody's file waiting.
_at_work: dict[Lane, threading.Lock] = {"files": threading.Lock(), "questions": threading.Lock()}
_lock = threading.Lock()
_ready: list[subprocess.Popen[bytes]] = []


def prepare() -> None:
    """From now on keep one child ready; the server calls this, a single command need not."""
    with _lock:
        if not _ready:
            _ready.append(_started())


def dismiss() -> None:
    """Let the waiting child go."""
    with _lock:
        while _ready:
            _end(_ready.pop())


atexit.register(dismiss)


def answer(
    order: bytes, data: bytes, seconds: float, told: Told | None = None, lane: Lane = "files"
) -> bytes:
    """What a child says to this order about these bytes.

    Raises subprocess.SubprocessError where it dies, fails or takes longer than `seconds`; what
    `told` raises ends the child, or the waiting for one, and passes through.
    """
    with _turn(_at_work[lane], told), _child() as child:
        talk = _Talk(child)
        talk.begin(order, data)
        _watched(talk, time.monotonic() + seconds, told)
        if child.wait(_STEP * 20) != 0:
            raise subprocess.SubprocessError("the child failed")
        return talk.answer


@contextmanager
def _turn(lane: threading.Lock, told: Told | None) -> Iterator[None]:
    while not lane.acquire(timeout=_STEP):
        if told:
            told(0, 0)
    try:
        yield
    finally:
        lane.release()


def _watched(talk: _Talk, deadline: float, told: Told | None) -> None:
    while not talk.ended.wait(_STEP):
        if time.monotonic() > deadline:
            raise subprocess.TimeoutExpired("child", deadline)
        if told:
            told(*talk.latest)
    if told:
        told(*talk.latest)


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """A child that is gone when this ends, however it ends."""
    with _lock:
        keeps = bool(_ready)
        child = _ready.pop() if keeps else _started()
        if child.poll() is not None:  # somebody ended it while it waited
            _end(child)
            child = _started()
    try:
        yield child
    finally:
        _end(child)
        if keeps:
            prepare()


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    for pipe in (child.stdin, child.stdout, child.stderr):
        _closed(pipe)
    child.wait()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-X", "faulthandler=0", "-m", "dashboard.importing.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=child_environment(),
    )


def _closed(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:  # what was still to be written finds nobody to read it
        pass


@dataclass(slots=True)
class _Talk:
    """One order and its answer; a thread each for what goes in, comes out and is told beside."""

    child: subprocess.Popen[bytes]
    answer: bytes = b""
    latest: tuple[int, int] = (0, 0)  # until the rows are counted
    ended: threading.Event = field(default_factory=threading.Event)

    def begin(self, order: bytes, data: bytes) -> None:
        for work in (lambda: self._feed(order, data), self._listen, self._overhear):
            threading.Thread(target=work, daemon=True).start()

    def _feed(self, order: bytes, data: bytes) -> None:
        try:
            if self.child.stdin:
                self.child.stdin.write(order + b"\n")
                self.child.stdin.write(data)
                self.child.stdin.close()
        except (OSError, ValueError):  # it died, or was told to
            pass

    def _listen(self) -> None:
        try:
            if self.child.stdout:
                self.answer = self.child.stdout.read()
        except (OSError, ValueError):
            pass
        self.ended.set()

    def _overhear(self) -> None:
        try:
            for line in self.child.stderr or ():
                self.latest = progress.told(line) or self.latest
        except (OSError, ValueError):
            pass
