"""A backup is whole or not there, whoever writes meanwhile and whatever the disk does."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kept import amounts, in_file, program, school, spend, spending

from dashboard import audit
from dashboard.errors import DashboardError, RefusedBackup
from dashboard.keeping import backups, daily, deeds, disk, manifest
from dashboard.keeping.asked import newest
from dashboard.keeping.manifest import DATABASE
from dashboard.workspaces import Workspaces

NOON = datetime(2026, 3, 4, 12, 0)


@pytest.fixture
def spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspaces]:
    with spending(tmp_path, monkeypatch, a="12.34") as found:
        yield found


# --- whole -----------------------------------------------------------------------------------


def test_a_backup_holds_every_row_and_says_so(spaces: Workspaces) -> None:
    made = deeds.back_up(spaces, "local", at=NOON)
    assert in_file(made) == amounts(spaces) == {"a": "12.3400"}
    assert made.name == "20260304-120000"
    assert made.is_whole
    told = made.manifest
    assert told is not None
    assert told.moment.tables["ledger"].sums["expense"] == "12.3400"
    assert [(one.import_id, one.rows) for one in told.moment.imports] == [(1, {"ledger": 1})]
    assert told.files.keys() == {DATABASE, "ledger.jsonl"}


def test_a_backup_is_found_again_as_it_was_made(spaces: Workspaces) -> None:
    made = deeds.back_up(spaces, "local", at=NOON)
    assert backups.distinct(spaces.data)[0].manifest == made.manifest


def test_two_of_one_second_are_two_whatever_they_are_kept_for(spaces: Workspaces) -> None:
    warehouse = spaces.warehouse("school")
    for why in ("by_hand", "before_restore", "by_hand"):
        backups.make(warehouse, spaces.data, why, NOON)
    assert len(backups.distinct(spaces.data)) == 3


def test_nobody_else_can_read_a_backup(spaces: Workspaces) -> None:
    made = deeds.back_up(spaces, "local", at=NOON)
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in made.folder.iterdir()} == {0o600}
        above = [made.folder, *list(made.folder.parents)[:3]]
        assert {path.stat().st_mode & 0o777 for path in above} == {0o700}


def test_accounts_and_the_log_lie_beside(spaces: Workspaces) -> None:
    import sqlite3

    with closing(sqlite3.connect(spaces.data / "accounts.sqlite")) as accounts:
        accounts.execute("create table people (name)")
        accounts.execute("insert into people values ('u1')")
        accounts.commit()
    audit.note(spaces.data, "opened", "local", page="funds")
    whole = (spaces.data / "audit.jsonl").read_bytes()
    with (spaces.data / "audit.jsonl").open("ab") as log:
        log.write(b'{"torn')
    with deeds.alone(spaces):
        made = backups.make(spaces.warehouse("school"), spaces.data, "by_hand", NOON)
    with closing(sqlite3.connect(made.folder / "accounts.sqlite")) as accounts:
        assert accounts.execute("select name from people").fetchall() == [("u1",)]
    assert (made.folder / "audit.jsonl").read_bytes() == whole


def test_a_backup_is_noted_without_a_name(spaces: Workspaces) -> None:
    deeds.back_up(spaces, "u3", at=NOON)
    (entry,) = audit.entries(spaces.data)
    assert (entry.act, entry.who) == ("backed_up", "u3")
    assert entry.facts == {"backup": "20260304-120000", "why": "by_hand", "imports": 1}


# --- not whole -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DATABASE, "ledger.jsonl", "manifest.json"])
@pytest.mark.parametrize("harm", ["cut", "gone", "flipped"])
def test_a_torn_backup_is_not_whole(spaces: Workspaces, name: str, harm: str) -> None:
    path = deeds.back_up(spaces, "local", at=NOON).folder / name
    held = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(held[:-1])
    else:
        middle = len(held) // 2 if name != "manifest.json" else 0
        path.write_bytes(held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :])
    assert not next(b for b in backups.listed(spaces.data) if b.kind == "by_hand").is_whole


def test_too_little_room_is_said_before_anything_is_written(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "room", lambda _: 2**20)
    with pytest.raises(RefusedBackup) as refused:
        deeds.back_up(spaces, "local", at=NOON)
    assert refused.value.code == "backup_space"
    assert "1 MB" in refused.value.message.zh
    assert backups.listed(spaces.data) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from dashboard.errors import DashboardError
from dashboard.keeping import deeds
from kept import amounts, school, spend
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with school(Path(sys.argv[1])) as spaces:
    before = amounts(spaces)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    try:
        deeds.back_up(spaces, "local")
    except DashboardError as refusal:
        print(refusal.code)
    assert amounts(spaces) == before, "who reads goes on"
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(deeds.back_up(spaces, "local").is_whole)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of this kind there")
def test_a_full_disk_leaves_no_half_backup_and_the_readers_go_on(spaces: Workspaces) -> None:
    spaces.close()
    child = program(FULL, spaces.data)
    said, trouble = child.communicate(timeout=60)
    assert child.returncode == 0, trouble
    assert said.split()[1:] == ["True"]
    assert said.split()[0] in ("no_room", "storage", "backup_failed")
    kept = [path.name for path in backups.place(spaces.data).glob("*/*")]
    assert not [name for name in kept if name.endswith(disk.UNFINISHED)]


def test_never_two_at_once(spaces: Workspaces) -> None:
    with deeds.alone(spaces), pytest.raises(RefusedBackup) as refused:
        deeds.back_up(spaces, "local")
    assert refused.value.code == "keeping_busy"
    assert deeds.back_up(spaces, "local").is_whole, "and afterwards as ever"


KILLED = """
import os, signal, sys
from pathlib import Path
from dashboard.keeping import deeds
from kept import school

def cut(event, arguments):
    global left
    if event in ("os.rename", "os.mkdir", "os.link", "shutil.copyfile") or event == "os.chmod":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

with school(Path(sys.argv[1])) as spaces:
    spaces.warehouse("school")
    left = int(sys.argv[2])
    sys.addaudithook(cut)
    deeds.back_up(spaces, "local")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="killed by a signal")
def test_a_killed_backup_leaves_only_what_the_next_start_clears(spaces: Workspaces) -> None:
    spaces.close()
    seen = set()
    for step in (3, 5, 7, 12):
        child = program(KILLED, spaces.data, step)
        child.communicate(timeout=60)
        seen.add(child.returncode)
        assert all(backup.is_whole for backup in backups.listed(spaces.data))
        with school(spaces.data) as again:
            deeds.begin(again)
        assert not list(backups.place(spaces.data).glob(f"*/*{disk.UNFINISHED}"))
    assert -9 in seen


# A backup is written anew; killed at that step that moves or removes a file.
REWRITTEN = """
import sys
from pathlib import Path
from dashboard.keeping.disk import settled
from kept import killed_at

new, place = map(Path, sys.argv[1:3])
killed_at(int(sys.argv[3]))
settled(new, place)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="killed by a signal")
def test_a_backup_written_anew_is_the_old_or_the_new_whenever_it_is_killed(tmp_path: Path) -> None:
    seen = []
    for step in range(1, 20):
        data = tmp_path / str(step)
        place = backups.place(data) / "daily" / "20260304-120000"
        new = place.with_name(place.name + disk.UNFINISHED)
        for folder, words in ((place, "old"), (new, "new")):
            folder.mkdir(parents=True)
            for name in manifest.FILES:
                (folder / name).write_text(words)
        child = program(REWRITTEN, new, place, step)
        _, trouble = child.communicate(timeout=60)
        assert child.returncode in (0, -9), trouble
        backups.tidy(data)
        assert [path.name for path in place.parent.iterdir()] == [place.name]
        (words,) = {(place / name).read_text() for name in manifest.FILES}
        seen.append(words)
        if child.returncode == 0:
            break
    assert seen[:3] == ["old", "old", "new"], "nothing moved; the old made room; the new is there"
    assert set(seen[2:]) == {"new"}
    assert len(seen) == 2 + len(manifest.FILES) + 2


# --- by itself -------------------------------------------------------------------------------


def test_a_backup_a_day_when_something_has_changed(spaces: Workspaces) -> None:
    def look(at: datetime) -> bool:
        return daily.daily(spaces.data, lambda: spaces, at)

    assert look(NOON), "the first"
    assert not look(NOON + timedelta(days=3)), "nothing has changed"
    spend(spaces, "b", "1")
    assert not look(NOON + timedelta(hours=5)), "there is one of today"
    assert look(NOON + timedelta(hours=23)), "another day"
    spend(spaces, "c", "1")
    assert look(NOON - timedelta(days=900)), "no backup is of that day: a wrong clock's, or not"


@pytest.mark.parametrize("wrong", [datetime(2001, 1, 1, 0, 5), datetime(2027, 6, 1, 9)])
def test_a_wrong_clock_makes_one_backup_a_day_and_none_of_the_same(
    spaces: Workspaces, wrong: datetime
) -> None:
    def made_at(begin: datetime) -> int:
        spaces.warehouse("school").outgrow(spaces.warehouse("school").version)
        looks = [begin + timedelta(minutes=10 * n) for n in range(5)]
        return sum(daily.daily(spaces.data, lambda: spaces, at) for at in looks)

    for day in range(7):
        assert made_at(NOON + timedelta(days=day)) == 1
    assert made_at(wrong) == 1
    assert made_at(wrong + timedelta(hours=2)) == 0, "something has changed; there is one of today"
    assert made_at(NOON + timedelta(days=8)) == 1, "the clock was put right"
    kept = [one.name[:8] for one in backups.listed(spaces.data) if one.kind == "daily"]
    assert len(kept) == 7
    assert kept[:3] == ["20260312", f"{wrong:%Y%m%d}", "20260310"], "in the order of their making"
    assert newest(spaces.data).startswith("20260312"), "what a restore brings unless told otherwise"


def test_a_demonstration_alone_is_not_backed_up(tmp_path: Path) -> None:
    with school(tmp_path / "data") as found:
        assert not daily.daily(found.data, lambda: found, NOON)
        assert not (found.data / "school").exists()


def test_what_kept_the_daily_backup_from_being_made_is_told_until_one_succeeds(
    spaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr(disk, "room", lambda _: 0)
        with pytest.raises(DashboardError):
            daily.daily(spaces.data, lambda: spaces, NOON)
    at, why = daily.failure(spaces.data) or (None, None)
    assert at == NOON
    assert why
    assert "磁盘空间不足" in why.zh
    daily.daily(spaces.data, lambda: spaces, NOON)
    assert daily.failure(spaces.data) is None


def test_the_clock_of_the_server_makes_the_backup(spaces: Workspaces) -> None:
    keeper = daily.Keeper(spaces.data, lambda: spaces, lambda: NOON, first=0)
    keeper.start()
    for _ in range(300):
        if backups.listed(spaces.data):
            break
        threading.Event().wait(0.1)
    keeper.stop()
    assert {backup.name for backup in backups.listed(spaces.data)} == {"20260304-120000"}
