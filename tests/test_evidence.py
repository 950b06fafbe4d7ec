"""A case opens with its own register row, and with every sheet that speaks for it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from schools import TODAY, Schools, person

from dashboard.filters import Filters
from dashboard.kpis.cases import cases
from dashboard.periods import parse
from dashboard.proving import Evidence, evidence
from dashboard.roles import Role
from dashboard.settings import QUERIES
from dashboard.sqlfiles import load
from dashboard.warehouse import Warehouse

DAY = date(2017, 3, 8)
PEOPLE = [person("1", "王芳"), person("2", "李静")]
FILTERS = Filters(parse("2017"), TODAY)


def sheet(name: str, day: date = DAY) -> list[dict[str, Any]]:
    return [{"activity": name, "held_on": day, "presence": "present"} | row for row in PEOPLE]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    plan = {"name": "春游", "planned_from": DAY, "planned_to": DAY}
    held = {"name": "“春游”", "held_on": DAY}
    line = {"spent_on": DAY, "activity": "春游", "expense": Decimal(60), "is_opening": False}
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)(
            members={date(2017, 1, 1): PEOPLE},
            activities=[plan, held],
            attendance=[*sheet("春游"), *sheet("趣味赛"), *sheet("团拜", date(2016, 1, 1))],
            ledger=[line],
        )


def opened(warehouse: Warehouse, case: str, where: str) -> Evidence:
    (row,) = warehouse.read(f"select activity_id from occasions where {where}")
    found = evidence(warehouse, case, row["activity_id"], FILTERS, Role.OFFICER)
    assert found is not None
    return found


def told(found: Evidence) -> list[tuple[str, int]]:
    return [(one.register, len(one.rows)) for one in found.sheets]


def test_an_activity_shows_its_row_its_sign_ins_and_its_spending(warehouse: Warehouse) -> None:
    (row,) = warehouse.read("select activity_id from activities_held where name = '“春游”'")
    found = evidence(warehouse, "activity", row["activity_id"], FILTERS, Role.OFFICER)
    assert found is not None
    assert [one.address.register for one in found.origins] == ["activities"]
    assert told(found) == [("attendance", 2), ("ledger", 1)]
    assert found.sheets[0].last - found.sheets[0].first == 1


def test_an_item_of_the_plan_shows_the_activity_that_did_it(warehouse: Warehouse) -> None:
    for case in ("occasion", "plan_item"):
        found = opened(warehouse, case, "name = '春游'")
        assert told(found) == [("activities", 1), ("attendance", 2), ("ledger", 1)]


def test_an_activity_known_from_a_sheet_alone_shows_that_sheet(warehouse: Warehouse) -> None:
    found = opened(warehouse, "occasion", "name = '趣味赛'")
    assert [one.address.register for one in found.origins] == ["attendance"]
    assert told(found) == [("attendance", 2)]


def test_a_member_shows_the_sign_ins_of_the_period(warehouse: Warehouse) -> None:
    (row,) = warehouse.read("select person_id from member_spells where name_key = '王芳'")
    found = evidence(warehouse, "member", row["person_id"], FILTERS, Role.OFFICER)
    assert found is not None
    assert told(found) == [("attendance", 2)], "two activities of 2017; the one of 2016 is not it"


def test_what_is_not_known_opens_nothing(warehouse: Warehouse) -> None:
    assert evidence(warehouse, "activity", "nothing", FILTERS, Role.OFFICER) is None


def test_evidence_is_of_cases_and_takes_only_what_a_view_knows() -> None:
    found = load(QUERIES / "evidence")
    assert set(found) <= set(cases())
    assert all(query.parameters <= {"key", "start", "as_of"} for query in found.values())
