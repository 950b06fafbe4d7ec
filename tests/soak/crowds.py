"""Many tabs at once on one server, and what they waited for."""

from __future__ import annotations

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from dashboard.contents import found
from tests.soak.clients import Drawn, Tab, tab

TODAY = "2025-11-30"  # within the sample's time
BOARD = [page.path for page in found() if page.group == "board"]
PERIODS = ("2023", "2024", "2025")


@dataclass
class Seen:
    """Seconds of every drawing, and whatever went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, drawn: Drawn) -> None:
        self.seconds.append(drawn.seconds)
        self.errors += drawn.errors

    def at(self, share: float) -> float:
        """Milliseconds within which that share of all drawings stood."""
        told = sorted(self.seconds)
        return told[min(len(told) - 1, int(len(told) * share))] * 1000 if told else 0.0

    def words(self) -> str:
        waits = f"p50 {self.at(0.5):.0f}, p95 {self.at(0.95):.0f}, max {self.at(1):.0f} ms"
        wrong = f", first: {self.errors[0]}" if self.errors else ""
        return f"{len(self.seconds)} drawings, {waits}, {len(self.errors)} errors{wrong}"


async def look(url: str, tabs: int, think: float, seconds: float) -> Seen:
    """So many people for so long; each looks at a page, thinks (0.4 to 1.6 times `think`), then
    reruns it, changes its period, or goes to another page of the board. They come one by one within
    the first think time; that first drawing is not counted, any other that was never drawn is.
    """
    seen = Seen()
    until = time.monotonic() + seconds
    await asyncio.gather(
        *(_person(url, at * think / tabs, think, until, seen) for at in range(tabs))
    )
    return seen


async def _person(url: str, after: float, think: float, until: float, seen: Seen) -> None:
    lot = random.Random(after)  # noqa: S311 - nothing secret
    await asyncio.sleep(after)
    try:
        async with tab(url) as one:
            await one.draw()
            while time.monotonic() + (pause := think * lot.uniform(0.4, 1.6)) < until:
                await asyncio.sleep(pause)
                seen.note(await _step(one, lot))
    except (OSError, TimeoutError, WebSocketException) as error:
        seen.errors.append(f"{type(error).__name__}: {error}")


async def _step(one: Tab, lot: random.Random) -> Drawn:
    way = lot.random()
    if way < 0.5:
        return await one.draw()
    if way < 0.7:
        return await one.draw(query=f"period={lot.choice(PERIODS)}")
    return await one.draw(lot.choice(BOARD))


def resident(process: int) -> int:
    """Megabytes of memory the process holds; 0 where the platform does not tell."""
    status = Path(f"/proc/{process}/status")
    told = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(told[1]) >> 10 if told else 0


def opened(process: int) -> tuple[int, int]:
    """How many files and threads the process has open."""
    folder = Path(f"/proc/{process}")
    if not folder.exists():
        return 0, 0
    return len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))
