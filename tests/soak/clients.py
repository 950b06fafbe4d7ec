"""Tabs without a browser: they speak the dashboard's own protocol over its websocket.

One event loop holds a hundred of them, so what is measured is the server and not the crowd.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 60.0  # seconds until a page that is not drawn has failed
_LARGE = 64 << 20  # bytes of one message; ours are far below
# Without it a small message waits 40 ms for the receipt of the one before: for the line, not for
# the server. It holds for one receipt only.
_QUICK: int | None = getattr(socket, "TCP_QUICKACK", None)
_DONE = {
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
}


@dataclass
class Drawn:
    """One run of a page as a tab sees it: seconds from the asking to the last element."""

    seconds: float
    elements: int = 0
    bytes: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass
class Tab:
    """One open tab; `page` is the path of its address."""

    socket: ClientConnection
    page: str
    query: str = ""
    session: str = ""
    _script: str = ""
    _known: set[str] = field(default_factory=set)

    async def draw(self, page: str | None = None, query: str | None = None) -> Drawn:
        """Ask for the page (another one, where it is named) and wait until it stands.

        Raises TimeoutError where it does not, and ConnectionClosed where the server hangs up.
        """
        if page is not None and page != self.page:
            self.page, self._script = page, ""
        self.query = self.query if query is None else query
        began = time.perf_counter()
        await self.socket.send(self._asking())
        return await self._wait(began)

    def _asking(self) -> bytes:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._script
        state.page_name = "" if self._script else self.page
        state.cached_message_hashes.extend(self._known)
        state.context_info.timezone = "Asia/Shanghai"
        state.context_info.locale = "zh-CN"
        state.context_info.color_scheme = "light"
        return bytes(asked.SerializeToString())

    async def _wait(self, began: float) -> Drawn:
        drawn = Drawn(0.0)
        while True:
            data = await self._received(began)
            told = ForwardMsg.FromString(data)
            drawn.bytes += len(data)
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.session = told.new_session.initialize.session_id
                self._script = told.new_session.page_script_hash
            elif kind in ("delta", "ref_hash"):
                drawn.elements += 1
                self._look_at(told, drawn)
            elif kind == "page_info_changed":  # what a browser has in its address from now on
                self.query = told.page_info_changed.query_string
            elif kind == "script_finished" and told.script_finished in _DONE:
                drawn.seconds = time.perf_counter() - began
                return drawn

    async def _received(self, began: float) -> bytes:
        left = PATIENCE - (time.perf_counter() - began)
        if _QUICK is not None and (line := self.socket.transport.get_extra_info("socket")):
            line.setsockopt(socket.IPPROTO_TCP, _QUICK, 1)
        data = await asyncio.wait_for(self.socket.recv(), left)
        return data if isinstance(data, bytes) else data.encode()

    def _look_at(self, told: ForwardMsg, drawn: Drawn) -> None:
        if told.metadata.cacheable:
            self._known.add(told.hash or told.ref_hash)
        element = told.delta.new_element
        if element.HasField("exception"):
            drawn.errors.append(element.exception.message or "exception")
        elif element.HasField("alert") and "`internal`" in element.alert.body:
            drawn.errors.append(element.alert.body)


@asynccontextmanager
async def tab(url: str, page: str = "overview", cookie: str = "") -> AsyncIterator[Tab]:
    """A tab on the dashboard at `url`, closed at the end; `cookie` is what a browser would send.

    Nothing is asked for yet: `draw` does.
    """
    place = urlsplit(url)
    headers = {"Cookie": cookie} if cookie else {}
    async with connect(
        f"{'wss' if place.scheme == 'https' else 'ws'}://{place.netloc}/_stcore/stream",
        origin=Origin(f"{place.scheme}://{place.netloc}"),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        max_size=_LARGE,
        compression=None,
        open_timeout=PATIENCE,
        ping_interval=None,
        proxy=None,
    ) as line:
        yield Tab(line, page)
