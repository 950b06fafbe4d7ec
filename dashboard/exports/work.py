"""Long work beside the screen: how far it is, what came of it, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, Literal, TypeVar

from dashboard.errors import Cancelled, DashboardError
from dashboard.logs import incident

Made = TypeVar("Made")
Step = Callable[[str], None]  # called with a part's words before it, and perhaps within it
State = Literal["running", "done", "failed", "cancelled"]


def silent(words: str) -> None:
    """The step of those who want no progress."""


class Work(Generic[Made]):
    """One piece of work in a thread of its own; every member may be asked from any thread.

    build    the work; it calls the step it is given before each of its parts
    of       how many parts those are
    words    what it is at
    result   what it made; None until it is done, and where it failed or was cancelled
    refusal  why it made nothing; a fault of ours is told as one, and logged whole
    """

    def __init__(self, build: Callable[[Step], Made], of: int) -> None:
        self.of, self.words = of, ""
        self.result: Made | None = None
        self.refusal: DashboardError | None = None
        self._build, self._begun = build, 0
        self._stop, self._ended = Event(), Event()
        self._thread = Thread(target=self._run, name="export", daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        if not self._ended.is_set():
            return "running"
        if self.result is not None:
            return "done"
        return "cancelled" if isinstance(self.refusal, Cancelled) else "failed"

    @property
    def done(self) -> int:
        """Parts that are through; all of them only once there is a result."""
        return self.of if self.state == "done" else max(0, min(self._begun, self.of) - 1)

    def cancel(self) -> None:
        """Stop before the next part; what is through already stays as it is."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it has ended by then."""
        return self._ended.wait(seconds)

    def _step(self, words: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._begun += words != self.words
        self.words = words

    def _run(self) -> None:
        try:
            made = self._build(self._step)
            if self._stop.is_set():
                raise Cancelled
            self.result = made
        except DashboardError as refusal:
            self.refusal = refusal
        except Exception as fault:  # noqa: BLE001 - written down under its code
            self.refusal = DashboardError("export_failed", reason=incident(fault))
        finally:
            self._ended.set()
