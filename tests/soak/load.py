"""T16: a meeting's committee at work: 25 people who do something every five seconds."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from tests.browser import running
from tests.soak import crowds
from tests.soak.harness import Result, measured

GOAL = "25 sessions, 5 s think: p95 <= 800 ms, max <= 3 s, 0 errors"


def run(seconds: float) -> Result:
    began = time.monotonic()
    with running(Path(os.environ["DASHBOARD_DATA"]), crowds.TODAY) as server:
        asyncio.run(crowds.look(server.url, 1, 0.5, 3))  # the demo is filled
        seen = asyncio.run(crowds.look(server.url, 25, 5.0, seconds))
    held = not seen.errors and seen.at(0.95) <= 800 and seen.at(1) <= 3000
    return measured(__name__, GOAL, seen.words(), held, began)
