"""The status page: green where all is well, and what is wrong in words, with what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from browser import free_port, wait_until_well
from kept import school, spend
from meeting_of_sample import sample
from screens import opened, said
from streamlit.testing.v1 import AppTest

from dashboard import audit, checkup
from dashboard.checkup import CHECKS, Found, computer, made, program
from dashboard.cli import main
from dashboard.errors import WorkspaceBusy
from dashboard.importing.confinement.proof import Check as Tried
from dashboard.keeping import backups, deeds
from dashboard.keeping.asked import Asked, answer
from dashboard.keeping.manifest import DATABASE, NAME
from dashboard.roles import Identity, Role
from dashboard.settings import ROOT, VERSION
from dashboard.text import same
from dashboard.ui import identity
from dashboard.ui.cache import workspaces
from dashboard.workspaces import Workspaces


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one import, backed up a moment ago; and the database of before a second."""
    folder = tmp_path_factory.mktemp("status") / "data"
    with school(folder) as spaces:
        spaces.enter("school")
        spend(spaces, "a", "12.34")
        deeds.back_up(spaces, "local")
    return folder


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


@pytest.fixture
def behind(data: Path) -> Path:
    """The database of before the last import was put back in its place."""
    older = shutil.copy(data / "school" / DATABASE, data.parent / "older")
    with school(data) as spaces:
        spend(spaces, "b", "1")
    shutil.move(older, data / "school" / DATABASE)
    return data


def look(data: Path, name: str, *, thorough: bool = False) -> Found:
    with school(data) as spaces:
        return made(CHECKS[name], spaces, thorough=thorough)


def words(app: AppTest) -> str:
    return said(app).replace("\\", "")


# -- the page -----------------------------------------------------------------------------------


def test_the_page_tells_what_runs_and_that_all_is_well(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(data, "status", monkeypatch, lang="zh")
    told = words(app)
    for check in CHECKS.values():
        assert f"**{check.label.zh}**" in told
    for part in (VERSION, "DuckDB 2", "Streamlit 1", "经费收支明细", "没有共享", "上次备份"):
        assert part in told, part
    assert "数据与账本一致" in told
    assert "均被拒绝" in told
    assert "需处理" not in told


def test_a_register_is_as_of_its_newest_day_whichever_sheet_brought_it(tmp_path: Path) -> None:
    """The sample has a roster a year in one import."""
    with sample(tmp_path) as warehouse:
        found = {one.label.zh: one for one in program.registers(warehouse.history())}
        newest = warehouse.read("select max(as_of) as day from staff")[0]["day"]
    assert found["教职工名册"].as_of == newest
    assert found["经费收支明细"].as_of is None


def test_a_click_reads_everything_back(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(data, "status", monkeypatch, lang="zh")
    assert "逐字节读回" not in words(app)
    app.button(key="check_now").click().run()
    assert not app.exception
    assert "逐字节读回" in words(app)
    assert "逐表核对过" in words(app)


def test_what_is_wrong_is_told_in_words(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.note(data, "imported", "u1", import_id=7)
    log = data / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"import_id":7', b'"import_id":8'))
    app = opened(data, "status", monkeypatch, lang="zh")
    assert ":red[:material/error: 需处理] **操作记录**" in words(app)
    assert "1 项需要处理" in words(app)


def test_the_page_is_not_for_other_roles(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in set(Role) - {Role.OFFICER}:
        monkeypatch.setattr(identity, "signed_in", lambda role=role: Identity("u2", "", role))
        for path in ("status", "accounts"):
            app = opened(data, path, monkeypatch, lang="zh")
            assert "不对您的身份开放" in words(app)
            assert "操作记录" not in words(app)


# -- the checks ---------------------------------------------------------------------------------


def test_a_backup_that_rotted_is_found_when_it_is_read_back(data: Path) -> None:
    assert look(data, "backup", thorough=True).state == "ok"
    (newest,) = backups.distinct(data)
    file = newest.folder / DATABASE
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(held)
    found = look(data, "backup", thorough=True)
    assert (found.state, "立即再备份" in found.words.zh) == ("bad", True)
    assert look(data, "backup").state == "bad", "and is not forgotten at the next look"


def test_backups_that_nobody_can_bring_back_are_told_of(data: Path) -> None:
    """Whichever they are, and whether they say what they are or not."""
    (older,) = backups.distinct(data)
    with school(data) as spaces:
        newer = deeds.back_up(spaces, "local")
    assert look(data, "backup", thorough=True).state == "ok"
    rotten = older.folder / DATABASE
    rotten.write_bytes(rotten.read_bytes()[:-1] + b"?")
    found = look(data, "backup", thorough=True)
    assert (found.state, older.name in found.words.zh) == ("doubt", True)
    (newer.folder / NAME).write_bytes(b"")
    for place in (data / "backups").rglob(f"{older.name}/{NAME}"):
        place.unlink()
    found = look(data, "backup")
    assert (found.state, "2 份备份都不完整" in found.words.zh) == ("bad", True)


def test_old_and_missing_backups_ask_for_one(data: Path) -> None:
    shutil.rmtree(data / "backups")
    assert look(data, "backup").state == "doubt"
    with school(data) as spaces:
        deeds.back_up(spaces, "local", "by_hand", datetime.now() - timedelta(days=8))
    assert "超过 7 天" in look(data, "backup").words.zh


def test_a_backup_of_a_day_still_to_come_asks_for_a_look_at_the_clock(data: Path) -> None:
    now = datetime.now()
    with school(data) as spaces:
        deeds.back_up(spaces, "local", at=now + timedelta(days=90))
        assert made(CHECKS["backup"], spaces, thorough=False).state == "doubt"
        assert "请核对电脑时间" in made(CHECKS["backup"], spaces, thorough=False).words.zh
        deeds.back_up(spaces, "local", at=now)
        found = made(CHECKS["backup"], spaces, thorough=False)
        assert found.state == "ok", "the clock was put right"
        assert f"{now:%Y-%m-%d %H:%M}" in found.words.zh


def test_a_clock_that_runs_behind_its_backups_is_doubted(data: Path) -> None:
    ahead = datetime.now() + timedelta(days=90)
    with school(data) as spaces:
        for day in range(3):
            deeds.back_up(spaces, "local", at=ahead + timedelta(days=day))
        deeds.back_up(spaces, "local")
        assert "请核对电脑时间" in made(CHECKS["backup"], spaces, thorough=False).words.zh


def test_an_import_that_is_missing_is_named(behind: Path) -> None:
    found = look(behind, "ledger")
    assert found.state == "bad"
    assert "缺少第 #2 次导入" in found.words.zh


def test_rows_that_are_older_than_they_are_kept_are_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2020-01-15")
    assert look(data, "retention").state == "ok"
    monkeypatch.setenv("DASHBOARD_TODAY", "2095-01-15")
    found = look(data, "retention")
    assert (found.state, "1 行超过" in found.words.zh) == ("doubt", True)


def test_the_command_asks_the_server_that_holds_the_data(behind: Path) -> None:
    with school(behind) as spaces:
        told = answer(spaces, Asked("verify"))
    assert told.done
    assert "缺少第 #2 次导入" in told.lines[0].zh


def test_the_command_makes_the_same_checks(
    behind: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--data", str(behind)]) == 1
    told = capsys.readouterr().out
    assert "✗ 导入账本" in told
    assert "✓ 操作记录" in told
    assert {line[2:].split(":")[0] for line in told.splitlines()} == {
        check.label.zh for name, check in CHECKS.items() if name not in ("memory", "retention")
    }


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
def test_what_a_command_writes_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The database's log, too, which lies beside it while a command has it open."""
    file, data = tmp_path / "账.csv", tmp_path / "data"
    file.write_text("日期,凭证号,摘要,收入,支出\n2017-03-08,记1,慰问品,,31.00\n", "utf-8")
    told = ""
    for words in (["import", str(file)], ["verify"]):
        command = [sys.executable, "-m", "dashboard", *words, "--data", str(data)]
        done = subprocess.run(
            command, cwd=ROOT, check=False, stdout=subprocess.PIPE, encoding="utf-8", umask=0o022
        )
        told = done.stdout
    assert ("数据文件夹" in told, "别人也能打开" in told) == (True, False), told
    assert [path for path in data.rglob("*") if path.stat().st_mode & 0o077] == []


def test_a_sandbox_that_does_not_hold_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = Tried("open", same("opens"), held=False)
    monkeypatch.setattr(computer, "self_test", lambda: (opens,))
    monkeypatch.setattr(computer, "_proved", [])
    found = look(tmp_path, "sandbox")
    assert found.state == ("bad" if sys.platform == "linux" else "doubt")
    assert "opens" in found.words.zh


@pytest.mark.parametrize(
    ("free", "state"), [(5 << 30, "ok"), (900 << 20, "doubt"), (100 << 20, "bad")]
)
def test_a_disk_that_fills_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    monkeypatch.setattr(computer.disks, "room", lambda _: free)
    assert look(tmp_path, "disk").state == state


@pytest.mark.skipif(os.name != "posix", reason="no such bits")
def test_files_that_others_may_open_are_counted(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("")
    (tmp_path / "list.txt").chmod(0o644)
    assert "1 个文件" in look(tmp_path, "place").words.zh


def test_a_check_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    def refused(_: Workspaces, __: bool) -> Found:
        raise WorkspaceBusy("no_room")

    def broken(_: Workspaces, __: bool) -> Found:
        raise KeyError("张三")

    with school(tmp_path) as spaces:
        one = made(checkup.Check(same("x"), refused), spaces, thorough=False)
        other = made(checkup.Check(same("x"), broken), spaces, thorough=False)
    assert (one.state, other.state) == ("bad", "bad")
    assert "E-" in other.words.zh
    assert "张三" not in other.words.zh


# -- faults by their code -----------------------------------------------------------------------

FAULT = """\
2026-01-15T09:10:00+08:00 ERROR dashboard.logs.incidents E-7K3F9 version=0 page=funds \
role=officer who=u3
  ValueError
    dashboard/ui/show.py:52 show
2026-01-15T09:11:00+08:00 INFO dashboard.logs.kept started version=0.7.0 pid=1
"""


def test_a_fault_is_found_by_the_code_somebody_was_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "log").mkdir()
    (data / "log" / "dashboard.log").write_text(FAULT, "utf-8")
    app = opened(data, "status", monkeypatch, lang="zh")
    assert [box.label for box in app.expander if "E-7K3F9" in box.label]
    app.text_input(key="fault_code").set_value("e-7k3f9").run()
    assert "dashboard/ui/show.py:52 show" in app.code[0].value
    assert "started" not in app.code[0].value
    app.text_input(key="fault_code").set_value("E-22222").run()
    assert "没有这个代码" in words(app)


# -- starting -----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="no such bits")
def test_starting_on_a_folder_open_to_others_warns_and_closes_it(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--data", str(data)], cwd=ROOT, stderr=subprocess.PIPE
    ) as process:
        wait_until_well(f"http://127.0.0.1:{port}", process)
        process.terminate()
        told = process.stderr.read().decode() if process.stderr else ""
    assert "其他用户原来能打开数据文件夹" in told
    assert ("root" in told) is (os.geteuid() == 0)
    assert data.stat().st_mode & 0o077 == 0


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path) -> object:
    yield
    workspaces(str(tmp_path / "data")).close()
