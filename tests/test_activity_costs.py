"""What an activity cost: by the ledger's own words, and never by a guess."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from plain_activities import cost_of, participants
from plain_school import Plain
from schools import TODAY, Schools, counted, opened, person, read

from dashboard import reports
from dashboard.filters import Filters, chosen
from dashboard.periods import parse
from dashboard.warehouse import Warehouse

DAY = date(2017, 3, 8)
Row = dict[str, Any]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def activity(name: str = "庆“三八”活动", **more: Any) -> Row:
    return {"name": name, "held_on": DAY, "attended": 10} | more


def spent(amount: str, name: str | None = "庆三八活动", on: date = DAY, **more: Any) -> Row:
    told = {"spent_on": on, "activity": name, "expense": Decimal(amount), "is_opening": False}
    return told | {"voucher_no": "7"} | more


def listed(warehouse: Warehouse, period: str = "2017", **narrow: str) -> list[tuple[Any, ...]]:
    found = reports.run(
        warehouse, "activities_list", Filters(parse(period), TODAY, chosen(narrow)), "zh"
    )
    return [
        tuple(row[name] for name in ("activity", "cost", "cost_from", "participants", "per_head"))
        for row in found.rows
    ]


def doubts(warehouse: Warehouse, period: str = "2017") -> list[tuple[str, str, Any]]:
    found = reports.run(warehouse, "activity_spending_doubts", Filters(parse(period), TODAY), "zh")
    return [(row["doubt"], row["activity"], row["expense"]) for row in found.rows]


UNKNOWN, SEVERAL = "当年没有这个活动，请核对", "当年有几个同名活动，请核对"


def test_the_ledger_speaks_before_the_register(school: Schools) -> None:
    lines = [spent("60.05"), spent("39.95", on=date(2017, 12, 31), voucher_no="8")]
    warehouse = school(activities=[activity(cost=Decimal(500))], ledger=lines)
    assert listed(warehouse) == [("庆“三八”活动", 100, "经费账", 10, 10.0)]
    assert counted(warehouse, "cost_per_participant") == (100, 10)


def test_without_a_line_in_the_ledger_the_register_speaks(school: Schools) -> None:
    warehouse = school(activities=[activity(cost=Decimal(500))], ledger=[spent("9", None)])
    assert listed(warehouse) == [("庆“三八”活动", 500, "活动台账", 10, 50.0)]
    assert counted(warehouse, "cost_per_participant") == (500, 10)


def test_a_line_of_another_year_is_another_years(school: Schools) -> None:
    lines = [spent("60", on=date(2018, 1, 1)), spent("5", on=date(2016, 12, 31))]
    warehouse = school(activities=[activity()], ledger=lines)
    assert listed(warehouse) == [("庆“三八”活动", None, "", 10, None)]
    assert doubts(warehouse, "2018") == [(UNKNOWN, "庆三八活动", 60)]
    assert doubts(warehouse, "2016") == [(UNKNOWN, "庆三八活动", 5)]


def test_of_two_activities_of_one_name_none_is_guessed(school: Schools) -> None:
    twice = [activity(), activity(held_on=date(2017, 3, 9))]
    warehouse = school(activities=twice, ledger=[spent("60")])
    assert [row[1] for row in listed(warehouse)] == [None, None]
    assert doubts(warehouse) == [(SEVERAL, "庆三八活动", 60)]


def test_a_cancelled_namesake_is_no_second_one(school: Schools) -> None:
    rows = [activity(), activity(held_on=date(2017, 3, 9), status="cancelled")]
    assert [row[1] for row in listed(school(activities=rows, ledger=[spent("60")]))] == [60]


def test_money_for_what_nobody_knows_is_listed(school: Schools) -> None:
    lines = [spent("60", "趣味赛"), spent("1", None), spent("2", "—"), spent("3")]
    warehouse = school(activities=[activity()], ledger=lines)
    assert doubts(warehouse) == [(UNKNOWN, "趣味赛", 60)]


def test_whoever_signed_in_took_part_guests_too(school: Schools) -> None:
    people = [person("1", "王芳"), person("2", "李静"), person(None, "陆小满", "家属")]
    states = ("present", "leave", "present")
    sheet = [
        {"activity": "庆三八活动", "held_on": DAY, "presence": state} | row
        for row, state in zip(people, states, strict=True)
    ]
    warehouse = school(
        members={date(2017, 1, 1): people[:2]},
        activities=[activity()],
        attendance=sheet,
        ledger=[spent("60")],
    )
    assert listed(warehouse) == [("庆“三八”活动", 60, "经费账", 2, 30.0)]
    by_group = listed(warehouse, department="语文组")
    assert by_group == [("庆“三八”活动", None, "", None, None)], "a group has no cost of its own"


def test_what_lacks_a_cost_or_people_is_left_out_and_said(school: Schools) -> None:
    rows = [
        activity("全", cost=Decimal(50)),
        activity("没有费用"),
        activity("没有人数", attended=None, cost=Decimal(9)),
        activity("没有人来", attended=0, cost=Decimal(7)),
    ]
    warehouse = school(activities=rows)
    assert counted(warehouse, "cost_per_participant") == (57, 10)
    assert read(warehouse, "cost_per_participant").now.left_out == 2


def test_without_any_cost_the_figure_is_missing(school: Schools) -> None:
    missing = read(school(activities=[activity()]), "cost_per_participant").now.missing
    assert missing is not None
    assert missing.zh == "缺少活动费用"


@pytest.mark.parametrize("seed", range(4))
def test_every_activity_by_a_second_road(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    plain = Plain(school)
    with opened(tmp_path, school) as warehouse:
        rows = warehouse.read("select activity_id, cost, participants from activity_costs")
        told = {row["activity_id"]: (row["cost"], row["participants"]) for row in rows}
        assert told == {key: (cost_of(plain, key), participants(plain, key)) for key in plain.held}


@pytest.mark.parametrize("seed", range(4))
def test_all_spending_that_names_an_activity_is_somewhere(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    with opened(tmp_path, school) as warehouse:
        (row,) = warehouse.read(
            "select sum(cost) filter (where cost_from = 'ledger') as told from activity_costs"
        )
        doubtful = sum(
            (amount for period in ("2016", "2017") for *_, amount in doubts(warehouse, period)),
            Decimal(0),
        )
    named = [line["expense"] for line in school.ledger if line["activity"] and line["expense"]]
    assert (row["told"] or 0) + doubtful == sum(named, Decimal(0))
