"""What the registers leave in doubt, seen together: told with the row that names the person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from here import read_here as read

from dashboard.checks import MESSAGES, doubts
from dashboard.ingest import store
from dashboard.settings import QUERIES
from dashboard.sqlfiles import load
from dashboard.warehouse import Warehouse

STAFF = """教职工名册（截至2017年9月1日）
姓名,部门,用工类型
张伟,语文组,在编
张伟,数学组,在编
李四,语文组,在编
"""
MEMBERS = """会员名册（截至2017年9月1日）
姓名,部门,入会时间
张伟,,2010-01-01
李四,语文组,2010-01-01
王五,语文组,2010-01-01
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    found = Warehouse.open(tmp_path / "dashboard.duckdb")
    files = {"staff.csv": STAFF, "members.csv": MEMBERS}
    store(found, [read(text.encode(), name) for name, text in files.items()])
    return found


def test_a_name_that_fits_two_people_and_a_member_nobody_employs(warehouse: Warehouse) -> None:
    found = {(d.check, d.file, d.row, d.name) for d in doubts(warehouse, date(2017, 12, 31))}
    assert ("ambiguous_people", "members.csv", 3, "张伟") in found
    assert ("members_not_on_staff", "members.csv", 5, "王五") in found
    assert not any(name == "李四" for _, _, _, name in found)


def test_before_the_rosters_nothing_is_in_doubt(warehouse: Warehouse) -> None:
    assert doubts(warehouse, date(2016, 12, 31)) == []


def test_every_check_has_its_words() -> None:
    assert load(QUERIES / "checks").keys() == MESSAGES.keys()
