"""The listening server: who connects gets a limited time to say what for."""

from __future__ import annotations

import asyncio
import logging
from asyncio import BaseTransport
from typing import TYPE_CHECKING, Any

import h11
import uvicorn
from streamlit import config as options
from streamlit.web import bootstrap
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from dashboard.door import headers
from dashboard.door.terms import is_loopback
from dashboard.door.unread import Unread

_HEADER_SECONDS = 10.0
if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveEvent

_OF_ONE = 200  # connections of one address, besides its websockets: a room may stand behind it
_PIECES = 1_000  # of one message from a browser, which sends each in one or a few
_QUIET = logging.WARNING  # at INFO every socket's address is written down, with what it asks for


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that waits for a request's head for ten seconds, and no longer; nor does it wait
    longer for the rest of a body that was answered before it was whole.
    """

    most: int  # connections open at once, of everybody
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._unread = Unread(transport)
        if len(self.connections) > self.most or self._of_one() > _OF_ONE:
            transport.abort()
            return
        self._wait()

    def _of_one(self) -> int:
        """How many connections stand from this address; a proxy's are everybody's."""
        host = self.client[0] if self.client else ""
        if self.config.proxy_headers and is_loopback(host):
            return 0
        others = (one for one in self.connections if isinstance(one, PatientProtocol))
        return sum(1 for one in others if one.client and one.client[0] == host)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.our_state in {h11.SEND_RESPONSE, h11.SEND_BODY}:
            self._stop()  # it is our turn
        elif not self.transport.is_closing():  # uvicorn's own clock ends with the first byte
            self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if (self.conn.our_state, self.conn.their_state) == (h11.DONE, h11.SEND_BODY):
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._unread.end()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread.begin()

    def resume_writing(self) -> None:
        self._unread.end()
        super().resume_writing()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._stop()
        self._unread.end()
        super().handle_websocket_upgrade(event)
        opened: Any = self.transport.get_protocol()
        if not opened.handshake_initiated:  # the library refused it, without a word
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """As every other answer: with our headers."""
        body = f"{msg}\n".encode()
        said = {
            **headers.ALWAYS,
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        for event in (
            h11.Response(status_code=400, headers=list(said.items())),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            if part := self.conn.send(event):
                self.transport.write(part)
        self.transport.close()

    def _wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(_HEADER_SECONDS, self.transport.abort)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class PatientSocket(WebSocketsSansIOProtocol):
    """A websocket that hears nothing more from somebody who does not read: the answers to pings
    would pile up.
    """

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self._unread = Unread(self.transport)
        if self.transport.get_write_buffer_size():  # answers to what was asked before it
            self.pause_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unread.end()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.transport.pause_reading()
        self._unread.begin()

    def resume_writing(self) -> None:
        self._unread.end()
        super().resume_writing()
        if not self.read_paused:
            self.transport.resume_reading()

    async def receive(self) -> ASGIReceiveEvent:
        message = await super().receive()  # which goes on reading
        if not (self.writable.is_set() or self.transport.is_closing()):
            self.transport.pause_reading()
        return message

    def handle_cont(self, event: Frame) -> None:
        """A message in many pieces: empty ones weigh nothing and would never be too much."""
        super().handle_cont(event)
        if len(self.frames) > _PIECES:
            self.transport.abort()


def server(
    app: Any, host: str, port: int, *, behind_proxy: bool, connections: int
) -> uvicorn.Server:
    """A server of this application, with so many connections at once. What a proxy says of its
    visitor is believed only where one is meant to stand before it, on this computer.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http=type("Protocol", (PatientProtocol,), {"most": connections}),
            ws=PatientSocket,
            ws_max_size=int(options.get_option("server.maxWidgetStateSize")) * 10**6,
            ws_per_message_deflate=bool(options.get_option("server.enableWebsocketCompression")),
            ws_ping_interval=20,
            ws_ping_timeout=30,
            proxy_headers=behind_proxy,
            forwarded_allow_ips=["127.0.0.1", "::1"],
            server_header=False,
            access_log=False,
            log_level=_QUIET,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=64 * 1024,
        )
    )


def configure(chosen: dict[str, Any]) -> None:
    """Streamlit's options by their dotted names; all others stand in .streamlit/config.toml."""
    bootstrap.load_config_options(chosen)
