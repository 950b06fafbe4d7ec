"""An import taken back: the registers as they were, to the last cell and its provenance."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from arrivals import arrival, ledger, one, spent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.contracts import DATASETS
from dashboard.errors import DashboardError, RefusedRequest, RefusedUndo
from dashboard.schema import Arrival, Mode, key_of
from dashboard.warehouse import Warehouse, ways

Dump = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


def dump(warehouse: Warehouse) -> Dump:
    """Every register with every column, and what is kept to undo later."""
    tables = [*DATASETS, *(f"{name}_before" for name in DATASETS)]
    with warehouse.snapshot() as reader:
        return {
            table: [tuple(row.values()) for row in reader.read(f'from "{table}" order by all')]
            for table in tables
        }


def by(mode: Mode, found: Arrival) -> Arrival:
    return replace(found, mode=mode)


# --- what comes back --------------------------------------------------------------------------


def test_changed_rows_come_back_with_the_cell_they_came_from(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1"), "b": spent("2")}, raws=[{"expense": "壹元"}, {}])])
    before = dump(warehouse)
    warehouse.load([ledger({"b": spent("9"), "a": spent("8"), "c": spent("3")})])
    assert dump(warehouse) != before
    (undone,) = warehouse.undo(2, "李老师")
    assert undone.import_id == 2
    assert dump(warehouse) == before
    assert one(warehouse, "select source_row, raw from ledger where row_key = 'a'") == {
        "source_row": 5,
        "raw": '{"expense": "壹元"}',
    }


def test_two_sheets_of_one_import_that_change_the_same_row_are_taken_back(
    warehouse: Warehouse,
) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    before = dump(warehouse)
    warehouse.load([ledger({"a": spent("2")}), ledger({"a": spent("3"), "b": spent("4")})])
    warehouse.undo(2)
    assert dump(warehouse) == before


def test_a_replaced_roster_comes_back_whole(warehouse: Warehouse) -> None:
    day = date(2017, 9, 1)
    people = {f"#{n}": {"name": f"张{n}", "staff_no": f"{n}"} for n in range(5)}
    warehouse.load([arrival("staff", people, as_of=day)])
    before = dump(warehouse)
    alone = arrival("staff", {"#7": {"name": "王芳"}}, as_of=day)
    assert warehouse.load([by("replace", alone)]).sheets[0].removed == 5
    warehouse.undo(2)
    assert dump(warehouse) == before


def test_the_version_moves_and_subjects_are_mapped_anew(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1", subject="会费")})])
    version = warehouse.version
    warehouse.undo(1)
    assert warehouse.version > version
    assert warehouse.read("from subject_map") == []


def test_what_was_undone_may_be_imported_again(warehouse: Warehouse) -> None:
    batch = [by("add", ledger({"a": spent("1")}))]
    warehouse.load(batch)
    warehouse.undo(1)
    again = warehouse.load(batch)
    assert (again.import_id, again.sheets[0].added) == (2, 1)
    assert one(warehouse, "select row_key, source_id from ledger") == {
        "row_key": "a",
        "source_id": 2,
    }


# --- what stands in the way -------------------------------------------------------------------


def test_later_imports_are_in_the_way_and_named(warehouse: Warehouse) -> None:
    for amount in ("1", "2", "3"):
        warehouse.load([ledger({"a": spent(amount)}, file=f"{amount}月.xlsx")])
    before = dump(warehouse)
    with pytest.raises(RefusedUndo) as caught:
        warehouse.undo(1)
    assert caught.value.code == "later_imports"
    assert caught.value.imports == (3, 2)
    assert "#3" in caught.value.message.zh
    assert "2月.xlsx" in caught.value.message.zh
    assert dump(warehouse) == before


def test_later_imports_are_unwound_newest_first_where_asked(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    before = dump(warehouse)
    for amount in ("2", "3", "4"):
        warehouse.load([ledger({"a": spent(amount)})])
    assert [undone.import_id for undone in warehouse.undo(2, unwind=True)] == [4, 3, 2]
    assert dump(warehouse) == before


def test_an_undone_import_is_in_nobodys_way(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    warehouse.load([ledger({"a": spent("2")})])
    warehouse.undo(2)
    assert [undone.import_id for undone in warehouse.undo(1)] == [1]
    assert warehouse.read("from ledger") == []


def test_nothing_is_undone_twice(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    warehouse.undo(1)
    version = warehouse.version
    with pytest.raises(RefusedUndo) as caught:
        warehouse.undo(1, unwind=True)
    assert caught.value.code == "already_undone"
    assert warehouse.version == version


def test_an_import_nobody_knows_cannot_be_undone(warehouse: Warehouse) -> None:
    with pytest.raises(RefusedRequest) as caught:
        warehouse.undo(7)
    assert caught.value.code == "unknown_import"


# --- any sequence -----------------------------------------------------------------------------

AMOUNTS = st.integers(0, 3).map(str)
DAYS = st.sampled_from([date(2017, 3, 1), date(2017, 3, 31), date(2017, 5, 2)])
LEDGER = st.dictionaries(
    st.sampled_from("abcd"),
    st.builds(lambda amount, day: spent(amount, spent_on=day), AMOUNTS, DAYS),
    min_size=1,
)
BUDGET = st.dictionaries(
    st.sampled_from("xyz"),
    st.builds(
        lambda year, amount: {"year": year, "approved": Decimal(amount)},
        st.sampled_from([2016, 2017]),
        AMOUNTS,
    ),
    min_size=1,
)
PEOPLE = st.dictionaries(
    st.sampled_from(["#1", "#2", "王芳@", "王芳@~2"]),
    st.builds(lambda place: {"name": "王芳", "department": place}, st.sampled_from("甲乙")),
    min_size=1,
)


def offered(dataset: str, **more: Any) -> st.SearchStrategy[Arrival]:
    """A sheet in any mode its register offers; no two of them are the same file."""
    modes = st.sampled_from([way.mode for way in ways(DATASETS[dataset])])
    days = DAYS if DATASETS[dataset].shape == "snapshot" else st.none()
    return st.builds(
        lambda rows, mode, day: replace(arrival(dataset, rows, as_of=day), mode=mode),
        more["rows"],
        modes,
        days,
    )


SHEETS = st.one_of(
    offered("ledger", rows=LEDGER), offered("budget", rows=BUDGET), offered("staff", rows=PEOPLE)
)
# A step imports some sheets, or takes back one of the imports that stand, and those after it.
STEPS = st.lists(st.one_of(st.lists(SHEETS, min_size=1, max_size=3), st.integers(0, 5)), max_size=7)


def standing(warehouse: Warehouse) -> tuple[int, ...]:
    return tuple(i.import_id for i in reversed(warehouse.history()) if not i.undone_at)


def step(warehouse: Warehouse, what: list[Arrival] | int, numbers: Iterator[int]) -> None:
    there = standing(warehouse)
    if isinstance(what, list):
        warehouse.load([replace(found, sha256=str(next(numbers))) for found in what])
    elif what < len(there):
        warehouse.undo(there[what], unwind=True)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_any_imports_taken_back_leave_what_was_there(
    warehouse: Warehouse, steps: list[list[Arrival] | int]
) -> None:
    """A state is told by the imports that stand: whenever the same ones do, it is the same."""
    numbers = iter(range(1000))
    states = {(): dump(warehouse)}
    for what in steps:
        step(warehouse, what, numbers)
        found = dump(warehouse)
        assert states.setdefault(standing(warehouse), found) == found
        assert keys_are_unique(warehouse)
    for import_id in reversed(standing(warehouse)):
        warehouse.undo(import_id)
        assert dump(warehouse) == states[standing(warehouse)]
    assert not any(dump(warehouse).values())


def keys_are_unique(warehouse: Warehouse) -> bool:
    sqls = (
        f'select {", ".join(key_of(dataset))} from "{name}" group by all having count(*) > 1'
        for name, dataset in DATASETS.items()
    )
    return not any(warehouse.read(sql) for sql in sqls)


def test_a_refused_undo_is_one_sentence_in_both_languages(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    warehouse.load([ledger({"a": spent("2")})])
    with pytest.raises(DashboardError) as caught:
        warehouse.undo(1)
    for lang in ("zh", "en"):
        assert "{" not in caught.value.message(lang)
