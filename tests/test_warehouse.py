"""The warehouse: its tables, subjects and marts, and what readers see."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from arrivals import arrival, ledger, one, spent

from dashboard import schema
from dashboard.contracts import DATASETS
from dashboard.errors import BadDefinition, WorkspaceBusy
from dashboard.schema import Merged
from dashboard.warehouse import Warehouse

FILE = "dashboard.duckdb"
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    """A folder of queries without marts; a test adds its own."""
    (tmp_path / "queries" / "marts").mkdir(parents=True)
    return tmp_path / "queries"


@pytest.fixture
def opened(tmp_path: Path, queries: Path) -> Iterator[Callable[[], Warehouse]]:
    """Opens the test's workspace, as often as it likes; all are closed in the end."""
    all_opened: list[Warehouse] = []

    def open_it() -> Warehouse:
        all_opened.append(Warehouse.open(tmp_path / "school" / FILE, queries=queries))
        return all_opened[-1]

    yield open_it
    for warehouse in all_opened:
        warehouse.close()


@pytest.fixture
def warehouse(opened: Callable[[], Warehouse]) -> Warehouse:
    return opened()


# --- tables -----------------------------------------------------------------------------------


def test_a_new_file_has_every_table_of_the_contracts(warehouse: Warehouse) -> None:
    for name, dataset in DATASETS.items():
        found = [row["column_name"] for row in warehouse.read(f'describe "{name}"')]
        as_of = ["as_of"] if dataset.shape == "snapshot" else []
        own = ["source_id", "source_row", "source_column", "raw"]
        assert found == ["row_key", *as_of, *dataset.stored(), *own]


@ON_POSIX
def test_the_files_belong_to_this_user_alone(
    tmp_path: Path, opened: Callable[[], Warehouse]
) -> None:
    mask = os.umask(0o022)
    try:
        opened()
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(mask)
    for path in (tmp_path / "school", tmp_path / "school" / FILE):
        assert path.stat().st_mode & 0o077 == 0


def test_what_is_stored_is_there_after_a_restart(opened: Callable[[], Warehouse]) -> None:
    first = opened()
    first.load([ledger({"a": spent("1")})])
    first.close()
    again = opened()
    assert again.version == 1
    assert one(again, "select expense from ledger") == {"expense": Decimal(1)}


def test_an_older_file_gains_new_columns_and_keeps_its_rows(
    tmp_path: Path, opened: Callable[[], Warehouse]
) -> None:
    (tmp_path / "school").mkdir()
    with duckdb.connect(str(tmp_path / "school" / FILE)) as old:
        old.execute("create table budget (row_key varchar primary key, year bigint)")
        old.execute("insert into budget values ('2017||文体', 2017)")
    warehouse = opened()
    rows = {"2017||文体": {"year": 2017, "subject": "文体活动", "approved": Decimal(5)}}
    assert warehouse.load([arrival("budget", rows)]).sheets == (Merged(0, 1, 0),)
    assert one(warehouse, "select year, subject, source_row from budget") == {
        "year": 2017,
        "subject": "文体活动",
        "source_row": 5,
    }


def test_a_contract_may_not_take_the_warehouses_own_names() -> None:
    with pytest.raises(BadDefinition, match="belongs to the warehouse"):
        schema.columns_of(DATASETS["ledger"].__class__(**_parts(derived=(("raw", "VARCHAR"),))))


def _parts(**changed: Any) -> dict[str, Any]:
    source = DATASETS["ledger"]
    names = ("name", "label", "shape", "columns", "key", "titles")
    return {name: getattr(source, name) for name in names} | changed


def test_school_rules_are_numbers(tmp_path: Path, warehouse: Warehouse) -> None:
    assert {"name": "young_until_age", "value": 35.0} in warehouse.read("from school_rules")
    (tmp_path / "school.toml").write_text('young_until_age = "35"', encoding="utf-8")
    with pytest.raises(BadDefinition, match="young_until_age"):
        Warehouse.open(tmp_path / "other" / FILE, rules=tmp_path)


# --- subjects and marts -----------------------------------------------------------------------


def test_every_subject_is_mapped_known_or_not(warehouse: Warehouse) -> None:
    rows = {
        "a": spent("1", subject="文体活动费"),
        "b": spent("2", subject="没有听说过"),
        "c": spent("3"),
    }
    budget = arrival("budget", {"d": {"year": 2017, "subject": "会费"}})
    warehouse.load([ledger(rows), budget])
    found = warehouse.read("select subject, code, level1, level2, kind from subject_map order by 2")
    assert [tuple(row.values()) for row in found] == [
        ("会费", "401", "会费收入", None, "income"),
        ("文体活动费", "501", "职工活动支出", "文体活动", "expense"),
        ("没有听说过", None, None, None, None),
    ]


def test_subjects_are_mapped_anew_when_the_file_is_opened(opened: Callable[[], Warehouse]) -> None:
    first = opened()
    first.load([ledger({"a": spent("1", subject="会费")})])
    with first._transaction("begin") as cursor:
        cursor.execute("update subject_map set level1 = 'as an older chart had it'")
    first.close()
    assert one(opened(), "select level1 from subject_map") == {"level1": "会费收入"}


def mart(queries: Path, name: str, sql: str, people: str = "none") -> None:
    header = f"-- Grain: one row\n-- People: {people}\n"
    (queries / "marts" / f"{name}.sql").write_text(header + sql, encoding="utf-8")


def test_marts_may_read_marts(queries: Path, opened: Callable[[], Warehouse]) -> None:
    mart(queries, "above", "select total * 2 as double from below")
    mart(queries, "below", "select sum(expense) as total from ledger;")
    warehouse = opened()
    warehouse.load([ledger({"a": spent("1"), "b": spent("2")})])
    assert one(warehouse, "from above") == {"double": Decimal(6)}


def test_marts_follow_their_files(queries: Path, opened: Callable[[], Warehouse]) -> None:
    mart(queries, "gone", "select 1 as n")
    mart(queries, "kept", "select n from gone")
    opened().close()
    (queries / "marts" / "gone.sql").unlink()
    mart(queries, "kept", "select 2 as m")
    warehouse = opened()
    assert one(warehouse, "from kept") == {"m": 2}
    with pytest.raises(BadDefinition, match="gone"):
        warehouse.read("from gone")


@pytest.mark.parametrize(
    ("sql", "people", "reason"),
    [
        ("select nothing from ledger", "none", "nothing"),
        ("select * from nowhere", "none", "nowhere"),
        ("select * from ledger where expense > $least", "none", "mart wrong"),
        ("select expense from ledger", "handler", "no column handler"),
    ],
)
def test_a_mart_that_cannot_be_built_is_our_mistake(
    queries: Path, opened: Callable[[], Warehouse], sql: str, people: str, reason: str
) -> None:
    mart(queries, "wrong", sql, people)
    for _ in range(2):
        with pytest.raises(BadDefinition, match=reason):
            opened()
    (queries / "marts" / "wrong.sql").unlink()
    assert opened().version == 0


# --- reading ----------------------------------------------------------------------------------


def test_parameters_are_bound_by_name(warehouse: Warehouse) -> None:
    values = {"day": date(2017, 3, 1), "amount": Decimal("0.30"), "words": ["甲", "'; drop table"]}
    sql = "select $day as day, $amount as amount, $words as words"
    assert warehouse.read(sql, values) == [values]


def test_a_reader_cannot_write(warehouse: Warehouse) -> None:
    with pytest.raises(WorkspaceBusy, match="TransactionException"):
        warehouse.read("delete from meta")
    assert warehouse.version == 0


def test_a_mistaken_query_is_our_mistake_and_the_next_one_works(warehouse: Warehouse) -> None:
    with pytest.raises(BadDefinition, match="nothing"):
        warehouse.read("select nothing from ledger")
    assert warehouse.read("select 1 as n") == [{"n": 1}]


def test_a_snapshot_stands_still_while_something_is_imported(warehouse: Warehouse) -> None:
    with warehouse.snapshot() as reader:
        assert reader.read("select count(*) as n from ledger") == [{"n": 0}]
        warehouse.load([ledger({"a": spent("1")})])
        assert reader.read("select count(*) as n from ledger") == [{"n": 0}]
    assert one(warehouse, "select count(*) as n from ledger") == {"n": 1}


def test_readers_never_see_half_an_import(warehouse: Warehouse) -> None:
    """Each load writes its number into two tables; no reader may find two numbers."""

    def batch(number: int) -> list[Any]:
        rows = {key: spent(str(number)) for key in "abcdef"}
        budget = {"x": {"year": 2017, "subject": "会费", "approved": Decimal(number)}}
        return [ledger(rows), arrival("budget", budget)]

    def seen(_: int) -> set[Decimal]:
        with warehouse.snapshot() as reader:
            rows = reader.read("select distinct expense as n from ledger")
            rows += reader.read("select approved as n from budget")
        return {row["n"] for row in rows}

    warehouse.load(batch(0))
    with ThreadPoolExecutor(8) as pool:
        looks = [pool.submit(seen, look) for look in range(150)]
        for number in range(1, 16):
            warehouse.load(batch(number))
            looks += [pool.submit(seen, look) for look in range(10)]
        assert [len(look.result()) for look in looks] == [1] * 300
    assert seen(0) == {Decimal(15)}


def test_two_imports_at_once_wait_for_each_other(warehouse: Warehouse) -> None:
    start = threading.Barrier(4)

    def load(number: int) -> int:
        start.wait()
        return warehouse.load(
            [ledger({f"{number}": spent("1"), "shared": spent(str(number))})]
        ).import_id

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(load, range(4))) == [1, 2, 3, 4]
    assert one(warehouse, "select count(*) as n from ledger") == {"n": 5}
    assert warehouse.version == 4


def test_a_closed_warehouse_says_so(warehouse: Warehouse) -> None:
    warehouse.close()
    with pytest.raises(WorkspaceBusy, match="closed"):
        warehouse.read("select 1")


def test_two_handles_in_one_program_see_the_same(opened: Callable[[], Warehouse]) -> None:
    first, second = opened(), opened()
    first.load([ledger({"a": spent("1")})])
    assert second.version == 1
