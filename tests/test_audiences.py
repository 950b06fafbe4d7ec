"""Whom activities are for, and how often members came: figures told by either."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from plain_activities import times
from plain_school import Plain
from schools import TODAY, Schools, opened, person

from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.periods import parse
from dashboard.warehouse import Warehouse

DAY = date(2017, 3, 8)
PEOPLE = [person("1", "王芳"), person("2", "李静", "数学组"), person("3", "张伟", "数学组")]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def parts(warehouse: Warehouse, kpi: str, by: str, **narrow: str) -> dict[str | None, Any]:
    filters = Filters(parse("2017"), TODAY, chosen(narrow))
    found = evaluate(warehouse, KPIS[kpi], filters, ()).parts[by]
    return {p.name: p.reading.numerator for p in found}


@pytest.mark.parametrize(
    ("written", "audience"),
    [
        (None, None),
        ("全体", "all"),
        ("全體教職工", "all"),
        ("在职教师", "all"),
        ("女教职工", "female"),
        ("男", "male"),
        ("青年教师", "young"),
        ("数学组", "department"),
        ("數學組教師", "department"),
        ("骨干", "other"),
        ("英语组", "other"),  # no roster knows it
    ],
)
def test_an_audience_in_the_schools_words(
    school: Schools, written: str | None, audience: str | None
) -> None:
    row = {"name": "春游", "held_on": DAY, "audience": written, "planned_to": DAY}
    warehouse = school(members={DAY: PEOPLE}, activities=[row])
    assert parts(warehouse, "activities_held", "audience") == {audience: 1}
    assert parts(warehouse, "plan_completion_rate", "audience") == {audience: 1}


def test_participation_is_told_and_narrowed_by_audience(school: Schools) -> None:
    rows = [
        {"name": "甲", "held_on": DAY, "audience": "全体", "expected": 9, "attended": 6},
        {"name": "乙", "held_on": DAY, "audience": "女", "expected": 5, "attended": 4},
        {"name": "丙", "held_on": DAY, "expected": 3, "attended": 1},
    ]
    warehouse = school(members={DAY: PEOPLE}, activities=rows)
    found = parts(warehouse, "participation_rate", "audience")
    assert found == {"all": 6, "female": 4, None: 1}
    narrowed = Filters(parse("2017"), TODAY, chosen({"audience": "female"}))
    now = evaluate(warehouse, KPIS["participation_rate"], narrowed, ()).now
    assert (now.numerator, now.denominator) == (4, 5)


def test_members_by_how_often_they_came(school: Schools) -> None:
    def signed(who: int, activity: int, state: str = "present", day: int = 1) -> dict[str, Any]:
        head = {"activity": f"活动{activity}", "held_on": date(2017, activity, day)}
        return head | PEOPLE[who] | {"presence": state}

    rows = [signed(0, n) for n in range(1, 11)]  # ten activities
    rows += [signed(1, 1), signed(1, 2, "leave"), signed(1, 3, "absent")]
    before = {"activity": "团拜", "held_on": date(2016, 12, 31), "presence": "present"} | PEOPLE[2]
    warehouse = school(members={date(2016, 9, 1): PEOPLE}, attendance=[*rows, before])
    told = parts(warehouse, "members_by_times", "times_seen")
    assert told == {"0": 1, "1": 1, "10": 1}
    assert parts(warehouse, "members_by_times", "times_seen", department="数学组") == {
        "0": 1,
        "1": 1,
    }


def test_an_activity_over_several_days_is_come_to_once(school: Schools) -> None:
    row = {"name": "运动会", "held_on": DAY, "activity_no": "5"}
    sheet = {"activity": "运动会", "activity_no": "5", "presence": "present"} | PEOPLE[0]
    days = [sheet | {"held_on": date(2017, 3, day)} for day in (8, 9)]
    warehouse = school(members={date(2017, 1, 1): PEOPLE}, activities=[row], attendance=days)
    assert parts(warehouse, "members_by_times", "times_seen") == {"0": 2, "1": 1}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("period", ["2017", "2016-2017"])
def test_how_often_by_a_second_road(seed: int, period: str, tmp_path: Path) -> None:
    school = drawn(seed)
    filters = Filters(parse(period), date(2018, 3, 31))
    with opened(tmp_path, school) as warehouse:
        result = evaluate(warehouse, KPIS["members_by_times"], filters, ())
        seen = evaluate(warehouse, KPIS["coverage_rate"], filters, ()).now
        if result.now.missing:
            pytest.skip("no roster or no sheet yet on that day")
        told = {p.name: p.reading.numerator for p in result.parts["times_seen"]}
        assert told == times(Plain(school), filters.span)
        assert (seen.denominator or 0) - (seen.numerator or 0) == told.get("0", 0)
