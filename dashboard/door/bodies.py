"""What comes in: not too much, not too slowly, and in all no more than the house can hold."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from dashboard.door.replies import FULL, TOO_LARGE, TOO_LARGE_FORM, TOO_MUCH, TOO_SLOW, Refused
from dashboard.door.terms import MB, Bounds
from dashboard.door.windows import Windows

OVERHEAD = MB  # what the form around a file may weigh, as in Streamlit's own limit
Taken = Callable[[int], None]


@dataclass
class Uploads:
    """What everybody has sent. `held` tells how many bytes Streamlit keeps in memory."""

    bounds: Bounds
    held: Callable[[], int]
    _had: Windows = field(init=False)
    _coming: int = 0

    def __post_init__(self) -> None:
        self._had = Windows(self.bounds.window)

    def admit(self, scope: Scope, who: str) -> None:
        """Before a byte is read: refuse what says of itself that it is too much."""
        said = declared(scope)
        if said > self.bounds.upload + OVERHEAD:
            raise Refused(413, TOO_LARGE.format(limit=self.bounds.upload // MB))
        self._room(who, max(said, 1))

    def take(self, who: str, amount: int) -> None:
        """Bytes that came; refuses the rest where they are too many."""
        self._room(who, amount)
        self._had.add(who, amount)
        self._coming += amount

    def arrived(self, amount: int) -> None:
        """These bytes are no longer on the way: Streamlit has them, or they are dropped."""
        self._coming -= amount

    def _room(self, who: str, amount: int) -> None:
        if self._had.had(who) + amount > self.bounds.uploads_of_one:
            wait = self._had.wait(who)
            limit, minutes = self.bounds.uploads_of_one // MB, -(-wait // 60)
            raise Refused(429, TOO_MUCH.format(limit=limit, minutes=minutes), wait)
        if self.held() + self._coming + amount > self.bounds.uploads_held:
            raise Refused(429, FULL, 60)


def declared(scope: Scope) -> int:
    """The length a request gives itself; 0 where it gives none, or none that is a number."""
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isdecimal() else 0


def metered(receive: Receive, limit: int, bounds: Bounds, taken: Taken | None = None) -> Receive:
    """`receive`, which raises Refused where a body is larger than `limit` or stands still.

    `taken` hears of every part that came.
    """
    began, size, is_whole = time.monotonic(), 0, False

    async def receiving() -> Message:
        nonlocal size, is_whole
        if is_whole:  # what comes after the body is the visitor's going, and may take its time
            return await receive()
        message = await _next(receive, bounds, began, size)
        amount = len(message.get("body", b""))
        size += amount
        is_whole = not message.get("more_body", False)
        if size > limit:
            raise _too_large(limit)
        if taken and amount:
            taken(amount)
        return message

    return receiving


async def _next(receive: Receive, bounds: Bounds, began: float, size: int) -> Message:
    """The next part, within the time it may take: none stands still, and all keep a pace."""
    pace = bounds.silence + size / bounds.slowest - (time.monotonic() - began)
    try:
        async with asyncio.timeout(max(0.0, min(float(bounds.silence), pace))):
            return await receive()
    except TimeoutError:
        raise Refused(408, TOO_SLOW) from None


def _too_large(limit: int) -> Refused:
    if limit < MB:
        return Refused(413, TOO_LARGE_FORM)
    return Refused(413, TOO_LARGE.format(limit=(limit - OVERHEAD) // MB or 1))
