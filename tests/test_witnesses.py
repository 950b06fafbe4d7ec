"""`school/` deleted, or put back from an older copy, its ledger with it: the audit log and the
backups know better, and say so.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from kept import amounts, school, spend, without_marts

from dashboard import audit
from dashboard.checkup import CHECKS, made
from dashboard.cli import main
from dashboard.errors import WorkspaceBusy
from dashboard.keeping import carrying, deeds
from dashboard.warehouse import Finding
from dashboard.workspaces import Workspaces


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two imports, noted; a backup after the first."""
    without_marts(tmp_path, monkeypatch)
    folder = tmp_path / "data"
    with school(folder) as spaces:
        imported(spaces, "a")
        deeds.back_up(spaces, "local")
        shutil.copytree(folder / "school", tmp_path / "older")
        imported(spaces, "b")
    return folder


def imported(spaces: Workspaces, key: str) -> None:
    audit.note(spaces.data, "imported", "u1", import_id=spend(spaces, key, "1"))


def found(data: Path) -> tuple[Finding, ...]:
    with school(data) as spaces:
        return spaces.warehouse("school").verified.findings


def numbers(data: Path) -> list[tuple[int, ...]]:
    return [one.imports for one in found(data)]


def older(data: Path) -> None:
    shutil.rmtree(data / "school")
    shutil.copytree(data.parent / "older", data / "school")


def test_a_whole_school_agrees_with_its_log_and_its_backup(data: Path) -> None:
    assert found(data) == ()


@pytest.mark.parametrize("opened_before", [False, True])
def test_a_school_that_is_gone_is_told_and_nothing_is_written(
    data: Path, opened_before: bool
) -> None:
    shutil.rmtree(data / "school")
    if opened_before:
        found(data)
    assert numbers(data) == [(1, 2)]
    with school(data) as spaces, pytest.raises(WorkspaceBusy, match="unverified"):
        spend(spaces, "c", "1")
    assert not (data / "school" / "ledger.jsonl").exists(), "no new ledger begins"


def test_the_command_tells_what_where_and_what_to_do(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(data / "school")
    assert main(["verify", "--data", str(data)]) == 1
    told = capsys.readouterr().out
    for part in ("✗ 导入账本", "操作记录里有第 #1, #2 次导入", "school", "恢复最近的备份"):
        assert part in told
    assert main(["verify", "--data", str(data), "--lang", "en"]) == 1
    assert "Import #1, #2" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["history"], ["metrics"]])
def test_who_only_reads_is_told_too(
    command: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older(data)
    main([*command, "--data", str(data)])
    assert "#2" in capsys.readouterr().err


def test_the_backups_speak_where_the_log_is_lost(data: Path) -> None:
    shutil.rmtree(data / "school")
    (data / "audit.jsonl").unlink()
    (data / "audit.head").unlink()
    assert numbers(data) == [(1,)]
    assert "备份 " in found(data)[0].message.zh
    with school(data) as spaces:
        assert made(CHECKS["ledger"], spaces, thorough=True).state == "bad"


def test_an_older_copy_lacks_the_later_import(data: Path) -> None:
    older(data)
    assert numbers(data) == [(2,)]


def test_an_older_copy_has_what_was_undone(data: Path, tmp_path: Path) -> None:
    with school(data) as spaces:
        spaces.warehouse("school").undo(2)
        audit.note(data, "undone", "u1", import_id=2)
        assert found_in(spaces) == ()
        spaces.warehouse("school").undo(1)
        audit.note(data, "undone", "u1", import_id=1)
    older(data)
    assert numbers(data) == [(2,), (1,)]
    assert "已经撤销" in found(data)[1].message.zh


def found_in(spaces: Workspaces) -> tuple[Finding, ...]:
    spaces.warehouse("school").verify()
    return spaces.warehouse("school").verified.findings


def test_a_restore_explains_what_is_gone(data: Path) -> None:
    """Of an older backup: the second import is no more, and shall not be."""
    for damage in (lambda _: None, older, lambda data: shutil.rmtree(data / "school")):
        damage(data)
        with school(data) as spaces:
            with carrying.sought(data, newest(data)) as backup:
                deeds.restore(spaces, backup, "local")
            assert found_in(spaces) == ()
        assert found(data) == ()
        with school(data) as spaces:
            imported(spaces, "c")
            assert amounts(spaces).keys() == {"a", "c"}
        assert found(data) == ()


def newest(data: Path) -> str:
    return max(path.name for path in (data / "backups" / "school" / "by_hand").iterdir())


def test_a_restore_that_was_not_noted_explains_it_too(data: Path) -> None:
    """Killed between the exchange and the note."""
    with school(data) as spaces, carrying.sought(data, newest(data)) as backup:
        log = (data / "audit.jsonl").read_bytes(), (data / "audit.head").read_bytes()
        deeds.restore(spaces, backup, "local")
    (data / "audit.jsonl").write_bytes(log[0])
    (data / "audit.head").write_bytes(log[1])
    assert found(data) == ()


def test_a_decision_to_go_on_explains_it(data: Path) -> None:
    shutil.rmtree(data / "school")
    with school(data) as spaces:
        spaces.warehouse("school").go_on()
        assert found_in(spaces) == ()
        imported(spaces, "c")
    assert found(data) == ()


def test_another_computer_knows_nothing_and_says_nothing(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with school(other) as spaces:
        with carrying.sought(other, str(data / "backups/school/by_hand" / newest(data))) as backup:
            deeds.restore(spaces, backup, "local")
        imported(spaces, "c")
    assert found(other) == ()


def test_a_manifest_that_is_none_is_passed_over(data: Path) -> None:
    later = data / "backups" / "school" / "daily" / f"{datetime.now():%Y%m%d-%H%M%S}-2"
    later.mkdir(parents=True)
    (later / "manifest.json").write_text("[" * 200_000, encoding="utf-8")
    assert found(data) == ()
