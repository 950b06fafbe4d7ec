"""The upload page as an officer uses it: a real server, a real browser, files in and files out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.settings import Settings
from dashboard.workspaces import Workspaces
from tests.browser import Server, running, settled, window

pytestmark = pytest.mark.browser

AUTUMN = """教职工名册（截至2017年9月1日）
工号,姓名,部门,用工类型
1,张三,语文组,在编
2,李四,语文组,合同
3,王五,数学组,在编
"""
SPRING = """教职工名册（截至2018年3月1日）
工号,姓名,部门,用工类型
1,张三,语文组,在编
2,李四,英语组,合同
9,孙七,英语组,合同
"""
LEDGER = """经费收支明细
日期,凭证号,摘要,收入,支出
2017-03-01,记1,慰问品,,100.00
2017-03-02,记2,图书,,50.00
"""
MENDED = """经费收支明细
日期,凭证号,摘要,收入,支出
2017-03-01,记1,慰问品,,120.00
"""
FAULTY = """会员名册（截至2017年9月1日）
工号,姓名,部门,入会曰期
1,张三,语文组,2010-03-01
3,,数学组,2011-09-01
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    Workspaces(Settings(data=folder)).enter("school")
    with running(folder, "2018-06-30") as found:
        yield found


@pytest.fixture
def page(server: Server, browser: Browser) -> Iterator[Page]:
    with window(browser) as watched:
        watched.page.goto(f"{server.url}/upload")
        expect(watched.page.get_by_role("heading", name="上传")).to_be_visible()
        yield watched.page
        assert watched.hosts() == {"127.0.0.1"}
        assert not re.search("张三|名册", watched.page.url)


def dropped(page: Page, name: str, data: str | bytes) -> None:
    content = data.encode() if isinstance(data, str) else data
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_text(name).first).to_be_visible()
    settled(page)


def confirmed(page: Page) -> None:
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("导入完成")).to_be_visible()
    settled(page)


def chosen(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option).click()
    settled(page)


def downloaded(page: Page, button: Locator) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_a_second_roster_is_compared_stored_and_undone(page: Page) -> None:
    dropped(page, "秋.csv", AUTUMN)
    confirmed(page)
    dropped(page, "春.csv", SPRING)
    expect(page.get_by_role("heading", name="新增 1 · 更新 1 · 未变 1 · 消失 1")).to_be_visible()
    for table in ("换部门", "新进", "离开"):
        expect(page.get_by_label(table, exact=True)).to_be_visible()
    confirmed(page)

    page.locator("[data-testid=stExpander]", has_text="秋.csv").click()
    expect(page.get_by_label("导入记录", exact=True)).to_be_visible()
    settled(page)
    page.locator("[class*=st-key-undo_past_] button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("它之后还有 1 次导入，会一并撤销")).to_be_visible()
    expect(dialog.get_by_text("春.csv")).to_be_visible()
    dialog.get_by_role("button", name="一并撤销 2 次导入").click()
    expect(page.get_by_text("数据恢复到导入之前")).to_be_visible()
    expect(dialog).to_have_count(0)
    settled(page)
    expect(page.locator("[data-testid=stExpander]", has_text="已撤销")).to_have_count(2)


def test_a_month_is_replaced_when_the_officer_says_so(page: Page) -> None:
    dropped(page, "账.csv", LEDGER)
    confirmed(page)
    dropped(page, "账（更正）.csv", MENDED)
    chosen(page, "导入方式", "整段替换")
    expect(page.get_by_role("heading", name="新增 0 · 更新 1 · 未变 0 · 消失 1")).to_be_visible()
    expect(page.get_by_label("将被移除的行", exact=True)).to_be_visible()
    confirmed(page)
    page.locator(".st-key-outcome").get_by_role("button", name="撤销这次导入").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_text("数据恢复到导入之前")).to_be_visible()


def test_an_encoding_is_changed_and_files_outlive_another_page(page: Page) -> None:
    dropped(page, "秋.csv", AUTUMN.encode("gb18030"))
    chosen(page, "文字编码", "UTF-8")
    expect(page.get_by_text("不能按所选的编码读取").first).to_be_visible()
    expect(page.get_by_role("button", name="确认导入")).to_be_disabled()
    page.get_by_role("link", name="指标说明").click()
    expect(page.get_by_role("heading", name="指标说明", exact=True)).to_be_visible()
    page.get_by_role("link", name="上传", exact=True).click()
    chosen(page, "文字编码", "自动识别")
    expect(page.get_by_text("共 5 行 = 导入 3 + 表头 1 + 标题与说明 1")).to_be_visible()
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_text("秋.csv", exact=True)).to_have_count(0)


def test_a_suggestion_is_taken_up_remembered_and_the_copy_shows_what_to_mend(page: Page) -> None:
    dropped(page, "会员.csv", FAULTY)
    name, copy = downloaded(page, page.get_by_role("button", name="下载标注副本"))
    assert name == "会员_待修改.xlsx"
    sheets = openpyxl.load_workbook(io.BytesIO(copy)).worksheets
    assert any(cell.comment for row in sheets[1].iter_rows() for cell in row)
    expect(page.get_by_text("“入会曰期”（D 列）可能是“入会日期”")).to_be_visible()
    page.get_by_role("button", name="采用").click()
    expect(page.get_by_role("button", name="采用")).to_have_count(0)
    settled(page)
    confirmed(page)
    dropped(page, "会员2.csv", FAULTY.replace("2010", "2009"))
    expect(page.get_by_text(re.compile("已按 .* 确认过的对应关系读取"))).to_be_visible()
    settled(page)
    page.get_by_role("button", name="不用这个").click()
    expect(page.get_by_role("button", name="采用")).to_be_visible()


def test_a_template_is_filled_in_and_comes_back_without_an_issue(page: Page) -> None:
    name, data = downloaded(page, page.locator(".st-key-blank_staff button"))
    assert name == "教职工名册_模板.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    sheet["B2"] = "2018-01-01"
    headers = [str(cell.value).partition("\n")[0] for cell in sheet[3]]
    for header, value in {"工号": "0001", "姓名": "张三", "部门": "语文组"}.items():
        sheet.cell(4, headers.index(header) + 1, value)
    buffer = io.BytesIO()
    book.save(buffer)
    dropped(page, "填好的名册.xlsx", buffer.getvalue())
    expect(page.get_by_text("将导入 1 行，来自 1 张表")).to_be_visible()
    expect(page.get_by_role("tab", name="问题 0")).to_be_visible()


def test_reading_a_large_file_shows_its_rows_and_can_be_stopped(page: Page, tmp_path: Path) -> None:
    line = '2017-{:02d}-{:02d},记{},"摘要，{}",,{}.50\n'  # quoted: split line by line, in seconds
    rows = (line.format(1 + i % 12, 1 + i % 28, i, i, i % 1000) for i in range(600_000))
    large = tmp_path / "大账.csv"
    large.write_text("日期,凭证号,摘要,收入,支出\n" + "".join(rows), encoding="utf-8")
    page.set_input_files("input[type=file]", large)
    page.get_by_text(re.compile(r"已处理 [\d,]+ / 600,000 行")).wait_for()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("大账.csv")).to_have_count(0)
    settled(page)
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    dropped(page, "秋.csv", AUTUMN)
    expect(page.get_by_text("共 5 行 = 导入 3")).to_be_visible()


def test_on_a_phone_nothing_of_a_file_is_wider_than_the_screen(
    server: Server, browser: Browser
) -> None:
    with window(browser, width=390) as watched:
        watched.page.goto(f"{server.url}/upload")
        expect(watched.page.get_by_role("heading", name="上传")).to_be_visible()
        dropped(watched.page, f"{'很长的文件名' * 8}.csv", FAULTY)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
