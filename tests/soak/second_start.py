"""T14: the dashboard is started a second time on the same data; the first one does not notice."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.browser import ROOT, Server, free_port, running
from tests.soak.harness import Result, measured

GOAL = "T14: 20 second starts: a plain message, exit code not 0, the first one unharmed"
_STARTS = 20


def second(server: Server, *words: str) -> subprocess.CompletedProcess[str]:
    """Another command on the data of a server that runs."""
    command = [sys.executable, "-m", "dashboard", *words, "--data", str(server.data)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def trouble(server: Server, *words: str) -> str:
    """What is wrong with how a second start ends; nothing, if it is as it should be."""
    done = second(server, *words)
    if done.returncode == 0:
        return f"{words[0]} went ahead"
    if "Traceback" in done.stderr or str(server.process.pid) not in done.stderr:
        return f"{words[0]} said: {done.stderr[-200:]}"
    if server.process.poll() is not None:
        return "the first one stopped"
    with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=10) as answer:
        return "" if answer.status == 200 else f"the first one answers {answer.status}"


def serving() -> tuple[str, ...]:
    """Another server on another port: the same one is refused for the port already."""
    return "serve", "--no-browser", "--port", str(free_port())


def run(seconds: float) -> Result:
    began, done, wrong = time.monotonic(), 0, list[str]()
    with tempfile.TemporaryDirectory() as place, running(Path(place), "2018-06-30") as server:
        while done < _STARTS and time.monotonic() - began < seconds:
            wrong += filter(None, [trouble(server, *serving())])
            done += 1
    found = f"{done - len(wrong)} of {done} refused in plain words {'; '.join(wrong[:2])}"
    return measured(__name__, GOAL, found, done == _STARTS and not wrong, began)
