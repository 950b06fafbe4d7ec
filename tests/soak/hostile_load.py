"""T3: bombs are dropped one after another while people work; they notice nothing."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import bad_texts
import bad_workbooks
from bad_files import BAD
from websockets.exceptions import WebSocketException

from dashboard.refusals import REFUSALS
from tests.browser import Server, running
from tests.soak import crowds
from tests.soak.harness import Result, measured
from tests.soak.uploading import uploader

GOAL = "T3: five bombs x 10 while 15 look: 0 disconnects, p95 < 2 s, one parse at a time"
FAMILIES = (bad_texts, bad_workbooks)  # importing them enters their files
BOMBS = ("xlsx_far_cell", "xlsx_a_text_of_a_megabyte_20000_times", "zip_bomb_of_blanks",
         "xls_bare_far_cell", "csv_five_million_commas")  # fmt: skip
_TIMES = 10
_PAGE = "explore"


def run(seconds: float) -> Result:
    """As many bombs as the time allows, at most ten of each, from two tabs at once."""
    began = time.monotonic()
    with running(Path(os.environ["DASHBOARD_DATA"]), crowds.TODAY) as server:
        _fill(server)
        seen, told = asyncio.run(_attacked(server, seconds))
        alive = server.process.poll() is None
    answered = sum(1 for one in told if one)
    found = (
        f"{seen.words()}; {len(told)} bombs dropped, {answered} refused in words;"
        f" most readers at once {_most[0]}; server {'alive' if alive else 'DEAD'}"
    )
    held = (
        alive and not seen.errors and seen.at(0.95) < 2_000
        and answered == len(told) >= len(BOMBS) and _most[0] <= 1
    )  # fmt: skip
    return measured(__name__, GOAL, found, held, began)


_most = [0]


def _fill(server: Server) -> None:
    """Until the demo is filled, which reads some files of its own."""
    until = time.monotonic() + 180
    while asyncio.run(crowds.look(server.url, 1, 0.5, 3)).errors and time.monotonic() < until:
        time.sleep(1)


async def _attacked(server: Server, seconds: float) -> tuple[crowds.Seen, list[bool]]:
    files = {name: (BAD[name].make(), BAD[name].upload) for name in BOMBS}
    waiting = [files[name] for _ in range(_TIMES) for name in BOMBS]
    told: list[bool] = []
    until = time.monotonic() + seconds
    counting = asyncio.create_task(_count(server.process.pid))
    droppers = [asyncio.create_task(_drop(server.url, waiting, told, until)) for _ in range(2)]
    seen = await crowds.look(server.url, 15, 5.0, seconds)
    await asyncio.gather(*droppers)
    counting.cancel()
    return seen, told


async def _drop(url: str, waiting: list[tuple[bytes, str]], told: list[bool], until: float) -> None:
    while waiting and time.monotonic() < until:
        data, name = waiting.pop()
        try:
            async with uploader(url, _PAGE) as one:
                await one.drop(name, data)
                told.append(any(f"`{code}`" in word for word in one.words for code in REFUSALS))
        except (OSError, TimeoutError, WebSocketException, AssertionError):
            told.append(False)


async def _count(server: int) -> None:
    """How many of the server's children work at once; the one that stands ready waits."""
    before: dict[str, int] = {}
    while True:
        now = {pid: _ticks(pid) for pid in _children(server)}
        busy = [pid for pid, ticks in now.items() if ticks - before.get(pid, ticks) > 20]
        _most[0] = max(_most[0], len(busy))
        before = now
        await asyncio.sleep(0.5)


def _children(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for task in tasks for child in _read(task).split()]


def _ticks(pid: str) -> int:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(fields[11]) if len(fields) > 11 else 0


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace")
    except OSError:
        return ""
