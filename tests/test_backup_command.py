"""`python -m dashboard backup|restore|archive`: here, or by the server that holds the data."""

import io
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kept import amounts, program, school, spend, without_marts

from dashboard.cli import main
from dashboard.errors import RefusedBackup
from dashboard.keeping import asked, backups, daily, mailbox
from dashboard.keeping.asked import Answer, Asked
from dashboard.keeping.disk import UNFINISHED
from dashboard.keeping.manifest import DATABASE
from dashboard.text import same
from dashboard.workspaces import Workspaces


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as spaces:
        spend(spaces, "a", "12.34")
    return tmp_path / "data"


def held(data: Path) -> dict[str, str]:
    with school(data) as spaces:
        return amounts(spaces)


def test_a_backup_and_back_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--data", str(data)]) == 0
    assert "1 次导入，1 行" in capsys.readouterr().out
    with school(data) as spaces:
        spend(spaces, "b", "1")
    assert main(["restore", "--yes", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "恢复后将没有：第 2 次导入" in said
    assert "已恢复到" in said
    assert held(data) == {"a": "12.3400"}
    assert main(["backup", "--list", "--lang", "en", "--data", str(data)]) == 0
    assert capsys.readouterr().out.count("whole") == 2


def test_a_command_is_a_start_too_and_finds_what_was_cut_off(data: Path) -> None:
    assert main(["backup", "--data", str(data)]) == 0
    for one in backups.listed(data):
        one.folder.rename(f"{one.folder}.old{UNFINISHED}")
    assert backups.listed(data) == []
    assert main(["restore", "--yes", "--data", str(data)]) == 0
    assert all(one.is_whole for one in backups.listed(data))


def test_damaged_data_names_the_backup_that_brings_it_back(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--data", str(data)]) == 0
    (made,) = backups.distinct(data)
    file = data / "school" / DATABASE
    file.write_bytes(bytes(file.stat().st_size))
    assert main(["history", "--lang", "en", "--data", str(data)]) == 2
    said = capsys.readouterr().err
    assert f"The newest backup that looks whole is {made.name}, of " in said
    (made.folder / DATABASE).unlink()
    assert main(["history", "--lang", "en", "--data", str(data)]) == 2
    assert "no backup looks whole" in capsys.readouterr().err


def test_nothing_is_restored_unless_it_is_said_so(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", "--data", str(data)])
    with school(data) as spaces:
        spend(spaces, "b", "1")
    for typed, code in (("\n", 2), ("y\n", 2), ("恢复\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert len(held(data)) == 2
        assert main(["restore", "--data", str(data)]) == code
    assert "没有确认" in capsys.readouterr().err
    assert len(held(data)) == 1


def test_what_is_not_there_is_refused_in_words(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--list", "--data", str(data)]) == 0
    assert "还没有备份" in capsys.readouterr().out
    assert main(["restore", "x.zip", "--yes", "--data", str(data)]) == 2
    assert "没有备份 x.zip" in capsys.readouterr().err


def test_an_archive_where_it_is_wanted(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", "--to", str(tmp_path), "--data", str(data)]) == 0
    (made,) = tmp_path.glob("archive-*.zip")
    assert made.name in capsys.readouterr().out


# --- while a server holds the data ------------------------------------------------------------

SERVER = """
import sys
from pathlib import Path
from kept import school
from dashboard.keeping.daily import Keeper
with school(Path(sys.argv[1])) as spaces:
    spaces.warehouse("school")
    keeper = Keeper(spaces.data, lambda: spaces, first=9999)
    keeper.start()
    print("ready", flush=True)
    sys.stdin.readline()
    keeper.stop()
"""


@pytest.fixture
def serving(data: Path) -> Iterator[Path]:
    """Another process has the data open and looks into its mailbox, as the server does."""
    with program(SERVER, data) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield data
        process.communicate("\n", timeout=30)


def test_the_server_is_asked_where_it_holds_the_data(
    serving: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--data", str(serving)]) == 0
    assert "已读回核对" in capsys.readouterr().out
    assert main(["restore", "--yes", "--data", str(serving)]) == 0
    assert "已恢复到" in capsys.readouterr().out
    assert main(["archive", "--to", str(tmp_path), "--data", str(serving)]) == 0
    assert list(tmp_path.glob("archive-*.zip"))
    assert main(["restore", "nothing", "--yes", "--data", str(serving)]) == 2
    assert "没有备份 nothing" in capsys.readouterr().err
    assert list((serving / "requests").iterdir()) == []
    assert len(backups.distinct(serving)) == 2


# --- the mailbox ------------------------------------------------------------------------------


def done(_: Asked) -> Answer:
    return Answer(True, (same("done"),))


def test_nobody_answers_and_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(RefusedBackup) as refused:
        mailbox.ask(tmp_path, Asked("backup"), taken=0.2)
    assert refused.value.code == "server_silent"
    assert list((tmp_path / "requests").iterdir()) == [], "nobody carries it out later"


def asked_of(data: Path, server: Callable[[], object]) -> Answer:
    """What is answered where a server looks now and then."""
    ended = threading.Event()

    def serve() -> None:
        while not ended.wait(0.02):
            server()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        return mailbox.ask(data, Asked("backup"))
    finally:
        ended.set()
        thread.join()


def test_a_question_is_answered(tmp_path: Path) -> None:
    told = asked_of(tmp_path, lambda: mailbox.answer_all(tmp_path, done))
    assert told == done(Asked("backup"))


def test_an_answer_may_be_long(tmp_path: Path) -> None:
    told = Answer(True, (same("第 1 次导入" * 200),) * 100)
    assert asked_of(tmp_path, lambda: mailbox.answer_all(tmp_path, lambda _: told)) == told


def test_a_server_that_lets_go_of_a_request_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock was set forward, so that it seems too late; or there is no room for an answer."""
    monkeypatch.setattr(mailbox, "_is_waited_for", lambda _: False)
    with pytest.raises(RefusedBackup) as refused:
        asked_of(tmp_path, lambda: mailbox.answer_all(tmp_path, done))
    assert refused.value.code == "server_gone"


@pytest.mark.skipif(sys.platform == "win32", reason="there it ends with its time")
def test_a_server_that_was_killed_is_not_waited_for(tmp_path: Path) -> None:
    def killed() -> None:
        for request in (tmp_path / "requests").glob("*.ask"):
            request.with_suffix(".doing").write_text(str(dead()))
            request.unlink()

    with pytest.raises(RefusedBackup) as refused:
        asked_of(tmp_path, killed)
    assert refused.value.code == "server_gone"
    assert list((tmp_path / "requests").iterdir()) == []


def put(folder: Path, name: str, **words: object) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    asked_for = {"deed": "restore", "named": "", "pid": os.getpid(), "until": time.time() + 60}
    path = folder / name
    path.write_text(json.dumps(asked_for | words), "utf-8")
    return path


def dead() -> int:
    """The number of a process that is no more."""
    child = program("")
    child.communicate()
    return child.pid


@pytest.mark.parametrize(
    "words",
    [{"until": time.time() - 1}, {"deed": "delete everything"}, {"pid": "x"}, {"deed": None}],
    ids=["too late", "unknown", "no number", "nothing"],
)
def test_what_nobody_waits_for_is_not_done(tmp_path: Path, words: dict[str, object]) -> None:
    request = put(tmp_path / "requests", "a.ask", **words)
    assert mailbox.answer_all(tmp_path, lambda _: pytest.fail("it was done")) == 0
    assert not request.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there it ends with its time")
def test_what_a_dead_process_asked_is_not_done(tmp_path: Path) -> None:
    request = put(tmp_path / "requests", "a.ask", pid=dead())
    assert mailbox.answer_all(tmp_path, lambda _: pytest.fail("it was done")) == 0
    assert not request.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there a user's folder is their own")
def test_in_a_folder_where_others_can_write_nothing_is_a_request(tmp_path: Path) -> None:
    put(tmp_path / "requests", "a.ask")
    (tmp_path / "requests").chmod(0o777)
    assert mailbox.answer_all(tmp_path, lambda _: pytest.fail("it was done")) == 0
    (tmp_path / "requests").chmod(0o700)
    assert mailbox.answer_all(tmp_path, done) == 1


def test_a_fault_of_ours_is_an_answer(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(spaces: Workspaces, named: str) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setitem(asked._CARRIED_OUT, "backup", broken)
    with school(data) as spaces:
        keeper = daily.Keeper(data, lambda: spaces, first=9999)
        keeper.start()
        told = mailbox.ask(data, Asked("backup"))
        keeper.stop()
    assert not told.done
    assert told.lines == (daily.FAULT,)
