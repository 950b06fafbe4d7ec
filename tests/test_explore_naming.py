"""How charts of any table are called: rows that are people, times by their name, ordered words."""

from __future__ import annotations

from datetime import date

import pytest
from explored import only

from dashboard.charts.drawn import under
from dashboard.exploring.charting.counting import counted
from dashboard.exploring.charting.naming import title
from dashboard.exploring.charting.recipe import Recipe
from dashboard.importing.loose.model import LooseSheet

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", date(2026, 1, 15).isoformat())


def roster(names: list[str], header: str = "姓名") -> LooseSheet:
    """Twenty-odd rows: a number, a name, a group, a year of joining, whether it is a member."""
    lines = [
        f"T{at:03},{name},{('语文组', '数学组')[at % 2]},20{10 + at % 9}-09-01,{'是否'[at % 2]}"
        for at, name in enumerate(names)
    ]
    return only("\n".join([f"工号,{header},部门,入职时间,是否会员", *lines]))


def called(sheet: LooseSheet, recipe: Recipe) -> tuple[str, str]:
    told = title(sheet, recipe)
    return told.zh, told.en


NAMES = [f"{surname}伟" for surname in SURNAMES]


def test_rows_that_are_one_person_each_are_called_people() -> None:
    assert called(roster(NAMES), Recipe("bars", 2)) == ("各部门人数", "People by 部门")


def test_two_people_may_have_one_name_where_their_numbers_differ() -> None:
    assert called(roster([*NAMES, NAMES[0]]), Recipe("bars", 2))[0] == "各部门人数"


def test_rows_that_name_some_people_again_and_again_are_rows() -> None:
    assert called(roster(NAMES[:5] * 4), Recipe("bars", 2))[0] == "各部门行数"


def test_what_somebody_signed_for_is_no_person() -> None:
    assert called(roster(NAMES, "经办人"), Recipe("bars", 2))[0] == "各部门行数"


def test_a_time_that_is_more_than_a_date_is_named() -> None:
    sheet = roster(NAMES)
    assert called(sheet, Recipe("lines", 3, step="year")) == (
        "每年人数（按入职时间）",
        "People by year (入职时间)",
    )
    plain = only("日期,金额\n2025-03-01,1\n2025-04-02,2\n")
    assert called(plain, Recipe("lines", 0, "sum", 1))[0] == "每月金额合计"


def test_a_question_is_not_said_after_each() -> None:
    assert called(roster(NAMES), Recipe("bars", 4))[0] == "是否会员：人数"


def test_series_stand_in_the_order_their_words_have() -> None:
    grades = ["不满意", "满意", "基本满意", "不满意", "满意", "不满意"]
    lines = [f"{'语数'[at % 2]}文组,{grade}" for at, grade in enumerate(grades * 4)]
    sheet = only("\n".join(["部门,满意度", *lines]))
    found = counted(sheet, Recipe("heat", 0, split=1))
    assert [name.text.zh for name, _ in found.series] == ["满意", "基本满意", "不满意"]


def test_a_name_on_two_lines_is_parted_in_the_middle() -> None:
    assert under(["信息技术"] * 9, 400) == ["信息<br>技术"] * 9
