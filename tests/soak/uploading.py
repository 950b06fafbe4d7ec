"""A tab that drops files as a browser does: asks for an address, puts the bytes there, tells."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.soak.clients import Drawn, Tab, tab

_BOUNDARY = "----------soak"


@dataclass
class Uploads:
    """What a tab's uploader is called, and where its files go."""

    url: str
    tab: Tab
    cookie: str
    widget: str = ""
    words: list[str] = field(default_factory=list)  # of the last drawing
    buttons: dict[str, str] = field(default_factory=dict)  # label -> id, of the last drawing
    _dropped: Any = None  # what the uploader holds, as a browser says it

    async def open(self, page: str) -> Drawn:
        """Draw the page and find its uploader."""
        return await self._hearing(self.tab.draw(page))

    async def _hearing(self, drawing: Any) -> Drawn:
        seen, self.words, self.buttons = self.tab._look_at, [], {}

        def look_at(told: ForwardMsg, drawn: Drawn) -> None:
            element = told.delta.new_element
            if element.HasField("file_uploader"):
                self.widget = element.file_uploader.id
            if element.HasField("button"):
                self.buttons[element.button.label] = element.button.id
            self.words.append(element.alert.body or element.markdown.body or element.text.body)
            seen(told, drawn)

        self.tab._look_at = look_at  # type: ignore[method-assign]
        try:
            found: Drawn = await drawing
        finally:
            self.tab._look_at = seen  # type: ignore[method-assign]
        return found

    async def drop(self, name: str, data: bytes) -> Drawn:
        """Drop one file and wait until the page stands again."""
        where = await self._where(name)
        await asyncio.to_thread(self._put, where.upload_url, name, data)
        state = WidgetState(id=self.widget)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(data), where.file_id
        info.file_urls.CopyFrom(where)
        self._dropped = state
        return await self._say(state)

    async def press(self, label: str) -> Drawn:
        """Press a button of the last drawing; raises KeyError where there was none."""
        return await self._say(
            self._dropped, WidgetState(id=self.buttons[label], trigger_value=True)
        )

    async def _say(self, *states: WidgetState) -> Drawn:
        asked = BackMsg.FromString(self.tab._asking())
        asked.rerun_script.page_script_hash, asked.rerun_script.page_name = "", self.tab.page
        asked.rerun_script.widget_states.widgets.extend(states)
        began = time.perf_counter()
        await self.tab.socket.send(asked.SerializeToString())
        return await self._hearing(self.tab._wait(began))

    async def _where(self, name: str) -> Any:
        asked = BackMsg()
        asked.file_urls_request.request_id = f"soak-{time.monotonic_ns()}"
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self.tab.session
        await self.tab.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await self.tab.socket.recv())
            if told.WhichOneof("type") == "file_urls_response":
                return told.file_urls_response.file_urls[0]

    def _put(self, where: str, name: str, data: bytes) -> None:
        plain = f"a{PurePath(name).suffix}"
        told = f'Content-Disposition: form-data; name="file"; filename="{plain}"'
        head = f"--{_BOUNDARY}\r\n{told}\r\n\r\n"
        body = head.encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
        token = self.cookie.partition("=")[2]
        asked = urllib.request.Request(
            f"{self.url}{where}", data=body, method="PUT",
            headers={"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
                     "Cookie": self.cookie, "X-Xsrftoken": token, "Origin": self.url},
        )  # fmt: skip
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert answer.status < 300


def token(url: str) -> str:
    """The cookie that a browser gets when it looks whether the server is well."""
    with urllib.request.urlopen(f"{url}/_stcore/health", timeout=60) as answer:
        for line in answer.headers.get_all("Set-Cookie") or []:
            if line.startswith("_streamlit_xsrf="):
                return str(line.partition(";")[0])
    return ""


@asynccontextmanager
async def uploader(url: str, page: str) -> AsyncIterator[Uploads]:
    """A tab on a page with an uploader."""
    cookie = token(url)
    async with tab(url, page, cookie) as one:
        found = Uploads(url, one, cookie)
        await found.open(page)
        yield found
