"""Charts of a dropped file in a real browser: clicked, changed, pinned, presented, taken home."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Locator, Page, expect

from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import chromium, running, settled, window
from tests.test_explore_charts import SPENT

pytestmark = pytest.mark.browser
FILE = {"name": "支出.csv", "mimeType": "text/csv", "buffer": SPENT}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, chromium_path: Path) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("data")
    Workspaces(Settings(data=folder)).enter("school")
    with (
        running(folder, "2026-01-15") as server,
        chromium(chromium_path) as browser,
        window(browser) as found,
    ):
        found.page.goto(f"{server.url}/explore?lang=zh")
        found.page.set_input_files("input[type=file]", FILE)  # type: ignore[arg-type]
        expect(card(found.page, "各部门金额合计")).to_be_visible()
        settled(found.page)
        yield found.page
        assert found.hosts() == {"127.0.0.1"}


def card(page: Page, title: str) -> Locator:
    return page.locator("[class*=st-key-picture_]").filter(has=page.get_by_text(title, exact=True))


def ends(chart: Locator) -> list[str]:
    """What is written at the bars' ends."""
    return chart.locator(".y2tick text").all_text_contents()


def click_first_bar(page: Page, chart: Locator) -> None:
    bar = chart.locator(".barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_a_bar_narrows_the_others(page: Page) -> None:
    departments, kinds = card(page, "各部门金额合计"), card(page, "各类别金额合计")
    own, before = ends(departments), ends(kinds)
    click_first_bar(page, departments)
    chip = page.locator("[class*=st-key-chip_] button").first
    expect(chip).to_contain_text("部门")
    expect(kinds.locator(".y2tick text").first).not_to_have_text(before[0])
    assert ends(departments) == own
    chip.click()
    expect(page.locator("[class*=st-key-chip_] button")).to_have_count(0)
    expect(kinds.locator(".y2tick text").first).to_have_text(before[0])


def test_a_pick_changes_the_chart(page: Page) -> None:
    card(page, "各类别金额合计").locator("[class*=st-key-switch_tune] button").first.click()
    page.get_by_role("combobox", name=re.compile("统计")).click()
    page.get_by_role("option", name="中位数").click()
    expect(card(page, "各类别金额中位数")).to_be_visible()
    page.keyboard.press("Escape")


def test_pinned_charts_are_presented_and_exported(page: Page) -> None:
    for title in ("每月金额合计", "各部门金额合计"):
        card(page, title).locator("[class*=st-key-switch_pin_] button").first.click()
        settled(page)
    page.get_by_role("link", name="钉住的图表").first.click()
    expect(page.get_by_text("来源：支出.csv").first).to_be_visible()
    expect(page.locator("[class*=st-key-card_pinned_]")).to_have_count(2)
    settled(page)
    page.locator(".st-key-export_button button").first.click()
    page.get_by_role("radio", name="本页").or_(
        page.get_by_role("button", name="本页")
    ).first.click()
    page.get_by_role("radio", name="幻灯片").or_(
        page.get_by_role("button", name="幻灯片")
    ).first.click()
    settled(page)
    page.locator(".st-key-export_make button").click()
    page.locator(".st-key-export_save button").wait_for(timeout=90_000)
    with page.expect_download() as started:
        page.locator(".st-key-export_save button").click()
    with zipfile.ZipFile(io.BytesIO(Path(started.value.path()).read_bytes())) as deck:
        charts = [
            name for name in deck.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)
        ]
    assert len(charts) == 2
    page.keyboard.press("Escape")
    page.locator(".st-key-present_button button").first.click()
    page.locator(".st-key-present_start button").click()
    expect(page.get_by_text("临时打开的表格，未入库").first).to_be_visible()
    expect(page.locator(".st-key-stage[data-shown]")).to_be_visible()  # its keys answer
    settled(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator('.slide[data-slide="2"]').get_by_text("每月金额合计")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[class*=st-key-card_pinned_]").first).to_be_visible()
