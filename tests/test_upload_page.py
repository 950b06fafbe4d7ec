"""The upload page: what was read, what would change, one confirmation, and the way back."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
import xlsxwriter
from screens import keyed, opened, said
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedImport, WorkspaceBusy
from dashboard.exports import annotated
from dashboard.importing import read
from dashboard.importing.report import Choice, FileReport
from dashboard.settings import Settings
from dashboard.ui import intake
from dashboard.ui.intake import Held, Wishes, give_up, place
from dashboard.warehouse import Comparison
from dashboard.workspaces import Workspaces

ROSTER = """示例小学教职工花名册
截至2017年12月31日
工号,姓名,部门,性别,用工类型,身份证号,钥匙
0001,张三,语文组,女,在编,,7
0002,李四,数学组,男,合同,,8
0003,,数学组,男,合同,,9
合计,3人,,,,,
""".encode("gb18030")
AUTUMN = """教职工花名册（截至2017年9月1日）
工号,姓名,部门,用工类型
1,张三,语文组,在编
2,李四,语文组,合同
3,王五,数学组,在编
4,赵六,数学组,在编
""".encode()
SPRING = """教职工花名册（截至2018年3月1日）
工号,姓名,部门,用工类型
1,张三,语文组,在编
2,李四,语文组,在编
3,王五,英语组,在编
9,孙七,英语组,合同
""".encode()
LEDGER = """经费收支明细
日期,凭证号,摘要,收入,支出
2017-03-01,记1,慰问品,,100.00
2017-03-02,记2,图书,,50.00
2017-03-09,记3,场地费,,30.00
""".encode()
MENDED = """经费收支明细
日期,凭证号,摘要,收入,支出
2017-03-01,记1,慰问品,,120.00
2017-03-02,记2,图书,,50.00
""".encode()
OWN_WORDS = """会员名册（截至2017年9月1日）
工号,姓名,部门,入会曰期
1,张三,语文组,2010-03-01
3,王五,数学组,2011-09-01
""".encode()


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of a school that has not uploaded anything yet."""
    Workspaces(Settings(data=tmp_path)).enter("school")
    return opened(tmp_path, "upload", monkeypatch, lang="zh")


def with_file(app: AppTest, name: str = "花名册.csv", data: bytes = ROSTER) -> AppTest:
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception
    return app


def imported(app: AppTest, name: str, data: bytes) -> AppTest:
    with_file(app, name, data).button(key="confirm_import").click().run()
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def headings(app: AppTest) -> list[str]:
    return [found.value.replace("\u00a0", " ") for found in app.subheader]


def table(app: AppTest, alt: str) -> list[dict[str, Any]]:
    """The rows of the table that a screen reader calls so."""
    found = next(frame for frame in app.dataframe if frame.proto.alt == alt)
    return list(found.value.to_dict("records"))


def unfolded(app: AppTest) -> AppTest:
    """Every sheet and every import opened."""
    for held in app.session_state["intake"].values() if "intake" in app.session_state else ():
        held.opened = {place(sheet): True for sheet in held.report.sheets}
    for found in app.expander:
        app.session_state[found.key] = True
    return app.run()


def names(elements: Sequence[Any], start: str) -> list[str]:
    return [str(found.key) for found in elements if str(found.key).startswith(start)]


# -- before it is stored -----------------------------------------------------------------------


def test_a_file_is_shown_before_it_is_stored(page: AppTest) -> None:
    told = plainly(with_file(page))
    assert "共 7 行 = 导入 2 + 退回 1 + 合计行 1 + 表头 1 + 标题与说明 2" in told
    assert "没有对应字段的列：钥匙 (G)" in told
    assert keyed(page.selectbox, "dataset_").value == "staff"
    assert page.date_input[0].value == date(2017, 12, 31)
    mapping = page.data_editor[0].value
    assert dict(zip(mapping["列"], mapping["字段"], strict=True)) == {
        "A": "工号", "B": "姓名", "C": "部门", "D": "性别", "E": "用工类型",
        "F": "身份证号（不保存）", "G": "不导入",
    }  # fmt: skip
    assert not page.button(key="confirm_import").disabled


def test_what_stands_in_the_way_is_said(page: AppTest) -> None:
    keyed(with_file(page).selectbox, "dataset_").select("none").run()
    assert page.button(key="confirm_import").disabled
    assert "请选择台账类型" in said(page)


def test_a_sheet_nobody_recognises_is_not_passed_over_in_silence(page: AppTest) -> None:
    with_file(page)
    with_file(page, "菜单.csv", "菜名,价格\n青菜,3\n豆腐,4\n".encode())
    assert "另有 1 张未识别，不导入" in said(page)


def test_an_unreadable_file_is_refused_in_a_sentence(page: AppTest) -> None:
    with_file(page, "空.xlsx", b"")
    assert "文件是空的" in page.error[0].value
    assert page.button(key="confirm_import").disabled
    assert "请先移除无法读取的文件：空" in plainly(page)


def test_a_file_is_read_once(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    read_names: list[str] = []

    def counted(data: bytes, name: str, **given: Any) -> FileReport:
        read_names.append(name)
        return read(data, name, **given)

    monkeypatch.setattr("dashboard.ui.reading.read", counted)
    with_file(page)
    page.run()
    assert read_names == ["花名册.csv"]
    keyed(page.selectbox, "dataset_").select("members").run()
    assert read_names == ["花名册.csv"] * 2


def test_the_same_file_dropped_twice_is_one(page: AppTest) -> None:
    with_file(with_file(page), "花名册 (1).csv")
    assert len(names(page.button, "remove_")) == 1


def test_a_browser_that_tells_of_the_former_uploader_again_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It then names files that are no more."""
    monkeypatch.setattr(st, "session_state", {"uploader_0": [DeletedFile("x")], "uploader": 1})
    intake.take_up("uploader_0")
    assert st.session_state["uploader"] == 1
    assert intake.held() == []


def test_unconfirmed_files_outlive_another_page(page: AppTest) -> None:
    with_file(page)
    keyed(page.selectbox, "dataset_").select("members").run()
    page.switch_page("../pages/members.py").run()
    page.switch_page("../pages/upload.py").run()
    assert keyed(page.selectbox, "dataset_").value == "members"
    keyed(page.button, "remove_").click().run()
    assert not names(page.button, "remove_")
    assert "confirm_import" not in names(page.button, "confirm")


def test_the_way_out_of_a_reading_leaves_what_was_there() -> None:
    """A new file goes; a known one is as it was last read."""
    report = FileReport("表.csv", "ab", "csv")
    known = Held("表.csv", b"x", "ab", read_with=Wishes(), read=report)
    known.wish(encoding="big5")
    give_up(known)
    assert known.is_read
    assert known.wishes.encoding is None


# -- how a file is read ------------------------------------------------------------------------


def test_an_encoding_chosen_by_the_officer_is_obeyed_and_can_be_taken_back(page: AppTest) -> None:
    encoding = keyed(with_file(page).selectbox, "encoding_")
    assert encoding.options[0] == "编码：GB18030（GBK）"
    encoding.select("utf-8").run()
    assert "不能按所选的编码读取" in page.error[0].value
    assert page.button(key="confirm_import").disabled
    keyed(page.selectbox, "encoding_").select("").run()
    assert not page.error
    assert not page.button(key="confirm_import").disabled


def hiding() -> bytes:
    """A ledger with one hidden row, and a whole hidden sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name in ("三月", "四月"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["日期", "凭证号", "摘要", "支出"])
        sheet.write_row(
            1, 0, [f"2017年{'3' if name == '三月' else '4'}月1日", "记1", "慰问品", 100]
        )
        sheet.write_row(2, 0, [f"2017年{'3' if name == '三月' else '4'}月2日", "记2", "图书", 50])
    book.worksheets()[0].set_row(2, None, None, {"hidden": True})
    book.worksheets()[1].hide()
    book.close()
    return buffer.getvalue()


def test_what_a_sheet_hides_is_named_and_read_when_asked_for(page: AppTest) -> None:
    unfolded(with_file(page, "账.xlsx", hiding()))
    assert "隐藏的第 3 行没有读取" in plainly(page)
    assert "隐藏的工作表，没有读取" in plainly(page)
    shown, hidden = names(page.toggle, "whole_")
    page.toggle(key=shown).set_value(True).run()
    assert "共 3 行 = 导入 2 + 表头 1" in plainly(page)
    assert "将导入 2 行，来自 1 张表" in plainly(page)
    page.toggle(key=hidden).set_value(True).run()
    assert "将导入 4 行，来自 2 张表" in plainly(page)
    page.toggle(key=shown).set_value(False).run()
    assert "将导入 3 行，来自 2 张表" in plainly(page)


def test_each_table_of_a_sheet_is_decided_by_itself(page: AppTest) -> None:
    files = Path(__file__).parent / "files"
    data = (files / "blocks_two_registers.xlsx").read_bytes()
    unfolded(with_file(page, "两表.xlsx", data))
    labels = [found.label.replace("\\", "") for found in page.expander]
    assert any("（A1:D4）" in label and "会员名册" in label for label in labels)
    assert any("（E1:G3）" in label and "活动台账" in label for label in labels)
    first, second = names(page.selectbox, "dataset_")
    page.selectbox(key=second).select("none").run()
    assert page.selectbox(key=first).value == "members"
    assert page.selectbox(key=second).value == "none"


# -- mapping -----------------------------------------------------------------------------------


def test_a_suggestion_is_asked_taken_with_one_click_and_remembered(page: AppTest) -> None:
    with_file(page, "会员.csv", OWN_WORDS)
    assert "“入会曰期”（D 列）可能是“入会日期”" in plainly(page)
    assert "入会日期" not in table(page, "会员名册")[0]
    keyed(page.button, "take_").click().run()
    assert table(page, "会员名册")[0]["入会日期"] == "2010-03-01"
    page.button(key="confirm_import").click().run()
    with_file(page, "会员2.csv", OWN_WORDS.replace(b"2011-09-01", b"2012-09-01"))
    told = plainly(page)
    assert "已按" in told
    assert "确认过的对应关系读取" in told
    assert table(page, "会员名册")[1]["入会日期"] == "2012-09-01"
    keyed(page.button, "decline_").click().run()
    assert "确认过的对应关系读取" not in said(page)
    assert "入会日期" not in table(page, "会员名册")[0]


def test_a_memory_that_was_turned_down_is_not_offered_again(page: AppTest) -> None:
    with_file(page, "会员.csv", OWN_WORDS)
    keyed(page.button, "take_").click().run()
    page.button(key="confirm_import").click().run()
    with_file(page, "会员2.csv", OWN_WORDS.replace(b"2011", b"2012"))
    keyed(page.button, "decline_").click().run()
    page.button(key="confirm_import").click().run()
    with_file(page, "会员3.csv", OWN_WORDS.replace(b"2011", b"2013"))
    assert not names(page.button, "decline_")
    assert names(page.button, "take_")


# -- the difference ----------------------------------------------------------------------------


def test_a_roster_tells_who_joined_left_and_moved(page: AppTest) -> None:
    imported(page, "秋.csv", AUTUMN)
    with_file(page, "春.csv", SPRING)
    assert headings(page) == ["新增 1 · 更新 2 · 未变 1 · 消失 1"]
    assert "与 2017-09-01 的名册相比。" in plainly(page)
    (moved,) = table(page, "换部门")
    assert (moved["人员"], moved["原来"], moved["现在"]) == ("王五", "数学组", "英语组")
    (changed,) = table(page, "更新的内容")
    assert (changed["人员"], changed["字段"], changed["原来"], changed["现在"]) == (
        "李四 语文组", "用工类型", "合同", "在编",
    )  # fmt: skip
    assert [row["姓名"] for row in table(page, "新进")] == ["孙七"]
    assert [row["姓名"] for row in table(page, "离开")] == ["赵六"]


def test_records_are_updated_or_their_months_replaced_as_the_officer_says(page: AppTest) -> None:
    imported(page, "账.csv", LEDGER)
    with_file(page, "账2.csv", MENDED)
    assert headings(page) == ["新增 0 · 更新 1 · 未变 1"]
    (changed,) = table(page, "更新的内容")
    assert (changed["行号"], changed["字段"], changed["原来"], changed["现在"]) == (
        3, "支出", "100.00", "120.00",
    )  # fmt: skip
    keyed(page.selectbox, "mode_").select("replace").run()
    assert headings(page) == ["新增 0 · 更新 1 · 未变 1 · 消失 1"]
    assert "2017-03-01 至 2017-03-31 原有的行将换成这张表。" in plainly(page)
    assert [row["摘要"] for row in table(page, "将被移除的行")] == ["场地费"]
    page.button(key="confirm_import").click().run()
    assert [row["removed"] for row in table(page, "导入完成。")] == [1]


def test_one_way_can_be_taken_for_all_sheets_of_a_register(page: AppTest) -> None:
    unfolded(with_file(page, "账.xlsx", hiding()))
    page.toggle(key=names(page.toggle, "whole_")[1]).set_value(True).run()
    first, second = names(page.selectbox, "mode_")
    page.selectbox(key=first).select("replace").run()
    assert page.selectbox(key=second).value == "merge"
    keyed(page.button, "mode_all_").click().run()
    assert page.selectbox(key=second).value == "replace"
    assert not names(page.button, "mode_all_")


def test_the_same_file_again_changes_nothing_and_says_so(page: AppTest) -> None:
    imported(page, "账.csv", LEDGER)
    with_file(page, "账.csv", LEDGER)
    assert "已导入过，再导入不会改变任何数据" in said(page)
    assert "导入不会改变任何数据" in said(page)
    page.button(key="confirm_import").click().run()
    assert [success.value for success in page.success] == ["这些内容以前已经导入过，数据没有变化。"]


def test_the_same_file_is_not_added_twice(page: AppTest) -> None:
    imported(page, "账.csv", LEDGER)
    with_file(page, "账.csv", LEDGER)
    keyed(page.selectbox, "mode_").select("add").run()
    assert page.button(key="confirm_import").disabled
    assert "会使每一行重复" in said(page)


def test_the_comparison_is_made_once_for_the_same_question(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    compare = ingest.compare

    def counted(*given: Any) -> Comparison:
        made.append(given)
        return compare(*given)

    monkeypatch.setattr("dashboard.ingest.compare", counted)
    with_file(page, "账.csv", LEDGER)
    page.run()
    assert len(made) == 1
    keyed(page.selectbox, "mode_").select("replace").run()
    assert len(made) == 2


def test_a_comparison_that_is_refused_stands_in_the_way(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RefusedImport("no_period", sheet="账")

    monkeypatch.setattr("dashboard.ingest.compare", refuse)
    with_file(page, "账.csv", LEDGER)
    assert page.button(key="confirm_import").disabled
    assert "没有一行有日期" in said(page)


# -- stored, and taken back --------------------------------------------------------------------


def test_a_confirmed_import_is_told_and_seen(page: AppTest) -> None:
    imported(page, "花名册.csv", ROSTER)
    assert [success.value for success in page.success] == ["导入完成。"]
    assert [row["added"] for row in table(page, "导入完成。")] == [2]
    assert not page.file_uploader[0].value
    page.switch_page("../pages/members.py").run()
    values = {metric.label: metric.value for metric in page.metric}
    assert values["职工数"] == "2 人"
    assert values["入会率"] == "—"
    assert "缺少会员名册" in said(page)


def test_a_failed_import_says_that_nothing_was_stored(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RefusedImport("nothing_to_load")

    with_file(page)
    monkeypatch.setattr("dashboard.ingest.store", refuse)
    page.button(key="confirm_import").click().run()
    assert not page.exception
    assert "没有导入任何数据" in page.error[0].value


def test_a_memory_that_fails_costs_the_import_nothing(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise WorkspaceBusy("storage", reason="full")

    monkeypatch.setattr("dashboard.ingest.learn", refuse)
    imported(page, "花名册.csv", ROSTER)
    assert [success.value for success in page.success] == ["导入完成。"]


def staff_seen(app: AppTest) -> str:
    app.switch_page("../pages/members.py").run()
    (value,) = (metric.value for metric in app.metric if metric.label == "职工数")
    app.switch_page("../pages/upload.py").run()
    return str(value)


def test_an_import_is_undone_and_the_figures_are_those_before(page: AppTest) -> None:
    imported(page, "秋.csv", AUTUMN)
    before = staff_seen(page)
    imported(page, "秋2.csv", AUTUMN + "5,周八,语文组,在编\n".encode())
    assert staff_seen(page) == "5 人" != before
    imported(page, "秋3.csv", AUTUMN + "6,吴九,语文组,在编\n".encode())
    page.button(key="undo_outcome_3").click().run()
    assert "秋3.csv" in plainly(page)
    page.button(key="undo_now").click().run()
    assert "已撤销第 3 次导入" in page.success[0].value
    assert staff_seen(page) == "5 人"


def test_later_imports_are_named_before_they_are_undone_too(page: AppTest) -> None:
    imported(page, "秋.csv", AUTUMN)
    imported(page, "春.csv", SPRING)
    past = next(found for found in page.expander if "秋" in found.label)
    assert "可撤销" in past.label
    unfolded(page)
    page.button(key="undo_past_1").click().run()
    assert "它之后还有 1 次导入，会一并撤销" in said(page)
    assert "春.csv" in plainly(page)
    page.button(key="undo_now").click().run()
    assert "已撤销第 2、1 次导入" in page.success[0].value
    assert all("已撤销" in found.label for found in page.expander)


def test_an_undo_can_be_thought_better_of(page: AppTest) -> None:
    imported(page, "秋.csv", AUTUMN)
    page.button(key="undo_outcome_1").click().run()
    page.button(key="undo_not").click().run()
    assert all("可撤销" in found.label for found in page.expander)


def test_the_history_tells_file_sheet_counts_and_digest(page: AppTest) -> None:
    imported(page, "账.csv", LEDGER)
    unfolded(page)
    (sheet,) = table(page, "导入记录")
    assert (sheet["file"], sheet["dataset"], sheet["added"], sheet["rows"]) == (
        "账.csv", "经费收支明细", 3, 5,
    )  # fmt: skip
    assert sheet["sums"] == "支出 180.00"
    assert "sha256" in said(page)


# -- templates and copies ----------------------------------------------------------------------


def test_every_register_has_a_template_with_a_line_on_what_it_is_for(page: AppTest) -> None:
    assert names(page.download_button, "blank_") == [f"blank_{name}" for name in DATASETS]


def test_a_copy_to_mend_is_offered_where_there_is_something_to_mend(page: AppTest) -> None:
    with_file(page, "秋.csv", AUTUMN)
    assert not names(page.download_button, "copy_")
    with_file(page)
    assert len(names(page.download_button, "copy_")) == 1


def test_a_mended_copy_takes_the_place_of_its_file_with_what_was_decided(page: AppTest) -> None:
    with_file(page, "花名册.csv", ROSTER)
    page.date_input[0].set_value(date(2017, 11, 30)).run()
    held = next(iter(page.session_state["intake"].values()))
    copy = annotated.copy_of(
        held.data, held.name, held.report, "zh", choices=held.choices(), encoding=None
    )
    book = openpyxl.load_workbook(io.BytesIO(copy))
    book.worksheets[1]["B6"] = "王五"
    buffer = io.BytesIO()
    book.save(buffer)
    with_file(page, "花名册_待修改 (1).xlsx", buffer.getvalue())
    told = plainly(page)
    assert "改好的副本，代替 花名册.csv" in told
    assert "将导入 3 行，来自 1 张表" in told
    assert page.date_input[0].value == date(2017, 11, 30)
    assert len(names(page.button, "remove_")) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_of_the_page_has_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    Workspaces(Settings(data=tmp_path)).enter("school")
    app = opened(tmp_path, "upload", monkeypatch, lang=lang)
    imported(app, "秋.csv", AUTUMN)
    with_file(app, "会员.csv", OWN_WORDS)
    with_file(app, "账.xlsx", hiding())
    with_file(app, "春.csv", SPRING)
    assert not app.error
    words = {button.label for button in app.button}
    assert ("确认导入" in words) == (lang == "zh")
    assert ("Import" in words) == (lang == "en")


def test_choices_name_every_hidden_sheet_once() -> None:
    held = Held("账.xlsx", b"", "ab", wishes=Wishes(whole=frozenset({"三月", "四月"})))
    held.wishes = Wishes(whole=held.wishes.whole, choices={("三月", ""): Choice("三月", "ledger")})
    assert held.choices() == (
        Choice("三月", "ledger", hidden_rows=True),
        Choice("四月", hidden_rows=True),
    )
