"""That names were let be seen is kept: when, by whom, where; also what an older database knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from dashboard import audit, deeds
from dashboard.errors import WorkspaceBusy
from dashboard.warehouse import Warehouse

OLD = (
    "insert into disclosures"
    " values (timestamp '2025-03-02 09:30:00', '陈主席', 'wall', 'period=2024')"
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with closing(Warehouse.open(tmp_path / "school" / "dashboard.duckdb")) as held:
        yield held


def test_each_time_names_are_shown_is_kept_the_latest_first(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    deeds.unmasked(tmp_path, "local", "wall", "period=2025", "school")
    deeds.unmasked(tmp_path, "u3", "xlsx", "pages=all&period=2024&department=语文组", "school")
    deeds.unmasked(tmp_path, "u3", "pdf", "", "demo")
    found = deeds.unmaskings(tmp_path, warehouse, "school")
    assert [(one.place, one.who) for one in found] == [("xlsx", "u3"), ("wall", "local")]
    assert found[0].view.startswith("pages=all&period=2024&view=")
    assert abs((datetime.now() - found[0].shown_at).total_seconds()) < 60


def test_what_an_older_database_knows_is_still_told(warehouse: Warehouse, tmp_path: Path) -> None:
    with warehouse._transaction("begin") as cursor:
        cursor.execute(OLD)
    deeds.unmasked(tmp_path, "local", "wall", "", "school")
    found = deeds.unmaskings(tmp_path, warehouse, "school")
    assert [(one.who, one.view) for one in found][1:] == [("陈主席", "period=2024")]
    assert len(found) == 2


def test_a_record_changes_no_figure(warehouse: Warehouse, tmp_path: Path) -> None:
    before = warehouse.version
    deeds.unmasked(tmp_path, "local", "wall", "", "school")
    assert warehouse.version == before


def test_where_it_cannot_be_kept_names_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    with pytest.raises(WorkspaceBusy):
        deeds.unmasked(tmp_path, "local", "wall", "", "school")


def test_no_name_a_view_is_narrowed_to_gets_into_the_record(tmp_path: Path) -> None:
    deeds.unmasked(tmp_path, "local", "wall", "pages=王小明&period=2025&staff=王小明", "school")
    (entry,) = audit.entries(tmp_path)
    assert set(entry.facts) == {"place", "workspace", "period", "view"}
