"""The wall in a real browser: every slide at four sizes, keys, reload, the way back, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

from tests import walls
from tests.browser import Server, running, settled, window
from tests.demo import lay

pytestmark = pytest.mark.browser
Sizes = tuple[tuple[int, int], ...]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(lay(tmp_path_factory.mktemp("data")), "2026-01-15") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with window(browser, width=1280) as watched:
        yield watched.page
        assert watched.hosts() == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("order", "lang", "theme", "sizes"),
    [
        ("all", "zh", "light", walls.SIZES),
        ("overview,activities,funds", "en", "dark", walls.SIZES[:1]),
    ],
)
def test_every_slide_can_be_read_at_every_size(
    server: Server, page: Page, order: str, lang: str, theme: str, sizes: Sizes
) -> None:
    """The stage grows and shrinks as a whole, so the second language is looked at in one size."""
    walls.opened(page, f"{server.url}/overview?present={order}&lang={lang}&theme={theme}")
    many, found = walls.count(page), {}
    assert many > 30
    for at in range(1, many + 1):
        walls.shown(page, at)
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            found[at, width] = walls.faults(page)
        page.keyboard.press("PageDown")
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_the_look_sees_what_is_wrong(server: Server, page: Page) -> None:
    """Letters too small, values too small, and words beyond the slide are found."""
    walls.opened(page, f"{server.url}/overview?present=overview&slide=2")
    assert walls.faults(page) == []
    for wrong, style in (
        ("12 px:", ".slide .page { font-size: 12px !important; }"),
        ("small:", ".slide .value { font-size: 90px !important; }"),
        ("outside the slide:", ".slide .tiles { left: 900px !important; }"),
        ("outside its box:", ".slide .label { margin-left: -90px !important; }"),
        ("on the foot:", ".slide .tiles { top: 500px !important; }"),
        ("too wide:", ".slide .value { font-size: 400px !important; }"),
        ("scrolls", ".stApp { overflow: visible !important; width: 300vw !important; }"),
    ):
        added = page.add_style_tag(content=style)
        assert [fault for fault in walls.faults(page) if fault.startswith(wrong)], style
        added.evaluate("one => one.remove()")


def test_keys_clicks_and_a_presenters_remote_turn_the_slides(server: Server, page: Page) -> None:
    walls.opened(page, f"{server.url}/overview?present=overview")
    last = walls.count(page)
    for key, at in (
        ("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2),
        ("End", last), ("ArrowRight", last), ("Home", 1), ("ArrowLeft", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        walls.shown(page, at)
    page.mouse.click(1200, 300)
    walls.shown(page, 2)
    page.mouse.click(640, 300)
    page.mouse.click(60, 300)
    walls.shown(page, 1)
    page.keyboard.press("b")
    expect(page.locator(".black")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".black")).to_be_hidden()
    walls.shown(page, 1)


def test_many_keys_at_once_end_where_they_should(server: Server, page: Page) -> None:
    """No slide in between is waited for, and the server's late answers turn nothing back."""
    walls.opened(page, f"{server.url}/funds?present=overview,members")
    for _ in range(10):
        page.keyboard.press("PageDown")
    walls.shown(page, 11)
    walls.turned(page, 11)
    settled(page)
    walls.shown(page, 11)


def test_a_reload_and_a_second_screen_stay_in_place(server: Server, page: Page) -> None:
    walls.opened(page, f"{server.url}/members?present=members,funds.1&lang=en")
    page.keyboard.press("End")
    walls.shown(page, walls.count(page))
    walls.turned(page, walls.count(page))
    here, said = page.url, walls.words(page)
    page.reload()
    page.wait_for_selector(".st-key-stage[data-shown]")
    assert (page.url, walls.words(page)) == (here, said)
    assert "Key figures" in said


def test_slides_are_reached_and_left_in_the_same_session_with_filters_and_language(
    server: Server, page: Page
) -> None:
    page.goto(f"{server.url}/members?period=2024&department=语文组&lang=zh")
    expect(page.get_by_text("2024 年 · 语文组 · 数据截至 2024-12-31")).to_be_visible()
    settled(page)
    before = walls.address(page)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("button", name="投影").click()
    page.get_by_role("dialog").get_by_text("English", exact=True).click()
    settled(page)
    page.get_by_role("button", name="开始投影").click()
    page.wait_for_selector(".st-key-stage[data-shown]")
    assert page.evaluate("Boolean(document.fullscreenElement)")
    assert "as of 2024-12-31" in walls.words(page)
    assert walls.address(page) == before | {"present": "members", "slide": "1", "lang": "en"}
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    walls.turned(page, 2)
    page.keyboard.press("Escape")
    expect(page.get_by_text("2024 年 · 语文组 · 数据截至 2024-12-31")).to_be_visible()
    assert walls.address(page) == before
    assert page.evaluate("window.sameDocument && !document.fullscreenElement")


def test_slides_come_by_themselves_until_they_are_stopped(server: Server, page: Page) -> None:
    walls.opened(page, f"{server.url}/overview?present=overview&auto=1")
    walls.shown(page, 2)
    walls.shown(page, 3)
    page.keyboard.press("p")
    at = page.locator(".st-key-stage").get_attribute("data-slide")
    page.wait_for_timeout(1600)
    walls.shown(page, int(at or 0))
    page.keyboard.press("p")
    walls.shown(page, int(at or 0) + 1)


def test_names_are_asked_for_recorded_and_gone_after_a_reload(server: Server, page: Page) -> None:
    walls.opened(page, f"{server.url}/members?present=members&slide=2")
    assert "已隐去个人信息" in walls.words(page)
    page.mouse.move(600, 300)
    page.mouse.move(640, 320)
    page.get_by_role("button", name="显示个人信息…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("在场的每个人都会看到")
    page.keyboard.press("ArrowRight")  # while it asks, no slide is turned
    expect(dialog.get_by_role("button", name="显示", exact=True)).to_be_disabled()
    dialog.get_by_text("在场人员都可以看到这些信息").click()
    dialog.get_by_role("button", name="显示", exact=True).click()
    expect(page.locator(".slide .names").first).to_have_text("含个人信息")
    walls.shown(page, 2)
    assert "names" not in page.url
    page.mouse.move(600, 300)
    page.get_by_role("button", name="隐去个人信息").click()
    expect(page.locator(".slide .names").first).to_have_text("已隐去个人信息")
    page.reload()
    expect(page.locator(".slide .names").first).to_have_text("已隐去个人信息")


def test_an_order_that_does_not_exist_says_so_and_leads_back(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/funds?present=nowhere&lang=zh")
    expect(page.get_by_text(re.compile("nowhere"))).to_be_visible()
    page.get_by_role("button", name="返回页面").click()
    expect(page.get_by_role("heading", name="经费", exact=True)).to_be_visible()
