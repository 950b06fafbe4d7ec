"""The page 工作计划 in a real browser: a plan dropped, a cell typed into, and into the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import Server, running, settled, window

pytestmark = pytest.mark.browser

PLANS = Path(__file__).parent / "files" / "plans"
ROW, ITEM = 35, 160  # pixels: a row's height, and where the column 事项 stands


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    Workspaces(Settings(data=folder)).enter("school")
    with running(folder, "2026-01-15") as found:
        yield found


def type_in(page: Page, row: int, text: str) -> None:
    """Into the column of items, as a hand would; the last cell is not left by a key.

    A table that has only just come may miss a click: a hand would click again.
    """
    field = page.locator("#portal textarea, #portal input, .gdg-input").first
    table = page.locator("[data-testid=stDataFrame]:visible").first
    table.scroll_into_view_if_needed()
    for _ in range(3):
        box = table.bounding_box()
        assert box
        page.mouse.click(box["x"] + ITEM, box["y"] + ROW * row + ROW // 2)
        page.keyboard.press("Enter")
        with suppress(TooLate):
            field.wait_for(timeout=3_000)
            break
    field.fill(text)


def test_what_is_typed_last_goes_into_the_import_too(server: Server, browser: Browser) -> None:
    with window(browser) as watched:
        page = watched.page
        page.goto(f"{server.url}/plan?lang=zh")
        expect(page.get_by_role("heading", name="工作计划")).to_be_visible()
        settled(page)
        page.set_input_files("input[type=file]", PLANS / "numbers_close_together.txt")
        cells = page.locator("[data-testid=stDataFrame]:visible td")
        expect(cells.get_by_text("元宵节猜灯谜活动", exact=True).first).to_be_attached()
        settled(page)
        type_in(page, 4, "元宵灯会")  # the fourth item; the button takes it along
        page.locator(".st-key-plan_import button").click()
        expect(page.get_by_role("heading", name="上传")).to_be_visible()
        settled(page)
        expect(page.get_by_text("numbers_close_together.csv").first).to_be_visible()
        page.locator(".st-key-confirm_import button").click()
        expect(page.get_by_text("导入完成。")).to_be_visible()
        page.goto(f"{server.url}/activities?lang=zh&period=2025-2026")
        settled(page)
        told = page.locator("[data-testid=stDataFrame] td")
        expect(told.get_by_text("元宵灯会", exact=True).first).to_be_attached()
        expect(told.get_by_text("元宵节猜灯谜活动", exact=True)).to_have_count(0)
        assert watched.hosts() == {"127.0.0.1"}
