"""The page 工作计划: a plan in, its items looked through, and into the activity register."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from plan_documents import document, paragraph, table
from screens import keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.plans.plan import read_plan
from dashboard.plans.review import Reviewed, by_month, days, doubts, proposed
from dashboard.plans.rows import HEADER
from dashboard.resting import REST, sweep
from dashboard.settings import Settings
from dashboard.ui.cache import workspaces
from dashboard.ui.plan.sheet import merged
from dashboard.workspaces import Workspaces

CASE = Path(__file__).parent / "files" / "plans" / "halves_and_goals_2017.txt"
SPRING = """2026年工会工作计划
三月：
1、庆三八健步走（负责人：李红）
四月：
2、组织拔河比赛
3、新桥
"""
TWICE = "2026年工会工作计划\n三月：\n1、召开工会例会\n2、召开工会例会\n四月：\n1、召开工会例会\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-01-15")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    Workspaces(Settings(data=tmp_path)).enter("school")
    return tmp_path


@pytest.fixture
def page(school: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(school, "plan", monkeypatch, lang="zh")


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data).run()
    assert not app.exception
    return app


def pasted(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text).run()
    app.button(key="plan_read").click().run()
    assert not app.exception
    return app


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def items(app: AppTest) -> list[dict[str, Any]]:
    return list(app.data_editor[0].value.to_dict("records")) if app.data_editor else []


def imported(app: AppTest) -> AppTest:
    """The way of every file: handed over, seen, confirmed."""
    app.button(key="plan_import").click().run()
    assert not app.exception
    assert app.title[0].value == "上传"
    app.switch_page("../pages/upload.py").run()
    app.button(key="confirm_import").click().run()
    assert not app.exception
    return app


def held(school: Path) -> list[dict[str, Any]]:
    """The activity register as it is stored."""
    with workspaces(str(school)).warehouse("school").snapshot() as reader:
        return list(reader.read("select * from activities order by planned_from, name"))


def test_a_dropped_plan_becomes_a_table_beside_its_own_words(page: AppTest) -> None:
    dropped(page, CASE.name, CASE.read_bytes())
    plan = read_plan(CASE.read_bytes(), CASE.name)
    rows = items(page)
    assert [row["item"] for row in rows] == [item.item for item in plan.items]
    assert all(row["taken"] for row in rows)
    assert [row["line"] for row in rows] == [item.line for item in plan.items]
    assert [row["quote"] for row in rows] == [item.quote for item in plan.items]
    asking = sum(bool(doubts(row)) for row in proposed(plan))
    shown = {metric.label: metric.value for metric in page.metric}
    assert shown["要导入的事项"] == str(len(plan.items))
    assert shown["需要看一看"] == str(asking)
    assert "XX实验小学2017年工会工作计划" in plainly(page)


def test_what_became_no_item_is_listed(page: AppTest) -> None:
    dropped(page, CASE.name, CASE.read_bytes())
    listed = next(frame for frame in page.dataframe if "未成为事项" in frame.proto.alt).value
    plan = read_plan(CASE.read_bytes(), CASE.name)
    assert sorted(listed["行"]) == sorted(line.line for line in plan.rest)
    assert set(listed["原文"]) == {line.quote for line in plan.rest}


def test_a_document_is_read_with_its_table(page: AppTest) -> None:
    rows = [["月份", "工作内容", "责任部门"], ["三月", "庆三八健步走", "女工委"]]
    dropped(page, "计划.docx", document(paragraph("2026年工会工作计划"), table(rows)))
    assert [(row["item"], row["owner"]) for row in items(page)] == [("庆三八健步走", "女工委")]


def test_a_pasted_plan_is_read_and_the_box_is_empty_again(page: AppTest) -> None:
    pasted(page, SPRING)
    assert [row["item"] for row in items(page)] == ["庆三八健步走", "组织拔河比赛", "新桥"]
    assert page.text_area[0].value == ""


def test_nothing_pasted_is_said(page: AppTest) -> None:
    pasted(page, "  \n")
    assert "还没有粘贴文字" in plainly(page)


def test_two_texts_under_one_name_are_two_plans(page: AppTest) -> None:
    pasted(pasted(page, SPRING), SPRING.replace("2026", "2025"))
    assert {row["file"] for row in items(page)} == {"粘贴的计划.txt", "粘贴的计划 2.txt"}
    keyed(page.button, "plan_remove_").click().run()
    assert {row["file"] for row in items(page)} == {"粘贴的计划 2.txt"}


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("计划.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_a_plan", "旧版"),
        ("计划.pdf", b"%PDF-1.4 stream", "not_a_plan", "PDF"),
        ("空.txt", b"", "empty", "空"),
        ("诗.txt", "今天天气很好，我们都在看书。".encode(), "no_plan", "没有读到"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    page: AppTest, name: str, data: bytes, code: str, word: str
) -> None:
    dropped(page, name, data)
    assert f"`{code}`" in page.error[0].value
    assert word in page.error[0].value
    assert "另存为 .docx" in plainly(page)
    assert not items(page)


def test_a_plan_without_a_year_is_dated_by_the_year_that_is_chosen(page: AppTest) -> None:
    pasted(page, SPRING.replace("2026年", ""))
    assert {row["open"] for row in items(page)} == {"日期不明", "日期不明、类别不明"}
    keyed(page.selectbox, "plan_year_").set_value("2026").run()
    assert [str(row["start"])[:10] for row in items(page)] == [
        "2026-03-01",
        "2026-04-01",
        "2026-04-01",
    ]
    keyed(page.selectbox, "plan_year_").set_value("2024-2025").run()
    assert str(items(page)[0]["start"])[:10] == "2025-03-01"


def test_only_what_asks_for_a_look_is_shown_on_request(page: AppTest) -> None:
    pasted(page, SPRING)
    page.toggle(key="plan_only_doubts").set_value(True).run()
    assert [(row["item"], row["open"]) for row in items(page)] == [("新桥", "类别不明")]
    page.toggle(key="plan_only_doubts").set_value(False).run()
    assert len(items(page)) == 3


def test_the_table_stays_when_the_page_is_left_and_the_language_changed(page: AppTest) -> None:
    pasted(page, SPRING)
    page.button(key="plan_none").click().run()
    page.switch_page("../pages/upload.py").run()
    page.switch_page("../pages/plan.py").run()
    assert [row["taken"] for row in items(page)] == [False] * 3
    assert page.button(key="plan_import").disabled
    page.query_params["lang"] = "en"
    page.run()
    assert page.title[0].value == "Work plan"
    assert [row["taken"] for row in items(page)] == [False] * 3


def test_the_items_go_into_the_register_by_the_ordinary_import(page: AppTest, school: Path) -> None:
    imported(pasted(page, SPRING))
    assert [(row["name"], row["planned_from"], row["planned_to"]) for row in held(school)] == [
        ("庆三八健步走", date(2026, 3, 1), date(2026, 3, 31)),
        ("新桥", date(2026, 4, 1), date(2026, 4, 30)),
        ("组织拔河比赛", date(2026, 4, 1), date(2026, 4, 30)),
    ]
    page.switch_page("../pages/plan.py").run()
    assert "已导入活动台账" in page.success[0].value
    assert not items(page)


def test_before_it_is_confirmed_the_plan_stays_and_says_so(page: AppTest, school: Path) -> None:
    pasted(page, SPRING).button(key="plan_import").click().run()
    page.switch_page("../pages/plan.py").run()
    assert "还没有确认导入" in plainly(page)
    assert len(items(page)) == 3
    assert held(school) == []


def test_what_is_handed_over_again_takes_the_place_of_the_first(page: AppTest) -> None:
    pasted(page, SPRING).button(key="plan_import").click().run()
    page.switch_page("../pages/plan.py").run()
    rows = page.session_state["work_plans"].rows
    rows[2] = replace(rows[2], taken=False)
    page.session_state["work_plans"].anew()
    page.button(key="plan_import").click().run()
    assert len(page.session_state["intake"]) == 1
    (file,) = page.session_state["intake"].values()
    assert "新桥" not in file.data.decode("utf-8-sig")


def test_the_same_plan_again_doubles_nothing(page: AppTest, school: Path) -> None:
    imported(pasted(page, SPRING))
    page.switch_page("../pages/plan.py").run()
    imported(pasted(page, SPRING))
    assert len(held(school)) == 3


def test_what_was_held_meanwhile_is_kept_when_the_plan_comes_again(
    page: AppTest, school: Path
) -> None:
    imported(pasted(page, SPRING))
    done = "活动名称,计划时间,实际日期,实到\n组织拔河比赛,2026-04-01至2026-04-30,2026-04-09,48\n"
    page.file_uploader[0].upload("活动台账.csv", done.encode()).run()
    page.button(key="confirm_import").click().run()
    page.switch_page("../pages/plan.py").run()
    imported(pasted(page, SPRING))
    row = next(row for row in held(school) if row["name"] == "组织拔河比赛")
    assert (row["held_on"], row["attended"]) == (date(2026, 4, 9), 48)
    assert len(held(school)) == 3


def test_items_of_one_name_and_month_are_not_lost_in_silence(page: AppTest, school: Path) -> None:
    imported(pasted(page, TWICE))
    assert [row["planned_from"].month for row in held(school)] == [3, 3, 4]
    page.switch_page("../pages/plan.py").run()
    imported(pasted(page, TWICE))
    assert len(held(school)) == 3


def test_after_an_hour_without_use_the_plan_is_gone(page: AppTest) -> None:
    pasted(page, SPRING)
    held = page.session_state["work_plans"]
    held.used -= REST
    sweep()  # nobody looks
    assert [held.plans, held.texts, held.rows, held.shown] == [{}, {}, [], []]
    assert not items(page.run())


# -- the rows as they are typed into -----------------------------------------------------------


def rows_of(text: str) -> list[Reviewed]:
    return proposed(read_plan(text.encode(), "plan.txt"))


def cells(at: int | None, row: Reviewed, **typed: Any) -> dict[str, Any]:
    start, end = days(row.item)
    names = {name: getattr(row.item, name) for name in ("item", "kind", "target", "owner")}
    return {"at": at, "taken": row.taken, "start": start, "end": end} | names | typed


def test_what_nobody_touched_stays_as_the_plan_has_it() -> None:
    shown = rows_of(CASE.read_text("utf-8"))
    assert merged(shown, [cells(at, row) for at, row in enumerate(shown)]) == shown


def test_what_is_typed_counts_and_rows_out_of_sight_stay() -> None:
    shown = rows_of(SPRING)
    typed = cells(2, shown[2], item="建新桥", kind="sports", start=date(2026, 5, 6), taken=False)
    found = merged(shown, [typed | {"end": None}])
    assert found[:2] == shown[:2]
    assert (found[2].item.item, found[2].item.kind, found[2].taken) == ("建新桥", "sports", False)
    assert (found[2].item.start, found[2].item.end) == (date(2026, 5, 6), date(2026, 5, 6))


def test_an_added_row_goes_with_the_plan_and_an_empty_one_is_none() -> None:
    shown = rows_of(SPRING)
    blank = cells(None, shown[0], item=None, kind=None, taken=None, target=None, owner=None)
    added = blank | {"item": "春游", "start": date(2026, 4, 3), "end": date(2026, 4, 3)}
    found = merged(shown, [added, blank])
    assert len(found) == 4
    assert (found[3].item.item, found[3].file, found[3].taken) == ("春游", "plan.txt", True)
    assert found[3].item.line == 0


def test_what_ends_before_it_begins_is_told() -> None:
    shown = rows_of(SPRING)
    typed = cells(0, shown[0], start=date(2026, 5, 6), end=date(2026, 5, 1))
    assert doubts(merged(shown, [typed])[0]) == ("backwards",)


def test_the_months_of_the_chart_leave_no_gap_out() -> None:
    text = "2026年工会工作计划\n三月：庆三八健步走\n五月：拔河比赛\n全年：慰问退休教师\n"
    assert by_month(rows_of(text)) == [
        (date(2026, 3, 1), 1),
        (date(2026, 4, 1), 0),
        (date(2026, 5, 1), 1),
    ]


def test_the_file_handed_over_has_the_registers_headers(page: AppTest) -> None:
    pasted(page, SPRING).button(key="plan_import").click().run()
    (file,) = page.session_state["intake"].values()
    lines = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert tuple(lines[0]) == HEADER
    assert len(lines) == 4
