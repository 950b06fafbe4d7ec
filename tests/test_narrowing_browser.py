"""The pick lists behind the filter button, in a browser: drawn when asked for, open till left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Page, expect

from tests.browser import chromium, running, settled, window
from tests.demo import lay

pytestmark = pytest.mark.browser


def test_pick_lists_open_by_keyboard_and_stay_open_for_the_next_choice(
    chromium_path: Path, tmp_path: Path
) -> None:
    with (
        running(lay(tmp_path), "2026-01-15") as server,
        chromium(chromium_path) as browser,
        window(browser) as watched,
    ):
        page = watched.page
        page.goto(f"{server.url}/members?period=2025")
        settled(page)
        assert page.get_by_role("combobox", name="部门").count() == 0
        button = page.locator(".st-key-narrow button:visible")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="部门")).to_be_focused()
        choose(page, "部门", "语文组", "department=")
        choose(page, "性别", "女", "sex=female")
        expect(page.get_by_role("button", name="部门：语文组")).to_be_visible()

        page.keyboard.press("Escape")
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
        settled(page)
        page.locator("[data-testid=stSidebarNav] a[href*='/proposals']").click()
        page.locator("h1:has-text('提案')").wait_for()
        settled(page)
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
        assert "department=" in page.url


def choose(page: Page, name: str, value: str, told: str) -> None:
    page.get_by_role("combobox", name=name).click()
    page.get_by_role("option", name=value, exact=True).click()
    expect(page).to_have_url(re.compile(told))
    settled(page)
