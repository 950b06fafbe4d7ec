"""T20: thirty files of 19 MB come in through three tabs, to no uploader, and the tabs go."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from pathlib import Path

import httpx
from websockets.exceptions import WebSocketException

from tests.browser import running
from tests.soak import crowds
from tests.soak.clients import tab
from tests.soak.harness import Result, measured

GOAL = "30 uploads of 19 MB in 3 tabs, then closed: RSS within base + 60 MB after TTL + 60 s"
SIZE, TABS, EACH = 19 << 20, 3, 10
TTL = 60.0  # seconds: .streamlit/config.toml, disconnectedSessionTTL


def run(seconds: float) -> Result:
    """The time is that of the waiting, whatever was asked for."""
    del seconds
    began = time.monotonic()
    with running(Path(os.environ["DASHBOARD_DATA"]), crowds.TODAY) as server:
        asyncio.run(crowds.look(server.url, 3, 0.5, 5))
        base = crowds.resident(server.process.pid)
        codes = asyncio.run(_send(server.url))
        most = crowds.resident(server.process.pid)
        left, waited = _waited(server.process.pid, base + 60)
    said = ", ".join(f"{codes.count(code)} x {code}" for code in sorted(set(codes)))
    found = f"{said}; RSS {base} MB, at most {most}, {left} MB after {waited:.0f} s"
    taken = codes.count(204)
    held = taken >= TABS and left <= base + 60  # uploads that were refused prove nothing
    return measured(__name__, GOAL, found, held, began)


def _waited(process: int, wanted: int) -> tuple[int, float]:
    began = time.monotonic()
    while (left := crowds.resident(process)) > wanted and time.monotonic() - began < TTL + 60:
        time.sleep(1)
    return left, time.monotonic() - began


async def _send(url: str) -> list[int]:
    told = await asyncio.gather(*(_tab(url) for _ in range(TABS)))
    return [code for codes in told for code in codes]


async def _tab(url: str) -> list[int]:
    """What each upload of one tab was answered."""
    codes: list[int] = []
    try:
        async with tab(url, "upload") as one, httpx.AsyncClient(base_url=url, timeout=60) as line:
            await one.draw()
            await line.get("/_stcore/health")  # gives the key against forged requests
            for _ in range(EACH):
                place = f"/_stcore/upload_file/{one.session}/{uuid.uuid4()}"
                codes.append(await _put(line, place))
    except (OSError, WebSocketException, httpx.HTTPError) as error:
        codes.append(-1)
        print(error)  # noqa: T201 - the harness shows it
    return codes


async def _put(line: httpx.AsyncClient, place: str) -> int:
    key = line.cookies.get("_streamlit_xsrf") or ""
    answer = await line.put(
        place,
        files={"file": ("名册.xlsx", b"\0" * SIZE)},
        headers={"X-Xsrftoken": key, "Origin": str(line.base_url).rstrip("/")},
    )
    return answer.status_code
