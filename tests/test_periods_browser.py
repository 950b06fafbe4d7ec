"""The period picker by keyboard alone, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from tests.browser import chromium, running, settled, window
from tests.demo import lay

pytestmark = pytest.mark.browser


def test_a_period_is_chosen_by_keyboard_alone(chromium_path: Path, tmp_path: Path) -> None:
    with (
        running(lay(tmp_path), "2026-01-15") as server,
        chromium(chromium_path) as browser,
        window(browser) as watched,
    ):
        page = watched.page
        page.goto(f"{server.url}/funds?period=2025")
        settled(page)
        button = page.locator(".st-key-period_button button:visible")
        button.focus()
        page.keyboard.press("Enter")
        kind = page.get_by_role("radio", name="年度").or_(page.get_by_role("button", name="年度"))
        expect(kind.first).to_be_focused()

        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("period=2025-2026"))
        settled(page)
        page.keyboard.press("Tab")
        which = page.get_by_role("combobox", name="时间段")
        expect(which).to_be_focused()

        which.click()
        page.get_by_role("option", name="2023-2024 学年", exact=True).click()
        expect(button).to_contain_text("2023-2024 学年")
        settled(page)
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(1)
        expect(which).to_be_focused()

        page.keyboard.press("Escape")
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
        settled(page)
        expect(button).to_be_focused()

        page.get_by_role("button", name="下一期").locator("visible=true").click()
        expect(page).to_have_url(re.compile("period=2024-2025"))
        settled(page)
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
        expect(page.get_by_text(re.compile("2024-2025 学年 · 数据截至 2025-08-31"))).to_be_visible()
