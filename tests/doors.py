"""Doors to try: a real server that is shared, on this computer only, and what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from browser import PATIENCE, ROOT, free_port, wait_until_well

NAME, PASSWORD = "林一帆", "蓝鲸 on the 屋顶 7"
FORM = re.compile(r'name="form" value="([0-9a-f]{64})"')
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@dataclass
class Door:
    """A shared server, the folder it works in, and the file of what it told its terminal."""

    url: str
    data: Path
    told: Path

    @property
    def origin(self) -> str:
        return self.url

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def code(self) -> str:
        found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", self.told.read_text("utf-8"))
        assert found
        return found[0]

    def client(self, **more: object) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=30, **more)  # type: ignore[arg-type]


@contextmanager
def opened(folder: Path, *arguments: str, **environment: str) -> Iterator[Door]:
    """`serve` with these arguments; its data lies in `folder/data`."""
    port, told = free_port(), folder / "told.txt"
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
    data = folder / "data"
    surroundings = os.environ | {"DASHBOARD_TODAY": "2026-01-15", "PYTHONPATH": str(ROOT)}
    with (
        told.open("wb") as terminal,
        subprocess.Popen(
            [*command, "--data", str(data), *arguments],
            cwd=ROOT,
            env=surroundings | environment,
            stderr=terminal,
        ) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_well(url, process)
            yield Door(url, data, told)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def form(page: httpx.Response) -> str:
    """The key of the form on a page."""
    found = FORM.search(page.text)
    assert found, page.text[:300]
    return found[1]


def set_up(client: httpx.Client, name: str = NAME, password: str = PASSWORD) -> httpx.Response:
    said = {"name": name, "password": password, "again": password}
    return client.post("/set-up", data=said | {"form": form(client.get("/set-up"))})


def sign_in(
    client: httpx.Client, name: str = NAME, password: str = PASSWORD, **more: str
) -> httpx.Response:
    said = {"name": name, "password": password, "form": form(client.get("/sign-in"))}
    return client.post("/sign-in", data=said | more)
