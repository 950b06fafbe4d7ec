"""The plan beside what took place: each item and each activity once, in one state."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from plain_activities import states
from plain_school import Plain
from schools import Schools, opened

from dashboard import reports
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.periods import parse
from dashboard.warehouse import Warehouse

TODAY = date(2017, 6, 30)
Row = dict[str, Any]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def plan(name: str, to: str, **more: Any) -> Row:
    days = {k: date.fromisoformat(v) if k.endswith("_on") else v for k, v in more.items()}
    due = date.fromisoformat(to)
    return {"name": name, "planned_from": due.replace(day=1), "planned_to": due} | days


def told(
    warehouse: Warehouse, period: str = "2017", today: date = TODAY, **narrow: str
) -> list[tuple[str, str, Any]]:
    """State, name and days late of every row."""
    filters = Filters(parse(period), today, chosen(narrow))
    found = reports.run(warehouse, "plan_against_held", filters, "zh")
    return [(row["state"], row["name"], row["days_late"]) for row in found.rows]


@pytest.fixture
def planned(school: Schools) -> Warehouse:
    return school(
        activities=[
            plan("按时", "2017-02-28", held_on="2017-02-28"),
            plan("晚了", "2017-03-31", held_on="2017-04-10", kind="sports"),
            plan("今天到期", "2017-06-30"),
            plan("昨天到期", "2017-06-29"),
            plan("以后", "2017-07-31"),
            plan("提前办", "2017-12-31", held_on="2017-05-01"),
            plan("取消", "2017-05-31", status="cancelled"),
            plan("同名", "2017-04-30"),
            {"name": "“同名”", "held_on": date(2017, 4, 20)},
            {"name": "临时", "held_on": date(2017, 3, 1), "kind": "sports"},
            {"name": "以后临时", "held_on": date(2017, 7, 1)},
            plan("去年", "2016-12-31"),
        ]
    )


def test_every_state_is_told_what_is_late_first(planned: Warehouse) -> None:
    assert told(planned) == [
        ("未开展", "昨天到期", 1),
        ("未开展", "今天到期", None),
        ("未到期", "以后", None),
        ("已取消", "取消", None),
        ("计划外", "临时", None),
        ("已开展", "按时", None),
        ("已开展", "晚了", 10),
        ("已开展", "同名", None),
        ("已开展", "提前办", None),
    ]


def test_the_day_before_it_is_due_an_item_is_not_due(planned: Warehouse) -> None:
    states_then = {name: state for state, name, _ in told(planned, today=date(2017, 6, 29))}
    assert states_then["今天到期"] == "未到期"
    assert states_then["昨天到期"] == "未开展"


def test_what_was_held_later_is_not_yet_held(planned: Warehouse) -> None:
    rows = told(planned, today=date(2017, 4, 9))
    assert ("未开展", "晚了", 9) in rows
    assert ("未到期", "同名", None) in rows
    assert ("未到期", "提前办", None) in rows


def test_the_school_may_grant_some_days(planned: Warehouse) -> None:
    planned.set("rules", {"plan_grace_days": 1})
    assert ("未开展", "昨天到期", None) in told(planned)
    assert ("未开展", "昨天到期", 2) in told(planned, today=date(2017, 7, 1))


def test_a_state_and_a_kind_narrow_the_list(planned: Warehouse) -> None:
    assert told(planned, plan_state="unplanned") == [("计划外", "临时", None)]
    assert [name for _, name, _ in told(planned, activity_kind="sports")] == ["临时", "晚了"]


@pytest.mark.parametrize(
    ("period", "counted"),
    [
        ("2017", {"held": 3, "not_held": 2, "cancelled": 1, "unplanned": 1}),
        ("2016", {"not_held": 1}),
        ("2017-01-01:2017-03-31", {"held": 1, "not_held": 1, "unplanned": 1}),
    ],
)
def test_the_figure_counts_what_is_due_and_what_was_outside_the_plan(
    planned: Warehouse, period: str, counted: dict[str, int]
) -> None:
    result = evaluate(planned, KPIS["plan_and_beyond"], Filters(parse(period), TODAY), ())
    assert {p.name: p.reading.numerator for p in result.parts["plan_state"]} == counted
    assert result.now.numerator == sum(counted.values())


@pytest.mark.parametrize("name", ["例会", "“例会”"])
def test_held_twice_under_one_name_serves_one_item(school: Schools, name: str) -> None:
    rows = [plan("例会", "2017-03-31")]
    rows += [{"name": name, "held_on": date(2017, 3, day)} for day in (9, 2)]
    assert Counter(state for state, *_ in told(school(activities=rows))) == {
        "已开展": 1,
        "计划外": 1,
    }


def test_an_activity_of_another_year_does_no_item(school: Schools) -> None:
    rows = [plan("年会", "2016-12-31"), {"name": "年会", "held_on": date(2017, 1, 1)}]
    warehouse = school(activities=rows)
    assert [state for state, *_ in told(warehouse, "2016")] == ["未开展"]
    assert [state for state, *_ in told(warehouse, "2017")] == ["计划外"]


def test_an_activity_known_from_a_sheet_alone_stands_outside_the_plan(school: Schools) -> None:
    sheet = {
        "activity": "趣味赛",
        "held_on": date(2017, 2, 1),
        "name": "王芳",
        "presence": "present",
    }
    assert told(school(attendance=[sheet])) == [("计划外", "趣味赛", None)]


@pytest.mark.parametrize("seed", range(4))
def test_the_states_by_a_second_road(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    filters = Filters(parse("2016-2017"), date(2018, 3, 31))
    with opened(tmp_path, school) as warehouse:
        result = evaluate(warehouse, KPIS["plan_and_beyond"], filters, ())
        parts = {p.name: p.reading.numerator for p in result.parts.get("plan_state", ())}
        assert parts == states(Plain(school), filters.span)
        listed = Counter(r[0] for r in told(warehouse, "2016-2017", date(2018, 3, 31)))
        words = {
            "held": "已开展",
            "not_held": "未开展",
            "cancelled": "已取消",
            "unplanned": "计划外",
        }
        assert listed == {words[str(name)]: n for name, n in parts.items()}
