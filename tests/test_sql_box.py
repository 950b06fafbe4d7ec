"""The SQL box of the page 即席分析: asked in a child, shown, kept, taken home."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from explored import FILES
from screens import opened, said
from streamlit.testing.v1 import AppTest

from dashboard.exports.rows import as_csv
from dashboard.resting import REST, sweep
from dashboard.settings import Settings
from dashboard.ui.explore.sqlresult import taken
from dashboard.workspaces import Workspaces

BOOKS = (FILES / "books_handed_out.csv").read_bytes()
TODAY = date(2026, 1, 15)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())


@pytest.fixture
def school(tmp_path: Path) -> Path:
    Workspaces(Settings(data=tmp_path)).enter("school")
    return tmp_path


@pytest.fixture
def page(school: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    app = opened(school, "explore", monkeypatch, lang="zh")
    app.file_uploader[0].upload("换书.csv", BOOKS, "text/csv").run()
    return box(app)


def box(app: AppTest) -> AppTest:
    app.session_state["sql_box"] = True
    app.run()
    assert not app.exception
    return app


def ask(app: AppTest, sql: str) -> AppTest:
    app.text_area(key="sql_text").set_value(sql)
    app.button(key="sql_run").click().run()
    assert not app.exception
    return app


def answer(app: AppTest) -> list[dict[str, Any]]:
    found = next(frame for frame in app.dataframe if frame.proto.alt in ("查询结果", "Answer"))
    return list(found.value.to_dict("records"))


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def test_a_question_over_a_dropped_table_is_answered(page: AppTest) -> None:
    ask(page, 'select "是否签字", count(*) as n from "换书" group by all order by n')
    assert answer(page) == [{"是否签字": "否", "n": 5}, {"是否签字": "是", "n": 20}]
    assert "2 行 × 2 列" in plainly(page)


def test_a_kept_answer_is_a_table_like_a_dropped_one(page: AppTest) -> None:
    ask(page, 'select "年级", sum("金额") as "金额" from t1 group by all order by 1')
    found = answer(page)
    page.button(key="sql_keep").click().run()
    assert not page.exception
    (_, made) = page.session_state["explore_shelf"].files()
    assert (made.name, made.made) == ("查询结果 1", True)
    (sheet,) = made.read.sheets
    assert sheet.columns[1].kind == "money"
    assert sheet.tells_of_people  # it was made of a table with names
    ask(page, 'select count(*) as n from "查询结果_1"')
    assert answer(page) == [{"n": len(found)}]


def test_names_are_masks_and_what_does_not_fit_stands_beside(page: AppTest) -> None:
    ask(
        page,
        'select "领取人", "手机号码", "金额", "金额·原文" from t1 where "金额·原文" is not null',
    )
    (row,) = answer(page)
    assert row == {
        "领取人": row["领取人"],
        "手机号码": row["手机号码"],
        "金额": None,
        "金额·原文": "待定",
    }
    assert row["领取人"].endswith("*")
    assert "****" in row["手机号码"]


def test_neither_keys_nor_names_as_written_can_be_asked(page: AppTest) -> None:
    for column in ("k1", "p1", "c1"):
        ask(page, f'select "{column}" from "换书"')
        assert page.error[0].value.startswith("没有这一列")
    ask(page, 'select * from "换书"')
    everything = str(answer(page))
    assert not [name for name in ("王伟敏", "13910000137", "学府路") if name in everything]


def test_an_error_is_told_with_its_place_and_what_may_be_meant(page: AppTest) -> None:
    ask(page, 'select "年级",\n  "金饿" from t1')
    (error,) = [one.value.replace("\\", "") for one in page.error]
    assert error.startswith("没有这一列。 是不是：金额")
    assert error.endswith("（第 2 行第 3 列）")
    assert page.code[0].value.startswith('  "金饿" from t1\n  ^\n')


def test_a_question_that_reaches_out_is_refused_kindly(page: AppTest) -> None:
    ask(page, "from read_csv('/etc/passwd')")
    assert "这里不能用函数 read_csv" in page.error[0].value.replace("\\", "")
    ask(page, "copy t1 to 'x.csv'")
    assert "COPY 不能用" in page.error[0].value
    ask(page, "select 1 as one")
    assert answer(page) == [{"one": 1}]


def test_one_click_writes_an_example_and_the_last_questions_are_kept(page: AppTest) -> None:
    page.button(key="sql_example_0").click().run()
    example = page.text_area(key="sql_text").value
    assert example == 'select *\nfrom "换书"\nlimit 100'
    for number in range(12):
        ask(page, f"select {number} as n")
    before = page.selectbox(key="sql_picked")
    assert before.options == [f"select {number} as n" for number in range(11, 1, -1)]
    before.select_index(9).run()
    assert page.text_area(key="sql_text").value == "select 2 as n"


def test_the_unions_own_tables_are_asked_beside_a_dropped_one(page: AppTest) -> None:
    ask(page, 'select (select count(*) from "工会_收支明细") as own, count(*) as n from t1')
    assert answer(page) == [{"own": 0, "n": 25}]
    asked = page.session_state["explore_shelf"].answer
    assert asked.people


def test_the_box_speaks_english_too(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = box(opened(school, "explore", monkeypatch, lang="en"))
    assert "union_members" in app.selectbox(key="sql_table").options
    ask(app, "select month from union_members")
    assert "No row fits." in plainly(app)


def test_answers_go_with_the_files_after_an_hour(page: AppTest) -> None:
    ask(page, "select 1 as n")
    shelf = page.session_state["explore_shelf"]
    shelf._used -= REST
    sweep()
    assert (shelf.answer, shelf.files()) == (None, [])


def test_two_sessions_never_see_each_others_answers(
    page: AppTest, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(page, "select 'only mine' as n from t1 limit 1")
    other = box(opened(school, "explore", monkeypatch, lang="zh"))
    ask(other, 'select * from "换书"')
    assert "没有名为 换书 的表" in other.error[0].value.replace("\\", "")
    assert answer(page.run()) == [{"n": "only mine"}]


def test_what_is_taken_home_runs_no_formula_and_says_how_it_was_asked(page: AppTest) -> None:
    ask(
        page, "select '=1+1' as \"=f\", 1.50::decimal(5, 2) as x, true as b, date '2026-01-02' as d"
    )
    asked = page.session_state["explore_shelf"].answer
    found = taken(asked, asked.answer.table, "zh")
    lines = as_csv(found).decode("utf-8-sig").splitlines()
    assert lines == ["'=f,x,b,d", "'=1+1,1.50,是,2026-01-02"]
    assert ("查询", asked.sql) in found.notes
