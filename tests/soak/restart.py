"""T21: the server is stopped and started again while somebody looks; the page comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from conftest import candidates
from playwright.sync_api import Page, expect

from tests.browser import (
    PATIENCE,
    ROOT,
    chromium,
    free_port,
    settled,
    wait_until_well,
    window,
)
from tests.soak import crowds
from tests.soak.harness import Result, measured

GOAL = "T21: SIGTERM x 20: gone <= 2 s, healthy <= 3 s, the page comes back with the same filters"
_TIMES, _GONE, _HEALTHY = 20, 2.0, 3.0
_ADDRESS = "period=2024&department=%E8%AF%AD%E6%96%87%E7%BB%84"  # 语文组
_SHOWN = ("2024 年", "部门：语文组")


@dataclass
class Times:
    gone: list[float] = field(default_factory=list)
    healthy: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)


def run(seconds: float) -> Result:
    began, times = time.monotonic(), Times()
    path = next(Path(one) for one in candidates() if one and Path(one).is_file())
    data, port = Path(os.environ["DASHBOARD_DATA"]), free_port()
    url = f"http://127.0.0.1:{port}"
    with chromium(path) as browser, window(browser) as watched:
        page = watched.page
        with _served(data, port, times):
            page.goto(f"{url}/members?{_ADDRESS}", timeout=PATIENCE * 1000)
            _stands(page)
        while len(times.back) < _TIMES and time.monotonic() - began < seconds:
            with _served(data, port, times):
                started = time.monotonic()
                _stands(page)
                times.back.append(time.monotonic() - started)
    slowest = [max(some) for some in (times.gone, times.healthy, times.back)]
    found = (
        f"{len(times.back)} restarts: gone after {slowest[0]:.1f} s, healthy after"
        f" {slowest[1]:.1f} s, the page back {slowest[2]:.1f} s later, at most"
    )
    held = len(times.back) == _TIMES and slowest[0] <= _GONE and slowest[1] <= _HEALTHY
    return measured(__name__, GOAL, found, held, began)


@contextmanager
def _served(data: Path, port: int, times: Times) -> Iterator[None]:
    """A server at always the same address; at the end it is told to stop, as a system does it."""
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
    surroundings = os.environ | {"DASHBOARD_TODAY": crowds.TODAY, "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    with subprocess.Popen(
        [*command, "--data", str(data)], cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL
    ) as process:
        wait_until_well(f"http://127.0.0.1:{port}", process)
        times.healthy.append(time.monotonic() - began)
        try:
            yield
        finally:
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
            times.gone.append(time.monotonic() - began)


def _stands(page: Page) -> None:
    """The open page, without anybody having touched it, shows what it was narrowed to."""
    page.wait_for_selector(
        "[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=PATIENCE * 1000
    )
    settled(page)
    for words in _SHOWN:
        expect(page.get_by_text(words).first).to_be_visible()
