"""A school whose data is backed up, for the tests of it; and programs that are cut off."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from arrivals import ledger, spent

from dashboard import workspaces
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import DATABASE
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces

ROOT = Path(__file__).resolve().parent.parent

# Restores the backup of 2026-03-04 noon; killed at that step that moves or removes a file.
KILLED_RESTORE = """
import sys
from pathlib import Path
from dashboard.keeping import carrying, deeds
from kept import killed_at, school

with school(Path(sys.argv[1])) as spaces:
    spaces.warehouse("school")
    with carrying.sought(spaces.data, "20260304-120000") as backup:
        killed_at(int(sys.argv[2]))
        deeds.restore(spaces, backup, "local")
"""


def killed_at(step: int) -> None:
    """From now on: this process is killed at that step that moves or removes a file."""
    left = step

    def cut(event: str, _: object) -> None:
        nonlocal left
        if event in ("os.rename", "os.remove", "os.rmdir"):  # the killing is an event, too
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(cut)


def without_marts(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files open without the project's own marts: they are not what is tested."""
    plain = Warehouse.open

    def opened(path: Path, *, queries: Path = empty, **more: Any) -> Warehouse:
        return plain(path, queries=queries, **more)

    monkeypatch.setattr(workspaces.Warehouse, "open", opened)


@contextmanager
def school(data: Path) -> Iterator[Workspaces]:
    with Workspaces(Settings(data=data)) as spaces:
        yield spaces


@contextmanager
def spending(folder: Path, monkeypatch: pytest.MonkeyPatch, **lines: str) -> Iterator[Workspaces]:
    """A school without marts, with these lines in its ledger: key -> amount."""
    without_marts(folder, monkeypatch)
    with school(folder / "data") as found:
        for key, amount in lines.items():
            spend(found, key, amount)
        yield found


def spend(spaces: Workspaces, key: str, amount: str) -> int:
    """One more line in the ledger; answers the import's number."""
    arrived = ledger({key: spent(amount)}, sheet=key)
    return spaces.warehouse("school").load([arrived], "李老师").import_id


def amounts(spaces: Workspaces) -> dict[str, str]:
    """The ledger's lines: key -> amount."""
    rows = spaces.warehouse("school").read("select row_key, expense from ledger order by all")
    return {row["row_key"]: str(row["expense"]) for row in rows}


def in_file(backup: Backup) -> dict[str, str]:
    """The ledger's lines in a backup, as `amounts` tells them."""
    with closing(duckdb.connect(str(backup.folder / DATABASE), read_only=True)) as con:
        return {
            key: str(x) for key, x in con.execute("select row_key, expense from ledger").fetchall()
        }


def program(words: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python program of its own that knows the project and its tests."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return subprocess.Popen(
        [sys.executable, "-c", words, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
