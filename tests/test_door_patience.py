"""Connections that stand and say nothing: how long the listening server bears with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from dashboard.door import listening, unread

PATIENCE = 20  # seconds until a connection that stands has failed
ANSWER = b"\r\n\r\nno"
MUCH = 16 * 2**20
GET = b"GET /page HTTP/1.1\r\nHost: here\r\n"


async def refuses(scope: Scope, receive: Receive, send: Send) -> None:
    """As the gate: answered at once, and the body is not read."""
    await PlainTextResponse("no", 401)(scope, receive, send)


async def tells_much(scope: Scope, receive: Receive, send: Send) -> None:
    """More than the network holds for somebody who does not read."""
    await PlainTextResponse(b"a" * MUCH)(scope, receive, send)


class Listening:
    """The listening server before an application of ours, and whoever connects to it."""

    def __init__(self, app: Any = refuses, *, behind_proxy: bool = False, most: int = 800) -> None:
        self.config = listening.server(
            app, "127.0.0.1", 0, behind_proxy=behind_proxy, connections=most
        ).config
        self.config.load()
        self.state, self.port = ServerState(), 0
        self.visitors: list[asyncio.StreamWriter] = []

    def protocol(self) -> asyncio.Protocol:
        kind: Any = self.config.http_protocol_class
        made: asyncio.Protocol = kind(self.config, self.state, {})
        return made

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Listening]:
        server = await asyncio.get_running_loop().create_server(self.protocol, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for visitor in self.visitors:
                visitor.transport.abort()
            for one in list(self.state.connections):
                one.transport.abort()
            await until(lambda: not self.state.connections)

    async def says(self, *parts: bytes) -> asyncio.StreamReader:
        """A visitor who says each part after an answer to the one before."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.visitors.append(writer)
        for at, part in enumerate(parts):
            if at:
                await reader.readuntil(ANSWER)
            writer.write(part)
        return reader


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(0.01)


def run(trial: Callable[[Listening], Coroutine[Any, Any, None]], house: Listening) -> None:
    async def trying() -> None:
        async with house.opened(), asyncio.timeout(PATIENCE):
            await trial(house)

    asyncio.run(trying())


async def goes(house: Listening, *parts: bytes) -> None:
    """Somebody says this and no more, and is not waited for."""
    reader = await house.says(*parts)
    async with asyncio.timeout(PATIENCE):
        with suppress(OSError):  # closed or reset: each system has its own
            await reader.read(-1)


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_HEADER_SECONDS", 0.2)
    monkeypatch.setattr(unread, "_SECONDS", 0.4)


@pytest.mark.parametrize(
    ("head", "more"),
    [
        (GET + b"Content-Length: 1000\r\n\r\n", b"x"),
        (GET + b"Transfer-Encoding: chunked\r\n\r\n", b"1"),
        (GET + b"Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (GET.replace(b"GET", b"PUT") + b"Content-Length: 1000\r\n\r\n", b"x"),
        (GET + b"Content-Length: 1\r\n\r\n", b"x"),  # whole, and then silent
        (GET + b"\r\n", b"GET /half"),
    ],
)
def test_what_is_answered_and_goes_on_is_not_waited_for(head: bytes, more: bytes) -> None:
    """The first byte after the answer ends the library's own clock."""
    run(lambda house: goes(house, head, more), Listening())


@pytest.mark.parametrize(
    ("method", "more"),
    [
        (b"POST", b"\r\n"),
        (b"GET", b"Content-Length: 10\r\n\r\n"),
        (b"GET", b"Transfer-Encoding: chunked\r\n\r\n"),
        (b"GET", b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n"),
        (b"GET", b"X: " + b"a" * 20_000 + b"\r\n\r\n"),
    ],
)
def test_a_websocket_the_library_refuses_without_a_word_is_no_connection(
    method: bytes, more: bytes
) -> None:
    asked = GET.replace(b"GET", method) + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    run(lambda house: goes(house, asked + more), Listening())


def test_answers_that_nobody_reads_are_not_kept() -> None:
    """The answers fill the network's own memory, and then ours."""

    async def trial(house: Listening) -> None:
        reader = await house.says((GET + b"\r\n") * 20)
        house.visitors[-1].transport.pause_reading()  # type: ignore[attr-defined]
        await until(lambda: bool(house.state.connections))
        await until(lambda: not house.state.connections)
        assert not reader.at_eof()

    run(trial, Listening(tells_much))


OPEN = (
    GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
MASK = b"\0\0\0\0"
PINGS = (b"\x89\xfd" + MASK + b"p" * 125) * 500
PIECES = b"\x02\x80" + MASK + (b"\x00\x80" + MASK) * 2_000  # empty, and never the last


async def accepts(scope: Scope, receive: Receive, send: Send) -> None:
    """As Streamlit: hears whatever comes."""
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def opened(house: Listening) -> asyncio.StreamReader:
    reader = await house.says(OPEN)
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader


def test_pings_whose_answers_nobody_reads_are_answered_no_longer() -> None:
    async def trial(house: Listening) -> None:
        await opened(house)
        visitor, most = house.visitors[-1], 0
        visitor.transport.pause_reading()  # type: ignore[attr-defined]
        (here,) = house.state.connections
        while house.state.connections:
            if visitor.transport.get_write_buffer_size() < 2**20:
                visitor.write(PINGS)
            most = max(most, here.transport.get_write_buffer_size())
            await asyncio.sleep(0)
        assert 0 < most < 2**20

    run(trial, Listening(accepts))


def test_who_reads_the_answers_may_ping_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "_SECONDS", PATIENCE)

    async def trial(house: Listening) -> None:
        reader = await opened(house)
        house.visitors[-1].write(PINGS * 10)
        assert await reader.readexactly(5_000 * 127)
        house.visitors[-1].write(b"\x82\x81" + MASK + b"a" + PINGS)
        assert await reader.readexactly(500 * 127)

    run(trial, Listening(accepts))


def test_a_message_in_pieces_without_end_is_not_collected() -> None:
    async def trial(house: Listening) -> None:
        reader = await opened(house)
        house.visitors[-1].write(PIECES)
        with suppress(OSError):
            assert await reader.read(-1) == b""

    run(trial, Listening(accepts))


class Buffer:
    """A transport that only knows what waits in it."""

    def __init__(self) -> None:
        self.waits, self.is_over = 0, False

    def set_write_buffer_limits(self, high: int) -> None:
        assert high == 0

    def get_write_buffer_size(self) -> int:
        return self.waits

    def abort(self) -> None:
        self.is_over = True


@pytest.mark.parametrize(
    ("left", "is_over"), [([900, 800, 1], False), ([900, 899], True), ([50, 50], True)]
)
def test_who_reads_slowly_is_waited_for_and_who_stands_still_is_not(
    left: list[int], is_over: bool
) -> None:
    """In thousands of bytes, each time one looks."""

    async def looking() -> None:
        transport: Any = Buffer()
        transport.waits = left[0] * 1000
        waiting = unread.Unread(transport)
        waiting.begin()
        for kept in left[1:]:
            transport.waits = kept * 1000
            waiting._look()
        waiting.end()
        assert transport.is_over is is_over

    asyncio.run(looking())


def test_a_body_that_ends_in_time_leaves_the_connection_for_the_next_request() -> None:
    async def trial(house: Listening) -> None:
        whole = b"x" * 1000 + GET + b"\r\n"
        reader = await house.says(GET + b"Content-Length: 1000\r\n\r\n", whole)
        assert await reader.readuntil(ANSWER)

    run(trial, Listening())


@pytest.mark.parametrize(("behind_proxy", "most"), [(False, 800), (True, 3), (True, 4)])
def test_one_address_does_not_take_all_connections_but_a_proxy_may(
    behind_proxy: bool, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_OF_ONE", 3)

    async def trial(house: Listening) -> None:
        for _ in range(3):
            await (await house.says(GET + b"\r\n")).readuntil(ANSWER)
        fourth = await house.says(GET + b"\r\n")
        if behind_proxy and most > 3:
            await fourth.readuntil(ANSWER)
            return
        with suppress(OSError):
            assert await fourth.read(-1) == b""
        assert len(house.state.connections) == 3

    run(trial, Listening(behind_proxy=behind_proxy, most=most))
