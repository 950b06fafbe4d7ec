"""Who is signed in, asked of the store no oftener than needed, and never on the event loop.

The store is the truth, for the command line and a removed account change it, too. What it said is
believed for one second, so that a page's forty files cost one question.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import Scope

from dashboard.access import Accounts, Sessions
from dashboard.roles import Identity

COOKIE = "dashboard_session"
_BELIEVED = 1.0  # seconds
_KEPT = 2_000


class Guests:
    """The signed-in, of one data folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._sessions, self._accounts, self._clock = Sessions(folder), Accounts(folder), clock
        self._known: OrderedDict[str, tuple[float, Identity | None]] = OrderedDict()

    async def who(self, token: str, *, believed: float = _BELIEVED) -> Identity | None:
        """Whose token it is; None where it is nobody's (any more). Does not count as use.

        What was said within `believed` seconds is not asked again.
        """
        if not token:
            return None
        at, identity = self._known.get(token, (-_BELIEVED, None))
        if self._clock() - at < believed:
            return identity
        identity = await asyncio.to_thread(self._sessions.find, token, use=False)
        self._known[token] = self._clock(), identity
        self._known.move_to_end(token)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return identity

    async def used(self, token: str) -> None:
        """Somebody did something: the idle clock begins again."""
        await asyncio.to_thread(self._sessions.find, token)

    async def has_accounts(self) -> bool:
        return await asyncio.to_thread(self._accounts.exist)

    def forget(self, token: str) -> None:
        self._known.pop(token, None)


def token(scope: Scope) -> str:
    """The token a request brings; where it brings two, neither is believed."""
    said = Headers(scope=scope).getlist("cookie")
    found = [
        part.strip().partition("=")[2]
        for cookies in said
        for part in cookies.split(";")
        if part.strip().startswith(f"{COOKIE}=")
    ]
    return found[0] if len(found) == 1 and len(found[0]) <= 200 else ""


def cookies(scope: Scope) -> dict[str, str]:
    """All cookies by name; none where they cannot be read."""
    try:
        read = SimpleCookie("; ".join(Headers(scope=scope).getlist("cookie")))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in read.items()}


def digest(token: str) -> str:
    """What stands for a sign-in where its token must not."""
    return hashlib.sha256(token.encode()).hexdigest()
