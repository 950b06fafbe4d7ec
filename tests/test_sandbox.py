"""The database and the world outside: other programs, broken files, and a door that stays shut."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from arrivals import ledger, spent

from dashboard import schema
from dashboard.contracts import DATASETS
from dashboard.errors import WorkspaceBusy
from dashboard.settings import ROOT
from dashboard.warehouse import Warehouse

FILE = "dashboard.duckdb"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """An empty workspace without marts."""
    opened = Warehouse.open(tmp_path / "school" / FILE, queries=tmp_path)
    yield opened
    opened.close()


SECOND = """
import sys
from pathlib import Path
from dashboard.errors import WorkspaceBusy
from dashboard.warehouse import Warehouse
try:
    Warehouse.open(Path(sys.argv[1]), queries=Path(sys.argv[2]))
except WorkspaceBusy as busy:
    print(busy.code, busy.message.en)
"""


def test_a_second_program_is_told_who_has_the_file(tmp_path: Path, warehouse: Warehouse) -> None:
    assert warehouse.version == 0
    command = [sys.executable, "-c", SECOND, str(tmp_path / "school" / FILE), str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.startswith("busy ")
    if sys.platform == "linux":
        assert f"(PID {os.getpid()})" in told


def test_a_file_that_is_no_database_is_named_as_such(
    tmp_path: Path,
) -> None:
    (tmp_path / "school").mkdir()
    (tmp_path / "school" / FILE).write_bytes(b"no database at all" * 1000)
    with pytest.raises(WorkspaceBusy) as caught:
        Warehouse.open(tmp_path / "school" / FILE, queries=tmp_path)
    assert caught.value.code == "damaged_data"


def test_a_folder_that_cannot_be_made_is_named_as_such(
    tmp_path: Path,
) -> None:
    (tmp_path / "school").write_text("a file stands where the folder should be")
    with pytest.raises(WorkspaceBusy) as caught:
        Warehouse.open(tmp_path / "school" / FILE, queries=tmp_path)
    assert caught.value.code == "storage"


ATTACKS = [
    "select * from read_csv('{secret}')",
    "select * from read_text('{secret}')",
    "select * from read_blob('{secret}')",
    "select * from glob('{folder}/*')",
    "select * from sniff_csv('{secret}')",
    "select * from '{secret}'",
    "select * from parquet_metadata('{secret}')",
    "copy (select 1) to '{folder}/out.csv'",
    "copy ledger from '{secret}'",
    "export database '{folder}/out'",
    "import database '{folder}'",
    "attach '{folder}/other.duckdb' as other",
    "install excel",
    "load httpfs",
    "load '{folder}/evil.so'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "set temp_directory = '{folder}'",
    "set python_enable_replacements = true",
    "pragma enable_profiling='json'",
    "select * from a_python_variable",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_reaches_nothing_outside(
    tmp_path: Path, warehouse: Warehouse, attack: str
) -> None:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.csv").write_text("a,b\n1,2\n")
    a_python_variable = schema.staged(DATASETS["ledger"], ledger({"a": spent("1")}).sheet)
    sql = attack.format(secret=folder / "secret.csv", folder=folder)
    with pytest.raises(duckdb.Error), warehouse._transaction("begin") as cursor:
        cursor.execute(sql).fetchall()
    assert [path.name for path in folder.iterdir()] == ["secret.csv"]
    assert a_python_variable.num_rows == 1


@pytest.mark.parametrize(
    "setting",
    [
        "enable_external_access",
        "autoinstall_known_extensions",
        "autoload_known_extensions",
        "allow_community_extensions",
        "allow_persistent_secrets",
        "allow_unsigned_extensions",
        "python_enable_replacements",
    ],
)
def test_what_is_not_needed_is_off(warehouse: Warehouse, setting: str) -> None:
    assert warehouse.read("select current_setting($name) as held", {"name": setting}) == [
        {"held": False}
    ]


def test_what_spills_over_stays_in_the_workspace(tmp_path: Path, warehouse: Warehouse) -> None:
    found = warehouse.read("select current_setting('temp_directory') as held")[0]["held"]
    assert Path(found) == tmp_path / "school" / "temp"
