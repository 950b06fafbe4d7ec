"""Files in traditional and in simplified characters speak of the same people and things."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from arrivals import arrival
from drawn_schools import drawn
from opencc import OpenCC
from schools import School, opened, person

from dashboard import reports
from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate_all
from dashboard.periods import parse
from dashboard.warehouse import Warehouse
from dashboard.warehouse.spellings import mapped

TODAY = date(2018, 3, 31)
TRADITIONAL, SIMPLIFIED = OpenCC("s2t"), OpenCC("t2s")
WRITTEN = ("name", "department", "activity", "audience", "kind")

Row = dict[str, Any]


def turned(row: Row, *, without: tuple[str, ...] = ()) -> Row:
    """The same row, written in traditional characters."""
    return row | {
        field: TRADITIONAL.convert(row[field])
        for field in WRITTEN
        if row.get(field) and field not in without
    }


def every_second(rows: list[Row], **more: Any) -> list[Row]:
    return [turned(row, **more) if place % 2 else row for place, row in enumerate(rows)]


def mixed(school: School) -> School:
    """Staff in traditional characters, members in simplified ones, all else in both."""
    return School(
        staff={day: [turned(row) for row in rows] for day, rows in school.staff.items()},
        members=school.members,
        activities=every_second(school.activities, without=("kind",)),
        attendance=every_second(school.attendance),
        ledger=school.ledger,
        budget=school.budget,
        proposals=every_second(school.proposals),
        votes=every_second(school.votes),
    )


def figures(warehouse: Warehouse) -> Iterator[tuple[Any, ...]]:
    filters = Filters(parse("2017"), TODAY)
    with warehouse.snapshot() as reader:
        for result in evaluate_all(reader, filters, (), KPIS.values()):
            parts = {
                SIMPLIFIED.convert(part.name or ""): part.reading
                for part in result.parts.get("department", ())
            }
            yield result.kpi.id, result.now, result.before, result.trend, parts


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_the_same_in_whichever_script_the_files_are(
    tmp_path: Path, seed: int
) -> None:
    school = drawn(seed)
    (tmp_path / "one").mkdir()
    with opened(tmp_path, school) as plain, opened(tmp_path / "one", mixed(school)) as both:
        assert list(figures(plain)) == list(figures(both))


def test_where_both_scripts_occur_a_department_is_told_once_and_in_simplified(
    tmp_path: Path,
) -> None:
    school = School(
        staff={TODAY: [person("1", "張偉", "語文組"), person("2", "陳晨", "體育組")]},
        members={TODAY: [person("1", "张伟", "语文组")]},
    )
    with opened(tmp_path, school) as warehouse:
        told = reports.values(warehouse)["department"]
        kept = warehouse.read("select name, department from staff order by staff_no")
    assert sorted(told) == ["语文组", "體育組"]
    assert kept[0] == {"name": "張偉", "department": "語文組"}


def test_two_people_whose_names_differ_in_the_script_only_stay_two(tmp_path: Path) -> None:
    school = School(staff={TODAY: [person(None, "於小明"), person(None, "于小明")]})
    with opened(tmp_path, school) as warehouse:
        people = warehouse.read("select distinct person_id from people")
    assert len(people) == 2


def test_taking_an_import_back_takes_its_spellings_with_it(tmp_path: Path) -> None:
    with opened(tmp_path, School()) as warehouse:
        loaded = warehouse.load([arrival("staff", {"#1": person("1", "張偉")}, as_of=TODAY)])
        assert len(warehouse.read("from spelling_map")) == 1
        warehouse.undo(loaded.import_id)
        assert warehouse.read("from spelling_map") == []


def test_only_what_is_not_simplified_is_mapped() -> None:
    assert mapped(["张三", "语文组", "John", "周\ue000"]) == {}
    assert mapped(["張三", "张 三", "體育組"]) == {
        "張三": ("张三", "张 三"),
        "體育組": ("体育组", None),
    }
