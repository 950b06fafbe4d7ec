"""Turnout, coverage, activities and the plan against values counted by hand."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from schools import Schools, counted, person, read

from dashboard.warehouse import Warehouse

Row = dict[str, Any]
ROSTER_DAY = date(2016, 9, 1)
WOMENS_DAY = date(2017, 3, 8)
PEOPLE = [
    person("1", "王芳", sex="female", birth_date=date(1981, 3, 8)),  # 36 on the day
    person("2", "李静", sex="female", birth_date=date(1981, 3, 9)),  # still 35
    person("3", "张伟", "数学组", sex="male", birth_date=date(1990, 1, 1)),
    person("4", "刘洋", "数学组", sex="male", birth_date=date(1970, 1, 1)),
]
MEMBERS = {ROSTER_DAY: PEOPLE}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def activity(**more: Any) -> Row:
    return {"name": "庆“三八”活动", "held_on": WOMENS_DAY} | more


def sheet(*who: Row | tuple[Row, str], **more: Any) -> list[Row]:
    """Rows of one sign-in sheet; a person alone is present."""
    head = {"activity": "庆三八活动", "held_on": WOMENS_DAY} | more
    pairs = [row if isinstance(row, tuple) else (row, "present") for row in who]
    return [
        head
        | {name: row.get(name) for name in ("staff_no", "name", "department")}
        | {"presence": state}
        for row, state in pairs
    ]


WANG, LI, ZHANG, LIU = PEOPLE
GUEST = person(None, "陆小满", "家属")


@pytest.mark.parametrize(
    ("register", "listed", "came"),
    [
        # the target group on the roster, and who of it came
        (activity(), sheet(WANG, ZHANG), (2, 4)),
        (activity(audience="全体会员"), sheet(WANG, GUEST), (1, 4)),
        (activity(audience="女教职工"), sheet(WANG, ZHANG), (1, 2)),
        (activity(audience="男"), sheet(WANG, ZHANG), (1, 2)),
        (activity(audience="青年教师"), sheet(WANG, LI, ZHANG), (2, 2)),
        (activity(audience="数学组"), sheet(WANG, ZHANG), (1, 2)),
        (activity(audience="数学组教师"), sheet(ZHANG, LIU), (2, 2)),
        # absentees on the list: the list is who was invited; leave is not attendance
        (activity(), sheet(WANG, (LI, "leave"), (ZHANG, "absent"), GUEST), (1, 3)),
        # 应到 before everything else; guests never count
        (activity(expected=10), sheet(WANG, ZHANG, GUEST), (2, 10)),
        (activity(expected=10), sheet(WANG, (LI, "absent")), (1, 10)),
        # no list: the register's 实到
        (activity(expected=10, attended=7), [], (7, 10)),
        (activity(audience="女", attended=1), [], (1, 2)),
        # known only from a sheet
        (activity(name="别的", held_on=date(2017, 1, 1), expected=1), sheet(WANG), (1, 4)),
        # present on one of two sheets is present, once
        (
            activity(),
            [*sheet((WANG, "absent"), LI), *sheet(WANG, held_on=date(2017, 3, 9))],
            (2, 2),
        ),
    ],
)
def test_participation(
    school: Schools, register: Row, listed: list[Row], came: tuple[int, int]
) -> None:
    warehouse = school(members=MEMBERS, activities=[register], attendance=listed)
    result = read(warehouse, "participation_rate")
    assert (result.now.numerator, result.now.denominator) == came
    assert sum(part.reading.numerator or 0 for part in result.parts["department"]) == came[0]
    assert sum(part.reading.denominator or 0 for part in result.parts["department"]) == came[1]


@pytest.mark.parametrize(
    "register",
    [
        activity(),  # neither a list nor 实到
        activity(expected=10),
        activity(audience="骨干", attended=5),  # nobody knows who that is
        activity(audience="青年", attended=1),  # somebody's birth date is missing
    ],
)
def test_what_cannot_be_told_is_left_out_and_said(school: Schools, register: Row) -> None:
    members = {ROSTER_DAY: [*PEOPLE, person("5", "吴强", sex="male")]}
    good = activity(name="春游", expected=4, attended=3)
    warehouse = school(members=members, activities=[register, good])
    now = read(warehouse, "participation_rate").now
    assert (now.numerator, now.denominator, now.left_out) == (3, 4, 1)


def test_the_staff_roster_stands_in_for_a_member_roster(school: Schools) -> None:
    warehouse = school(staff=MEMBERS, activities=[activity()], attendance=sheet(WANG))
    assert counted(warehouse, "participation_rate") == (1, 4)


def test_sex_and_birth_date_may_stand_on_the_staff_roster(school: Schools) -> None:
    members = [person(row["staff_no"], row["name"], None) for row in PEOPLE]
    warehouse = school(
        staff=MEMBERS,
        members={ROSTER_DAY: members},
        activities=[activity(audience="女")],
        attendance=sheet(WANG),
    )
    assert counted(warehouse, "participation_rate") == (1, 2)
    assert counted(warehouse, "participation_rate", "2017", "语文组") == (1, 2)


def test_without_any_roster_the_list_speaks_for_itself(school: Schools) -> None:
    warehouse = school(attendance=sheet(WANG, (LI, "absent"), GUEST))
    assert counted(warehouse, "participation_rate") == (2, 3)
    assert read(warehouse, "coverage_rate").now.missing is not None


@pytest.mark.parametrize(
    ("expected", "parts"),
    [
        (3, {"语文组": (1, 2), "数学组": (1, 1)}),  # as many as are listed
        (4, {"语文组": (1, 2), "数学组": (1, 2)}),  # as many as the target group
        (9, {None: (2, 9)}),  # cannot be told apart
    ],
)
def test_an_expected_number_is_split_only_where_it_can_be(
    school: Schools, expected: int, parts: dict[str | None, tuple[int, int]]
) -> None:
    listed = sheet(WANG, (LI, "absent"), ZHANG)
    warehouse = school(members=MEMBERS, activities=[activity(expected=expected)], attendance=listed)
    found = read(warehouse, "participation_rate").parts["department"]
    assert {p.name: (p.reading.numerator, p.reading.denominator) for p in found} == parts


def test_an_ambiguous_name_came_but_is_nobody_in_particular(school: Schools) -> None:
    twins = [person("7", "王芳"), person("8", "王芳", "英语组"), person("9", "李静")]
    unsure = person(None, "王芳", None)
    warehouse = school(members={ROSTER_DAY: twins}, attendance=sheet(unsure))
    assert counted(warehouse, "participation_rate") == (1, 3)
    assert counted(warehouse, "coverage_rate") == (0, 3)


def test_coverage_counts_members_once_within_the_period(school: Schools) -> None:
    later = sheet(LI, WANG, activity="春游", held_on=date(2017, 12, 31))
    earlier = sheet(ZHANG, activity="团拜", held_on=date(2016, 12, 31))
    warehouse = school(
        members=MEMBERS, attendance=[*sheet(WANG, (LIU, "leave"), GUEST), *later, *earlier]
    )
    assert counted(warehouse, "coverage_rate") == (2, 4)
    assert counted(warehouse, "coverage_rate", "2017-01-01:2017-12-30") == (1, 4)
    assert counted(warehouse, "coverage_rate", "2016-2017") == (2, 4)
    assert counted(warehouse, "coverage_rate", "2017", "数学组") == (0, 2)


@pytest.mark.parametrize(
    ("register", "sheets", "held"),
    [
        ([activity()], [], 1),
        ([activity(status="cancelled")], [], 0),
        ([activity(held_on=None, planned_to=WOMENS_DAY)], [], 0),
        # the sheet is the register's: by number, by name and day, by name in the year
        ([activity(activity_no="5", name="三八节")], sheet(WANG, activity_no="5"), 1),
        ([activity()], sheet(WANG), 1),
        ([activity(held_on=date(2017, 3, 7))], sheet(WANG), 1),
        ([activity(held_on=None, planned_to=WOMENS_DAY, activity_no="5")],
         sheet(WANG, activity_no="5"), 1),
        # it is another's: another year, or two of that name to choose from
        ([activity(held_on=date(2016, 3, 8))], sheet(WANG), 1),
        ([activity(held_on=date(2017, 3, 7)), activity(held_on=date(2017, 3, 9))],
         sheet(WANG), 3),
        ([activity(activity_no="5", held_on=date(2016, 3, 8), name="旧")],
         sheet(WANG, activity_no="5"), 1),
    ],
)  # fmt: skip
def test_activities_held(
    school: Schools, register: list[Row], sheets: list[Row], held: int
) -> None:
    assert counted(school(activities=register, attendance=sheets), "activities_held") == (
        held,
        None,
    )


# -- the plan ---------------------------------------------------------------------------------


def plan(to: str, **more: Any) -> Row:
    days = {k: date.fromisoformat(v) if k.endswith("_on") else v for k, v in more.items()}
    return {"name": "运动会", "planned_to": date.fromisoformat(to)} | days


@pytest.fixture
def planned(school: Schools) -> Warehouse:
    return school(
        activities=[
            plan("2017-02-28", name="一", held_on="2017-02-28"),
            plan("2017-03-31", name="二", status="done"),
            plan("2017-04-30", name="三", held_on="2017-12-31"),  # late
            plan("2017-05-31", name="四", status="cancelled"),  # due, and not held
            plan("2017-06-30", name="五"),  # in the register under its name
            {"name": "五", "held_on": date(2017, 6, 1)},
            plan("2017-12-31", name="六"),  # held in another year: not this one
            {"name": "六", "held_on": date(2018, 1, 5)},
            plan("2018-01-31", name="七", held_on="2017-12-01"),  # not yet due
        ]
    )


@pytest.mark.parametrize(
    ("period", "done", "due"),
    [
        ("2017", 4, 6),
        ("2017-01-01:2017-12-30", 3, 5),
        ("2017-01-01:2017-02-27", 0, 0),
        ("2017-01-01:2017-02-28", 1, 1),
        ("2017-01-01:2017-05-31", 2, 4),
        ("2018", 1, 1),
    ],
)
def test_plan_completion(planned: Warehouse, period: str, done: int, due: int) -> None:
    assert counted(planned, "plan_completion_rate", period) == (done, due)


def test_nothing_due_is_no_rate(planned: Warehouse) -> None:
    result = read(planned, "plan_completion_rate", "2017-01")
    assert (result.now.value, result.status) == (None, "no_value")


def test_one_activity_serves_one_item_of_the_plan(school: Schools) -> None:
    twice = [
        plan("2017-03-31", activity_no="1", name="例会"),
        plan("2017-09-30", activity_no="2", name="例会"),
        {"name": "例会", "held_on": date(2017, 4, 5)},
    ]
    assert counted(school(activities=twice), "plan_completion_rate") == (1, 2)
