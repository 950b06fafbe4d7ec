"""A disk or a file that is at fault: a backup says so in words, and is made where it can be."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from errno import ENOSPC
from io import BytesIO
from pathlib import Path

import pytest
from kept import spend, spending

from dashboard.access import Accounts
from dashboard.checkup import CHECKS, accounts, made
from dashboard.cli import main
from dashboard.errors import RefusedBackup
from dashboard.keeping import backups, carrying, daily, deeds, words
from dashboard.keeping.asked import Asked, answer
from dashboard.keeping.manifest import ACCOUNTS
from dashboard.roles import Role
from dashboard.workspaces import Workspaces

NOON = datetime(2026, 3, 4, 12, 0)


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    with spending(tmp_path, monkeypatch, a="12.34") as found:
        yield found


def in_place_of(folder: Path) -> None:
    """A file lies where the folder should be."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("x")


def look(spaces: Workspaces, at: datetime) -> bool:
    return daily.daily(spaces.data, lambda: spaces, at)


# -- the backups' own folders ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["backups", "backups/school", "backups/school/daily"])
def test_a_daily_backup_that_has_no_place_is_told_of(spaces: Workspaces, name: str) -> None:
    look(spaces, NOON)
    spend(spaces, "b", "1")
    in_place_of(spaces.data / name)
    with pytest.raises(RefusedBackup) as refused:
        look(spaces, NOON + timedelta(days=1))
    assert refused.value.code == "backup_failed"
    assert name in refused.value.message.zh
    assert daily.failure(spaces.data) == (NOON + timedelta(days=1), refused.value.message)
    (spaces.data / name).unlink()
    assert look(spaces, NOON + timedelta(days=1, minutes=10))
    assert daily.failure(spaces.data) is None


def test_status_tells_of_it(spaces: Workspaces, monkeypatch: pytest.MonkeyPatch) -> None:
    look(spaces, datetime.now() - timedelta(days=1))
    spend(spaces, "b", "1")

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(backups, "check_room", fault)
        with pytest.raises(ZeroDivisionError):
            look(spaces, datetime.now())
    found = made(CHECKS["backup"], spaces, thorough=False)
    assert found.state == "doubt"
    assert "自动备份没有完成" in found.words.zh


def test_a_failure_whose_words_were_cut_short_by_a_full_disk_is_one(spaces: Workspaces) -> None:
    look(spaces, NOON)
    (backups.place(spaces.data) / "failed.json").touch()
    assert daily.failure(spaces.data)


def test_where_no_week_can_be_kept_the_backup_is_whole_all_the_same(spaces: Workspaces) -> None:
    in_place_of(backups.place(spaces.data) / "weekly")
    for day in range(9):
        kept = deeds.back_up(spaces, "local", "daily", NOON + timedelta(days=day))
        assert kept.is_whole
    kinds = [backup.kind for backup in backups.listed(spaces.data)]
    assert (kinds.count("daily"), kinds.count("monthly")) == (7, 1)


def test_where_there_is_no_backup_none_is_restored(
    spaces: Workspaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = answer(spaces, Asked("preview"))
    assert not said.done
    assert "没有完好的备份" in said.lines[0].zh


# -- to take away ------------------------------------------------------------------------------


def test_a_backup_whose_files_are_of_1970_can_be_taken_away(spaces: Workspaces) -> None:
    backup = deeds.back_up(spaces, "local")
    for file in backup.folder.iterdir():
        os.utime(file, (0, 0))
    taken = BytesIO()
    deeds.carried(spaces, backup, taken, "local")
    with carrying.unpacked(spaces.data, taken, "taken.zip") as found:
        assert found.is_whole


def test_a_backup_can_be_taken_off_a_disk_that_cannot_be_written(spaces: Workspaces) -> None:
    backup = deeds.back_up(spaces, "local")
    (backups.place(spaces.data) / "taken").mkdir()
    taken = BytesIO()
    deeds.carried(spaces, backup, taken, "local")
    assert taken.getvalue().startswith(b"PK")


# -- the accounts beside the data --------------------------------------------------------------


def damaged(data: Path, how: str) -> None:
    """The file of the accounts, in one of the ways in which nobody can read it."""
    path = data / ACCOUNTS
    if how == "folder":
        path.mkdir()
    elif how == "garbage":
        path.write_bytes(b"no database at all, " * 300)
    else:
        with closing(sqlite3.connect(path)) as held:
            held.execute("create table people (name text)")
            held.executemany("insert into people values (?)", [("x" * 500,)] * 50)
            held.commit()
        whole = path.read_bytes()
        path.write_bytes(whole[:5000] + b"\xff" * 8000 + whole[13000:])


@pytest.mark.parametrize("how", ["garbage", "folder", "torn"])
def test_damaged_accounts_stop_no_backup_and_are_named(spaces: Workspaces, how: str) -> None:
    damaged(spaces.data, how)
    backup = deeds.back_up(spaces, "local")
    assert backup.is_whole
    assert not list(backup.folder.glob("*-journal"))
    if how == "garbage":
        assert (backup.folder / ACCOUNTS).read_bytes() == (spaces.data / ACCOUNTS).read_bytes()
    if how != "torn":  # its pages are copied as they are
        assert ACCOUNTS in words.made(backup)[-1].zh
    found = made(CHECKS["accounts"], spaces, thorough=False)
    assert found.state == "bad"
    assert ACCOUNTS in found.words.zh
    assert main(["verify", "--data", str(spaces.data)]) == 1


def test_whole_accounts_and_none_are_well(spaces: Workspaces) -> None:
    assert made(CHECKS["accounts"], spaces, thorough=True).state == "ok"
    Accounts(spaces.data).begin("陈代表", "quite a long sentence")
    before = {path.name for path in spaces.data.iterdir()}
    assert made(CHECKS["accounts"], spaces, thorough=True).state == "ok"
    assert {path.name for path in spaces.data.iterdir()} == before


@pytest.mark.parametrize("how", ["gone", "emptied", "older"])
def test_accounts_that_the_log_knows_and_the_file_has_lost_are_named(
    spaces: Workspaces, how: str
) -> None:
    path, people = spaces.data / ACCOUNTS, Accounts(spaces.data)
    people.begin("陈代表", "quite a long sentence")
    people.add("李老师", None, Role.AUDITOR, email="li@school.example")
    older = path.read_bytes()
    people.add("王老师", None, Role.AUDITOR, email="wang@school.example")
    path.write_bytes(older if how == "older" else b"")
    if how == "gone":
        path.unlink()
    found = made(CHECKS["accounts"], spaces, thorough=False)
    assert found.state == "bad"
    assert ("u3" if how == "older" else "u1, u2, u3") in found.words.zh
    people.add("赵主席", None, Role.OFFICER, email="zhao@school.example")
    assert made(CHECKS["accounts"], spaces, thorough=False).state == "ok", "begun anew"


def test_an_older_file_that_brings_a_removed_account_back_is_told(spaces: Workspaces) -> None:
    path, people = spaces.data / ACCOUNTS, Accounts(spaces.data)
    people.begin("陈代表", "quite a long sentence")
    older_one = people.add("李老师", None, Role.AUDITOR, email="li@school.example")
    older = path.read_bytes()
    people.remove(older_one.number)
    assert made(CHECKS["accounts"], spaces, thorough=False).state == "ok"
    path.write_bytes(older)
    assert "u2 又能登录" in made(CHECKS["accounts"], spaces, thorough=False).words.zh


def test_accounts_that_cannot_be_opened_now_are_not_called_damaged(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full or read-only disk: the remedy for damage would lose a whole file."""
    Accounts(spaces.data).begin("陈代表", "quite a long sentence")
    monkeypatch.setattr(accounts, "trouble", lambda _: "SQLITE_CANTOPEN")
    found = made(CHECKS["accounts"], spaces, thorough=False)
    assert found.state == "bad"
    assert "已损坏" not in found.words.zh
    assert "不要移动" in found.words.zh


def test_a_disk_that_is_full_under_the_accounts_is_told_as_ever(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged(spaces.data, "garbage")

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(RefusedBackup) as refused:
        deeds.back_up(spaces, "local")
    assert refused.value.code == "backup_failed"
