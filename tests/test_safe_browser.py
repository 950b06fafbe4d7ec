"""On the wall: nobody of the sample is in any frame, page or file that reaches the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Page, Response, WebSocket
from python_calamine import CalamineWorkbook

from dashboard.settings import SAMPLE
from tests import walls
from tests.browser import Server, chromium, running, settled, window
from tests.demo import lay
from tests.meeting_of_sample import sample

pytestmark = pytest.mark.browser
NUMBERS = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|[1-9]\d{5}(?:19|20)\d{9}[\dX])(?!\d)")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    with sample(tmp_path_factory.mktemp("sample")) as warehouse, warehouse.snapshot() as reader:
        return frozenset(row["name"] for row in reader.read("select name from named_people"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(lay(tmp_path_factory.mktemp("data")), "2026-01-15") as found:
        yield found


def numbers_of_the_sample() -> set[str]:
    """Phones and identity numbers as its files have them: any number of that length may as well
    be a place in a drawing.
    """
    books = [CalamineWorkbook.from_path(path) for path in SAMPLE.glob("*.xlsx")]
    cells = [
        str(cell)
        for book in books
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    texts = [path.read_bytes().decode("gb18030", "ignore") for path in SAMPLE.glob("*.csv")]
    return {number for text in (*cells, *texts) for number in NUMBERS.findall(text)}


class Wire:
    """Everything that comes to the page: frames of its sockets, and bodies of what it asked for."""

    def __init__(self, page: Page) -> None:
        self.heard: list[bytes] = []
        self._responses: list[Response] = []
        page.on("websocket", self._listen)
        page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        self._responses.append(response)

    def _listen(self, opened: WebSocket) -> None:
        opened.on("framereceived", self._frame)

    def _frame(self, frame: str | bytes) -> None:
        self.heard.append(frame.encode() if isinstance(frame, str) else frame)

    def all(self) -> str:
        """Letters as they are, and as JSON may write them; the program's own code is no answer."""
        bodies = [
            found.body()
            for found in self._responses
            if found.ok and not found.url.endswith((".js", ".css", ".woff2", ".svg", ".png"))
        ]
        text = b"\n".join((*self.heard, *bodies)).decode("utf-8", "ignore")
        return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("view", ["lang=zh", "lang=en&department=语文组"])
def test_nobody_of_the_sample_reaches_the_browser(
    server: Server, chromium_path: Path, names: frozenset[str], view: str
) -> None:
    with chromium(chromium_path) as browser, window(browser, width=1280) as watched:
        wire = Wire(watched.page)
        walls.opened(watched.page, f"{server.url}/overview?present=all&{view}")
        many = walls.count(watched.page)
        assert many > 20
        for at in range(1, many + 1):
            walls.shown(watched.page, at)
            watched.page.keyboard.press("PageDown")
        told = wire.all() + watched.page.content()
    assert len(told) > 100_000
    assert not [name for name in names if name in told]
    numbers = numbers_of_the_sample()
    assert len(numbers) > 20
    assert not [number for number in numbers if number in told]


def test_the_same_search_finds_the_officers_own_lists(
    server: Server, chromium_path: Path, names: frozenset[str]
) -> None:
    with chromium(chromium_path) as browser, window(browser) as watched:
        wire = Wire(watched.page)
        watched.page.goto(f"{server.url}/members")
        settled(watched.page)
        told = wire.all()
    assert [name for name in names if name in told]
