"""What every test may use. Chromium is looked for here, once, so that its absence has one voice."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium
from hypothesis import settings
from playwright.sync_api import Browser

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
NO_CHROMIUM = (
    "no Chromium, Chrome or Edge on this computer: install one, or name it in DASHBOARD_CHROMIUM "
    "(没有找到 Chromium、Chrome 或 Edge：请安装，或用 DASHBOARD_CHROMIUM 指明)"
)


def candidates() -> Iterator[str | None]:
    """Where a browser may be; the one the developer names is the only one looked at."""
    named = os.environ.get("DASHBOARD_CHROMIUM")
    if named:
        yield named
        return
    yield from (shutil.which(name) for name in NAMES)
    yield from PLACES


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """A browser for the browser tests: skipped without one, failed where one is required."""
    for candidate in candidates():
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    if os.environ.get("DASHBOARD_BROWSER") == "required":
        pytest.fail(NO_CHROMIUM)
    pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with chromium(chromium_path) as found:
        yield found
