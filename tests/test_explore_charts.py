"""Charts of dropped files on the page: chosen, changed, narrowed, pinned, let go with the file."""

from __future__ import annotations

import csv
import gc
import io
import weakref
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from explored import loosely
from screens import keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.charts.explored import places
from dashboard.exploring.charting.recipe import Name, Recipe
from dashboard.exploring.charting.saying import kept_to
from dashboard.exploring.shelf import Dropped, Pin, Shelf
from dashboard.importing.loose.model import LooseSheet
from dashboard.resting import REST, sweep
from dashboard.settings import Settings
from dashboard.text import same
from dashboard.ui.explore.board import ADDED, Board
from dashboard.ui.explore.charts import meant
from dashboard.ui.explore.dropping import shelf
from dashboard.workspaces import Workspaces

TODAY = date(2026, 1, 15)
KINDS = ("节日慰问", "文体活动", "培训")
DEPARTMENTS = ("语文组", "数学组", "后勤", "")


def rows() -> list[list[str]]:
    """Sixty lines of spending over five months, of four departments and three kinds."""
    return [
        [
            f"2025-{3 + at % 5:02}-{1 + at % 27:02}", DEPARTMENTS[at % 7 % 4], KINDS[at % 3],
            "待定" if at == 50 else f"{100 + at * 37 % 900}.50", "是" if at % 4 else "否",
        ]
        for at in range(60)
    ]  # fmt: skip


def written(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["日期", "部门", "类别", "金额（元）", "是否报销"], *lines])
    return text.getvalue().encode()


SPENT = written(rows())


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    Workspaces(Settings(data=tmp_path)).enter("school")
    app = opened(tmp_path, "explore", monkeypatch, lang="zh")
    return dropped(app)


def dropped(app: AppTest, name: str = "支出.csv", data: bytes = SPENT) -> AppTest:
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception
    assert not app.error
    return app


def board(app: AppTest) -> Board:
    (file,) = app.session_state["explore_shelf"].files()
    found: Board = file.beside["board", 0]
    return found


def clicked(app: AppTest, number: int, mark: int) -> AppTest:
    """A mark of a chart is clicked, as the browser tells it."""
    (file,) = app.session_state["explore_shelf"].files()
    picture = board(app).picture(number)
    assert picture
    counted = file.beside["counted", 0][board(app).recipe(picture)]
    board(app).click(meant(counted, *places(counted)[0][mark]))
    return app.run()


def number_of(app: AppTest, **wanted: Any) -> int:
    """The chart with such a recipe."""
    return next(
        one.number
        for one in board(app).pictures
        if all(getattr(one.recipe, name) == value for name, value in wanted.items())
    )


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def titles(app: AppTest) -> list[str]:
    found = (one.value.split("**")[1] for one in app.markdown if one.value.startswith("**"))
    return [title.replace("\\", "") for title in found][1:]


def test_charts_are_there_as_soon_as_a_file_is_dropped(page: AppTest) -> None:
    assert titles(page)[:3] == ["每月金额合计", "各部门金额合计", "各部门行数"]
    assert len(board(page).pictures) <= 8
    assert "“日期”是时间" in plainly(page)
    assert "未计入：1 行与所在列不相符" in plainly(page)
    assert "图按各列的内容自动选出" in plainly(page)


def test_a_pick_changes_one_chart_alone_and_what_follows_from_it(page: AppTest) -> None:
    number = number_of(page, form="bars", how="sum", by=1)
    before = [one.recipe for one in board(page).pictures if one.number != number]
    keyed(page.selectbox, f"pick_how_{key(page)}_{number}").set_value("mean").run()
    assert not page.exception
    assert "各部门金额平均" in titles(page)
    keyed(page.selectbox, f"pick_by_{key(page)}_{number}").set_value(2).run()
    assert "各类别金额平均" in titles(page)
    keyed(page.selectbox, f"pick_how_{key(page)}_{number}").set_value("rows").run()
    assert "各类别行数" in titles(page)
    assert before == [one.recipe for one in board(page).pictures if one.number != number]


def key(app: AppTest) -> str:
    (file,) = app.session_state["explore_shelf"].files()
    return f"{file.read.sha256[:16]}_0"


def test_every_pick_that_is_offered_can_be_made(page: AppTest) -> None:
    number = board(page).pictures[1].number
    for field in ("form", "by", "how", "measure", "split", "step", "order", "top"):
        found = [
            one
            for one in page.selectbox
            if str(one.key).startswith(f"pick_{field}_{key(page)}_{number}")
        ]
        for option in range(len(found[0].options)) if found else ():
            again = keyed(page.selectbox, f"pick_{field}_{key(page)}_{number}")
            if option < len(again.options):
                again.select_index(option).run()
                assert not page.exception
                assert not page.error
                assert not [one for one in page.caption if "bad_recipe" in one.value]
                if not [one for one in page.selectbox if str(one.key) == str(again.key)]:
                    break


def test_a_clicked_mark_keeps_the_other_charts_to_it_and_once_more_lets_go(page: AppTest) -> None:
    number = number_of(page, form="bars", how="sum", by=1)
    clicked(page, number, 0)
    (name,) = board(page).clicked[1]
    others = {one.number: board(page).recipe(one).kept for one in board(page).pictures}
    assert others[number] == ()
    assert others[number_of(page, form="lines")] == ((1, (name.value,)),)
    chip = keyed(page.button, f"chip_{key(page)}_1")
    assert chip.label == f"部门：{name.text('zh')}"
    clicked(page, number, 0)
    assert board(page).clicked == {}
    clicked(page, number, 0)
    keyed(page.button, f"chip_{key(page)}_1").click().run()
    assert board(page).narrowed == {}
    assert not [one for one in page.button if str(one.key).startswith("chip_")]


def test_the_numbers_are_those_of_the_rows_that_are_kept_to(page: AppTest) -> None:
    number = number_of(page, form="bars", how="sum", by=1)
    clicked(page, number, 0)
    (name,) = board(page).clicked[1]
    lines = board(page).picture(number_of(page, form="lines"))
    assert lines
    (file,) = page.session_state["explore_shelf"].files()
    counted = file.beside["counted", 0][board(page).recipe(lines)]
    mine = [float(row[3]) for row in rows() if row[1] == name.value and row[3] != "待定"]
    assert float(sum(one.value for one in counted.series[0][1])) == pytest.approx(sum(mine))


def test_pick_lists_keep_every_chart_to_their_values(page: AppTest) -> None:
    lists = {one.label: one for one in page.multiselect}
    assert set(lists) >= {"部门", "类别", "是否报销"}
    assert "（空）" in lists["部门"].options
    lists["类别"].select("培训").run()
    assert {board(page).recipe(one).kept for one in board(page).pictures} == {((2, ("培训",)),)}
    lists = {one.label: one for one in page.multiselect}
    lists["是否报销"].select("是").run()
    assert [one.label for one in page.button if str(one.key).startswith("chip_")] == [
        "类别：培训", "是否报销：是",
    ]  # fmt: skip
    keyed(page.button, "clear_").click().run()
    assert board(page).narrowed == {}


def test_a_chart_is_added_and_taken_off(page: AppTest) -> None:
    count = len(board(page).pictures)
    keyed(page.button, "add_").click().run()
    assert len(titles(page)) == count + 1
    assert ADDED("zh") in plainly(page)
    last = board(page).pictures[-1].number
    page.button(key=f"remove_{key(page)}_{last}").click().run()
    assert len(titles(page)) == count


def test_a_chart_has_its_table(page: AppTest) -> None:
    number = number_of(page, form="bars", how="sum", by=1)
    page.button(key=f"switch_{key(page)}_{number}").click().run()
    found = next(frame.value for frame in page.dataframe if frame.proto.alt == "各部门金额合计")
    assert list(found.columns) == ["部门", "金额合计", "行数"]


def test_what_is_pinned_is_a_page_that_can_be_presented_and_exported(page: AppTest) -> None:
    page.switch_page("../pages/pinned.py").run()
    assert "还没有钉住的图表" in plainly(page)
    assert not [one for one in page.button if one.key in ("present_button", "export_button")]
    page.switch_page("../pages/explore.py").run()
    for picture in board(page).pictures[:2]:
        page.button(key=f"switch_pin_{key(page)}_{picture.number}").click().run()
    page.switch_page("../pages/pinned.py").run()
    assert not page.exception
    assert not page.error
    assert "**每月金额合计**" in plainly(page)
    assert "**各部门金额合计**" in plainly(page)
    assert "来源：支出.csv" in plainly(page)
    assert page.button(key="present_button")
    assert page.button(key="export_button")
    keyed(page.button, "switch_pin_pinned_").click().run()
    assert "每月金额合计" not in plainly(page)


def test_a_pin_keeps_what_the_chart_was_kept_to_and_says_so(page: AppTest) -> None:
    {one.label: one for one in page.multiselect}["类别"].select("培训").run()
    first = board(page).pictures[0].number
    page.button(key=f"switch_pin_{key(page)}_{first}").click().run()
    keyed(page.button, "chip_").click().run()
    page.switch_page("../pages/pinned.py").run()
    assert "只看 类别：培训 · 来源：支出.csv" in plainly(page)


def test_the_presentation_knows_a_new_pin(page: AppTest) -> None:
    mine: Shelf = page.session_state["explore_shelf"]
    (file,) = mine.files()
    recipes = [one.recipe for one in board(page).pictures[:2]]
    page.query_params["present"] = "pinned"
    for count, recipe in enumerate(recipes, start=1):
        mine.pin(Pin(file.read.sha256, 0, recipe))
        page.run()
        assert not page.exception
        assert len(page.session_state["deck"][1].slides) == 1 + count


def test_with_the_file_go_its_charts_and_pins(page: AppTest) -> None:
    first = board(page).pictures[0].number
    page.button(key=f"switch_pin_{key(page)}_{first}").click().run()
    held = weakref.ref(board(page).sheet.table)
    keyed(page.button, "explore_remove_").click().run()
    page.switch_page("../pages/pinned.py").run()
    assert "还没有钉住的图表" in plainly(page)
    gc.collect()
    assert held() is None


def test_after_an_hour_nothing_that_streamlit_keeps_holds_the_table(page: AppTest) -> None:
    held = weakref.ref(board(page).sheet.table)
    mine: Shelf = page.session_state["explore_shelf"]
    mine._used -= REST
    sweep()
    gc.collect()
    assert held() is None
    page.run()
    assert not page.exception
    assert "一小时没有使用" in plainly(page)


def test_two_sessions_have_their_own_pins(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = board(page).pictures[0].number
    page.button(key=f"switch_pin_{key(page)}_{first}").click().run()
    other = opened(tmp_path, "pinned", monkeypatch, lang="zh")
    assert "还没有钉住的图表" in plainly(other)


def test_the_charts_speak_english_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspaces(Settings(data=tmp_path)).enter("school")
    app = dropped(opened(tmp_path, "explore", monkeypatch, lang="en"))
    assert "Rows by 部门" in titles(app)
    assert "Not counted: rows with a cell that does not fit: 1" in plainly(app)


def test_a_table_of_names_alone_has_no_chart_of_them(page: AppTest) -> None:
    keyed(page.button, "explore_remove_").click().run()
    names = "姓名,电话\n" + "".join(f"王伟{c},1390001000{n}\n" for n, c in enumerate("敏芳娜丽强"))
    dropped(page, "名单.csv", names.encode())
    everything = plainly(page) + "".join(str(one.proto.spec) for one in page.get("plotly_chart"))
    assert "王伟敏" not in everything
    assert "1390001" not in everything


# -- in words -----------------------------------------------------------------------------------


def sheet() -> LooseSheet:
    (found,) = loosely(SPENT, "支出.csv").sheets
    return found


def test_what_is_kept_to_is_said_in_the_charts_words() -> None:
    kept = (
        (0, ("2025-03",)), (1, (None, "语文组")), (3, ("[100,200)",)), (4, ("yes",)),
    )  # fmt: skip
    assert kept_to(sheet(), kept)("zh") == (
        "日期：2025年3月；部门：（空）、语文组；金额：100 至 200；是否报销：是"
    )
    assert kept_to(sheet(), ())("zh") == ""
    many = ((2, (*KINDS, "甲", "乙")),)
    assert kept_to(sheet(), many)("zh").endswith("等 5 项")


def test_the_same_mark_again_lets_go_and_another_takes_its_place() -> None:
    held = Board(sheet())
    one, other = Name(same("培训"), "培训"), Name(same("节日慰问"), "节日慰问")
    held.click({2: one})
    held.click({2: other})
    assert held.narrowed == {2: (other,)}
    held.click({2: other})
    assert held.narrowed == {}
    held.keep(2, (one, other))
    held.click({2: one})
    assert held.narrowed == {2: (one,)}


def test_a_pin_is_of_one_file_and_goes_with_it() -> None:
    file = Dropped.of("支出.csv", SPENT, loosely(SPENT, "支出.csv"), TODAY)
    held = Shelf(10**9)
    held.put(file)
    held.pin(Pin(file.read.sha256, 0, Recipe("bars", 1)))
    held.take(file.read.sha256)
    assert held.pins() == []
    assert callable(shelf)
