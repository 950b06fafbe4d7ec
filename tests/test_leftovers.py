"""What nobody takes any more is let go of: uploads of tabs that are gone, and memory set apart."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from browser import running
from frames import window
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dashboard import heap
from dashboard.door.leftovers import OLD, Leftovers
from dashboard.settings import ROOT
from tests.soak.crowds import resident

# -- uploads ----------------------------------------------------------------------------------


class Browser(SessionClient):
    """A tab that hears everything and keeps nothing."""

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        del msg


class House:
    """A running Streamlit without its web server; tabs that were closed are kept no second."""

    def __init__(self) -> None:
        self.files = MemoryUploadedFileManager("/up")
        self.runtime = Runtime(
            RuntimeConfig(
                str(ROOT / "dashboard" / "app.py"),
                MemoryMediaFileStorage("/media"),
                self.files,
                session_storage=MemorySessionStorage(ttl_seconds=0),
            )
        )

    def tab(self) -> str:
        return self.runtime.connect_session(Browser(), {})

    def put(self, session: str, name: str = "名册.xlsx") -> None:
        self.files.add_file(session, UploadedFileRec(name, name, "", b"a" * 1000))

    def held(self) -> set[tuple[str, str]]:
        return {(tab, one) for tab, files in self.files.file_storage.items() for one in files}


def in_a_house(deed: Callable[[House], None]) -> None:
    async def lived() -> None:
        house = House()
        await house.runtime.start()
        try:
            deed(house)
        finally:
            house.runtime.stop()
            await house.runtime.stopped
            Runtime._instance = None

    asyncio.run(lived())


def test_a_tab_that_is_gone_leaves_no_upload() -> None:
    def deed(house: House) -> None:
        gone, stays = house.tab(), house.tab()
        house.put(gone)
        house.put(stays)
        house.runtime.disconnect_session(gone)
        house.put(gone, "came after it.xlsx")
        Leftovers().sweep(0)
        assert house.held() == {(stays, "名册.xlsx")}

    in_a_house(deed)


def test_what_lies_long_in_an_open_tab_is_nobodys() -> None:
    def deed(house: House) -> None:
        tab, leftovers = house.tab(), Leftovers()
        house.put(tab, "first")
        leftovers.sweep(0)
        house.put(tab, "later")
        leftovers.sweep(OLD)
        assert house.held() == {(tab, "first"), (tab, "later")}
        leftovers.sweep(OLD + 1)
        assert house.held() == {(tab, "later")}
        leftovers.sweep(2 * OLD + 2)
        assert house.held() == set()

    in_a_house(deed)


def test_alone_on_a_computer_too_a_tab_sends_no_more_than_its_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tab is the visitor there: the share is that tab's, another tab has its own, and what
    belongs to no tab is not taken.
    """
    monkeypatch.setenv("DASHBOARD_UPLOAD_MB", "1")
    monkeypatch.setenv("DASHBOARD_SESSION_MB", "2")
    with (
        running(tmp_path, "2026-01-15") as server,
        httpx.Client(base_url=server.url, headers={"Origin": server.url}) as line,
        window(server.url, "") as one,
        window(server.url, "") as other,
    ):
        line.get("/_stcore/health")
        sent = [put(line, one.open("upload")) for _ in range(4)]
        assert sent == [204, 204, 429, 429]
        assert put(line, other.open("upload")) == 204
        assert put(line, []) == 400


def put(line: httpx.Client, drawn: list[bytes]) -> int:
    """What an upload of nearly one megabyte by the tab with these frames is answered."""
    told = map(ForwardMsg.FromString, drawn)
    starts = (one.new_session.initialize.session_id for one in told if one.HasField("new_session"))
    place = f"/_stcore/upload_file/{next(starts, 'nobody')}/{len(drawn)}"
    key = {"X-Xsrftoken": line.cookies.get("_streamlit_xsrf") or ""}
    return line.put(place, files={"file": ("a.xlsx", b"a" * 900_000)}, headers=key).status_code


# -- memory -----------------------------------------------------------------------------------


class Knot:
    """What only a look through memory finds: it holds itself."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every look is a long one."""
    monkeypatch.setattr(heap, "LONG", -1.0)
    heap.watch()
    yield
    heap.rest()


@pytest.mark.usefixtures("watched")
def test_what_was_set_apart_and_is_let_go_of_is_found_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    knot = Knot()
    found = weakref.ref(knot)
    gc.collect()
    assert gc.get_freeze_count() > 1000
    del knot
    gc.collect()
    assert found(), "set apart: the short look does not see it"
    monkeypatch.setattr(heap, "AGAIN", 0.0)
    gc.collect()
    assert not found()


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone is told to")
@pytest.mark.usefixtures("watched")
def test_what_is_free_again_goes_back_to_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that stays pins all that lies before it."""
    blocks = [bytes(1000) for _ in range(100_000)]
    last = blocks[-1]
    del blocks
    gc.collect()
    held = resident(os.getpid())
    monkeypatch.setattr(heap, "AGAIN", 0.0)
    gc.collect()
    assert resident(os.getpid()) < held - 60, last[:1]


@pytest.mark.usefixtures("watched")
def test_at_rest_nothing_is_set_apart_and_no_look_is_heard_of() -> None:
    gc.collect()
    assert gc.get_freeze_count() > 1000
    heap.rest()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert gc.get_freeze_count() == 0
    heap.rest()  # once more does no harm
