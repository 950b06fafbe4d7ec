"""The meeting's files at one click: made while a bar shows it, stopped, saved, recorded."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium, running, settled
from playwright.sync_api import Page

from dashboard import audit
from tests.demo import lay

pytestmark = pytest.mark.browser
TODAY = "2026-01-15"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("taking"))


@pytest.fixture(scope="module")
def page(data: Path, chromium_path: Path) -> Iterator[Page]:
    with running(data, TODAY) as server, chromium(chromium_path) as browser:
        context = browser.new_context(locale="zh-CN", accept_downloads=True)
        opened = context.new_page()
        opened.goto(f"{server.url}/overview?lang=zh&period=2025")
        opened.locator(".st-key-export_button button").first.wait_for()
        yield opened


def asked(page: Page, kind: str) -> None:
    """The dialog, opened anew, with a kind of file chosen."""
    page.keyboard.press("Escape")
    page.locator(".st-key-export_button button").first.click()
    page.get_by_role("radio", name=kind).or_(page.get_by_role("button", name=kind)).first.click()
    settled(page)


def saved(page: Page) -> tuple[str, bytes]:
    page.locator(".st-key-export_make button").click()
    page.locator(".st-key-export_save button").wait_for(timeout=90_000)
    with page.expect_download() as started:
        page.locator(".st-key-export_save button").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def test_one_pack_holds_slides_report_workbook_and_what_they_are(page: Page) -> None:
    asked(page, "全套")
    name, data = saved(page)
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        endings = {Path(one).suffix for one in pack.namelist()}
        told = json.loads(pack.read("manifest.json"))
    assert name.endswith(".zip")
    assert endings == {".pptx", ".pdf", ".xlsx", ".csv", ".json"}
    assert "hidden" in json.dumps(told)


def test_what_is_stopped_leaves_nothing_to_save(page: Page) -> None:
    asked(page, "报告")
    page.locator(".st-key-export_make button").click()
    page.locator(".st-key-export_stop button").click()
    page.locator(".st-key-export_make button").wait_for()
    assert page.locator(".st-key-export_save").count() == 0


def test_names_are_asked_for_warned_of_and_recorded(page: Page, data: Path) -> None:
    asked(page, "工作簿")
    page.locator(".st-key-export_names label").first.click()
    page.get_by_text("这次导出会被记录").wait_for()
    name, made = saved(page)
    assert "含个人信息" in name
    assert made[:2] == b"PK"


def test_the_record_is_in_the_audit_log(page: Page, data: Path) -> None:
    (kept,) = audit.entries(data, None, "unmasked")
    assert (kept.who, kept.facts["place"], kept.facts["period"]) == ("local", "xlsx", "2025")
    assert audit.entries(data, None, "exported")[-1].facts["names"] == 1
