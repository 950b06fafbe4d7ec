"""即席分析 with two tables: compared, joined, turned; no person is named in a file."""

from __future__ import annotations

import gc
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from screens import keyed, opened
from streamlit.testing.v1 import AppTest
from test_explore_page import dropped, plainly, table
from test_two_tables import LAST, THIS

from dashboard.exploring.pairs.matching import SAME, Match
from dashboard.exploring.shelf import Dropped
from dashboard.settings import Settings
from dashboard.ui.explore import differing
from dashboard.ui.explore import pivot as pivot_ui
from dashboard.ui.explore.pairs import picked
from dashboard.workspaces import Workspaces

NAMES = ("李娜", "王芳", "王 芳", "吴磊", "刘洋", "周杰")
ALLOWANCES = "部门,补贴\n语文组,100\n语文组,50\n数学组,80\n办公室,20\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")


def two(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str = "zh", other: str = THIS
) -> AppTest:
    Workspaces(Settings(data=folder)).enter("school")
    page = opened(folder, "explore", monkeypatch, lang=lang)
    dropped(page, "2024年名册.csv", LAST.encode())
    return dropped(page, "2025年名册.csv", other.encode())


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return two(tmp_path, monkeypatch)


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def labels(app: AppTest, start: str) -> list[str]:
    return list(keyed(app.selectbox, start).options)


def choose(app: AppTest, start: str, words: str) -> AppTest:
    """In the pick list whose key begins so, what is offered with these words in it."""
    box = keyed(app.selectbox, start)
    box.select_index(next(at for at, one in enumerate(box.options) if words in one)).run()
    assert not app.exception
    return app


def everything(app: AppTest) -> str:
    frames = [str(frame.value.to_dict()) for frame in app.dataframe]
    return plainly(app) + "".join(frames) + str([tab.label for tab in app.tabs])


# -- comparing -----------------------------------------------------------------------------------


def test_one_table_has_nothing_to_be_compared_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspaces(Settings(data=tmp_path)).enter("school")
    app = dropped(opened(tmp_path, "explore", monkeypatch, lang="zh"), "一.csv", LAST.encode())
    assert not [one for one in app.segmented_control if one.key == "pairs_mode"]


def test_two_rosters_are_compared_at_once_the_older_one_first(page: AppTest) -> None:
    assert [keyed(page.selectbox, f"pairs_side_{n}").value[-2:] for n in (0, 1)] == ["_0", "_0"]
    assert (
        "姓名＝教师姓名 + 入会日期＝入会时间 · 唯一 100.0% / 100.0% · 对上 87.5% / 87.5%"
        in labels(page, "pairs_key_compare")
    )
    told = metrics(page)
    assert [told[one] for one in ("新增", "减少", "变化", "相同", "重复或无键")] == list("11430")
    assert "前表 8 行 = 相同 3 + 变化 4 + 减少 1 + 键重复 0 + 无键 0" in plainly(page)
    assert "后表 8 行 = 相同 3 + 变化 4 + 新增 1 + 键重复 0 + 无键 0" in plainly(page)


def test_another_key_is_picked_and_the_numbers_follow(page: AppTest) -> None:
    choose(page, "pairs_key_compare", "工号＝编号")
    assert metrics(page)["重复或无键"] == "2"
    assert "键为空 1 行" in plainly(page)
    choose(page, "pairs_key_compare", "自选")
    assert "请选一到三列作为键" in plainly(page)
    keyed(page.multiselect, "pairs_parts_").set_value([1]).run()
    assert metrics(page)["重复或无键"] == "4"  # the two 张伟 of either year


def test_the_rows_have_the_sheets_numbers_and_masked_names(page: AppTest) -> None:
    rows = table(page, "变化")
    assert [(row["前表行号"], row["后表行号"], row["教师姓名"]) for row in rows][:2] == [
        (2, 2, "张*"), (3, 3, "李*"),
    ]  # fmt: skip
    assert table(page, "新增")[0]["行号"] == 9
    assert not [name for name in NAMES if name in everything(page)]


def test_names_are_seen_where_the_switch_is_on(page: AppTest) -> None:
    page.toggle(key="explore_names").set_value(True).run()
    assert table(page, "变化")[1]["教师姓名"] == "李娜"
    assert table(page, "新增")[0]["教师姓名"] == "吴磊"


def test_sums_say_where_the_difference_comes_from(page: AppTest) -> None:
    (row,) = table(page, "数值列的合计")
    assert list(row.values()) == ["会费（元）", "400", "492", "+92", "+82", "60", "50", "0"]


def test_the_page_speaks_english_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = two(tmp_path, monkeypatch, "en")
    assert metrics(app)["Changed"] == "4"
    assert "Before: 8 rows = same 3 + changed 4 + removed 1" in plainly(app)


def test_a_table_with_itself_is_asked_to_be_changed(page: AppTest) -> None:
    keyed(page.selectbox, "pairs_side_1").select_index(0).run()
    assert "请选两张不同的表" in plainly(page)


def test_tables_with_nothing_in_common_ask_for_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = two(tmp_path, monkeypatch, other="菜名,克\n米饭,200\n青菜,150\n")
    assert "两表没有能对应的列" in plainly(app)


def test_a_file_that_is_taken_off_takes_the_comparison_with_it(page: AppTest) -> None:
    held = page.session_state["explore_pairs"]
    assert held["cells"]
    keyed(page.button, "explore_remove_").click().run()
    assert not [one for one in page.segmented_control if one.key == "pairs_mode"]
    gc.collect()
    assert held == {}


def test_picked_columns_replace_the_proposed_ones_and_none_counts_twice() -> None:
    proposed = {0: Match(0, 0, SAME), 1: Match(1, 1, SAME)}
    found, twice = picked(["a", "c", "c", None], ["a", "b", "c"], proposed)
    assert [(one.left, one.right, one.reason.zh) for one in found] == [
        (0, 0, "列名相同"), (1, 2, "手工指定"),
    ]  # fmt: skip
    assert twice == ["c"]


def test_the_columns_are_listed_with_their_reasons_and_can_be_changed(page: AppTest) -> None:
    (editor,) = page.data_editor
    rows = editor.value.to_dict("records")
    assert rows[0] == {"left": "工号", "right": "编号", "reason": "在会员名册里是同一列"}
    assert rows[-1]["left"] == "序号"
    assert rows[-1]["reason"] == ""
    assert "列的对应（可改）：自动对上 6 对，1 列只在左、1 列只在右" in [
        one.label for one in page.expander
    ]


def test_a_long_page_has_a_way_down_once_there_are_two_tables(page: AppTest) -> None:
    assert "(#two-tables)" in plainly(page)
    keyed(page.button, "explore_remove_").click().run()
    assert "(#two-tables)" not in plainly(page)


# -- files ---------------------------------------------------------------------------------------


def test_a_file_of_the_comparison_is_masked_whatever_the_screen_shows(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, bytes] = {}

    def note(label: str, data: Any, name: str, *rest: Any, **more: Any) -> None:
        taken[name] = data()

    monkeypatch.setattr(differing.st, "download_button", note)
    page.toggle(key="explore_names").set_value(True).run()
    workbook, text = (taken[f"比较_2024年名册_2025年名册.{form}"] for form in ("xlsx", "csv"))
    rows = list(load_workbook(io.BytesIO(workbook)).worksheets[0].values)
    assert rows[0][:4] == ("结果", "前表行号", "后表行号", "变化的列")
    assert rows[1][:4] == ("变化", 2, 2, "会费")
    cells = "".join(str(row) for row in rows)
    assert not [name for name in NAMES if name in cells or name in text.decode("utf-8-sig")]
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").splitlines()[-1].startswith("减少,5,,")


# -- joining -------------------------------------------------------------------------------------


def joining(app: AppTest) -> AppTest:
    app.segmented_control(key="pairs_mode").set_value("join").run()
    assert not app.exception
    return app


def test_the_match_rate_is_shown_before_and_the_joined_table_has_a_card(page: AppTest) -> None:
    joining(page)
    choose(page, "pairs_key_join", "工号＝编号")
    told = metrics(page)
    assert (told["主表对上"], told["附表对上"], told["关联后行数"]) == ("75.0%", "75.0%", "8")
    keyed(page.button, "pairs_join_").click().run()
    assert not page.exception
    made = page.session_state["explore_shelf"].files()[-1]
    assert (made.name, made.made, made.read.sheets[0].rows) == ("2024年名册 + 2025年名册", True, 8)
    assert "2024年名册 + 2025年名册" in plainly(page)
    assert not [name for name in NAMES if name in everything(page)]


def test_rows_that_would_double_are_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = joining(two(tmp_path, monkeypatch, other=ALLOWANCES))
    assert metrics(app)["关联后行数"] == "10"
    warned = "".join(one.value for one in app.warning)
    assert "多对多" in warned
    assert "主表有 2 行各对上附表的多行" in warned
    assert "主表 4 行没有对上" in plainly(app)


# -- turning -------------------------------------------------------------------------------------


def test_a_pivot_stands_with_totals_and_is_kept_as_a_table(page: AppTest) -> None:
    first, *_ = page.session_state["explore_shelf"].files()
    rows = table(page, "透视表")
    assert [list(row.values()) for row in rows][-1] == ["合计", 400.0]
    keyed(page.selectbox, "pivot_across_").select_index(0).run()
    assert len(table(page, "透视表")[0]) > 2
    assert "统计了 7 行" in plainly(page)
    assert "不相符 1 行" in plainly(page)
    keyed(page.button, "pivot_keep_").click().run()
    assert not page.exception
    made: Dropped = page.session_state["explore_shelf"].files()[-1]
    assert made.name == "2024年名册 · 透视"
    assert made.read.sheets[0].tells_of_people
    assert first.name == "2024年名册.csv"


def test_only_lists_that_lead_to_a_figure_are_offered(page: AppTest) -> None:
    assert keyed(page.selectbox, "pivot_how_").options == [
        "行数",
        "合计",
        "平均",
        "中位数",
        "不同值个数",
    ]
    keyed(page.selectbox, "pivot_how_").select("distinct").run()
    assert not page.exception
    offered = keyed(page.selectbox, "pivot_of_distinct").options
    assert "姓名" in offered
    assert "会费（元）" not in offered
    keyed(page.multiselect, "pivot_down_").set_value([]).run()
    assert "请选一列排成行" in plainly(page)


def test_totals_go_into_the_pivots_file_as_numbers(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, bytes] = {}

    def note(label: str, data: Any, name: str, *rest: Any, **more: Any) -> None:
        taken[name] = data()

    monkeypatch.setattr(pivot_ui.st, "download_button", note)
    page.run()
    text = taken["2024年名册 · 透视.csv"].decode("utf-8-sig")
    assert text.splitlines()[0] == "部门,会费合计"
    assert text.splitlines()[-1] == "合计,400"
