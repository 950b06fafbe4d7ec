"""The audit log beside the backups' copies of it: that it was removed or rolled back is told."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kept import school, spend
from test_persons import NUMBER, fill

from dashboard import audit
from dashboard.checkup import CHECKS, Found, made
from dashboard.cli import main
from dashboard.keeping import backups, carrying, deeds
from dashboard.keeping.manifest import AUDIT

LOG = ("audit.jsonl", "audit.head")
NOON = datetime(2026, 3, 4, 12)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two backups: one of a log with an entry, one of a log with four; then two entries more."""
    folder = tmp_path_factory.mktemp("copies")
    data = folder / "data"
    audit.note(data, "signed_in", "u1")
    with school(data) as spaces:
        spaces.enter("school")
        spend(spaces, "a", "12.34")
        deeds.back_up(spaces, "local", at=NOON)
        shutil.copytree(data, folder / "older")
        audit.note(data, "person_exported", "u1")
        audit.note(data, "unmasked", "u1")
        deeds.back_up(spaces, "local", at=NOON + timedelta(days=1))
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


def look(data: Path) -> Found:
    with school(data) as spaces:
        return made(CHECKS["audit"], spaces, thorough=True)


def removed(data: Path) -> None:
    for name in LOG:
        (data / name).unlink()


def rolled_back(data: Path, filled: Path) -> None:
    for name in LOG:
        shutil.copy(filled.parent / "older" / name, data / name)


def test_a_log_that_only_grew_is_whole(data: Path) -> None:
    assert look(data).state == "ok"
    audit.note(data, "archived", "u1")
    assert look(data).state == "ok"


def test_a_log_put_back_to_an_older_copy_is_told(
    data: Path, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rolled_back(data, filled)
    assert audit.verify(data).is_whole
    found = look(data)
    assert found.state == "bad"
    assert "2026-03-05 12:00 的备份不符：那时有 4 条" in found.words.zh
    assert "backups/school/by_hand/20260305-120000" in found.words.zh
    assert "backup of 2026-03-05 12:00" in found.words.en
    assert main(["verify", "--data", str(data)]) == 1
    assert "✗ 操作记录: 与 2026-03-05" in capsys.readouterr().out


def test_and_still_is_when_it_went_on_and_was_backed_up_again(data: Path, filled: Path) -> None:
    rolled_back(data, filled)
    for _ in range(6):
        audit.note(data, "signed_in", "u1")
    with school(data) as spaces:
        deeds.back_up(spaces, "local")
    assert "不符：那时有 4 条" in look(data).words.zh


def test_one_put_back_to_the_moment_of_the_backup_is_doubted(data: Path) -> None:
    """The backup itself is a deed that was noted after it."""
    held = backups.distinct(data)[0].folder / AUDIT
    removed(data)
    for line in held.read_text("utf-8").splitlines():
        told = json.loads(line)
        more = {key: told[key] for key in told.keys() - {"n", "at", "who", "act", "before", "hash"}}
        audit.note(data, told["act"], told["who"], datetime.fromisoformat(told["at"]), **more)
    assert (data / AUDIT).read_bytes() == held.read_bytes()
    found = look(data)
    assert (found.state, "没有记下 2026-03-05 12:00 的备份" in found.words.zh) == ("doubt", True)
    assert "is not noted in it" in found.words.en


def test_a_log_that_was_removed_is_told(data: Path) -> None:
    removed(data)
    assert audit.verify(data).is_whole
    found = look(data)
    assert found.state == "bad"
    assert "不见了：2026-03-05 12:00 的备份里有 4 条" in found.words.zh
    assert "it is gone" in found.words.en


def test_and_one_begun_anew_after_it(data: Path) -> None:
    removed(data)
    audit.note(data, "opened", "u1", page="overview")
    found = look(data)
    assert (found.state, "从头开始过" in found.words.zh) == ("bad", True)


def test_an_empty_log_beside_what_people_did_is_told(data: Path) -> None:
    shutil.rmtree(data / "backups")
    removed(data)
    found = look(data)
    assert (found.state, "导入账本里有 1 次操作" in found.words.zh) == ("doubt", True)
    with school(data) as spaces:
        spaces.warehouse("school")  # notes again what was done
    assert look(data).state == "ok"


# -- what is no loss ----------------------------------------------------------------------------


def test_nothing_is_missed_where_nothing_was_done(tmp_path: Path) -> None:
    with school(tmp_path) as spaces:
        spaces.enter("school")
        spaces.warehouse("school")
    assert look(tmp_path).state == "ok"


def test_a_backup_of_another_computer_is_no_older_state_of_this_log(
    data: Path, tmp_path: Path
) -> None:
    """Restored from where it was brought, or laid among the backups first."""
    newest = backups.distinct(data)[0]
    for number, is_laid in enumerate((False, True)):
        other = tmp_path / f"other{number}"
        if is_laid:
            shutil.copytree(data / "backups", other / "backups")
        with school(other) as spaces, carrying.sought(other, str(newest.folder)) as found:
            deeds.restore(spaces, found, "local")
            spend(spaces, "b", "1")
            deeds.back_up(spaces, "local")
        assert look(other).state == "ok"


def test_a_restore_of_an_older_backup_leaves_the_log(data: Path) -> None:
    with school(data) as spaces, carrying.sought(data, "20260304-120000") as found:
        deeds.restore(spaces, found, "local")
    assert look(data).state == "ok"


def test_a_copy_that_rotted_accuses_nobody(data: Path) -> None:
    """The check of backups tells of it."""
    for one in backups.listed(data):
        copy = one.folder / AUDIT
        copy.write_bytes(copy.read_bytes().replace(b"u1", b"u2"))
        told = json.loads((one.folder / "manifest.json").read_text("utf-8"))
        told["files"][AUDIT]["sha256"] = "0" * 64
        (one.folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    assert look(data).state == "ok"


def test_a_deletion_writes_the_backups_anew_and_leaves_their_copies(tmp_path: Path) -> None:
    with school(tmp_path) as spaces:
        fill(spaces)
        deeds.back_up(spaces, "local")
    assert main(["person", "delete", NUMBER, "--yes", "--data", str(tmp_path)]) == 0
    assert look(tmp_path).state == "ok"
