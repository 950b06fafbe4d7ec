"""Streamlit's own ASGI application behind the gate, with the pages of signing in beside it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import file_util, runtime

from dashboard.door import headers
from dashboard.door.bodies import Uploads
from dashboard.door.gate import Gate, OnUpload, Watch
from dashboard.door.guests import Guests
from dashboard.door.leftovers import Leftovers
from dashboard.door.signing import Signing
from dashboard.door.sockets import Sockets
from dashboard.door.terms import Terms


def application(
    script: Path,
    terms: Terms,
    *,
    pages: tuple[str, ...] = (),
    on_upload: OnUpload | None = None,
    on_script_error: Callable[[Exception], bool | None] | None = None,
) -> st.App:
    """The application to serve `script` with, on these terms.

    `pages`: the HTML with scripts that our pages write into the document, word for word;
    `on_upload` hears of every file that came in whole, `on_script_error` of every fault of a page
    that nobody caught.
    """
    guests = Guests(terms.folder)
    known = [one for html in (_streamlits(), *pages) for one in headers.inline(html)]
    watch = Watch(
        terms,
        guests,
        Uploads(terms.bounds, held),
        Sockets(terms.bounds),
        scripts=known,
        on_upload=on_upload,
    )

    @asynccontextmanager
    async def watching(app: st.App) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(one) for one in (watch.keep(), Leftovers().keep())]
        yield
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return st.App(
        script,
        lifespan=watching,
        routes=Signing(terms, guests).routes(),
        middleware=[Middleware(Gate, watch=watch)],
        on_script_error=on_script_error,
    )


def _streamlits() -> str:
    """Streamlit's first page, which says a line of script of its own."""
    return Path(file_util.get_static_dir(), "index.html").read_text("utf-8")


def held() -> int:
    """Bytes of uploaded files that Streamlit keeps in memory."""
    if not runtime.exists():
        return 0
    stats = runtime.get_instance().uploaded_file_mgr.get_stats()
    return sum(getattr(stat, "byte_length", 0) for family in stats.values() for stat in family)
