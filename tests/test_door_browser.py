"""The door in a real browser: in by the form, away at once, and nothing left behind at the tab."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import settled, window
from doors import NAME, PASSWORD, Door, opened, set_up
from playwright.sync_api import Browser, Page, expect

from dashboard.access import Accounts, Sessions
from dashboard.roles import Role
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

pytestmark = pytest.mark.browser

OTHER, SECRET = "周小满", "雨后 mountain 第九"
FILES = Path(__file__).parent / "files" / "explore"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Two officers, and a school without a file."""
    folder = tmp_path_factory.mktemp("door")
    Workspaces(Settings(data=folder / "data")).enter("school")
    with opened(folder, "--share", "--host", "127.0.0.1") as found:
        with found.client() as client:
            set_up(client)
        Accounts(found.data).add(OTHER, SECRET, Role.OFFICER)
        yield found


def enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_the_form_needs_no_mouse_and_leads_to_the_page_one_came_for(
    door: Door, browser: Browser
) -> None:
    with window(browser) as watched:
        page = watched.page
        page.goto(f"{door.url}/explore")
        expect(page.get_by_label("姓名", exact=True)).to_be_focused()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="即席分析")).to_be_visible()
        assert "/explore" in page.url
        assert watched.hosts() == {"127.0.0.1"}
        assert page.evaluate("document.cookie").startswith("_streamlit_xsrf=")
        assert "dashboard_" not in page.evaluate("document.cookie")


def test_a_sign_out_elsewhere_sends_the_page_away_and_the_next_one_finds_nothing(
    door: Door, browser: Browser
) -> None:
    with window(browser) as watched:
        page = watched.page
        page.goto(f"{door.url}/explore")
        enter(page, NAME, PASSWORD)
        expect(page.get_by_role("heading", name="即席分析")).to_be_visible()
        settled(page)
        page.set_input_files("input[type=file]", FILES / "books_handed_out.csv")
        expect(page.get_by_text("books_handed_out.csv").first).to_be_visible()
        settled(page)

        Sessions(door.data).close_all(1)
        began = time.monotonic()
        expect(page.get_by_label("姓名", exact=True)).to_be_visible(timeout=5_000)
        assert time.monotonic() - began < 3
        expect(page.get_by_text("books_handed_out.csv")).to_have_count(0)

        page.goto(f"{door.url}/explore")
        enter(page, OTHER, SECRET)
        expect(page.get_by_role("heading", name="即席分析")).to_be_visible()
        settled(page)
        expect(page.get_by_text("books_handed_out.csv")).to_have_count(0)


def test_on_a_phone_the_form_is_no_wider_than_the_screen(door: Door, browser: Browser) -> None:
    with window(browser, width=320) as watched:
        for address in ("/sign-in", "/sign-in?lang=en"):
            watched.page.goto(door.url + address)
            assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320
