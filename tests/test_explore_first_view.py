"""What is seen first of a dropped file: its answer; and what is told before a wall hides it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from screens import keyed, opened, said
from streamlit.testing.v1 import AppTest

from dashboard.settings import Settings
from dashboard.workspaces import Workspaces

MONTHS = [f"{at}月" for at in range(1, 13)]
WIDE = "\n".join(
    [
        ",".join(["工会小组", *MONTHS]),
        *(f"{name}," + ",".join(str(200 + 7 * at) for at in range(12)) for name in "甲乙丙丁戊"),
    ]
).encode()
ROSTER = "\n".join(
    [
        "姓名,部门",
        *(f"{one}伟,{('语文组', '后勤')[at > 7]}" for at, one in enumerate("赵钱孙李周吴郑王冯陈")),
    ]
).encode()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("DASHBOARD_TODAY", date(2026, 1, 15).isoformat())
    Workspaces(Settings(data=tmp_path)).enter("school")
    return opened(tmp_path, "explore", monkeypatch, lang="zh")


def dropped(app: AppTest, name: str, data: bytes) -> None:
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception


def test_months_side_by_side_are_shown_as_rows_first_and_alone_open(page: AppTest) -> None:
    dropped(page, "会费.csv", WIDE)
    tables = [box for box in page.expander if " × " in box.label]
    assert ["展开" in box.label for box in tables] == [True, False]
    assert [box.proto.expanded for box in tables] == [True, False]


def test_a_table_and_its_long_form_are_not_two_tables_to_compare(page: AppTest) -> None:
    dropped(page, "会费.csv", WIDE)
    assert not [box for box in page.selectbox if str(box.key).startswith("pairs_side")]


def test_a_cards_small_buttons_have_a_name(page: AppTest) -> None:
    dropped(page, "名册.csv", ROSTER)
    small = [one for one in page.button if str(one.key).startswith("switch_")]
    assert {one.label for one in small} == {"以表格查看", "钉住"}


def test_a_pinned_chart_says_that_a_wall_will_hide_it(page: AppTest) -> None:
    dropped(page, "名册.csv", ROSTER)
    keyed(page.button, "switch_pin_").click().run()
    page.switch_page("../pages/pinned.py").run()
    assert "各部门人数" in said(page)
    assert "投影和导出时不显示" in said(page)
