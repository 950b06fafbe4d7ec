"""What is about a command, and no fault of the program: odd folders, closed and narrow terminals,
names that are none. Each is one plain answer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kept import school, spend, without_marts

from dashboard.cli import main
from dashboard.keeping import carrying, deeds

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "dashboard"]
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")


def refused(
    capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 2
) -> tuple[str, str]:
    """What a command says that is refused, in both languages."""
    told = []
    for lang in ("zh", "en"):
        assert main([*map(str, arguments), "--lang", lang]) == code
        told.append(capsys.readouterr().err)
        assert told[-1].strip()
        assert "Traceback" not in told[-1]
    assert told[0] != told[1]
    return told[0], told[1]


# -- the data folder ----------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("name", ["a?b", "a\\b", "\udcff\udcfe"])
@pytest.mark.parametrize("command", [["history"], ["serve"]])
def test_a_name_the_database_cannot_open_is_refused_at_the_start(
    name: str, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, *command, "--data", tmp_path / name)
    assert "换一个名称" in told[0]
    assert not list(tmp_path.iterdir())


@POSIX
@pytest.mark.parametrize("name", ["a?b", "第?次 #1"])
def test_a_good_backup_with_an_odd_name_is_no_damaged_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder and as a zip file."""
    without_marts(tmp_path, monkeypatch)
    with school(tmp_path / "data") as spaces:
        spend(spaces, "a", "1")
        made = deeds.back_up(spaces, "local")
        odd = shutil.copytree(made.folder, tmp_path / "odd" / name)
        with (tmp_path / f"{name}.zip").open("wb") as file:
            carrying.zipped(made, file)
        for place in (odd, tmp_path / f"{name}.zip"):
            with carrying.sought(spaces.data, str(place)) as backup:
                assert deeds.restore(spaces, backup, "local").kept


@pytest.mark.parametrize("command", [["history"], ["verify"], ["users", "list"], ["serve"]])
def test_a_file_in_the_folders_place_is_a_refusal(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "是文件" in refused(capsys, *command, "--data", tmp_path / "file")[0]
    assert (tmp_path / "file").read_text("utf-8") == "x"


@POSIX
@pytest.mark.parametrize("command", [["backup", "--list"], ["users", "list"], ["verify"]])
def test_a_path_that_is_too_long_is_a_refusal(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, *command, "--data", tmp_path / ("很" * 200))
    assert "File name too long" in told[0]


# -- other arguments ----------------------------------------------------------------------------


@POSIX
def test_a_name_no_file_can_have_is_a_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["restore", "很" * 200], ["archive", "--to", "a" * 5000]):
        told = refused(capsys, *command, "--data", tmp_path / "data")
        assert len(told[0]) < 400
    refused(capsys, "archive", "--to", os.devnull, "--data", tmp_path / "data")


@POSIX
def test_a_device_is_no_file_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """/dev/full has no end."""
    for command in (["inspect"], ["import", "--data", str(tmp_path)], ["plan"]):
        assert main([*command, "/dev/full"]) == 2
        assert "不是文件" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "99999"], "65535"),
        (["--port", "-1"], "65535"),
        (["--host", "a" * 300], "找不到主机"),
        (["--host", "nobody.invalid"], "找不到主机"),
    ],
)
def test_a_place_nobody_can_serve_at_is_a_refusal(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    assert said in refused(capsys, "serve", "--no-browser", *arguments, "--data", folder)[0]
    assert not folder.exists()


def test_a_today_that_is_no_day_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2026-13-45")
    assert "DASHBOARD_TODAY" in refused(capsys, "metrics", "--data", tmp_path)[0]


# -- the terminal -------------------------------------------------------------------------------


def told(*arguments: object, out: object = subprocess.PIPE, **about: str) -> tuple[int, str, str]:
    """A command in a program of its own: its exit code, what it printed, and what it said."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | about,
        stdin=subprocess.DEVNULL,
        stdout=out,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        check=False,
    )
    printed = (done.stdout or b"").decode(about.get("PYTHONIOENCODING", "utf-8"))
    return done.returncode, printed, done.stderr.decode(about.get("PYTHONIOENCODING", "utf-8"))


def test_a_console_of_the_office_is_told_in_its_own_letters(tmp_path: Path) -> None:
    code, printed, said = told("verify", "--data", tmp_path, PYTHONIOENCODING="gbk")
    assert code in (0, 1)
    assert "√ 导入账本: 还没有本校数据" in printed
    assert not said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_under_the_output_is_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, said = told("history", "--data", tmp_path, out=full)
    assert (code, said.count("\n")) == (2, 1)
    assert "No space left" in said


def test_who_stops_listening_is_no_fault(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code, _, said = told("history", "--data", tmp_path, out=writing)
    os.close(writing)
    assert (code, said) == (0, "")


@POSIX
def test_closed_streams_are_no_fault(tmp_path: Path) -> None:
    """Nor does a file of ours take the output's place."""
    words = f'exec "{sys.executable}" -m dashboard "$@" <&- >&-'
    for command in (["history"], ["restore"]):
        done = subprocess.run(
            ["sh", "-c", words, "sh", *command, "--data", str(tmp_path)],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (2 if command == ["restore"] else 0), done.stderr
        assert "E-" not in done.stderr


@POSIX
def test_a_stop_in_the_first_moment_leaves_no_traceback(tmp_path: Path) -> None:
    """Sent as soon as the program says that it reads its way in, long before it is ready."""
    first = "import signal, sys; sys.addaudithook(lambda e, a: e == 'import' and a[0] == "
    first += "'dashboard.contracts' and signal.raise_signal(signal.SIGINT))\n"
    first += "import runpy; sys.argv = ['dashboard', 'history']\n"
    first += "runpy.run_module('dashboard', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", first], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "")
