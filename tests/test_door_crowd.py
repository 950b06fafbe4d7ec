"""Many who sign in at once: no way round the limit, and nothing to those who are inside."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from pathlib import Path

import httpx
import pytest
from doors import form
from starlette.applications import Starlette

from dashboard.access import Account, Accounts
from dashboard.door.guests import Guests
from dashboard.door.signing import Signing
from dashboard.door.terms import Bounds, Terms
from dashboard.errors import RefusedSignIn
from dashboard.roles import Role


class Slow:
    """Passwords are counted as long as the door stays shut; how many, and how many at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.door, self.tried, self.now, self.most = threading.Event(), 0, 0, 0
        self._lock = threading.Lock()
        monkeypatch.setattr(Accounts, "check", self.check)

    def check(self, name: str, _password: str) -> Account:
        with self._lock:
            self.tried, self.now = self.tried + 1, self.now + 1
            self.most = max(self.most, self.now)
        self.door.wait(20)
        with self._lock:
            self.now -= 1
        if name != "right":
            raise RefusedSignIn("wrong")
        return Account(1, "right", Role.OFFICER)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


async def statuses(folder: Path, slow: Slow, names: list[str]) -> Counter[int]:
    """What becomes of all these at once; meanwhile somebody inside is looked up."""
    folder.mkdir(exist_ok=True)
    Accounts(folder).begin("王主席", "四季常青 evergreen")
    guests = Guests(folder)
    signing = Signing(Terms(folder, b"s" * 32, shared=True), guests)
    transport = httpx.ASGITransport(Starlette(routes=signing.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        said = {"form": form(await client.get("/sign-in")), "password": "guessed it"}
        asked = [client.post("/sign-in", data=said | {"name": name}) for name in names]
        tasks = [asyncio.create_task(one) for one in asked]
        while slow.tried < min(2, len(names)):
            await asyncio.sleep(0.01)
        async with asyncio.timeout(10):
            assert await guests.who("nobody's") is None
        slow.door.set()
        return Counter([(await task).status_code for task in tasks])


def test_tries_at_once_are_no_way_round_the_limit(tmp_path: Path, slow: Slow) -> None:
    found = asyncio.run(statuses(tmp_path, slow, [f"nobody {n}" for n in range(100)]))
    limit = Bounds().failures
    assert slow.most <= 2
    assert limit <= slow.tried <= limit + 1
    assert found == {401: slow.tried, 429: 100 - slow.tried}


def test_a_room_that_signs_in_at_once_waits_and_is_let_in(tmp_path: Path, slow: Slow) -> None:
    found = asyncio.run(statuses(tmp_path, slow, ["right"] * 40))
    assert found == {303: 40}
