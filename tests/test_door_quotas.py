"""How much may come in: the gate itself, before an application that only counts what it gets."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from dashboard.access import Accounts, Sessions
from dashboard.door.bodies import Uploads
from dashboard.door.gate import Gate, Watch
from dashboard.door.guests import COOKIE, Guests
from dashboard.door.sockets import Socket, Sockets
from dashboard.door.terms import MB, Bounds, Terms
from dashboard.roles import Role

BOUNDS = Bounds(
    upload=2 * MB, uploads_of_one=5 * MB, uploads_held=9 * MB, window=600, silence=1, slowest=MB
)
PUT = "/_stcore/upload_file/{}/file"


class House:
    """What stands behind the gate: keeps what is uploaded, as Streamlit does."""

    def __init__(self, folder: Path, *, tls: bool = False, shared: bool = False) -> None:
        names = frozenset({"localhost"})
        shared = shared or tls
        terms = Terms(folder, b"s" * 32, shared=shared, tls=tls, names=names, bounds=BOUNDS)
        self.kept, self.heard = 0, list[tuple[str, str, int]]()
        uploads = Uploads(BOUNDS, lambda: self.kept)
        self.watch = Watch(terms, Guests(folder), uploads, Sockets(BOUNDS), [], self.hear)
        self.gate, self.cookie = Gate(self.keep, self.watch), ""

    async def keep(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/broken":
            raise ValueError("张三的身份证")
        self.kept += len(await Request(scope, receive).body())
        await PlainTextResponse("kept")(scope, receive, send)

    def hear(self, session: str, file: str, size: int) -> None:
        self.heard.append((session, file, size))

    def ask(
        self, path: str, content: bytes | AsyncIterator[bytes] = b"", peer: str = "127.0.0.1"
    ) -> httpx.Response:
        return asyncio.run(self._ask(path, content, peer))

    async def _ask(
        self, path: str, content: bytes | AsyncIterator[bytes], peer: str
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.gate, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.put(path, content=content, headers={"Cookie": self.cookie})

    def signed_in(self, role: Role) -> str:
        """Somebody of this role signs in once more, and opens a page; its session."""
        found = Accounts(self.watch.terms.folder).by_email(f"{role}@school.example")
        assert found
        token = Sessions(self.watch.terms.folder).open(found)
        self.cookie = f"{COOKIE}={token}"
        session = f"page of {token}".replace(" ", "-")
        visitor = self.watch.visitor(token)
        self.watch.sockets.bind(Socket(visitor, found.identity, _nowhere), session)
        return session


async def _nowhere(_: Message) -> None:
    pass


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    return House(tmp_path)


async def parts(size: int, each: int = MB // 2, pause: float = 0) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(0, size, each):
        await asyncio.sleep(pause)
        yield b"a" * each


def test_a_file_within_the_bounds_comes_in_and_is_heard_of(house: House) -> None:
    assert house.ask(PUT.format("s1"), b"a" * MB).status_code == 200
    assert house.heard == [("s1", "file", MB)]


def test_a_file_too_large_is_refused_before_it_is_read(house: House) -> None:
    answer = house.ask(PUT.format("s1"), b"a" * 4 * MB)
    assert (answer.status_code, house.kept) == (413, 0)
    assert "上限 2 MB" in answer.text


def test_a_file_that_does_not_say_its_size_is_counted_as_it_comes(house: House) -> None:
    assert house.ask(PUT.format("s1"), parts(2 * MB)).status_code == 200
    answer = house.ask(PUT.format("s2"), parts(4 * MB))
    assert (answer.status_code, house.kept) == (413, 2 * MB)
    assert house.heard == [("s1", "file", 2 * MB)]


def test_one_visitor_waits_after_too_much_and_others_do_not(house: House) -> None:
    assert [house.ask(PUT.format("s1"), b"a" * 2 * MB).status_code for _ in "ab"] == [200, 200]
    answer = house.ask(PUT.format("s1"), b"a" * 2 * MB)
    assert answer.status_code == 429
    assert "10 分钟后再试" in answer.text
    assert 590 < int(answer.headers["retry-after"]) <= 600
    assert house.ask(PUT.format("s1"), parts(2 * MB)).status_code == 429
    assert house.ask(PUT.format("s2"), b"a" * MB).status_code == 200


def test_all_together_hold_no_more_than_the_house_can(house: House) -> None:
    for n in range(4):
        assert house.ask(PUT.format(f"s{n}"), b"a" * 2 * MB).status_code == 200
    assert house.ask(PUT.format("s9"), b"a" * 2 * MB).status_code == 429
    house.kept = 0  # Streamlit has let them go
    assert house.ask(PUT.format("s9"), b"a" * 2 * MB).status_code == 200


@pytest.fixture
def shared(tmp_path: Path) -> House:
    """With an account of every role."""
    accounts = Accounts(tmp_path)
    for role in Role:
        accounts.add(role.value, None, role, email=f"{role}@school.example")
    return House(tmp_path, shared=True)


def test_an_account_waits_after_too_much_however_often_it_signs_in(shared: House) -> None:
    taken = []
    for _ in range(3):
        answer = shared.ask(PUT.format(shared.signed_in(Role.OFFICER)), b"a" * 2 * MB)
        taken.append(answer.status_code)
    assert taken == [200, 200, 429]
    assert shared.ask(PUT.format(shared.signed_in(Role.AUDITOR)), b"a").status_code == 200


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.PROJECTOR])
def test_who_has_no_page_that_takes_files_sends_none(shared: House, role: Role) -> None:
    answer = shared.ask(PUT.format(shared.signed_in(role)), b"a")
    assert (answer.status_code, shared.kept) == (403, 0)
    assert "不能上传" in answer.text


def test_what_brings_no_file_is_small(house: House) -> None:
    assert house.ask("/anything", b"a" * 1_000).status_code == 200
    assert house.ask("/anything", parts(MB)).status_code == 413


def test_a_body_that_stands_still_is_not_waited_for(house: House) -> None:
    assert house.ask(PUT.format("s1"), parts(MB, pause=3)).status_code == 408


def test_a_body_that_drips_is_not_waited_for(house: House) -> None:
    """Never still for a second, and yet too slow."""
    assert house.ask(PUT.format("s1"), parts(2_000, each=100, pause=0.3)).status_code == 408


@pytest.mark.parametrize("peer", ["10.0.0.5", "192.168.1.2", "fe80::1", ""])
def test_unshared_nobody_else_on_the_network_is_answered(house: House, peer: str) -> None:
    answer = house.ask("/anything", peer=peer)
    assert (answer.status_code, house.kept) == (403, 0)
    assert "只能在本机打开" in answer.text


def test_behind_a_proxy_only_what_came_encrypted_is_answered(tmp_path: Path) -> None:
    """Whoever comes past it from another computer would send a password in the open."""
    house = House(tmp_path, tls=True)
    answer = house.ask("/_stcore/health", peer="10.0.0.5")
    assert (answer.status_code, house.kept) == (403, 0)
    assert "https" in answer.text


def test_what_breaks_is_told_by_a_code_and_in_no_other_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    answer = house.ask("/broken")
    code = re.search(r"E-[0-9A-Z]{5}", answer.text)
    assert answer.status_code == 500
    assert code
    assert code[0] in caplog.text
    assert "张三" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"
