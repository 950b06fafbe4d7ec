"""T19, shortened: people at work, tabs that come and go, and an import every half minute."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from tests.browser import running
from tests.soak import crowds
from tests.soak.harness import Result, measured

GOAL = (
    "10 sessions, reconnects, new questions: RSS slope <= 5 MB/h or 8 MB in all, fds, threads flat"
)
ROUND = 20.0  # seconds of one round: then all tabs go, and others come


def run(seconds: float) -> Result:
    """The second half counts; what is kept for the next question has its bound by then."""
    began = time.monotonic()
    seen = crowds.Seen()
    told: list[tuple[float, int, int, int]] = []
    with running(Path(os.environ["DASHBOARD_DATA"]), crowds.TODAY) as server:
        while time.monotonic() - began < seconds - ROUND or len(told) < 4:
            found = asyncio.run(crowds.look(server.url, 10, 2.0, ROUND))
            seen.seconds += found.seconds
            seen.errors += found.errors
            pid = server.process.pid
            told.append((time.monotonic() - began, crowds.resident(pid), *crowds.opened(pid)))
    half = told[len(told) // 2 :]
    grown = [half[-1][at] - half[0][at] for at in (1, 2, 3)]
    hours = (half[-1][0] - half[0][0]) / 3600
    held = not seen.errors and grown[0] <= max(8, 5 * hours) and max(grown[1:]) <= 10
    words = f"RSS {told[0][1]} -> {told[-1][1]} MB, second half +{grown[0]} MB, fds +{grown[1]}"
    found_words = f"{words}, threads +{grown[2]} in {hours * 60:.0f} min; {seen.words()}"
    return measured(__name__, GOAL, found_words, held, began)
