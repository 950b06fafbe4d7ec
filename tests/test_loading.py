"""What a load leaves behind: the merge by key, exact amounts, and all or nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from arrivals import arrival, ledger, one, spent

from dashboard.errors import DashboardError, RefusedImport, WorkspaceBusy
from dashboard.schema import Merged
from dashboard.warehouse import Reader, Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


# --- merging ----------------------------------------------------------------------------------


def test_added_changed_and_unchanged_rows_are_told_apart(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1"), "b": spent("2")})])
    loaded = warehouse.load([ledger({"a": spent("1"), "b": spent("9"), "c": spent("3")})])
    assert loaded.sheets == (Merged(added=1, changed=1, unchanged=1),)
    assert warehouse.read("select row_key, expense from ledger order by row_key") == [
        {"row_key": "a", "expense": Decimal(1)},
        {"row_key": "b", "expense": Decimal(9)},
        {"row_key": "c", "expense": Decimal(3)},
    ]


def test_unchanged_rows_keep_where_they_came_from(warehouse: Warehouse) -> None:
    raws = [{"expense": "壹元"}, {}]
    warehouse.load([ledger({"a": spent("1"), "b": spent("2")}, raws=raws)])
    warehouse.load([ledger({"b": spent("7"), "a": spent("1")}, raws=[{"expense": "七"}, {}])])
    assert warehouse.read("select row_key, source_id, source_row, raw from ledger order by 1") == [
        {"row_key": "a", "source_id": 1, "source_row": 5, "raw": '{"expense": "壹元"}'},
        {"row_key": "b", "source_id": 2, "source_row": 5, "raw": '{"expense": "七"}'},
    ]


def test_a_row_written_as_it_is_stored_has_no_raw_text(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    assert one(warehouse, "select raw from ledger") == {"raw": None}


def test_fields_without_a_column_keep_what_was_stored(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1", handler="王芳", note="旧")})])
    again = spent("2", note=None, handler=None)
    warehouse.load([ledger({"a": again}, mapped="spent_on expense note")])
    assert one(warehouse, "select expense, handler, note from ledger") == {
        "expense": Decimal(2),
        "handler": "王芳",
        "note": None,
    }


def test_an_assumed_value_fills_a_gap_and_displaces_nothing(warehouse: Warehouse) -> None:
    row = {"activity": "拔河", "held_on": date(2017, 3, 1), "name": "王芳"}
    warehouse.load([arrival("attendance", {"a": row | {"presence": "absent"}})])
    assumed = {"a": row | {"presence": "present"}, "b": row | {"presence": "present"}}
    loaded = warehouse.load([arrival("attendance", assumed, mapped="activity held_on name")])
    assert loaded.sheets == (Merged(added=1, changed=0, unchanged=1),)
    assert warehouse.read("select presence from attendance order by row_key") == [
        {"presence": "absent"},
        {"presence": "present"},
    ]


def test_one_amount_column_speaks_for_income_and_expense(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("5")}, mapped="spent_on amount direction")])
    corrected = spent(None, income=Decimal(5))
    warehouse.load([ledger({"a": corrected}, mapped="spent_on amount direction")])
    assert one(warehouse, "select income, expense from ledger") == {
        "income": Decimal(5),
        "expense": None,
    }


def test_a_cards_number_speaks_for_the_card(warehouse: Warehouse) -> None:
    without = arrival("members", {"#1": {"has_card": "no"}}, as_of=date(2017, 9, 1))
    proved = {"#1": {"has_card": "yes"}}
    warehouse.load([without])
    warehouse.load([arrival("members", proved, mapped="card_no", as_of=date(2017, 9, 1))])
    assert one(warehouse, "select has_card from members") == {"has_card": "yes"}


def test_a_period_is_two_days_and_may_be_emptied(warehouse: Warehouse) -> None:
    march = {"planned_from": date(2017, 3, 1), "planned_to": date(2017, 3, 31)}
    warehouse.load([arrival("activities", {"a": march}, mapped="planned")])
    emptied = {"planned_from": None, "planned_to": None}
    warehouse.load([arrival("activities", {"a": emptied}, mapped="planned")])
    assert one(warehouse, "select planned_from, planned_to from activities") == emptied


def test_each_roster_stands_by_itself(warehouse: Warehouse) -> None:
    for day in (date(2017, 3, 1), date(2017, 9, 1)):
        warehouse.load([arrival("staff", {"#1": {"name": "王芳"}}, as_of=day)])
    renamed = arrival("staff", {"#1": {"name": "王方"}}, as_of=date(2017, 9, 1))
    assert warehouse.load([renamed]).sheets == (Merged(0, 1, 0),)
    assert warehouse.read("select as_of, name from staff order by as_of") == [
        {"as_of": date(2017, 3, 1), "name": "王芳"},
        {"as_of": date(2017, 9, 1), "name": "王方"},
    ]


def test_sheets_of_one_import_are_merged_in_their_order(warehouse: Warehouse) -> None:
    loaded = warehouse.load([ledger({"a": spent("1")}), ledger({"a": spent("2")})])
    assert loaded.sheets == (Merged(1, 0, 0), Merged(0, 1, 0))
    assert one(warehouse, "select expense, source_id from ledger") == {
        "expense": Decimal(2),
        "source_id": 2,
    }


def test_an_import_is_recorded_with_its_sheets(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")}, encoding="gb18030", sheet="三月")])
    assert one(warehouse, "select import_id, files from imports") == {"import_id": 1, "files": 1}
    source = one(warehouse, "from sources")
    assert source == {
        "source_id": 1,
        "import_id": 1,
        "file": "账.xlsx",
        "sha256": "ab" * 32,
        "sheet": "三月",
        "dataset": "ledger",
        "as_of": None,
        "encoding": "gb18030",
        "header_rows": "[3, 4]",
        "columns": source["columns"],
        "counts": '{"rows": 1, "loaded": 1}',
        "sums": '{"expense": "1.50"}',
        "totals": "[]",
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "area": "",
        "mode": "merge",
        "period_from": None,
        "period_to": None,
    }
    assert '"expense": {"header": "expense", "column": "A"}' in source["columns"]


def test_the_version_grows_only_where_something_changed(warehouse: Warehouse) -> None:
    batch = [ledger({"a": spent("1")})]
    first, second = warehouse.load(batch), warehouse.load(batch)
    assert first.changed
    assert not second.changed
    assert second.sheets == (Merged(0, 0, 1),)
    assert second.import_id == 2
    assert one(warehouse, "select count(*) as n from imports") == {"n": 2}
    assert warehouse.version == 1


# --- exactness --------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["0.1", "9999999999999999.9999", "-0.0001", "1E+3", "0"])
def test_money_comes_back_exactly(warehouse: Warehouse, amount: str) -> None:
    warehouse.load([ledger({"a": spent(amount)})])
    found = one(warehouse, "select expense from ledger")["expense"]
    assert isinstance(found, Decimal)
    assert found == Decimal(amount)


def test_a_tenth_and_two_tenths_are_three_tenths(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("0.1"), "b": spent("0.2")})])
    assert one(warehouse, "select sum(expense) as total from ledger")["total"] == Decimal("0.3")


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("expense", pa.array([0.5])),
        ("expense", pa.array(["5"])),
        ("expense", pa.array([Decimal("0.00001")])),
        ("expense", pa.array([Decimal(10**16)], pa.decimal128(38, 4))),
        ("spent_on", pa.array(["2017-03-01"])),
        ("summary", pa.array([5])),
        ("is_opening", pa.array(["yes"])),
    ],
)
def test_a_value_of_another_type_is_refused_not_bent(
    warehouse: Warehouse, field: str, column: pa.Array
) -> None:
    found = ledger({"a": spent("1")}, sheet="三月")
    rows = found.sheet.table
    found.sheet.table = rows.set_column(rows.column_names.index(field), field, column)
    with pytest.raises(RefusedImport) as caught:
        warehouse.load([found])
    assert caught.value.code == "unstorable"
    assert "三月" in caught.value.message.zh
    assert warehouse.read("from ledger") == []


# --- all or nothing ---------------------------------------------------------------------------


def test_a_bad_row_in_the_second_sheet_leaves_nothing_of_the_first(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    bad = arrival("staff", {"#1": {"name": "王芳"}}, as_of=None)
    with pytest.raises(RefusedImport):
        warehouse.load([ledger({"a": spent("2"), "b": spent("3")}), bad])
    assert one(warehouse, "select row_key, expense from ledger") == {
        "row_key": "a",
        "expense": Decimal(1),
    }
    assert one(warehouse, "select count(*) as n from imports") == {"n": 1}
    assert one(warehouse, "select count(*) as n from sources") == {"n": 1}
    assert warehouse.version == 1
    assert warehouse.load([ledger({"b": spent("3")})]).import_id == 2


def test_one_key_twice_in_a_sheet_is_refused(warehouse: Warehouse) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    for amount in ("2", "8"):
        twice = ledger({"a": spent("1"), "b": spent(amount)})
        twice.sheet.table = twice.sheet.table.set_column(0, "row_key", pa.array(["a", "a"]))
        with pytest.raises(RefusedImport):
            warehouse.load([twice])
        assert one(warehouse, "select expense from ledger") == {"expense": Decimal(1)}


def test_an_unknown_dataset_is_refused(warehouse: Warehouse) -> None:
    found = ledger({"a": spent("1")})
    found.sheet.dataset = "ledgers"
    with pytest.raises(DashboardError) as caught:
        warehouse.load([found])
    assert caught.value.code == "unknown_dataset"
    assert warehouse.read("from imports") == []


def fails(*, after_commit: bool) -> Callable[[Warehouse, duckdb.DuckDBPyConnection], None]:
    """A disk that fills up before, or just after, the first commit."""
    failed: list[bool] = []

    def commit(_: Warehouse, cursor: duckdb.DuckDBPyConnection) -> None:
        if not failed and not after_commit:
            failed.append(True)
            raise duckdb.FatalException("disk full")
        cursor.commit()
        if not failed:
            failed.append(True)
            raise duckdb.FatalException("disk full")

    return commit


def test_after_a_fatal_error_nothing_changed_and_readers_go_on(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.load([ledger({"a": spent("1")})])
    before = warehouse._con
    monkeypatch.setattr(Warehouse, "_commit", fails(after_commit=False))
    with pytest.raises(WorkspaceBusy) as caught:
        warehouse.load([ledger({"b": spent("2")})])
    assert caught.value.code == "storage"
    assert "FatalException" in caught.value.message.en, "and none of DuckDB's own words"
    assert one(warehouse, "select row_key from ledger") == {"row_key": "a"}
    assert warehouse._con is not before
    with pytest.raises(duckdb.ConnectionException):
        before.execute("select 1")
    assert warehouse.load([ledger({"b": spent("2")})]).changed


def test_a_commit_that_succeeded_is_not_reported_as_lost(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Warehouse, "_commit", fails(after_commit=True))
    assert warehouse.load([ledger({"a": spent("1")})]).changed
    assert one(warehouse, "select row_key from ledger") == {"row_key": "a"}


def test_a_reader_who_meets_the_fatal_error_first_reads_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, met = Reader.read, []

    def read(reader: Reader, sql: str, parameters: Any = None) -> Any:
        if not met:
            met.append(sql)
            raise duckdb.FatalException("invalidated")
        return honest(reader, sql, parameters)

    monkeypatch.setattr(Reader, "read", read)
    assert warehouse.read("select 1 as one") == [{"one": 1}]
    assert met
