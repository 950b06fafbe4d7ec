"""From a tile to a cell in a real browser: two clicks, a table twin, a file, a link to share."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

from tests.browser import Server, running, settled, window
from tests.demo import lay

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(lay(tmp_path_factory.mktemp("proof")), "2026-01-15") as found:
        yield found


@pytest.fixture
def page(server: Server, browser: Browser) -> Iterator[Page]:
    with window(browser) as found:
        yield found.page


def open_members(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/members?lang=zh")
    expect(page.locator(".stPlotlyChart").first).to_be_visible(timeout=90_000)  # the demo is built
    settled(page)


def test_two_clicks_lead_from_a_tile_to_a_cell(page: Page, server: Server) -> None:
    open_members(page, server)
    page.locator(".st-key-open_enrollment_rate button").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("118/120 人")
    expect(drawer).to_contain_text("按 120/120 行计算")
    table = drawer.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert table
    page.mouse.click(table["x"] + 18, table["y"] + 54)  # the box before the first row
    expect(drawer).to_contain_text("sha256", timeout=20_000)
    expect(drawer).to_contain_text("教职工花名册（2025年9月1日）.xlsx")


def test_a_chart_turns_into_its_table_and_back(page: Page, server: Server) -> None:
    open_members(page, server)
    charts = page.locator(".stPlotlyChart")
    before = charts.count()
    switch = page.locator("[class*=st-key-switch_] button").first
    switch.focus()
    page.keyboard.press("Enter")
    expect(charts).to_have_count(before - 1)
    page.locator("[class*=st-key-switch_] button").first.click()
    expect(charts).to_have_count(before)


def test_every_chart_has_words_for_those_who_do_not_see_it(page: Page, server: Server) -> None:
    for path in ("overview", "members", "activities", "funds", "proposals", "congress"):
        page.goto(f"{server.url}/{path}?lang=zh")
        settled(page)
        charts = page.locator(".stPlotlyChart")
        for place in range(charts.count()):
            words = charts.nth(place).evaluate(
                "found => [found, ...found.querySelectorAll('[aria-label]')]"
                ".map(one => one.getAttribute('aria-label') || '').join('')"
            )
            assert re.search("[一-鿿]", words), (path, place)


def test_a_bar_opens_its_own_rows(page: Page, server: Server) -> None:
    open_members(page, server)
    chart = page.locator(".stPlotlyChart").first
    chart.scroll_into_view_if_needed()
    place = chart.locator("g.points path").first.bounding_box()
    assert place
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("只看", timeout=20_000)
    expect(drawer).to_contain_text("逐行依据")


def test_a_link_to_a_proof_opens_the_same_proof(server: Server, browser: Browser) -> None:
    with window(browser) as found:
        found.page.goto(f"{server.url}/proof?kpi=spending_total&period=2024&lang=zh")
        settled(found.page)
        expect(found.page.locator("[data-testid=stMain]")).to_contain_text("2024 年")
        expect(found.page.locator("[data-testid=stMain]")).to_contain_text("期内各笔支出之和")
        with found.page.expect_download() as taken:
            found.page.get_by_role("button", name="下载 CSV").click()
        data = Path(taken.value.path()).read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][0] == "计入"
    assert len(rows) > 100
    assert all(re.fullmatch(r"[A-Z]+\d+:[A-Z]+\d+", row[-1]) for row in rows[1:])
