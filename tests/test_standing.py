"""What stands in memory while nothing is written is never older than what a reading would say."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces
from tests.soak.kill import batch

ROWS = "select count(*) as n from ledger"


def rows(warehouse: Warehouse) -> int:
    return int(warehouse.standing(ROWS)[0]["n"])


@pytest.fixture
def spaces(tmp_path: Path) -> Workspaces:
    return Workspaces(Settings(data=tmp_path))


def test_it_is_read_once_for_everybody(spaces: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    with spaces:
        warehouse = spaces.warehouse("school")
        warehouse.load(batch(1, 30))
        assert rows(warehouse) == 30
        monkeypatch.setattr(warehouse, "read", None)
        assert rows(warehouse) == 30


def test_whatever_is_written_or_taken_back_is_seen_at_once(spaces: Workspaces) -> None:
    with spaces:
        warehouse = spaces.warehouse("school")
        versions = [warehouse.version]
        loaded = warehouse.load(batch(1, 30))
        assert rows(warehouse) == 30
        versions.append(warehouse.version)
        warehouse.undo(loaded.import_id)
        assert rows(warehouse) == 0
        versions.append(warehouse.version)
        assert versions == sorted(set(versions))


def test_another_file_in_its_place_is_read_anew(spaces: Workspaces, tmp_path: Path) -> None:
    with spaces:
        warehouse, other = spaces.warehouse("school"), tmp_path / "other.duckdb"
        warehouse.copy(other)
        warehouse.load(batch(1, 30))
        assert rows(warehouse) == 30
        file = next(tmp_path.glob("school/*.duckdb"))

        def swap() -> None:
            file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
            other.replace(file)

        warehouse.exchange(swap)
        assert rows(warehouse) == 0


def test_what_is_read_while_somebody_writes_stands_for_nobody(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read before the commit and after it, while the writer has not ended yet."""
    with spaces:
        warehouse = spaces.warehouse("school")
        begun, go_on, committed, end = (threading.Event() for _ in range(4))
        commit = warehouse._commit

        def slow(cursor: DuckDBPyConnection) -> None:
            if threading.current_thread() is not writer or begun.is_set():
                commit(cursor)
                return
            begun.set()
            assert go_on.wait(30)
            commit(cursor)
            committed.set()
            assert end.wait(30)

        monkeypatch.setattr(warehouse, "_commit", slow)
        writer = threading.Thread(target=warehouse.load, args=(batch(1, 30),))
        writer.start()
        assert begun.wait(30)
        before = rows(warehouse)
        go_on.set()
        assert committed.wait(30)
        after = rows(warehouse)
        end.set()
        writer.join()
        assert (before, after, rows(warehouse)) == (0, 30, 30)
