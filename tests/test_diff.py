"""What an import would change, told before it does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from arrivals import Rows, arrival, ledger, one, spent

from dashboard.contracts.model import person_key
from dashboard.errors import RefusedImport
from dashboard.importing.report import FileReport
from dashboard.ingest import compare, sheet_id, store
from dashboard.schema import Arrival, Merged
from dashboard.warehouse import FieldChange, SheetComparison, Warehouse
from dashboard.warehouse.comparing import LISTED

MARCH, SEPTEMBER = date(2017, 3, 1), date(2017, 9, 1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


def told(warehouse: Warehouse, *batch: Arrival) -> SheetComparison:
    """Of the last sheet."""
    return warehouse.compare(batch).sheets[-1]


def counts(found: SheetComparison) -> tuple[int, int, int, int]:
    return found.added, found.changed, found.unchanged, found.vanished


# --- registers --------------------------------------------------------------------------------


def test_rows_are_told_apart_field_by_field(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1"), "b": spent("2", note="旧"), "z": spent("7")})])
    found = told(warehouse, ledger({"a": spent("1"), "b": spent("9", note=None), "c": spent("3")},
                                   mapped="spent_on expense note"))  # fmt: skip
    assert counts(found) == (1, 1, 1, 0)
    (changed,) = found.changed_rows
    assert (changed.key, changed.row) == ("b", 6)
    assert changed.changes == (
        FieldChange("expense", Decimal(2), Decimal(9)),
        FieldChange("note", "旧", None),
    )
    assert found.by_field == {"expense": 1, "note": 1}
    (added,) = found.added_rows
    assert (added.key, added.row, added.fields["expense"]) == ("c", 7, Decimal(3))
    assert found.vanished_rows == ()


def test_nothing_is_changed_by_looking(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    found = warehouse.compare([ledger({"a": spent("2"), "b": spent("3")})])
    assert found.changed
    assert one(warehouse, "select expense from ledger") == {"expense": Decimal(1)}
    assert len(warehouse.history()) == 1
    assert warehouse.version == 1
    assert warehouse.read("from ledger_before") == []
    assert warehouse.load([ledger({"a": spent("2")})]).import_id == 2


def test_what_is_told_is_what_happens(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1"), "b": spent("2")})])
    batch = [ledger({"a": spent("5"), "c": spent("3")}), ledger({"c": spent("4")})]
    for mode in ("merge", "replace"):
        asked = [replace(found, mode=mode) for found in batch]
        compared = warehouse.compare(asked)
        assert tuple(sheet.stored for sheet in compared.sheets) == warehouse.load(asked).sheets


def test_sheets_of_one_import_see_each_other(warehouse: Warehouse) -> None:
    batch = [ledger({"a": spent("1")}), ledger({"a": spent("2"), "b": spent("1")})]
    first, second = warehouse.compare(batch).sheets
    assert counts(first) == (1, 0, 0, 0)
    assert counts(second) == (1, 1, 0, 0)
    assert second.changed_rows[0].changes == (FieldChange("expense", Decimal(1), Decimal(2)),)


def test_a_replaced_period_tells_what_goes(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1"), "b": spent("2", summary="球拍")})])
    found = told(warehouse, replace(ledger({"a": spent("1")}), mode="replace"))
    assert counts(found) == (0, 0, 1, 1)
    assert found.period == (date(2017, 3, 1), date(2017, 3, 31))
    (gone,) = found.vanished_rows
    assert (gone.key, gone.row, gone.fields["summary"]) == ("b", None, "球拍")


def test_the_same_file_again_is_told_and_changes_nothing(warehouse: Warehouse) -> None:
    batch = [ledger({"a": spent("1")})]
    assert told(warehouse, *batch).imported_at is None
    warehouse.load(batch)
    found = warehouse.compare(batch)
    assert not found.changed
    assert found.sheets[0].imported_at == warehouse.history()[0].imported_at
    warehouse.undo(1)
    assert told(warehouse, *batch).imported_at is None


def test_lists_are_bounded_and_counts_exact(warehouse: Warehouse) -> None:
    rows = {f"{n:04}": spent("1") for n in range(LISTED + 50)}
    warehouse.load([ledger(rows)])
    again: Rows = {key: spent("2", note="改") for key in rows} | {
        f"n{n}": spent("3") for n in range(9)
    }
    found = told(warehouse, ledger(again))
    assert counts(found) == (9, LISTED + 50, 0, 0)
    assert len(found.changed_rows) == LISTED
    assert found.by_field == {"expense": LISTED + 50, "note": LISTED + 50}
    assert [row.row for row in found.changed_rows] == list(range(5, LISTED + 5))


def test_what_cannot_be_stored_cannot_be_compared(warehouse: Warehouse) -> None:
    with pytest.raises(RefusedImport) as caught:
        warehouse.compare([replace(arrival("staff", {"#1": {}}, as_of=MARCH), mode="add")])
    assert caught.value.code == "mode_not_offered"
    assert warehouse.load([ledger({"a": spent("1")})]).changed


# --- rosters ----------------------------------------------------------------------------------


def person(name: str, department: str | None = None, no: str | None = None, **more: Any) -> Any:
    return {"name": name, "department": department, "staff_no": no} | more


def roster(day: date, *people: dict[str, Any], mapped: str = "", **more: Any) -> Arrival:
    rows = {person_key(found): found for found in people}
    assert len(rows) == len(people)
    columns = mapped or "name department staff_no employment_type status"
    return arrival("staff", rows, as_of=day, mapped=columns, **more)


def names(rows: tuple[Any, ...]) -> list[str]:
    return [row.fields["name"] for row in rows]


def test_a_roster_tells_who_joined_and_left_since_the_one_before(warehouse: Warehouse) -> None:
    same = person("王芳", "语文", "1")
    warehouse.load([roster(MARCH, same, person("李雷", "数学", "2"))])
    found = told(warehouse, roster(SEPTEMBER, same, person("韩梅", "英语", "3")))
    assert counts(found) == (1, 0, 1, 1)
    assert (names(found.added_rows), names(found.vanished_rows)) == (["韩梅"], ["李雷"])
    assert found.since == MARCH
    assert found.stored == Merged(added=2, changed=0, unchanged=0)


def test_the_first_roster_is_all_new(warehouse: Warehouse) -> None:
    found = told(warehouse, roster(MARCH, person("王芳"), person("李雷")))
    assert counts(found) == (2, 0, 0, 0)
    assert found.since is None


def test_a_later_roster_is_no_measure_for_an_earlier_one(warehouse: Warehouse) -> None:
    warehouse.load([roster(SEPTEMBER, person("王芳"))])
    assert told(warehouse, roster(MARCH, person("李雷"))).since is None


def test_a_person_is_known_by_number_whatever_else_changes(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳", "语文", "012", status="active"))])
    moved = person("王方", "数学", "012", status="retired")
    found = told(warehouse, roster(SEPTEMBER, moved))
    assert counts(found) == (0, 1, 0, 0)
    assert found.by_field == {"name": 1, "department": 1, "status": 1}
    assert FieldChange("department", "语文", "数学") in found.changed_rows[0].changes


def test_who_changes_department_without_a_number_has_moved(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳", "语文"), person("李雷", "数学"))])
    found = told(warehouse, roster(SEPTEMBER, person("王芳", "德育处"), person("李雷", "数学")))
    assert counts(found) == (0, 1, 1, 0)
    assert found.changed_rows[0].changes == (FieldChange("department", "语文", "德育处"),)


def test_namesakes_without_a_number_are_not_guessed_at(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳", "语文"), person("王芳", "数学"))])
    found = told(warehouse, roster(SEPTEMBER, person("王芳", "语文"), person("王芳", "体育")))
    assert counts(found) == (1, 0, 1, 1)


def test_two_numbers_are_two_people(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳", "语文", "1"))])
    assert counts(told(warehouse, roster(SEPTEMBER, person("王芳", "语文", "2")))) == (1, 0, 0, 1)


def test_who_is_given_a_number_stays_the_same_person(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳", "语文"), person("王芳", "数学"))])
    found = told(
        warehouse, roster(SEPTEMBER, person("王芳", "数学", "8"), person("王芳", "语文", "9"))
    )
    assert counts(found) == (0, 2, 0, 0)
    assert found.by_field == {"staff_no": 2}


def test_a_column_the_new_roster_lacks_is_no_change(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳", "语文", "1", status="active"))])
    found = told(
        warehouse, roster(SEPTEMBER, person("王芳", "语文", "1"), mapped="name department staff_no")
    )
    assert counts(found) == (0, 0, 1, 0)


def test_a_roster_in_two_sheets_tells_who_left_once(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("王芳"), person("李雷"), person("韩梅"))])
    first = roster(SEPTEMBER, person("王芳"), sheet="在编")
    second = roster(SEPTEMBER, person("韩梅"), person("新人"), sheet="外聘")
    sheets = warehouse.compare([first, second]).sheets
    assert [counts(sheet) for sheet in sheets] == [(0, 0, 1, 0), (1, 0, 1, 1)]
    assert names(sheets[1].vanished_rows) == ["李雷"]


def test_a_roster_of_the_same_day_is_compared_with_itself(warehouse: Warehouse) -> None:
    warehouse.load([roster(MARCH, person("老人"))])
    warehouse.load([roster(SEPTEMBER, person("王芳", status="active"), person("李雷"))])
    correction = roster(SEPTEMBER, person("王芳", status="retired"), person("韩梅"))
    (merged,) = warehouse.compare([correction]).sheets
    assert (counts(merged), merged.since) == ((1, 1, 0, 0), SEPTEMBER)
    (replaced,) = warehouse.compare([replace(correction, mode="replace")]).sheets
    assert counts(replaced) == (1, 1, 0, 1)
    assert names(replaced.vanished_rows) == ["李雷"]


# --- by files ---------------------------------------------------------------------------------


def test_each_sheet_may_have_its_own_mode(warehouse: Warehouse) -> None:
    first = ledger({"a": spent("1")}, sheet="一").sheet
    second = ledger({"a": spent("1")}, sheet="二").sheet
    report = FileReport("账.xlsx", "cd" * 32, "xlsx", sheets=[first, second])
    modes = {sheet_id(report, second): "add"}
    compared = compare(warehouse, [report], modes)
    assert [sheet.mode for sheet in compared.sheets] == ["merge", "add"]
    assert [(sheet.added, sheet.unchanged) for sheet in compared.sheets] == [(1, 0), (1, 0)]
    assert one(warehouse, "select count(*) as n from ledger") == {"n": 0}
    stored = store(warehouse, [report], modes, "李老师")
    assert [sheet.mode for sheet in stored.sheets] == ["merge", "add"]
    assert warehouse.history()[0].who == "李老师"
    assert one(warehouse, "select count(*) as n from ledger") == {"n": 2}
