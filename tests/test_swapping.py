"""Other files in a workspace's place, where the disk does not go along."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from kept import amounts, school, spend, without_marts

from dashboard.cli import main
from dashboard.errors import WorkspaceBusy
from dashboard.keeping import carrying, deeds
from dashboard.warehouse import swapping
from dashboard.warehouse.swapping import completed, exchange, incoming


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Old files in their places, new ones beside, not yet ready."""
    folder = tmp_path / "school"
    folder.mkdir()
    for name in ("a", "b", "a.wal"):
        (folder / name).write_text("old", encoding="utf-8")
    beside = incoming(folder)
    for name in ("a", "b"):
        (beside / name).write_text("new", encoding="utf-8")
    return folder


def held(workspace: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in workspace.iterdir()}


OLD = {"a": "old", "b": "old", "a.wal": "old"}
NEW = {"a": "new", "b": "new"}


def refusing(monkeypatch: pytest.MonkeyPatch, number: int, *names: str) -> None:
    """From now on that system error, for these files that come out of the folder beside."""
    plain = os.replace

    def replace(source: Any, target: Any) -> None:
        if Path(source).parent.name == "school.incoming" and Path(source).name in names:
            raise OSError(number, os.strerror(number), str(source))
        plain(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_a_link_to_another_disk_is_exchanged_by_copies(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, errno.EXDEV, "a", "b")
    exchange(workspace, ["a.wal"])
    assert held(workspace) == NEW
    assert (workspace / "a").stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not swapping._incoming(workspace).exists()


def test_one_that_cannot_begin_keeps_the_old_files_and_keeps_nobody_out(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is the old database's log gone before the new one is in its place."""
    refusing(monkeypatch, errno.EXDEV, "a", "b")
    monkeypatch.setattr(swapping.shutil, "copyfile", full)
    with pytest.raises(WorkspaceBusy, match="no_room"):
        exchange(workspace, ["a.wal"])
    assert held(workspace) == OLD
    assert not completed(workspace)


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_one_that_has_begun_is_finished_by_whoever_comes_next(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        refusing(failing, errno.EIO, "b")
        with pytest.raises(WorkspaceBusy, match="storage"):
            exchange(workspace, ["a.wal"])
    assert completed(workspace)
    assert held(workspace) == NEW


def test_a_file_in_the_folders_place_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "school.incoming").write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceBusy, match="in_the_way"):
        incoming(tmp_path / "school")


@pytest.mark.parametrize("name", ["dashboard.duckdb", "ledger.jsonl"])
def test_a_folder_in_a_files_place_is_told_by_the_restore(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_marts(tmp_path, monkeypatch)
    data = tmp_path / "data"
    with school(data) as spaces:
        spend(spaces, "a", "1")
        deeds.back_up(spaces, "local")
    (data / "school" / name).unlink()
    (data / "school" / name).mkdir()
    assert main(["restore", "--yes", "--data", str(data)]) == 2
    assert f"数据文件夹里的 {name} 不是看板的文件" in capsys.readouterr().err


def test_a_restore_into_a_linked_school_opens_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_marts(tmp_path, monkeypatch)
    data = tmp_path / "data"
    with school(data) as spaces:
        spend(spaces, "a", "1")
        made = deeds.back_up(spaces, "local")
        spend(spaces, "b", "1")
    refusing(monkeypatch, errno.EXDEV, "dashboard.duckdb", "ledger.jsonl")
    with school(data) as spaces, carrying.sought(data, made.name) as backup:
        deeds.restore(spaces, backup, "local")
    with school(data) as spaces:
        assert amounts(spaces).keys() == {"a"}
        assert spaces.warehouse("school").verified.findings == ()
