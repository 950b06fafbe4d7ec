"""T9: the server is killed with -9 while an import that somebody confirmed in a browser is stored.

Each time it is started again on the same data; it must be well soon, the import is there to its
last row or not at all, and if it is not, the page where files come in says so.
"""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from conftest import candidates
from playwright.sync_api import Browser, FilePayload, Page

from dashboard.settings import Settings
from dashboard.warehouse.ledger import NAME, Ledger
from dashboard.workspaces import Workspaces
from tests.browser import Server, chromium, running, settled, window
from tests.soak.harness import Result, measured

GOAL = "T9: 30 kills -9 of the server during imports: 0 half, healthy <= 5 s, told as not completed"
_CYCLES, _HEALTHY = 30, 5.0
_ROWS = 20_000  # takes half a second to store
_UNFINISHED = "没有完成"


@dataclass
class Count:
    """What the cycles found."""

    cycles: int = 0
    stored: int = 0
    cut_off: int = 0
    before: int = 0  # killed before the import began
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


def register(number: int, rows: int = _ROWS) -> bytes:
    # 记1-311 and 记13-11 are one voucher to who compares them without their dash
    lines = [f"2017-{row % 12 + 1:02}-01,{number}号{row},图书,,{number}.00" for row in range(rows)]
    return "\n".join(["经费收支明细", "日期,凭证号,摘要,收入,支出", *lines]).encode()


def cycle(place: Path, browser: Browser, count: Count, delay: float) -> None:
    began = time.monotonic()
    with running(place, "2018-06-30") as server:
        count.slowest = max(count.slowest, time.monotonic() - began)
        with window(browser) as watched:
            _confirm(server, watched.page, count.cycles + 1)
            time.sleep(delay)
            server.process.kill()
            server.process.wait()
    count.cycles += 1
    unfinished = _look(place, count)
    if unfinished:
        began = time.monotonic()
        with running(place, "2018-06-30") as server:
            count.slowest = max(count.slowest, time.monotonic() - began)
            with window(browser) as watched:
                _told(server, watched.page, count)


def _confirm(server: Server, page: Page, number: int) -> None:
    page.goto(f"{server.url}/upload")
    file: FilePayload = {
        "name": f"{number}.csv",
        "mimeType": "text/csv",
        "buffer": register(number),
    }
    page.set_input_files("input[type=file]", file)
    page.get_by_text(f"{number}.csv").first.wait_for()
    settled(page)
    page.get_by_role("button", name="确认导入").click(timeout=60_000)


def _look(place: Path, count: Count) -> bool:
    """Whole or not there; and whether the ledger knows of an import that was cut off."""
    told = Ledger(place / "school" / NAME).told()
    with Workspaces(replace(Settings(), data=place)) as spaces:
        school = spaces.warehouse("school")
        half = school.read(
            f"select source_id, count(*) as n from ledger group by all having n <> {_ROWS}"
        )
        count.wrong += [f"{len(half)} half imports"] if half else []
        count.wrong += [finding.message.en for finding in school.verified.findings]
        there = len(school.history())
        unfinished = bool(school.verified.unfinished)
    new = there > count.stored
    count.stored = there
    begun = told.begun is not None
    count.cut_off += unfinished
    count.before += not new and not unfinished
    if begun and not new and not unfinished:
        count.wrong.append("an import that was begun is nowhere")
    return unfinished


def _told(server: Server, page: Page, count: Count) -> None:
    page.goto(f"{server.url}/upload")
    page.get_by_text("导入记录").or_(page.get_by_text(_UNFINISHED)).first.wait_for()
    settled(page)
    if not page.get_by_text(_UNFINISHED).count():
        count.wrong.append("the page does not say that an import was cut off")


def run(seconds: float) -> Result:
    began, count = time.monotonic(), Count()
    path = next(Path(one) for one in candidates() if one and Path(one).is_file())
    chance = random.Random(9)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name, chromium(path) as browser:
        Workspaces(replace(Settings(), data=Path(name))).enter("school")
        while count.cycles < _CYCLES and time.monotonic() - began < seconds:
            cycle(Path(name), browser, count, chance.uniform(0.05, 1.0))
    found = (
        f"{count.cycles} kills: {count.stored} imports whole, {count.cut_off} told as not"
        f" completed, {count.before} killed before they began; healthy after"
        f" {count.slowest:.1f} s at most {'; '.join(count.wrong[:2])}"
    )
    held = not count.wrong and count.cycles == _CYCLES and count.slowest <= _HEALTHY
    return measured(__name__, GOAL, found, held, began)
