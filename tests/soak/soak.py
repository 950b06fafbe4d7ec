"""T19, shortened: people at work, tabs that come and go, and an import every round."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from pathlib import Path

from dashboard.importing import read
from dashboard.ingest import store
from dashboard.settings import SAMPLE, Settings
from dashboard.workspaces import Workspaces
from tests.browser import running
from tests.soak import crowds
from tests.soak.harness import Result, measured
from tests.soak.uploading import uploader

GOAL = (
    "10 sessions, reconnects, an import each round: RSS slope <= 5 MB/h or 8 MB in all, fds,"
    " threads flat"
)
ROUND = 20.0  # seconds of one round: then all tabs go, and others come
_ROWS = 300  # of the sheet that comes anew each round, with other amounts
_CONFIRM, _DONE = "确认导入", "导入完成。"


def run(seconds: float) -> Result:
    """The second half counts; what is kept for the next question has its bound by then. Of memory
    the middle of its last quarter is held against that of the one before: a moment's reading tells
    of the runs under way.
    """
    data = Path(os.environ["DASHBOARD_DATA"])
    _fill(data)
    began = time.monotonic()
    seen, imported = crowds.Seen(), 0
    told: list[tuple[float, int, int, int]] = []
    with running(data, crowds.TODAY) as server:
        while time.monotonic() - began < seconds - ROUND or len(told) < 4:
            found, done = asyncio.run(_round(server.url, len(told)))
            seen.seconds += found.seconds
            seen.errors += found.errors
            imported += done
            pid = server.process.pid
            told.append((time.monotonic() - began, crowds.resident(pid), *crowds.opened(pid)))
    half = told[len(told) // 2 :]
    before, after = _middle(half[: len(half) // 2]), _middle(half[len(half) // 2 :])
    rss, fds, threads = (now - then for then, now in zip(before, after, strict=True))
    hours = (half[-1][0] - half[0][0]) / 3600
    whole = imported == len(told)
    flat = rss <= max(8, 5 * hours) and max(fds, threads) <= 10
    found_words = (
        f"RSS {told[0][1]} MB at first, {before[0]} -> {after[0]} MB in the second half of"
        f" {hours * 60:.0f} min, fds {fds:+}, threads {threads:+}; {imported} of {len(told)}"
        f" imports; {seen.words()}"
    )
    return measured(__name__, GOAL, found_words, whole and flat and not seen.errors, began)


def _middle(told: list[tuple[float, int, int, int]]) -> tuple[int, int, int]:
    rss, fds, threads = (
        sorted(column)[len(told) // 2] for column in list(zip(*told, strict=True))[1:]
    )
    return rss, fds, threads


def _fill(data: Path) -> None:
    """The sample's files as a school's own, so that an import changes what everybody looks at."""
    with Workspaces(replace(Settings(), data=data)) as spaces:
        spaces.enter("school")
        files = [file for file in sorted(SAMPLE.iterdir()) if file.is_file()]
        store(spaces.warehouse("school"), [read(file.read_bytes(), file.name) for file in files])


async def _round(url: str, number: int) -> tuple[crowds.Seen, bool]:
    looking = asyncio.create_task(crowds.look(url, 10, 2.0, ROUND))
    async with uploader(url, "upload") as one:
        await one.drop("收支.csv", _sheet(number))
        await one.press(_CONFIRM)
        done = _DONE in one.words
    return await looking, done


def _sheet(number: int) -> bytes:
    """The same vouchers each time, with another amount."""
    lines = [f"2024-{row % 12 + 1:02}-03,书{row},图书,,{number + 1}.00" for row in range(_ROWS)]
    return "\n".join(["经费收支明细", "日期,凭证号,摘要,收入,支出", *lines]).encode()
