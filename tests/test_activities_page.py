"""The page of activities over a small school: what is narrowed, what opens, what is missing."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from schools import School, enter, person
from screens import PATIENCE, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.contracts import DATASETS
from dashboard.lineage import Address, Cell, Origin
from dashboard.proving import Sheet
from dashboard.settings import Settings
from dashboard.text import Text
from dashboard.workspaces import Workspaces

DAY = date(2017, 3, 8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two activities, one of them for women; one item of the plan is late. No ledger."""
    found = tmp_path_factory.mktemp("activities")
    spaces = Workspaces(Settings(data=found))
    spaces.enter("school")
    people = [person("1", "王芳"), person("2", "李静")]
    school = School(
        members={date(2017, 1, 1): people},
        activities=[
            {"name": "春游", "held_on": DAY, "audience": "全体", "expected": 2, "attended": 1},
            {"name": "庆三八", "held_on": DAY, "audience": "女", "expected": 2, "attended": 2},
            {"name": "运动会", "planned_from": DAY, "planned_to": DAY},
        ],
        attendance=[{"activity": "春游", "held_on": DAY, "presence": "present"} | people[0]],
    )
    enter(spaces.warehouse("school"), school)
    spaces.close()
    return found


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2017-12-31")


def table(app: AppTest, column: str) -> Any:
    return next(one.value for one in app.dataframe if column in one.value.columns)


def test_the_page_tells_what_was_held_and_what_was_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, "activities", monkeypatch, lang="zh")
    assert list(table(app, "state")["state"]) == ["未开展", "计划外", "计划外"]
    assert list(table(app, "state")["days_late"].dropna()) == [298]
    assert sorted(table(app, "invited")["activity"]) == ["庆三八", "春游"]
    assert "缺少活动费用" in said(app)


def test_an_audience_narrows_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "activities", monkeypatch, lang="zh", audience="female")
    assert list(table(app, "invited")["activity"]) == ["庆三八"]
    assert app.metric[0].value.replace("\\", "") == "100.0%"
    assert "不按活动对象统计" in said(app)


def test_a_state_narrows_the_plan_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "activities", monkeypatch, lang="zh", plan_state="not_held")
    assert list(table(app, "state")["name"]) == ["运动会"]
    assert "不按计划状态统计" in said(app)


# -- a case with its sheets -------------------------------------------------------------------


def script(sheet, lang):  # type: ignore[no-untyped-def]
    """Runs as a page of its own, and so imports what it needs."""
    from dashboard.ui.cells import _beside

    _beside(sheet, lang)


def origin(row: int, **cells: str) -> Origin:
    told = tuple(Cell(Text(name, name), f"A{row}", value, None) for name, value in cells.items())
    day = datetime(2017, 3, 9)
    return Origin(Address("attendance", str(row)), "签到*汇总.csv", "表", row, "0" * 64, day, told)


@pytest.mark.parametrize(
    ("rows", "lang", "told"),
    [
        ((5, 124), "zh", "第 5–124 行，共 2 行"),
        ((5,), "zh", "第 5 行"),
        ((5, 124), "en", "rows 5–124, 2 of them"),
    ],
)
def test_a_sheet_is_told_by_its_file_and_rows(rows: tuple[int, ...], lang: str, told: str) -> None:
    sheet = Sheet(
        "attendance", "签到*汇总.csv", "表", tuple(origin(row, 姓名="王芳") for row in rows)
    )
    app = AppTest.from_function(
        script, default_timeout=PATIENCE, kwargs={"sheet": sheet, "lang": lang}
    ).run()
    assert not app.exception
    label = app.expander[0].label.replace("\\", "")
    assert label.endswith(told)
    assert label.startswith(f"**{DATASETS['attendance'].label(lang)}** · 签到*汇总.csv")  # type: ignore[arg-type]
    assert len(app.dataframe[0].value) == len(rows)
