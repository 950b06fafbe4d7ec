"""A restore says what it brings before it does it, and leaves either the old data or the new."""

import io
import json
import os
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from kept import KILLED_RESTORE, amounts, program, school, spend, spending

from dashboard import audit
from dashboard.errors import DashboardError, RefusedBackup, WorkspaceBusy
from dashboard.keeping import backups, carrying, deeds, manifest, restoring, words
from dashboard.keeping.backups import Backup
from dashboard.keeping.manifest import DATABASE
from dashboard.text import Lang
from dashboard.warehouse import database
from dashboard.workspaces import Workspaces

NOON = datetime(2026, 3, 4, 12, 0)


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    with spending(tmp_path, monkeypatch, a="12.34", b="0.01") as found:
        yield found


@pytest.fixture
def backup(spaces: Workspaces) -> Backup:
    """Of two imports; a third has come since."""
    made = deeds.back_up(spaces, "local", at=NOON)
    spend(spaces, "c", "99")
    return made


def refused(spaces: Workspaces, backup: Backup) -> str:
    """The code of the refusal; the data of today stands."""
    before = amounts(spaces)
    with pytest.raises(DashboardError) as found:
        deeds.restore(spaces, backup, "local")
    assert amounts(spaces) == before
    return found.value.code


# --- what it would bring ----------------------------------------------------------------------


def told(spaces: Workspaces, backup: Backup, lang: Lang = "zh") -> str:
    return "\n".join(line(lang) for line in words.preview(restoring.preview(spaces, backup)))


def test_it_says_what_would_be_gone(spaces: Workspaces, backup: Backup) -> None:
    seen = restoring.preview(spaces, backup)
    assert [one.import_id for one in seen.gone] == [3]
    assert seen.back == ()
    said = told(spaces, backup)
    assert "恢复后将没有：第 3 次导入" in said
    assert "3 行 → 2 行" in said
    assert "支出 111.35 → 12.35" in said
    assert "rows 3 → 2" in told(spaces, backup, "en")
    assert amounts(spaces).keys() == {"a", "b", "c"}, "and nothing was done"


def test_it_says_what_would_come_back(spaces: Workspaces, backup: Backup) -> None:
    spaces.warehouse("school").undo(2, "李老师", unwind=True)
    seen = restoring.preview(spaces, backup)
    assert [one.import_id for one in seen.back] == [2]
    assert "恢复后重新出现：第 2 次导入" in told(spaces, backup)


def test_it_says_that_accounts_and_the_log_do_not_come_back(
    spaces: Workspaces, backup: Backup
) -> None:
    assert words.APART.zh not in told(spaces, backup), "there were none when it was made"
    later = deeds.back_up(spaces, "local", at=NOON + timedelta(hours=1))
    assert later.manifest is not None
    assert manifest.AUDIT in later.manifest.files
    assert "账号和操作记录不随备份恢复" in told(spaces, later)
    assert "Accounts and the audit log do not come back" in told(spaces, later, "en")
    about = json.loads((later.folder / manifest.NAME).read_text("utf-8"))["about"]
    assert all(manifest.ACCOUNTS in line for line in about.values())


def test_it_says_that_nothing_would_change(spaces: Workspaces) -> None:
    made = deeds.back_up(spaces, "local")
    assert "登记簿的内容与现在相同" in told(spaces, made)


def test_it_says_that_the_settings_are_another_schools(spaces: Workspaces) -> None:
    warehouse = spaces.warehouse("school")
    warehouse.set("profile", {"name": "育才小学", "place": ""})
    made = deeds.back_up(spaces, "local")
    warehouse.set("profile", {"name": "实验小学", "place": ""})
    said = told(spaces, made)
    assert "“育才小学”" in said
    assert "“实验小学”" in said


# --- what it does -----------------------------------------------------------------------------


def test_everything_is_as_it_was_to_the_cent(spaces: Workspaces, backup: Backup) -> None:
    done = deeds.restore(spaces, backup, "local")
    assert amounts(spaces) == {"a": "12.3400", "b": "0.0100"}
    (total,) = spaces.warehouse("school").read("select sum(expense) as expense from ledger")
    assert backup.manifest is not None
    assert total["expense"] == Decimal(backup.manifest.moment.tables["ledger"].sums["expense"])
    assert done.kept is not None
    assert done.broken is None
    assert spaces.warehouse("school").verified.whole
    assert spend(spaces, "d", "5") == 3


def test_what_was_there_before_can_be_had_again(spaces: Workspaces, backup: Backup) -> None:
    kept = deeds.restore(spaces, backup, "local").kept
    assert kept is not None
    deeds.restore(spaces, kept, "local", at=NOON + timedelta(hours=1))
    assert amounts(spaces).keys() == {"a", "b", "c"}


def test_the_version_never_goes_back(spaces: Workspaces, backup: Backup) -> None:
    warehouse = spaces.warehouse("school")
    before = warehouse.version
    deeds.restore(spaces, backup, "local")
    assert warehouse.version > before
    assert spaces.warehouse("school") is warehouse


def test_it_holds_after_a_restart(spaces: Workspaces, backup: Backup) -> None:
    deeds.restore(spaces, backup, "local")
    spaces.close()
    with school(spaces.data) as again:
        assert amounts(again).keys() == {"a", "b"}
        assert again.warehouse("school").verified.whole


def test_readers_see_the_old_or_the_new_and_no_error(spaces: Workspaces, backup: Backup) -> None:
    seen: set[frozenset[str]] = set()
    ended, troubles = threading.Event(), []

    def look_on() -> None:
        while not ended.is_set():
            try:
                seen.add(frozenset(amounts(spaces)))
            except DashboardError as trouble:
                troubles.append(trouble)

    readers = [threading.Thread(target=look_on) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        deeds.restore(spaces, backup, "local")
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert troubles == []
    assert seen <= {frozenset("abc"), frozenset("ab")}


def test_an_import_waits_for_the_restore_and_is_not_lost(
    spaces: Workspaces, backup: Backup
) -> None:
    writer = threading.Thread(target=lambda: spend(spaces, "late", "7"))
    with spaces.warehouse("school").standing_still():
        writer.start()
        deeds.restore(spaces, backup, "local")
    writer.join()
    assert amounts(spaces).keys() == {"a", "b", "late"}


def test_a_long_reading_is_not_cut_off(
    spaces: Workspaces, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.2)
    with spaces.warehouse("school").snapshot() as reader:
        with pytest.raises(WorkspaceBusy) as found:
            deeds.restore(spaces, backup, "local")
        assert len(reader.read("from ledger")) == 3
    assert found.value.code == "in_use"
    assert deeds.restore(spaces, backup, "local", at=NOON + timedelta(hours=1)).kept


def test_a_restore_is_noted_without_a_name(spaces: Workspaces, backup: Backup) -> None:
    deeds.restore(spaces, backup, "u3")
    entry = audit.entries(spaces.data)[-1]
    assert (entry.act, entry.who) == ("restored", "u3")
    assert entry.facts == {"backup": "20260304-120000", "imports_gone": 1}


# --- a broken file ----------------------------------------------------------------------------


def spoilt(spaces: Workspaces) -> bytes:
    """The file of today, broken; it is not open any more."""
    spaces.close()
    file = spaces.data / "school" / DATABASE
    broken = bytearray(file.read_bytes())
    broken[4096 : len(broken)] = os.urandom(len(broken) - 4096)
    file.write_bytes(broken)
    return bytes(broken)


def test_a_broken_file_is_set_aside_and_replaced(spaces: Workspaces, backup: Backup) -> None:
    broken = spoilt(spaces)
    with school(spaces.data) as again:
        with pytest.raises(WorkspaceBusy):
            again.warehouse("school")
        assert "已损坏" in told(again, backup)
        done = deeds.restore(again, backup, "local", at=NOON)
        assert amounts(again).keys() == {"a", "b"}
        assert again.warehouse("school").verified.whole
    assert done.broken is not None
    assert done.broken.name == f"{DATABASE}.broken-20260304-120000"
    assert done.broken.read_bytes() == broken, "nothing of it is lost"


def test_where_nobody_knows_who_was_deleted_it_is_said_that_somebody_was(
    spaces: Workspaces, backup: Backup
) -> None:
    """Our own backups were written anew then; one that was taken away brings them back."""
    audit.note(spaces.data, "person_deleted", "local")
    spoilt(spaces)
    with school(spaces.data) as again:
        assert "恢复后会回来" in told(again, replace(backup, kind=None))
        assert "恢复后会回来" not in told(again, backup)


@pytest.mark.parametrize("reason", ["IOException: Permission denied", "EROFS", "EMFILE"])
def test_a_file_that_nobody_may_open_is_no_broken_one(
    spaces: Workspaces, backup: Backup, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def shut(_: str) -> None:
        raise WorkspaceBusy("storage", reason=reason)

    with monkeypatch.context() as system:
        system.setattr(spaces, "warehouse", shut)
        with pytest.raises(WorkspaceBusy):
            restoring.preview(spaces, backup)
        with pytest.raises(WorkspaceBusy):
            deeds.restore(spaces, backup, "local")
    assert amounts(spaces).keys() == {"a", "b", "c"}
    assert not list((spaces.data / "school").glob("*.broken-*"))


def test_a_new_computer_takes_the_backup_of_the_old_one(
    spaces: Workspaces, backup: Backup, tmp_path: Path
) -> None:
    file = io.BytesIO()
    carrying.zipped(backup, file)
    (tmp_path / "stick.zip").write_bytes(file.getvalue())
    shutil.copytree(backup.folder, tmp_path / "copied")
    for number, named in enumerate(("stick.zip", "copied")):
        with school(tmp_path / f"other{number}") as other:
            with carrying.sought(other.data, str(tmp_path / named)) as found:
                deeds.restore(other, found, "local")
            assert amounts(other).keys() == {"a", "b"}
            assert spend(other, "c", "1") == 3
            assert not list(other.data.glob("restore-*"))


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["cut", "gone", "flipped"])
def test_a_torn_backup_is_refused(spaces: Workspaces, backup: Backup, harm: str) -> None:
    file = backup.folder / DATABASE
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    {"cut": lambda: file.write_bytes(held[:5000]), "gone": file.unlink,
     "flipped": lambda: file.write_bytes(held)}[harm]()  # fmt: skip
    assert refused(spaces, backup) == "backup_damaged"


def told_anew(backup: Backup, **changes: object) -> Backup:
    """A manifest that somebody wrote over."""
    path = backup.folder / manifest.NAME
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
    return Backup(backup.folder, backup.kind, manifest.Manifest.read(backup.folder))


def test_a_backup_whose_manifest_fits_a_damaged_file_is_refused(
    spaces: Workspaces, backup: Backup
) -> None:
    """The file is what the manifest says, yet no database: a child reads it, and not the server."""
    file = backup.folder / DATABASE
    held = bytearray(file.read_bytes())
    held[12288:60000] = os.urandom(60000 - 12288)
    file.write_bytes(held)
    files = {DATABASE: {"bytes": len(held), "sha256": backups.digest(file)}}
    assert refused(spaces, told_anew(backup, files=files)) == "backup_damaged"
    assert not list(spaces.data.glob("*.incoming")), "and nothing stays of the attempt"


def test_a_backup_that_holds_other_rows_than_it_says_is_refused(
    spaces: Workspaces, backup: Backup
) -> None:
    other = deeds.back_up(spaces, "local")
    shutil.copyfile(other.folder / DATABASE, backup.folder / DATABASE)
    file = backup.folder / DATABASE
    files = {DATABASE: {"bytes": file.stat().st_size, "sha256": backups.digest(file)}}
    assert refused(spaces, told_anew(backup, files=files)) == "backup_damaged"


def test_a_backup_of_a_later_program_is_refused(spaces: Workspaces, backup: Backup) -> None:
    assert refused(spaces, told_anew(backup, format=2)) == "backup_newer"


@pytest.mark.parametrize("words", ["{}", "[]", "no json", '{"format": 1, "files": {}}'])
def test_what_is_no_backup_is_refused(spaces: Workspaces, backup: Backup, words: str) -> None:
    (backup.folder / manifest.NAME).write_text(words)
    broken = Backup(backup.folder, backup.kind, manifest.Manifest.read(backup.folder))
    assert refused(spaces, broken) == "backup_foreign"


def test_files_that_no_backup_has_are_no_backup(spaces: Workspaces, backup: Backup) -> None:
    held = {"bytes": 1, "sha256": ""}
    forged = told_anew(backup, files={DATABASE: held, "../../school/active": held})
    assert refused(spaces, forged) == "backup_foreign"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_backup_is_refused(spaces: Workspaces, data: bytes) -> None:
    with (
        pytest.raises(RefusedBackup) as found,
        carrying.unpacked(spaces.data, io.BytesIO(data), "x.zip"),
    ):
        pass
    assert found.value.code == "backup_foreign"
    assert not list(spaces.data.glob("restore-*"))


def test_a_zip_unpacks_no_more_than_it_says_and_nowhere_else(
    spaces: Workspaces, backup: Backup
) -> None:
    """A bomb behind a modest manifest; and names that lead out of the folder are not followed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(backup.folder / manifest.NAME, "../../manifest.json")
        archive.writestr("x/ledger.jsonl", b"{}")
        archive.writestr(f"../{DATABASE}", bytes(50_000_000))
        archive.writestr("../../evil.py", b"evil")
    with pytest.raises(RefusedBackup) as found, carrying.unpacked(spaces.data, file, "x.zip"):
        pass
    assert found.value.code == "backup_damaged"
    assert not list(spaces.data.parent.rglob("evil.py"))
    assert not list(spaces.data.glob("restore-*"))


def test_an_unknown_name_is_refused(spaces: Workspaces) -> None:
    with pytest.raises(RefusedBackup) as found, carrying.sought(spaces.data, "20200101-000000"):
        pass
    assert found.value.code == "backup_unknown"


# --- cut off ----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="killed by a signal")
def test_a_killed_restore_leaves_the_old_data_or_the_new(
    spaces: Workspaces, backup: Backup
) -> None:
    """At every third step that moves or removes a file, until one run comes to its end; the soak
    run takes each.
    """
    spaces.close()
    seen = []
    for step in range(1, 60, 3):
        child = program(KILLED_RESTORE, spaces.data, step)
        _, trouble = child.communicate(timeout=120)
        assert child.returncode in (0, -9), trouble
        with school(spaces.data) as again:
            seen.append("".join(sorted(amounts(again))))
            assert again.warehouse("school").verified.whole
            deeds.begin(again)
            if seen[-1] == "ab":
                spend(again, "c", "99")
        if child.returncode == 0:
            break
    assert set(seen) == {"abc", "ab"}
    assert not list(spaces.data.glob("*.incoming"))
