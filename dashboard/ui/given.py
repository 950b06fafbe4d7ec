"""Answers that were given, for whoever asks the same again: one value for all sessions.

An answer is frozen, and nobody writes into what it holds, so it is handed out as it is: a copy
for every run of a page costs more than drawing it. What was made of it, charts and the words of
tiles, lies beside it and goes with it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar, cast

from dashboard.answers import Answer, Question
from dashboard.roles import Role

MOST = 100_000  # rows that all answers together may hold, about a kilobyte each
_PAGE = 200  # rows that the rest of an answer is worth
_AT_ONCE = 2  # answers worked out for one role: more threads gain no time, and hold up the server
_LOOK = 0.2  # seconds between two looks, while waiting, whether anybody waits still

Made = TypeVar("Made")


@dataclass(eq=False, slots=True)
class Given:
    """One answer, or the place where it will stand, and what was made of it."""

    answer: Answer | None = None
    weight: int = _PAGE
    made: dict[Hashable, object] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)


class Answers:
    """The answers last asked for, each worked out once, however many ask for it at once; who asks
    for many others at a time waits for a turn of that role, and no other role waits for that.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._given: dict[Question, Given] = {}
        self._lock = threading.Lock()
        self._turns: dict[Role, threading.Semaphore] = defaultdict(
            lambda: threading.Semaphore(_AT_ONCE)
        )

    def answer(
        self,
        question: Question,
        work: Callable[[], Answer],
        stands: Callable[[], bool],
        waits: Callable[[], object] = bool,
    ) -> Answer:
        """The answer as it was given, or what `work` finds now, kept where it `stands` afterwards.

        Not kept: what was read while the data changed, and what `work` raises. `waits` is called
        again and again while it is another's turn, and raises where nobody waits any more.
        """
        given = self._place(question)
        with _turn(given.turn, waits):
            if given.answer is not None:
                return given.answer
            with _turn(self._turns[question.role], waits):
                found = work()
            if stands():
                given.answer, given.weight = found, weight(found)
                self._make_room(question.version)
            return found

    def made(
        self, question: Question, answer: Answer, what: Hashable, make: Callable[[], Made]
    ) -> Made:
        """What follows from that answer alone, made once; it is not to be changed."""
        given = self._place(question)
        if given.answer is not answer:
            return make()
        if what not in given.made:
            given.made[what] = make()
        return cast(Made, given.made[what])

    def _place(self, question: Question) -> Given:
        """Its place, which is the last to go from now on."""
        with self._lock:
            given = self._given.pop(question, None) or Given()
            self._given[question] = given
            return given

    def _make_room(self, version: int) -> None:
        """What was told of an older state goes, nobody asks for it again; then the longest unused.
        The last one asked for stays, however large.
        """
        with self._lock:
            for question in [one for one in self._given if one.version < version]:
                del self._given[question]
            held = sum(given.weight for given in self._given.values())
            for question in list(self._given)[:-1]:
                if held <= self._most:
                    return
                held -= self._given.pop(question).weight


@contextmanager
def _turn(
    turn: threading.Lock | threading.Semaphore, waits: Callable[[], object]
) -> Iterator[None]:
    while not turn.acquire(timeout=_LOOK):
        waits()
    try:
        yield
    finally:
        turn.release()


def weight(answer: Answer) -> int:
    """About how many rows it holds."""
    told = sum(len(found.rows) for found in answer.reports.values())
    gaps = sum(len(one.rows) for found in answer.unmet.values() for one in found.countings)
    return _PAGE + told + gaps
