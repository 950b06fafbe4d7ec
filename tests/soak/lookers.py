"""T17: the whole school looks in: a hundred people who do something every twenty seconds."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from tests.browser import running
from tests.soak import crowds
from tests.soak.harness import Result, measured

GOAL = "100 sessions, 20 s think: p95 <= 800 ms, 0 errors, RSS <= 400 MB"


def run(seconds: float) -> Result:
    began = time.monotonic()
    with running(Path(os.environ["DASHBOARD_DATA"]), crowds.TODAY) as server:
        asyncio.run(crowds.look(server.url, 1, 0.5, 3))
        seen = asyncio.run(crowds.look(server.url, 100, 20.0, seconds))
        memory = crowds.resident(server.process.pid)
    held = not seen.errors and seen.at(0.95) <= 800 and memory <= 400
    return measured(__name__, GOAL, f"{seen.words()}, RSS {memory} MB", held, began)
