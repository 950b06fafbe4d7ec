"""Reading processes: one at work, one ready, none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.importing import children, progress, read
from dashboard.settings import ROOT, child_environment

MEMBERS = "姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode()


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    children.prepare()
    yield children._ready[0]
    children.dismiss()


def test_a_ready_child_reads_the_file_and_another_takes_its_place(
    waiting: subprocess.Popen[bytes],
) -> None:
    report = read(MEMBERS, "会员名册2017.csv")
    assert report.sheets[0].loaded == 1
    assert waiting.poll() is not None  # it read one file and is gone
    assert [child.poll() for child in children._ready] == [None]


def test_a_child_starts_without_what_it_does_not_need() -> None:
    # Arrow looks for pandas at its first array: one at the top of a module is paid at every start
    script = "import sys, dashboard.importing.child; print(*sys.modules)"
    started = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=child_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"pandas", "duckdb", "plotly", "streamlit", "openpyxl"}
    assert "pyarrow.lib" in started.stdout.split()
    assert heavy.isdisjoint(started.stdout.split())


def test_a_child_that_died_while_it_waited_is_replaced(waiting: subprocess.Popen[bytes]) -> None:
    waiting.kill()
    waiting.wait()
    assert read(MEMBERS, "会员名册2017.csv").sheets[0].loaded == 1


def test_a_waiting_child_goes_when_its_server_is_gone(waiting: subprocess.Popen[bytes]) -> None:
    assert waiting.stdin is not None
    waiting.stdin.close()  # what the system does for a server that is killed
    assert waiting.wait(10) is not None


def test_rows_done_are_told_while_a_large_file_is_read() -> None:
    told: list[tuple[int, int]] = []
    lines = "".join(f"张{n},语文组,2017-03-08\n" for n in range(60_000))
    data = f"姓名,部门,入会时间\n{lines}".encode()
    report = read(data, "会员名册2017.csv", progress=lambda done, rows: told.append((done, rows)))
    assert report.sheets[0].counts["rows"] == 60_001
    assert told[-1] == (60_000, 60_000)
    assert told == sorted(told)


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are listed in /proc")
def test_what_the_listener_raises_ends_the_reading_and_the_child() -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, rows: int) -> None:
        raise Stopped

    before = processes()
    with pytest.raises(Stopped):
        read(MEMBERS * 10, "a.csv", progress=stop)
    time.sleep(0.2)
    assert processes() <= before


def processes() -> set[str]:
    """This process's children."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def test_only_a_count_of_rows_is_believed() -> None:
    assert progress.told(b"3 10\n") == (3, 10)
    for line in (b"11 10\n", b"-1 10\n", b"a b\n", b"", b"3\n", b"3 10 4\n", b"9" * 99 + b" 1\n"):
        assert progress.told(line) is None


def test_the_signal_that_ends_a_child_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    started = children._started

    def doomed(entry: str) -> subprocess.Popen[bytes]:
        child = started(entry)
        os.kill(child.pid, signal.SIGKILL)
        return child

    monkeypatch.setattr(children, "_started", doomed)
    report = read(MEMBERS, "a.csv")
    assert report.refused
    assert report.refused[0] == "reader_died"
    assert "60 秒、1,536 MB 内存" in report.refused[1].zh
