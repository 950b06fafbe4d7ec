"""Settings and filters in a real browser: tables that are typed into, tabs, clicks, Back, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser import Server, running, settled, window
from tests.demo import lay

pytestmark = pytest.mark.browser

ROW, VALUE = 35, 345  # pixels: a row's height, and where the column 目标值 stands
UNSAVED = "有改动尚未保存"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Over the demonstration, which is built before anybody waits for a page."""
    with running(lay(tmp_path_factory.mktemp("data")), "2026-01-15") as found:
        yield found


def cells(page: Page) -> Locator:
    """The visible table as those hear it who do not see its canvas."""
    return page.locator("[data-testid=stDataFrame]:visible td")


def type_in(page: Page, row: int, text: str) -> None:
    """Into the column of values, as a hand would; the last cell is not left by a key.

    A table that has only just come may miss a click: a hand would click again.
    """
    field = page.locator("#portal textarea, #portal input, .gdg-input").first
    for _ in range(3):
        box = page.locator("[data-testid=stDataFrame]:visible").first.bounding_box()
        assert box
        page.mouse.click(box["x"] + VALUE, box["y"] + ROW * row + ROW // 2)
        page.keyboard.press("Enter")
        with suppress(TooLate):
            field.wait_for(timeout=3_000)
            break
    field.fill(text)


def click(page: Page, mark: Locator) -> None:
    """In the middle of a bar: what listens lies above it."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_what_is_typed_into_a_table_is_kept_saved_and_found_again(
    server: Server, browser: Browser
) -> None:
    with window(browser) as watched:
        page = watched.page
        page.goto(f"{server.url}/settings?lang=zh")
        settled(page)
        page.get_by_role("tab", name="目标", exact=True).click()
        expect(page).to_have_url(re.compile("tab=targets"))
        settled(page)
        type_in(page, 1, "66.67")
        page.keyboard.press("Enter")
        expect(page.get_by_text(UNSAVED)).to_be_visible()

        page.get_by_role("tab", name="提醒", exact=True).click()
        settled(page)
        page.get_by_role("tab", name="目标", exact=True).click()
        settled(page)
        expect(cells(page).get_by_text("66.67", exact=True)).to_have_count(1)

        page.locator(".st-key-save_targets button").click()
        expect(page.get_by_text("已保存，各页数字已按新设定计算。")).to_be_visible()
        expect(page.get_by_text(UNSAVED)).to_have_count(0)
        expect(page.get_by_role("tab", name="目标", exact=True)).to_have_attribute(
            "aria-selected", "true"
        )
        page.reload()
        settled(page)
        expect(cells(page).get_by_text("66.67%", exact=True)).to_have_count(1)

        type_in(page, 1, "95")
        page.keyboard.press("Enter")
        expect(page.get_by_text(UNSAVED)).to_be_visible()
        type_in(page, 1, "很多")
        page.locator(".st-key-save_targets button").click()
        expect(page.get_by_text("第 1 行的目标值“很多”读不懂")).to_be_visible()
        expect(cells(page).get_by_text("很多", exact=True)).to_have_count(1)
        page.get_by_role("button", name="放弃改动").click()
        expect(cells(page).get_by_text("66.67%", exact=True)).to_have_count(1)


def test_a_bar_narrows_the_page_and_back_widens_it(server: Server, browser: Browser) -> None:
    with window(browser) as watched:
        page = watched.page
        page.goto(f"{server.url}/members?lang=zh&period=2025")
        settled(page)
        whole = page.locator("[data-testid=stMetricValue]").all_inner_texts()
        click(page, page.locator(".stPlotlyChart .barlayer .point path").first)
        only = page.locator(".st-key-only button:visible")
        name = re.search("“(.+)”", only.inner_text())
        assert name
        only.click()
        chip = page.locator("[class*=st-key-chip_] button:visible")
        expect(chip).to_contain_text(name[1])
        expect(page).to_have_url(re.compile("department=|employment_type=|sex=|age_band="))
        settled(page)
        narrowed, link = page.locator("[data-testid=stMetricValue]").all_inner_texts(), page.url
        assert narrowed != whole

        with window(browser) as elsewhere:
            elsewhere.page.goto(link)
            expect(elsewhere.page.locator("[class*=st-key-chip_] button:visible")).to_contain_text(
                name[1]
            )
            settled(elsewhere.page)
            same = elsewhere.page.locator("[data-testid=stMetricValue]").all_inner_texts()
            assert same == narrowed

        page.go_back()
        expect(chip).to_have_count(0)
        settled(page)
        assert page.locator("[data-testid=stMetricValue]").all_inner_texts() == whole


def test_filters_are_chosen_and_let_go_of_by_keyboard_alone(
    server: Server, browser: Browser
) -> None:
    with window(browser, width=390) as watched:
        page = watched.page
        page.goto(f"{server.url}/members?lang=zh&period=2025")
        settled(page)
        page.locator(".st-key-narrow button:visible").first.focus()
        page.keyboard.press("Enter")
        department = page.get_by_role("combobox", name="部门")
        expect(department).to_be_visible()
        department.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("department="))
        page.keyboard.press("Escape")
        chip = page.locator("[class*=st-key-chip_] button:visible")
        expect(chip).to_have_count(1)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        chip.focus()
        page.keyboard.press("Enter")
        expect(chip).to_have_count(0)
        expect(page).not_to_have_url(re.compile("department="))


def test_a_block_that_knows_nothing_of_a_dimension_says_so(
    server: Server, browser: Browser
) -> None:
    with window(browser) as watched:
        page = watched.page
        page.goto(f"{server.url}/activities?lang=zh&period=2025&department=语文组")
        settled(page)
        tile = page.locator(".st-key-tile_activities_held")
        expect(tile).to_contain_text("不按部门统计")
        expect(page.get_by_text("不按部门统计").nth(3)).to_be_attached()
