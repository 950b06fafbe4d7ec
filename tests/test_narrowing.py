"""What a view is narrowed to: offered where it means something, shown, let go of, and honest."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from schools import School, Schools, enter, person
from screens import opened, said, unfolded
from streamlit.testing.v1 import AppTest

from dashboard import reports
from dashboard.filters import Filters, chosen
from dashboard.periods import parse
from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

TODAY = date(2017, 12, 31)
HELD: dict[str, Any] = {"name": "春游", "held_on": date(2017, 4, 1)}


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The members of two departments, one sex known, looked at by department."""
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())
    people = [person("1", "王芳", sex="female"), person("2", "张伟", "数学组")]
    roster = {date(2017, 1, 1): people}
    spaces = Workspaces(Settings(data=tmp_path))
    enter(spaces.warehouse("school"), School(staff=roster, members=roster))
    spaces.enter("school")
    spaces.close()
    app = opened(tmp_path, "members", monkeypatch, lang="zh", department="数学组")
    assert "department" not in pickers(app), "drawn once its button was pressed"
    return unfolded(app)


def pickers(page: AppTest) -> dict[str, Any]:
    found = {str(one.key): one for one in page.selectbox}
    return {key.removesuffix("_picker"): one for key, one in found.items() if "_picker" in key}


# -- on the screen ----------------------------------------------------------------------------


def test_only_dimensions_that_have_values_are_offered(page: AppTest) -> None:
    offered = pickers(page)
    assert {"department", "sex"} <= offered.keys()
    assert not {"employment_type", "activity_kind", "session"} & offered.keys()
    assert offered["department"].options == ["全部", "数学组", "语文组"]


def test_chips_show_each_choice_and_let_go_of_it(page: AppTest) -> None:
    pickers(page)["sex"].select("female").run()
    assert page.button(key="chip_department").label == "部门：数学组"
    assert page.button(key="chip_sex").label == "性别：女"
    assert page.query_params["sex"] == "female"
    page.button(key="chip_sex").click().run()
    assert "sex" not in page.query_params
    assert "数学组 · 数据截至" in said(page).replace("\\", "")


def test_all_is_let_go_of_at_once(page: AppTest) -> None:
    pickers(page)["sex"].select("female").run()
    page.button(key="clear_chips").click().run()
    assert not {"sex", "department"} & set(page.query_params)
    assert not [button for button in page.button if str(button.key).startswith("chip_")]


# -- what cannot be narrowed says so ----------------------------------------------------------


@pytest.mark.parametrize(
    ("activities", "name", "ignored", "found"),
    [
        ([HELD], "plan_against_held", ("department",), 0),  # no activity tells a department
        ([HELD, HELD | {"name": "秋游", "department": "数学组"}], "plan_against_held", (), 0),
        ([HELD | {"department": "语文组"}], "plan_against_held", (), 1),
        ([], "plan_against_held", (), 0),  # nothing is there to tell anything
        ([HELD], "fund_flows", ("department",), 0),  # never kept by it
    ],
)
def test_a_report_that_no_row_can_narrow_says_so_and_never_shows_the_whole(
    schools: Schools,
    activities: list[dict[str, Any]],
    name: str,
    ignored: tuple[str, ...],
    found: int,
) -> None:
    warehouse = schools(activities=activities)
    filters = Filters(parse("2017"), TODAY, chosen({"department": "语文组"}))
    with warehouse.snapshot() as reader:
        rows = reports.run(reader, name, filters, "zh")
    assert (rows.ignored, len(rows.rows)) == (ignored, found)
