"""A real server and a real browser for the tests that need both."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--no-first-run", "--disable-quic"]  # fmt: skip
expect.set_options(timeout=30_000)  # a busy computer is no failure
PATIENCE = 60  # seconds until a server that does not answer has failed


@dataclass
class Server:
    """A dashboard of its own, on a free port, over a folder of its own."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]


@contextmanager
def running(data: Path, today: str, before: Sequence[str] = ()) -> Iterator[Server]:
    """`before`: a program that starts the server and watches it."""
    port = free_port()
    command = [*before, sys.executable]
    command += ["-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
    surroundings = os.environ | {"DASHBOARD_TODAY": today, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--data", str(data)], cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_well(url, process)
            yield Server(url, data, process)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_well(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)  # between two questions; the answer ends the waiting
    raise TimeoutError(url)


@dataclass
class Watched:
    """A browser window, and every address it asked for."""

    page: Page
    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)  # what our own Content-Security-Policy forbade

    def hosts(self) -> set[str | None]:
        return {
            urlsplit(url).hostname for url in self.asked if not url.startswith(("data:", "blob:"))
        }


@contextmanager
def window(browser: Browser, locale: str = "zh-CN", width: int = 1440) -> Iterator[Watched]:
    context = browser.new_context(locale=locale, viewport={"width": width, "height": 900})
    watched = Watched(context.new_page(), context)

    def request(found: Request) -> None:
        watched.asked.append(found.url)

    def socket_opened(found: WebSocket) -> None:
        watched.asked.append(found.url)

    def said(found: ConsoleMessage) -> None:
        if "Content Security Policy" in found.text:
            watched.blocked.append(found.text)

    watched.page.on("console", said)
    watched.page.on("request", request)
    watched.page.on("websocket", socket_opened)
    watched.page.set_default_timeout(30_000)
    yield watched
    context.close()
    assert watched.blocked == []


def settled(page: Page) -> None:
    """Until Streamlit has drawn everything it was asked for."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector("[data-testid=stSkeleton], [data-testid=stSpinner]", state="detached")


@contextmanager
def chromium(path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=QUIET)
        yield browser
        browser.close()
