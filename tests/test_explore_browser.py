"""The page 即席分析 in two real browsers: what one drops the other never sees."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import Server, running, settled, window

pytestmark = pytest.mark.browser

FILES = Path(__file__).parent / "files" / "explore"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    Workspaces(Settings(data=folder)).enter("school")
    with running(folder, "2026-01-15") as found:
        yield found


def opened(page: Page, server: Server) -> Page:
    page.goto(f"{server.url}/explore")
    expect(page.get_by_role("heading", name="即席分析")).to_be_visible()
    settled(page)
    return page


def test_two_browsers_never_see_each_others_files(server: Server, browser: Browser) -> None:
    with window(browser) as one, window(browser) as other:
        opened(one.page, server)
        opened(other.page, server)
        one.page.set_input_files("input[type=file]", FILES / "books_handed_out.csv")
        expect(one.page.get_by_text("books_handed_out.csv").first).to_be_visible()
        other.page.set_input_files("input[type=file]", FILES / "no_header_at_all.csv")
        expect(other.page.get_by_text("no_header_at_all.csv").first).to_be_visible()
        settled(other.page)
        expect(other.page.get_by_text("books_handed_out.csv")).to_have_count(0)
        opened(other.page, server)  # a new session: what it held is gone
        expect(other.page.get_by_text("no_header_at_all.csv")).to_have_count(0)
        expect(one.page.get_by_text("books_handed_out.csv").first).to_be_visible()
        assert one.hosts() | other.hosts() == {"127.0.0.1"}


def test_a_long_reading_is_shown_and_can_be_stopped(server: Server, browser: Browser) -> None:
    rows = "".join(f"甲{at},购买第{at}批用品,{at * 7 % 100_000 / 100}\n" for at in range(600_000))
    data = f"编号,摘要,金额\n{rows}".encode()
    with window(browser) as watched:
        page = opened(watched.page, server)
        page.set_input_files(
            "input[type=file]", {"name": "大.csv", "mimeType": "text/csv", "buffer": data}
        )
        expect(page.get_by_text(re.compile("正在读取 大.csv")).first).to_be_visible()
        page.get_by_role("button", name="取消").click()
        expect(page.get_by_text(re.compile("正在读取"))).to_have_count(0)
        settled(page)
        expect(page.get_by_text("大.csv")).to_have_count(0)
        expect(page.get_by_text("选择文件，可一次选多个")).to_be_visible()


def came(page: Page) -> list[bytes]:
    """Every frame that comes to the page from now on."""
    frames: list[bytes] = []

    def frame(payload: str | bytes) -> None:
        frames.append(payload if isinstance(payload, bytes) else payload.encode())

    page.on("websocket", lambda opened: opened.on("framereceived", frame))
    return frames


def heard(page: Page, frames: list[bytes], word: str) -> None:
    """Until the word has come to the page."""
    until = time.monotonic() + 30
    while not any(word.encode() in frame for frame in frames):
        assert time.monotonic() < until, word
        page.wait_for_timeout(100)  # the page's frames are taken in meanwhile


def roster(surname: str, phone: str, identity: str, department: str) -> bytes:
    rows = "".join(
        f"{surname}{given},{department},{phone},{identity}\n" for given in ("建国", "淑芬", "志强")
    )
    return f"姓名,部门,手机,身份证号\n{rows}".encode()


def test_files_of_one_name_are_two_files_and_no_number_of_a_person_comes_to_a_page(
    server: Server, browser: Browser
) -> None:
    told = [
        ("欧阳", "13812345670", "990000195001010004", "珐琅组"),
        ("司马", "13998765432", "990000198809090008", "蔷薇组"),
    ]
    with window(browser) as one, window(browser) as other:
        pages = [one.page, other.page]
        frames = [came(page) for page in pages]
        for page, planted in zip(pages, told, strict=True):
            opened(page, server)
            file = {"name": "名册.csv", "mimeType": "text/csv", "buffer": roster(*planted)}
            page.set_input_files("input[type=file]", file)
            heard(page, frames[pages.index(page)], planted[-1])
            settled(page)
        everything = [b"".join(some).decode("utf-8", "ignore") for some in frames]
        for at, (surname, phone, identity, department) in enumerate(told):
            mine, others = everything[at], everything[1 - at]
            assert department in mine
            assert department not in others
            assert not [w for w in (phone, identity, f"{surname}建国") if w in mine + others]
            expect(pages[1 - at].get_by_text(department)).to_have_count(0)
        pages[0].get_by_text("显示姓名").click()
        heard(pages[0], frames[0], "欧阳建国")
        settled(pages[0])
        shown = [b"".join(some).decode("utf-8", "ignore") for some in frames]
        assert "欧阳建国" not in shown[1]
        assert not [w for w in (told[0][1], told[0][2]) if w in shown[0]]
