"""No call leaves this computer while it is used: every connection of every process is watched."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.browser import chromium, running, window
from tests.conftest import candidates
from tests.deeds import everything
from tests.outbound import outside, tracer, watching
from tests.soak.harness import Result, measured

GOAL = "0 connections, sends or name questions beyond this computer, server, children and browser"


def run(seconds: float) -> Result:
    """Look, import, export and ask, again and again, until the time is over."""
    began = time.monotonic()
    assert tracer(), "strace is missing: install it"
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.txt"
        rounds, hosts = _used(Path(os.environ["DASHBOARD_DATA"]), told, began + seconds)
        away = outside(told)
        with told.open("rb") as lines:
            calls = sum(1 for _ in lines)
        found = f"{len(away)} outside in {calls:,} watched calls, {rounds} rounds"
    held = rounds > 0 and not away and hosts == {"127.0.0.1"}
    return measured(__name__, GOAL, f"{found}; the browser asked {sorted(hosts)}", held, began)


def _used(data: Path, told: Path, until: float) -> tuple[int, set[str]]:
    """How many rounds were gone through, and whom the browser asked."""
    path = next(Path(one) for one in candidates() if one and Path(one).is_file())
    rounds, hosts = 0, set()
    with running(data, "2018-06-30", watching(told)) as server, chromium(path) as browser:
        begun = time.monotonic()
        while not rounds or time.monotonic() + (time.monotonic() - begun) / rounds < until:
            with window(browser) as watched:
                everything(watched.page, server.url, rounds + 1)
                hosts |= {str(host) for host in watched.hosts()}
            rounds += 1
    return rounds, hosts
