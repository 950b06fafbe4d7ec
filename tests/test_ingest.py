"""From reports to stored rows: what counts, what is refused, and whether all of it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from arrivals import Rows, arrival, one, spent

from dashboard.errors import RefusedImport
from dashboard.importing.report import FileReport, SheetReport
from dashboard.ingest import StoredSheet, store
from dashboard.refusals import REFUSALS
from dashboard.warehouse import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / "dashboard.duckdb", queries=tmp_path)
    yield opened
    opened.close()


def sheet(dataset: str, rows: Rows, name: str = "表1") -> SheetReport:
    return arrival(dataset, rows, sheet=name).sheet


def report(*sheets: SheetReport, file: str = "账.xlsx") -> FileReport:
    return FileReport(file, "cd" * 32, "xlsx", encoding=None, sheets=list(sheets))


BUDGET: Rows = {"x": {"year": 2017, "subject": "会费", "approved": Decimal(5)}}
UNKNOWN = SheetReport("草稿")
EMPTY = SheetReport("空表", dataset="ledger")


def test_every_sheet_is_told_what_became_of_it(warehouse: Warehouse) -> None:
    book = sheet("ledger", {"a": spent("1"), "b": spent("2")}, "三月")
    plan = sheet("budget", BUDGET, "预算")
    stored = store(warehouse, [report(book), report(plan, file="预算.xlsx")])
    assert stored.import_id == 1
    assert stored.changed
    assert stored.sheets == [
        StoredSheet("账.xlsx", "三月", "ledger", added=2, changed=0, unchanged=0),
        StoredSheet("预算.xlsx", "预算", "budget", added=1, changed=0, unchanged=0),
    ]
    assert one(warehouse, "select files from imports") == {"files": 2}


def test_the_same_files_again_change_nothing(warehouse: Warehouse) -> None:
    files = [report(sheet("ledger", {"a": spent("1")}), sheet("budget", BUDGET))]
    store(warehouse, files)
    version = warehouse.version
    again = store(warehouse, files)
    assert not again.changed
    assert [(s.added, s.changed, s.unchanged) for s in again.sheets] == [(0, 0, 1), (0, 0, 1)]
    assert warehouse.version == version


def test_sheets_without_dataset_or_rows_are_passed_over(warehouse: Warehouse) -> None:
    stored = store(warehouse, [report(UNKNOWN, sheet("budget", BUDGET), EMPTY)])
    assert [found.dataset for found in stored.sheets] == ["budget"]
    assert one(warehouse, "select count(*) as n from sources") == {"n": 1}


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([], "no_dataset"),
        ([UNKNOWN], "no_dataset"),
        ([EMPTY], "nothing_to_load"),
        ([UNKNOWN, EMPTY], "nothing_to_load"),
    ],
)
def test_nothing_loadable_is_refused(
    warehouse: Warehouse, sheets: list[SheetReport], code: str
) -> None:
    with pytest.raises(RefusedImport) as caught:
        store(warehouse, [report(*sheets)])
    assert caught.value.code == code
    assert warehouse.read("from imports") == []


def test_one_unreadable_file_refuses_all(warehouse: Warehouse) -> None:
    good = report(sheet("ledger", {"a": spent("1")}))
    locked = replace(report(file="密.xlsx"), refused=("password", REFUSALS["password"]))
    with pytest.raises(RefusedImport) as caught:
        store(warehouse, [good, locked])
    assert caught.value.code == "password"
    assert "密.xlsx" in caught.value.message.zh
    assert REFUSALS["password"].zh in caught.value.message.zh
    assert REFUSALS["password"].en in caught.value.message.en
    assert warehouse.read("from ledger") == []


def test_a_row_that_fits_nowhere_refuses_all(warehouse: Warehouse) -> None:
    bad = sheet("budget", BUDGET)
    assert bad.table is not None
    place = bad.table.column_names.index("approved")
    bad.table = bad.table.set_column(place, "approved", pa.array([0.5]))
    with pytest.raises(RefusedImport):
        store(warehouse, [report(sheet("ledger", {"a": spent("1")}), bad)])
    assert warehouse.read("from ledger") == []
    assert warehouse.version == 0


def test_a_rosters_day_arrives_with_its_rows(warehouse: Warehouse) -> None:
    roster = arrival("staff", {"#1": {"name": "王芳"}}, as_of=date(2017, 9, 1)).sheet
    store(warehouse, [report(roster)])
    assert one(warehouse, "select as_of from staff") == {"as_of": date(2017, 9, 1)}
    assert one(warehouse, "select as_of from sources") == {"as_of": date(2017, 9, 1)}
