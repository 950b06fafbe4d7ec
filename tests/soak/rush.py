"""T18: the link is read out in the hall, and a hundred people open it within ten seconds."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from websockets.exceptions import WebSocketException

from tests.browser import running
from tests.soak import crowds
from tests.soak.clients import tab
from tests.soak.harness import Result, measured

GOAL = "100 tabs within 10 s: all painted <= 15 s, 0 errors"
TABS, WITHIN = 100, 10.0


def run(seconds: float) -> Result:
    """As often as fits into the time, the slowest counts."""
    began = time.monotonic()
    seen = crowds.Seen()
    with running(Path(os.environ["DASHBOARD_DATA"]), crowds.TODAY) as server:
        asyncio.run(crowds.look(server.url, 1, 0.5, 1))
        while not seen.seconds or time.monotonic() - began < seconds - 2 * WITHIN:
            asyncio.run(_rush(server.url, seen))
    rounds = len(seen.seconds) // TABS
    held = not seen.errors and seen.at(1) <= 15_000
    return measured(__name__, GOAL, f"{rounds} rounds: {seen.words()}", held, began)


async def _rush(url: str, seen: crowds.Seen) -> None:
    await asyncio.gather(*(_open(url, at * WITHIN / TABS, seen) for at in range(TABS)))


async def _open(url: str, after: float, seen: crowds.Seen) -> None:
    await asyncio.sleep(after)
    came = time.perf_counter()
    try:
        async with tab(url) as one:
            drawn = await one.draw()
            drawn.seconds = time.perf_counter() - came
            seen.note(drawn)
            await asyncio.sleep(WITHIN)  # everybody stays
    except (OSError, TimeoutError, WebSocketException) as error:
        seen.errors.append(f"{type(error).__name__}: {error}")
