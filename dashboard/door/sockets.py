"""The open websockets: whose they are, how many, which of Streamlit's sessions they carry.

Streamlit lets a browser take a session up again by its number. Here a number is taken up only by
the sign-in it was given to: whoever signs in next at the same tab begins with an empty session.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import dataclass, field

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import Message, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.door.replies import MANY_SOCKETS, Refused
from dashboard.door.terms import Bounds
from dashboard.door.windows import Windows
from dashboard.roles import Identity

SIGNED_OUT = 4401  # the close code: as HTTP's 401
_BONDS = 10_000
_PROTOCOLS = b"sec-websocket-protocol"
_PATIENCE = 2.0  # seconds a socket has to take its farewell


@dataclass(eq=False)
class Socket:
    """One open websocket of a visitor; `visitor` is the key of a sign-in, never its token."""

    visitor: str
    identity: Identity
    send: Send
    is_open: bool = False
    is_over: bool = False
    session: str = ""  # Streamlit's, once it has told
    acted: bool = False  # somebody did something since the last look

    async def leave(self, address: str) -> None:
        """Send the page away and close; what Streamlit still says goes nowhere."""
        if self.is_over:
            return
        self.is_over = True
        if not self.is_open:
            return
        away = ForwardMsg()
        away.auth_redirect.url = address
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self.send({"type": "websocket.send", "bytes": away.SerializeToString()})
                await self.send({"type": "websocket.close", "code": SIGNED_OUT})


@dataclass
class Sockets:
    """All that are open. For one thread: the event loop's."""

    bounds: Bounds
    open: set[Socket] = field(default_factory=set)
    _bonds: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _said: Windows = field(init=False)

    def __post_init__(self) -> None:
        self._said = Windows(self.bounds.frames_within)

    def is_flooding(self, socket: Socket) -> bool:
        """Counts one frame; whether a visitor says more than anybody's hands do."""
        self._said.add(socket.visitor)
        return self._said.had(socket.visitor) > self.bounds.frames

    def enter(self, visitor: str, identity: Identity, send: Send) -> Socket:
        """A place for one more; raises Refused where there is none."""
        bounds = self.bounds
        of_account = sum(socket.identity.who == identity.who for socket in self.open)
        if (
            len(self.of(visitor)) >= bounds.sockets_of_one
            or of_account >= bounds.sockets_of_account
            or len(self.open) >= bounds.sockets
        ):
            raise Refused(429, MANY_SOCKETS, 10)
        socket = Socket(visitor, identity, send)
        self.open.add(socket)
        return socket

    def of(self, visitor: str) -> list[Socket]:
        return [socket for socket in self.open if socket.visitor == visitor]

    def owns(self, visitor: str, session: str) -> bool:
        """Whether one of Streamlit's sessions was given to this visitor."""
        return self._bonds.get(session) == visitor

    def bind(self, socket: Socket, session: str) -> None:
        socket.session = session
        self._bonds[session] = socket.visitor
        self._bonds.move_to_end(session)
        while len(self._bonds) > _BONDS:
            self._bonds.popitem(last=False)

    def resuming(self, scope: Scope, visitor: str) -> Scope:
        """The scope, without the number of a session that is not this visitor's."""
        headers = [
            (name, self._own(value, visitor) if name == _PROTOCOLS else value)
            for name, value in scope["headers"]
        ]
        return {**scope, "headers": headers}

    def _own(self, protocols: bytes, visitor: str) -> bytes:
        kept = protocols.decode("latin-1").split(",")
        if len(kept) > 2 and not self.owns(visitor, kept[2].strip()):
            del kept[2:]
        return ",".join(kept).encode("latin-1")

    def spoken(self, socket: Socket, send: Send) -> Send:
        """`send`, until the socket is over; learns which session it carries."""

        async def sending(message: Message) -> None:
            if socket.is_over:
                return
            socket.is_open = socket.is_open or message["type"] == "websocket.accept"
            if not socket.session and (session := _session(message.get("bytes"))):
                self.bind(socket, session)
            await send(message)

        return sending


def _session(data: bytes | None) -> str:
    told = ForwardMsg()
    try:
        told.ParseFromString(data or b"")
    except DecodeError:
        return ""
    return told.new_session.initialize.session_id
