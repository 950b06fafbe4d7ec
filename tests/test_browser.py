"""The whole way in a real browser: demo, upload, confirm, figures, link; and nothing calls out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, expect

from tests.browser import Server, running, settled, window

pytestmark = pytest.mark.browser

STAFF = """教职工名册（截至2017年9月1日）
工号,姓名,部门,用工类型
1,张三,语文组,在编
2,李四,语文组,后勤
3,王五,数学组,在编
4,赵六,数学组,退休
"""
PAGES = (
    "overview",
    "members",
    "activities",
    "funds",
    "proposals",
    "congress",
    "proof",
    "settings",
    "upload",
    "explore",
    "plan",
)


def members() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("会员")
    page.write(0, 0, "会员名册（截至2017年9月1日）")
    page.write_row(1, 0, ["工号", "姓　名", "部门", "入会\n日期", "服务卡"])
    page.write_row(2, 0, ["1", "张三", "语文组", "2010.3.1", "√"])
    page.write_row(3, 0, ["3", "王五", "数学组", "二〇一一年九月一日", None])
    page.write_row(4, 0, ["合  计", 2])
    book.close()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("data"), "2018-06-30") as found:
        yield found


def test_from_the_demo_to_the_schools_own_figures(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    staff, list_of_members = tmp_path / "花名册.csv", tmp_path / "会员.xlsx"
    staff.write_bytes(STAFF.encode("gb18030"))
    list_of_members.write_bytes(members())
    with window(browser) as watched:
        page = watched.page
        page.goto(server.url)
        expect(page.get_by_text("演示数据").first).to_be_visible()
        expect(page).to_have_url(re.compile("/overview"))

        page.goto(f"{server.url}/upload")
        page.set_input_files("input[type=file]", [staff, list_of_members])
        expect(page.get_by_text("共 6 行 = 导入 4 + 表头 1 + 标题与说明 1")).to_be_visible()
        expect(
            page.get_by_text("共 5 行 = 导入 2 + 合计行 1 + 表头 1 + 标题与说明 1")
        ).to_be_visible()
        page.get_by_role("button", name="确认导入").click()
        expect(page.get_by_text("导入完成")).to_be_visible()

        page.get_by_role("link", name="查看总览").click()
        tile = page.locator("[data-testid=stMetric]", has_text="入会率").first
        expect(tile).to_contain_text("66.7%")
        expect(page.get_by_text("演示数据")).to_have_count(0)

        page.goto(f"{server.url}/members?period=2017&department=语文组")
        expect(page.get_by_text("2017 年 · 语文组 · 数据截至 2017-12-31")).to_be_visible()
        expect(page.locator("[data-testid=stMetric]").first).to_contain_text("50.0%")
        link = page.url
        page.reload()
        expect(page.get_by_text("2017 年 · 语文组 · 数据截至 2017-12-31")).to_be_visible()
        assert page.url == link

        assert watched.hosts() == {"127.0.0.1"}


def test_no_page_asks_anybody_else_or_shows_a_traceback(server: Server, browser: Browser) -> None:
    for locale in ("zh-CN", "en-GB"):
        with window(browser, locale) as watched:
            for path in PAGES:
                watched.page.goto(f"{server.url}/{path}")
                expect(watched.page.locator("h1")).to_be_visible()
                settled(watched.page)
                assert watched.page.locator("[data-testid=stException]").count() == 0
            assert watched.hosts() == {"127.0.0.1"}


def test_the_language_follows_the_browser_and_the_switch(server: Server, browser: Browser) -> None:
    with window(browser, "en-GB") as watched:
        page = watched.page
        page.goto(f"{server.url}/members")
        expect(page.get_by_role("heading", name="Members", exact=True)).to_be_visible()
        page.get_by_text("中文", exact=True).click()
        expect(page.get_by_role("heading", name="会员", exact=True)).to_be_visible()
        expect(page).to_have_url(re.compile("lang=zh"))


def test_on_a_phone_nothing_is_wider_than_the_screen(server: Server, browser: Browser) -> None:
    with window(browser, width=390) as watched:
        for path in PAGES:
            watched.page.goto(f"{server.url}/{path}")
            expect(watched.page.locator("h1")).to_be_visible()
            settled(watched.page)
            wide = watched.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390, path
