"""The processes that open strangers' files: started, fed, watched, and gone afterwards.

One may stand ready beforehand: starting Python and its libraries takes longer than reading a
small file. It has been told nothing and holds nothing until a file is handed to it.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any, Literal, TypeVar

from dashboard.errors import RefusedFile
from dashboard.importing import progress
from dashboard.importing.confinement import jobs, watch
from dashboard.settings import ROOT, Limits, child_environment
from dashboard.text import number

# (rows done, rows in all); (0, 0) until they are counted; (n, 0) while n others stand before it.
Told = Callable[[int, int], None]
Lane = Literal["files", "questions", "proofs"]
_Found = TypeVar("_Found")
_READER = "dashboard.importing.child"
_STEP = 0.05  # seconds between two looks at a child at work
_WEIGHED = 0.5  # … and between two looks at its memory
_PIECE = 2**20  # bytes of an answer taken at a time
_LINE = 1_000  # bytes of what is told beside it
_LARGE = 10  # megabytes of a file from which on it is the size that is too much


class _Queue:
    """Who came first is served first, and everybody can see how many stand before him."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[object] = []

    @contextmanager
    def turn(self, told: Told | None) -> Iterator[None]:
        mine = object()
        with self._changed:
            self._waiting.append(mine)
        try:
            while before := self._before(mine):
                if told:
                    told(before, 0)
            yield
        finally:
            with self._changed:
                self._waiting.remove(mine)
                self._changed.notify_all()

    def _before(self, mine: object) -> int:
        """How many stand before it, after a moment in which it may have changed."""
        with self._changed:
            if self._waiting[0] is not mine:
                self._changed.wait(_STEP)
            return self._waiting.index(mine)


# One of each at a time: a child may take all the memory it is allowed, and a long question keeps
# nobody's file waiting.
_at_work: dict[Lane, _Queue] = {"files": _Queue(), "questions": _Queue(), "proofs": _Queue()}
_lock = threading.Lock()
_ready: list[subprocess.Popen[bytes]] = []
_jobs: dict[int, Any] = {}  # by process id; Windows only
# Children die with the thread that started them (confinement.calls): with one that stays.
_nursery = ThreadPoolExecutor(1, "nursery")


def _forget_threads() -> None:
    """A forked process has none of its parent's threads, and none of its children."""
    global _nursery  # noqa: PLW0603 - one process, one nursery
    _nursery = ThreadPoolExecutor(1, "nursery")
    _ready.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)


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
    order: bytes,
    data: bytes,
    seconds: float,
    told: Told | None = None,
    lane: Lane = "files",
    *,
    entry: str = _READER,
) -> bytes:
    """What a child says to this order about these bytes; `entry` is the module it runs.

    Raises subprocess.SubprocessError where it dies, fails or takes longer than `seconds`; what
    `told` raises ends the child, or the waiting for one, and passes through.
    """
    with _at_work[lane].turn(told), _child(entry) as child:
        talk = _Talk(child)
        talk.begin(order, data)
        _watched(talk, time.monotonic() + seconds, told)
        if child.wait(_STEP * 20) != 0:
            raise subprocess.SubprocessError("the child failed")
        return talk.answer


def understood(answer: bytes, read: Callable[[bytes], _Found]) -> _Found:
    """What `read` makes of a child's answer. Raises subprocess.SubprocessError where it makes
    nothing: a child that has read a stranger's file may say anything.
    """
    try:
        return read(answer)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file made the child say
        raise subprocess.SubprocessError(f"no answer: {type(error).__name__}") from None


def died(limits: Limits, size: int = 0) -> RefusedFile:
    """What is said of a file (of that many megabytes, where it may be split) whose child died, was
    silent too long or answered nonsense: the limits, as figures.
    """
    bounds = {"seconds": limits.child_seconds, "memory": number(limits.child_memory >> 20)}
    if size >= _LARGE:
        return RefusedFile("too_heavy", size=size, **bounds)
    return RefusedFile("reader_died", **bounds)


def _watched(talk: _Talk, deadline: float, told: Told | None) -> None:
    weighed = time.monotonic()
    while not talk.ended.wait(_STEP):
        now = time.monotonic()
        if now > deadline:
            raise subprocess.TimeoutExpired("child", deadline)
        if now > weighed + _WEIGHED:
            weighed = now
            _weigh(talk.child)
        if told:
            told(*talk.latest)
    if told:
        told(*talk.latest)


def _weigh(child: subprocess.Popen[bytes]) -> None:
    """The second net, and the only one where the system knows no limit of memory."""
    if (watch.resident(child.pid) or 0) > Limits().child_memory:
        raise subprocess.SubprocessError("the child took too much memory")


@contextmanager
def _child(entry: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child that is gone when this ends, however it ends."""
    with _lock:
        keeps = entry == _READER and bool(_ready)
        child = _ready.pop() if keeps else _new(entry)
        if child.poll() is not None:  # somebody ended it while it waited
            _end(child)
            child = _new(entry)
    try:
        yield child
    finally:
        _end(child)
        if keeps:
            _prepare_again()


def _new(entry: str) -> subprocess.Popen[bytes]:
    """Raises subprocess.SubprocessError where the system has no room for one more."""
    try:
        return _started(entry)
    except OSError as error:
        raise subprocess.SubprocessError("no child could be started") from error


def _prepare_again() -> None:
    """What is read has been read: that no other child can be started is told to the next file."""
    with suppress(OSError):
        prepare()


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    for pipe in (child.stdin, child.stdout, child.stderr):
        _closed(pipe)
    child.wait()
    jobs.let_go(_jobs.pop(child.pid, None))


def _started(entry: str = _READER) -> subprocess.Popen[bytes]:
    return _nursery.submit(_start, entry).result()


def _start(entry: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-X", "faulthandler=0", "-m", entry],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=child_environment(),
    )
    if sys.platform == "win32":
        limits = Limits()
        own = int(child._handle)  # noqa: SLF001 - the only way to a process that cannot be mistaken
        _jobs[child.pid] = jobs.hold(own, limits.child_memory, limits.child_seconds)
    return child


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
                self.answer = _bounded(self.child.stdout, Limits().child_memory)
        except (OSError, ValueError):
            pass
        self.ended.set()

    def _overhear(self) -> None:
        try:
            while self.child.stderr and (line := self.child.stderr.readline(_LINE)):
                self.latest = progress.told(line) or self.latest
        except (OSError, ValueError):
            pass


def _bounded(pipe: IO[bytes], most: int) -> bytes:
    """All that is said, or nothing where it is more than the child can have held."""
    pieces: list[bytes] = []
    taken = 0
    while piece := pipe.read(_PIECE):
        taken += len(piece)
        if taken > most:
            return b""
        pieces.append(piece)
    return b"".join(pieces)
