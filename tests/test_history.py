"""The history of imports, and files that are older than it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from arrivals import arrival, ledger, one, spent

from dashboard.contracts import DATASETS
from dashboard.errors import RefusedUndo
from dashboard.schema import Merged
from dashboard.warehouse import Warehouse

OLDER = Path(__file__).parent / "older" / "before_undo.sql"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Warehouse]:
    """A workspace an earlier version left behind, opened by this one."""
    (tmp_path / "school").mkdir()
    with duckdb.connect(str(tmp_path / "school" / "dashboard.duckdb")) as con:
        con.execute(OLDER.read_text("utf-8"))
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


# --- the history ------------------------------------------------------------------------------


def test_an_import_tells_who_when_and_what_became_of_its_rows(warehouse: Warehouse) -> None:
    started = datetime.now()
    warehouse.load([ledger({"a": spent("1"), "b": spent("2")}, sheet="三月")], "李老师")
    (found,) = warehouse.history()
    assert (found.import_id, found.who, found.files) == (1, "李老师", ("账.xlsx",))
    assert started <= found.imported_at <= datetime.now()
    assert (found.undone_at, found.undone_by, found.changed) == (None, "", True)
    (sheet,) = found.sheets
    assert (sheet.sheet, sheet.dataset, sheet.mode, sheet.sha256) == (
        "三月", "ledger", "merge", "ab" * 32,
    )  # fmt: skip
    assert (sheet.added, sheet.changed, sheet.unchanged, sheet.removed) == (2, 0, 0, 0)
    assert sheet.counts == {"rows": 2, "loaded": 2}
    assert sheet.sums == {"expense": Decimal("1.50")}


def test_the_newest_comes_first_and_its_sheets_in_their_order(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    roster = arrival("staff", {"#1": {"name": "王芳"}}, as_of=date(2017, 9, 1), file="名册.xlsx")
    warehouse.load([ledger({"a": spent("1")}), roster])
    newest, oldest = warehouse.history()
    assert (newest.import_id, oldest.import_id) == (2, 1)
    assert newest.files == ("账.xlsx", "名册.xlsx")
    assert [sheet.as_of for sheet in newest.sheets] == [None, date(2017, 9, 1)]


def test_an_import_that_changed_nothing_is_told_too(warehouse: Warehouse) -> None:
    for _ in range(2):
        warehouse.load([ledger({"a": spent("1")})])
    assert [found.changed for found in warehouse.history()] == [False, True]


def test_what_was_replaced_is_told_with_its_days(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    warehouse.load([replace(ledger({"b": spent("1")}), mode="replace")])
    (sheet,) = warehouse.history()[0].sheets
    assert (sheet.mode, sheet.removed) == ("replace", 1)
    assert sheet.period == (date(2017, 3, 1), date(2017, 3, 31))


def test_an_undone_import_stays_marked_with_who_and_when(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})], "李老师")
    warehouse.undo(1, "陈主席")
    (found,) = warehouse.history()
    assert (found.who, found.undone_by) == ("李老师", "陈主席")
    assert found.undone_at is not None
    assert found.undone_at >= found.imported_at


# --- older files ------------------------------------------------------------------------------


def test_an_older_file_keeps_its_rows_and_loses_its_slow_keys(older: Warehouse) -> None:
    assert older.version == 3
    assert older.read("select row_key, expense, source_id from ledger order by row_key") == [
        {"row_key": "a", "expense": Decimal(9), "source_id": 2},
        {"row_key": "b", "expense": Decimal(2), "source_id": 1},
    ]
    keyed = older.read(
        "select table_name from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    )
    assert {row["table_name"] for row in keyed} & DATASETS.keys() == set()


def test_an_older_file_still_refuses_a_row_without_a_key(older: Warehouse) -> None:
    with (
        pytest.raises(duckdb.ConstraintException),
        older._transaction("begin") as cursor,
    ):
        cursor.execute("insert into ledger (row_key) values (null)")


def test_an_older_file_tells_its_history(older: Warehouse) -> None:
    newest, changed, first = older.history()
    assert (newest.files, newest.who) == (("名册.xlsx",), "")
    assert (changed.sheets[0].changed, first.sheets[0].added) == (1, 2)
    assert first.sheets[0].mode is None


def test_new_imports_into_an_older_file_merge_and_are_undone(older: Warehouse) -> None:
    before = older.read("from ledger order by row_key")
    again = ledger({"a": spent("9"), "b": spent("5")}, mapped="expense")
    assert older.load([again]).sheets == (Merged(added=0, changed=1, unchanged=1),)
    older.undo(4)
    assert older.read("from ledger order by row_key") == before


def test_older_imports_are_undone_down_to_the_first_that_changed_rows(older: Warehouse) -> None:
    """What the second import changed was not kept in those days."""
    older.undo(3)
    assert older.read("from staff") == []
    for import_id in (2, 1):
        with pytest.raises(RefusedUndo) as caught:
            older.undo(import_id, unwind=True)
        assert caught.value.code == "before_history"
        assert caught.value.imports == (2,)
    assert one(older, "select count(*) as n from ledger") == {"n": 2}
