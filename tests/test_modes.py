"""Merging, replacing a period, adding: what each does to the rows that are there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from arrivals import arrival, ledger, one, spent

from dashboard.contracts import DATASETS
from dashboard.errors import RefusedImport
from dashboard.schema import Arrival, Merged, Mode
from dashboard.warehouse import Warehouse, ways


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


def by(mode: Mode, found: Arrival, sha256: str = "ab" * 32) -> Arrival:
    return replace(found, mode=mode, sha256=sha256)


def on(month: int, day: int, amount: str = "1", **more: Any) -> dict[str, Any]:
    return spent(amount, spent_on=date(2017, month, day), **more)


def keys(warehouse: Warehouse) -> list[str]:
    return [row["row_key"] for row in warehouse.read("select row_key from ledger order by 1")]


# --- which are offered ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dataset", "modes"),
    [
        ("staff", ["merge", "replace"]),
        ("members", ["merge", "replace"]),
        ("ledger", ["merge", "replace", "add"]),
        ("attendance", ["merge", "replace"]),
        ("activities", ["merge", "replace"]),
        ("budget", ["merge", "replace"]),
        ("proposals", ["merge", "replace"]),
    ],
)
def test_only_a_register_of_equal_lines_lets_rows_be_added(dataset: str, modes: list[str]) -> None:
    assert [way.mode for way in ways(DATASETS[dataset])] == modes


def test_each_way_is_told_in_one_plain_sentence() -> None:
    for dataset in DATASETS.values():
        for way in ways(dataset):
            assert way.meaning.zh.count("。") == way.meaning.en.count(".") == 1
            assert way.label.zh
            assert way.label.en


def test_a_mode_that_is_not_offered_is_refused(warehouse: Warehouse) -> None:
    roster = arrival("staff", {"#1": {"name": "王芳"}}, as_of=date(2017, 9, 1))
    with pytest.raises(RefusedImport) as caught:
        warehouse.load([by("add", roster)])
    assert caught.value.code == "mode_not_offered"
    assert "教职工名册" in caught.value.message.zh
    assert warehouse.history() == []


# --- replace ----------------------------------------------------------------------------------


def test_a_replaced_period_reaches_over_whole_months(warehouse: Warehouse) -> None:
    before = {"feb": on(2, 28), "m1": on(3, 1), "m31": on(3, 31), "apr": on(4, 30), "may": on(5, 1)}
    warehouse.load([ledger(before)])
    loaded = warehouse.load([by("replace", ledger({"new": on(3, 15), "apr": on(4, 2, "7")}))])
    assert loaded.sheets == (
        Merged(1, 1, 0, removed=2, period=(date(2017, 3, 1), date(2017, 4, 30))),
    )
    assert keys(warehouse) == ["apr", "feb", "may", "new"]


def test_rows_that_stay_the_same_keep_where_they_came_from(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": on(3, 1), "b": on(3, 2)})])
    warehouse.load([by("replace", ledger({"b": on(3, 2), "c": on(3, 3)}))])
    assert warehouse.read("select row_key, source_id from ledger order by 1") == [
        {"row_key": "b", "source_id": 1},
        {"row_key": "c", "source_id": 2},
    ]


def test_a_replacing_sheet_speaks_for_all_fields(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": on(3, 1, handler="王芳")})])
    warehouse.load([by("replace", ledger({"a": on(3, 1)}, mapped="spent_on expense"))])
    assert one(warehouse, "select handler from ledger") == {"handler": None}


def test_a_year_is_what_a_budget_replaces(warehouse: Warehouse) -> None:
    def plan(key: str, year: int) -> dict[str, dict[str, Any]]:
        return {key: {"year": year, "subject": key, "approved": Decimal(1)}}

    warehouse.load([arrival("budget", plan("a", 2016) | plan("b", 2017) | plan("c", 2018))])
    loaded = warehouse.load([by("replace", arrival("budget", plan("d", 2017)))])
    assert loaded.sheets[0].removed == 1
    assert loaded.sheets[0].period == (date(2017, 1, 1), date(2017, 12, 31))
    years = warehouse.read("select subject, year from budget order by year")
    assert [tuple(row.values()) for row in years] == [("a", 2016), ("d", 2017), ("c", 2018)]


def test_a_planned_month_dates_an_activity_that_was_not_held(warehouse: Warehouse) -> None:
    planned = {"planned_from": date(2017, 3, 5), "name": "拔河"}
    held = {"held_on": date(2017, 3, 9), "name": "登山"}
    warehouse.load([arrival("activities", {"a": planned, "b": held, "c": {"name": "未定"}})])
    warehouse.load([by("replace", arrival("activities", {"d": planned}))])
    found = warehouse.read("select row_key from activities order by 1")
    assert [row["row_key"] for row in found] == ["c", "d"]


def test_a_roster_is_replaced_on_its_own_day_only(warehouse: Warehouse) -> None:
    people = {"#1": {"name": "王芳"}, "#2": {"name": "李雷"}}
    for day in (date(2017, 3, 1), date(2017, 9, 1)):
        warehouse.load([arrival("staff", people, as_of=day)])
    alone = arrival("staff", {"#2": {"name": "李雷"}}, as_of=date(2017, 9, 1))
    assert warehouse.load([by("replace", alone)]).sheets[0] == Merged(
        0, 0, 1, removed=1, period=(date(2017, 9, 1), date(2017, 9, 1))
    )
    found = warehouse.read("select as_of, row_key, source_id from staff order by all")
    assert [tuple(row.values()) for row in found] == [
        (date(2017, 3, 1), "#1", 1),
        (date(2017, 3, 1), "#2", 1),
        (date(2017, 9, 1), "#2", 2),
    ]


def test_a_sheet_without_dates_replaces_nothing(warehouse: Warehouse) -> None:
    warehouse.load([arrival("proposals", {"a": {"title": "食堂"}})])
    with pytest.raises(RefusedImport) as caught:
        warehouse.load([by("replace", arrival("proposals", {"b": {"title": "操场"}}))])
    assert caught.value.code == "no_period"
    assert one(warehouse, "select row_key from proposals") == {"row_key": "a"}


# --- add --------------------------------------------------------------------------------------


def test_added_rows_take_the_next_free_ordinal(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"记1": on(3, 1), "记1~2": on(3, 1), "记2": on(3, 2)})])
    rows = {"记1": on(3, 1), "记1~2": on(3, 1), "记1~3": on(3, 1), "记2": on(3, 2), "记9": on(3, 9)}
    loaded = warehouse.load([by("add", ledger(rows), sha256="cd")])
    assert loaded.sheets == (Merged(added=5, changed=0, unchanged=0),)
    assert keys(warehouse) == [
        "记1", "记1~2", "记1~3", "记1~4", "记1~5", "记2", "记2~2", "记9",
    ]  # fmt: skip
    assert one(warehouse, "select source_row from ledger where row_key = '记1~3'") == {
        "source_row": 5
    }


def test_the_same_sheet_is_not_added_twice(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": on(3, 1)})])
    with pytest.raises(RefusedImport) as caught:
        warehouse.load([by("add", ledger({"a": on(3, 1)}))])
    assert caught.value.code == "already_imported"
    assert "日 已导入过" in caught.value.message.zh
    assert keys(warehouse) == ["a"]


def test_the_same_sheet_twice_in_one_import_is_not_added_twice(warehouse: Warehouse) -> None:
    with pytest.raises(RefusedImport) as caught:
        warehouse.load([by("add", ledger({"a": on(3, 1)}))] * 2)
    assert caught.value.code == "already_imported"
    assert keys(warehouse) == []


def test_another_sheet_of_the_same_file_may_be_added(warehouse: Warehouse) -> None:
    for name in ("三月", "四月"):
        warehouse.load([by("add", ledger({"a": on(3, 1)}, sheet=name))])
    assert keys(warehouse) == ["a", "a~2"]


# --- every mode -------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["merge", "replace"])
def test_the_same_file_again_changes_nothing(warehouse: Warehouse, mode: Mode) -> None:
    roster = arrival("staff", {"#1": {"name": "王芳"}}, as_of=date(2017, 9, 1))
    batch = [by(mode, ledger({"a": on(3, 1), "b": on(4, 1)})), by(mode, roster)]
    warehouse.load(batch)
    version = warehouse.version
    again = warehouse.load(batch)
    assert not again.changed
    assert warehouse.version == version
    assert [sheet.unchanged for sheet in again.sheets] == [2, 1]


@pytest.mark.parametrize("mode", get_args(Mode))
def test_no_mode_stores_a_key_twice(warehouse: Warehouse, mode: Mode) -> None:
    good = ledger({"a": on(3, 1), "b": on(3, 2)})
    rows = good.sheet.table
    good.sheet.table = rows.set_column(0, "row_key", [["a", "a"]])
    with pytest.raises(RefusedImport) as caught:
        warehouse.load([by(mode, good)])
    assert caught.value.code == "unstorable"
    good.sheet.table = rows.set_column(0, "row_key", [["a", None]])
    with pytest.raises(RefusedImport):
        warehouse.load([by(mode, good)])
    assert keys(warehouse) == []
