"""What an officer does in a day, in a real browser: looks, imports, exports, asks."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser import settled

PAGES = sorted(path.stem for path in (Path(__file__).parent.parent / "pages").glob("*.py"))
_AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 180_000  # ms; a watched server is a slow one
LEDGER = "经费收支明细\n日期,凭证号,摘要,收入,支出\n2017-03-{day:02},记{n},慰问品,,{n}.00\n"


def everything(page: Page, url: str, number: int = 1) -> None:
    """All of it once; another `number` makes the imported file another one."""
    page.set_default_timeout(PATIENCE)
    looked(page, url)
    imported(page, url, number)
    exported(page, url)
    questioned(page, url)


def looked(page: Page, url: str) -> None:
    page.goto(f"{url}/overview")  # the first visit makes the fictional school: slow when watched
    page.locator(_AT_REST).wait_for()
    for name in PAGES:
        page.goto(f"{url}/{name}")
        page.locator("h1").first.wait_for()
        settled(page)
        assert page.locator("[data-testid=stException]").count() == 0


def imported(page: Page, url: str, number: int) -> None:
    page.goto(f"{url}/upload")
    lines = LEDGER.format(day=number % 28 + 1, n=number)
    file = {"name": "账.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("导入完成").wait_for()


def exported(page: Page, url: str) -> None:
    page.goto(f"{url}/overview?lang=zh&period=2017")
    page.locator(".st-key-export_button button").first.click()
    settled(page)
    page.locator(".st-key-export_make button").click()
    page.locator(".st-key-export_save button").wait_for()
    with page.expect_download() as started:
        page.locator(".st-key-export_save button").click()
    assert Path(started.value.path()).stat().st_size


def questioned(page: Page, url: str) -> None:
    page.goto(f"{url}/explore")
    settled(page)
    file = {
        "name": "书.csv",
        "mimeType": "text/csv",
        "buffer": "班级,册数\n一班,3\n二班,4\n".encode(),
    }
    page.set_input_files("input[type=file]", file)
    page.get_by_text("书.csv").first.wait_for()
    settled(page)
    page.locator(".st-key-sql_box summary").click()
    page.locator(".st-key-sql_text textarea").fill("select 41 + 1 as answer")
    page.locator(".st-key-sql_run button").click()
    page.locator(".st-key-sql_keep").wait_for()
