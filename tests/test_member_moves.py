"""Who joined, left and moved between the rosters; and members before + joined - left = after."""

from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from drawn_schools import drawn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_moves import Move, moves
from plain_school import Plain
from schools import TODAY, Schools, counted, opened, person, read

from dashboard import reports
from dashboard.filters import Filters, chosen
from dashboard.periods import parse
from dashboard.warehouse import Warehouse

A, B, C = date(2017, 1, 1), date(2017, 6, 1), date(2017, 9, 1)
ONE = timedelta(1)
Row = dict[str, Any]


def told(warehouse: Warehouse, **narrow: str) -> list[tuple[Any, ...]]:
    filters = Filters(parse("2017"), TODAY, chosen(narrow))
    found = reports.run(warehouse, "member_moves_list", filters, "zh").rows
    names = ("moved_on", "what", "name", "place", "reason")
    return [tuple(row[name] for name in names) for row in found]


def by_roster(warehouse: Warehouse, period: str = "2017", **narrow: str) -> list[tuple[Any, ...]]:
    filters = Filters(parse(period), TODAY, chosen(narrow))
    found = reports.run(warehouse, "member_moves_by_roster", filters, "zh")
    return [tuple(row[column.name] for column in found.columns) for row in found.rows]


@pytest.fixture
def schools(tmp_path: Path) -> Any:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def test_each_change_is_named_with_its_reason(schools: Schools) -> None:
    names = ["王芳", "李静", "张伟", "刘洋", "赵磊", "孙悦", "周敏"]
    first = [person(str(n), name) for n, name in enumerate(names, start=1)]
    second = [
        first[0] | {"department": "数学组"},
        first[1] | {"member_status": "retired"},
        first[2] | {"member_status": "retained"},
        *first[4:6],
        person("9", "徐明", "数学组", joined_on=date(2017, 3, 8)),
    ]
    staff = {B: [*first[:4], first[4] | {"status": "left"}, first[5]]}
    assert told(schools(members={A: first, B: second}, staff=staff)) == [
        (B, "新入会", "徐明", "数学组", ""),
        (B, "减少", "刘洋", "语文组", "名册未再列入，请核对"),
        (B, "减少", "周敏", "语文组", "已不在职工名册"),
        (B, "减少", "张伟", "语文组", "保留会籍"),
        (B, "减少", "李静", "语文组", "退休"),
        (B, "减少", "赵磊", "语文组", "离职"),
        (B, "转部门", "王芳", "语文组 → 数学组", ""),
    ]


def test_nobody_on_the_first_roster_has_joined(schools: Schools) -> None:
    warehouse = schools(members={A: [person("1", "王芳")]})
    assert told(warehouse) == []
    assert by_roster(warehouse) == []
    for name in ("members_joined", "members_left"):
        missing = read(warehouse, name).now.missing
        assert missing
        assert missing.zh == "缺少前后两期会员名册"


def test_a_roster_of_long_ago_says_nothing_of_who_came_since(schools: Schools) -> None:
    warehouse = schools(members={A: [person("1", "王芳")], B: [person("1", "王芳")]})
    assert counted(warehouse, "members_joined", "2017") == (0, None)
    assert counted(warehouse, "members_left", "2018-05") == (0, None)
    missing = read(warehouse, "members_left", "2018-06").now.missing
    assert missing
    assert missing.zh == "缺少近一年的会员名册"


def test_who_comes_back_has_returned_and_counts_as_joined(schools: Schools) -> None:
    wang, li = person("1", "王芳"), person("2", "李静")
    warehouse = schools(members={A: [wang, li], B: [li], C: [wang, li]})
    assert [row[:3] for row in told(warehouse)] == [(C, "重新列入", "王芳"), (B, "减少", "王芳")]
    assert counted(warehouse, "members_joined") == (1, None)
    assert by_roster(warehouse) == [(A, B, 0, 1, 0, 1), (B, C, 1, 0, 0, 2)]


def test_the_last_day_named_by_the_staff_roster_is_still_a_members_day(schools: Schools) -> None:
    wang, li = person("1", "王芳"), person("2", "李静")
    staff = {A: [wang | {"left_on": date(2017, 7, 31)}, li]}
    warehouse = schools(members={A: [wang, li], B: [wang, li]}, staff=staff)
    day = date(2017, 8, 1)
    assert told(warehouse) == [(day, "减少", "王芳", "语文组", "已过离职日期")]
    end = date(2017, 12, 31)
    assert by_roster(warehouse) == [(A, B, 0, 0, 0, 2), (B, end, 0, 1, 0, 1)]
    assert counted(warehouse, "members_left", "2017-08") == (1, None)
    assert counted(warehouse, "members_left", "2017-07") == (0, None)


def test_one_without_a_number_who_changes_department_has_moved(schools: Schools) -> None:
    first = [person(None, "王芳"), person("2", "李静")]
    warehouse = schools(members={A: first, B: [person(None, "王芳", "数学组"), first[1]]})
    assert told(warehouse) == [(B, "转部门", "王芳", "语文组 → 数学组", "")]


def test_a_namesake_is_not_taken_for_the_one_who_left(schools: Schools) -> None:
    first = [person(None, "王芳"), person(None, "王芳", "后勤处")]
    second = [person(None, "王芳", "数学组"), first[1]]
    warehouse = schools(members={A: first, B: second})
    assert [row[1] for row in told(warehouse)] == ["新入会", "减少"]
    numbers = schools(members={A: [person("1", "王芳")], B: [person("2", "王芳", "数学组")]})
    assert [row[1] for row in told(numbers)] == ["新入会", "减少"]


def test_another_spelling_is_no_change(schools: Schools) -> None:
    first = [person("007", "阿依古丽·买买提"), person(None, "張伟", "語文组")]
    second = [person("7", "阿依古丽.买买提"), person(None, "张伟", "语文组")]
    assert told(schools(members={A: first, B: second})) == []


def test_a_person_listed_in_two_departments_neither_joins_nor_leaves(schools: Schools) -> None:
    twice = [person("1", "王芳"), person("1", "王芳", "数学组"), person("2", "李静")]
    warehouse = schools(members={A: twice, B: twice})
    assert told(warehouse) == []
    assert counted(warehouse, "member_total") == (2, None)


def test_a_department_sees_who_came_from_it_and_who_came_to_it(schools: Schools) -> None:
    first = [person("1", "王芳"), person("2", "李静", "数学组")]
    second = [first[0] | {"department": "数学组"}, first[1], person("3", "张伟")]
    warehouse = schools(members={A: first, B: second})
    chinese = told(warehouse, department="语文组")
    assert [row[1:3] for row in chinese] == [("新入会", "张伟"), ("转部门", "王芳")]
    assert [row[1:3] for row in told(warehouse, department="数学组")] == [("转部门", "王芳")]
    assert by_roster(warehouse, department="语文组") == [(A, B, 1, 0, 0, 1)]


# -- what must hold for any school ------------------------------------------------------------


def changes(warehouse: Warehouse) -> list[Row]:
    return warehouse.read("select * from member_moves order by moved_on, move_id")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000))
def test_members_before_and_joined_less_left_are_the_members_after(seed: int) -> None:
    school = drawn(seed)
    plain = Plain(school)
    with TemporaryDirectory() as folder, opened(Path(folder), school) as warehouse:
        found = changes(warehouse)
        assert len({row["move_id"] for row in found}) == len(found)
        days = sorted({*school.members, *(row["moved_on"] for row in found), date(2018, 6, 1)})
        totals = {day: len(plain.members(day) or ()) for day in days}
        for start, end in combinations(days, 2):
            of = Counter(row["what"] for row in found if start < row["moved_on"] <= end)
            joined = of["joined"] + of["returned"]
            assert totals[start] + joined - of["left"] == totals[end]


@pytest.mark.parametrize("seed", range(12))
def test_the_same_changes_by_a_second_road(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    with opened(tmp_path, school) as warehouse:
        found = {
            Move(
                row["moved_on"], row["what"], row["person_id"] or f"?{row['row_key']}",
                row["from_department"], row["to_department"],
            )
            for row in changes(warehouse)
        }  # fmt: skip
        assert found == set(moves(Plain(school)))


@pytest.mark.parametrize("seed", range(20, 24))
def test_the_stretches_add_up_roster_by_roster(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    with opened(tmp_path, school) as warehouse:
        standing = len(Plain(school).members(min(school.members)) or ())
        for *_, joined, gone, _, after in by_roster(warehouse, "2016-01-01:2018-12-31"):
            standing += joined - gone
            assert standing == after
