"""What the reading child cannot do, and that it reads all the same: shut in, it opens nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from here import read_here

from dashboard.importing import children, read
from dashboard.importing.confinement import calls, proof, watch
from dashboard.settings import ROOT, child_environment
from tests.soak.leftovers import ENDS, HONEST, ended_by

FILES = Path(__file__).parent / "files"
PROGRAMS = FILES.parent / "programs"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other means")


@pytest.fixture
def ready() -> Iterator[subprocess.Popen[bytes]]:
    children.prepare()
    yield children._ready[0]
    children.dismiss()


@linux_only
def test_the_child_opens_writes_connects_starts_and_takes_nothing() -> None:
    assert {check.name: check.held for check in proof.self_test()} == {
        "open": True, "write": True, "connect": True, "start": True, "memory": True,
    }  # fmt: skip


def test_a_child_that_does_not_answer_has_proved_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(entry: str) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        return subprocess.Popen([sys.executable, "-c", ""], stdin=pipe, stdout=pipe, stderr=pipe)

    monkeypatch.setattr(children, "_start", silent)
    assert not any(check.held for check in proof.self_test())


def test_an_attempt_that_succeeds_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proof.tempfile, "gettempdir", lambda: str(tmp_path))
    assert b'"open": false' in proof.told()  # in this process nothing is shut
    assert list(tmp_path.iterdir()) == []


SHUT = """
import ctypes, errno, os, socket, sys, threading
from dashboard.importing import confinement
{before}
assert confinement.shut()
try:
    {attempt}
except OSError as refusal:
    print(refusal.errno in (errno.EPERM, errno.EMFILE, errno.ENOSYS))
else:
    print(False)
"""
ATTEMPTS = {
    "read": "os.open('/etc/hostname', os.O_RDONLY)",
    "write": "os.open('/tmp/x', os.O_WRONLY | os.O_CREAT)",
    "rename": "os.rename('/tmp/x', '/tmp/y')",
    "remove": "os.unlink('/tmp/x')",
    "folder": "os.mkdir('/tmp/x')",
    "link": "os.symlink('/etc/passwd', '/tmp/x')",
    "rights": "os.chmod('/tmp', 0o777)",
    "socket": "socket.socket()",
    "pair": "socket.socketpair()",
    "fork": "os.fork()",
    "program": "os.execv('/bin/true', ['true'])",
    "kill": "os.kill(os.getppid(), 0)",
    "memory file": "os.memfd_create('x')",
    "limits of another": "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_CORE)",
}


@linux_only
@pytest.mark.parametrize("name", ATTEMPTS)
def test_a_call_that_reaches_outside_is_refused(name: str) -> None:
    program = SHUT.format(before="import resource", attempt=ATTEMPTS[name])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=child_environment(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "True", done.stderr


@linux_only
def test_threads_start_after_it_is_shut_and_are_shut_as_well() -> None:
    program = SHUT.format(
        before="found = []\ndef look():\n    try: os.open('/etc/hostname', 0)\n"
        "    except OSError as told: found.append(told)\n",
        attempt="one = threading.Thread(target=look); one.start(); one.join(); raise found[0]",
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=child_environment(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "True", done.stderr


NO_ROOM = """
import re, resource
from pathlib import Path
from dashboard.importing.formats.threads import threads
held = int(re.search(r"VmSize:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) << 10
resource.setrlimit(resource.RLIMIT_AS, (held + (1 << 20), held + (1 << 20)))
try:
    with threads(1) as pool:
        pool.submit(print, "started").result()
except MemoryError:
    print("no memory")
"""


@linux_only
def test_where_a_thread_finds_no_room_memory_is_what_lacks() -> None:
    told = subprocess.run(
        [sys.executable, "-c", NO_ROOM], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert told.stdout == "no memory\n"


def test_the_filters_jumps_stay_within_it() -> None:
    """Every test skips one instruction or four; none leads behind the end."""
    for architecture, machine in ((0xC000003E, True), (0xC00000B7, False)):
        steps = list(calls._program(architecture, machine, 1))
        for at, step in enumerate(steps):
            assert len(step) == 8
            assert at + 1 + max(step[2], step[3]) < len(steps) or step[0] == 0x06


PARENT = """
import sys, time
from dashboard.importing import children
if __name__ == "__main__":
    children.prepare()
    child = children._started()
    child.stdin.write(b"x")  # at work: its standard input stays open elsewhere, too
    print(child.pid, children._ready[0].pid, flush=True)
    time.sleep(60)
"""


@linux_only
def test_a_killed_server_takes_its_children_along() -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    pids = [int(pid) for pid in server.stdout.readline().split()]
    time.sleep(2)  # until they stand ready
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    server.stdout.close()
    end = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(alive, pids))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").split()[2] != "Z"
    except OSError:
        return False


def test_a_child_outlives_the_thread_that_asked_for_it(ready: subprocess.Popen[bytes]) -> None:
    """A page's script runs in a thread that ends; the child made for it stays for the next one."""
    read(HONEST, "会员名册.csv")  # another one is made by this thread's wish …
    asked = threading.Thread(target=lambda: read(HONEST, "会员名册.csv"))  # … and by this one's
    asked.start()
    asked.join()
    time.sleep(0.5)
    assert ready.poll() is not None
    assert [child.poll() for child in children._ready] == [None]


@pytest.mark.parametrize("name", [name for name in ENDS if name not in ("silent", "endless")])
def test_however_a_reader_ends_a_sentence_is_told(name: str) -> None:
    assert ended_by(ENDS[name]) == "reader_died"
    assert not read(HONEST, "会员名册.csv").refused


def test_what_waits_is_told_its_place_and_comes_in_turn() -> None:
    places: dict[str, list[int]] = {}
    ended: list[str] = []

    def one(name: str) -> None:
        def watch_it(done: int, rows: int) -> None:
            if not rows:
                places.setdefault(name, []).append(done)

        read(HONEST, name, progress=watch_it)
        ended.append(name)

    threads = []
    for name in ("1.csv", "2.csv", "3.csv"):
        threads.append(threading.Thread(target=one, args=(name,)))
        threads[-1].start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert ended == ["1.csv", "2.csv", "3.csv"]
    assert places["3.csv"] == sorted(places["3.csv"], reverse=True)
    assert places["3.csv"][0] == 2


def test_a_child_that_takes_too_much_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    if watch.resident(os.getpid()) is None:
        pytest.skip("nobody tells here")
    monkeypatch.setattr(children, "_WEIGHED", 0.0)
    monkeypatch.setattr(watch, "resident", lambda _: 1 << 40)
    report = read("".join(["姓名\n", "张三\n" * 300_000]).encode(), "会员名册.csv")
    assert report.refused
    assert report.refused[0] == "reader_died"


HONEST_FILES = [
    *sorted(PROGRAMS.glob("ledger_*")),
    *(FILES / name for name in ("members_traditional_big5.csv", "staff_web_archive.xls",
                                "members_bare_records_excel_2.xls", "members_other.xlsb",
                                "ledger_xml_spreadsheet_2003.xls")),
]  # fmt: skip


@pytest.mark.parametrize("path", HONEST_FILES, ids=lambda p: p.name)
def test_shut_in_a_child_reads_what_an_open_one_reads(path: Path) -> None:
    """What the child loads at first need would be missing there."""
    data = path.read_bytes()
    shut, opened = read(data, path.name), read_here(data, path.name)
    assert shut.refused == opened.refused
    assert [(one.counts, one.sums, one.issues) for one in shut.sheets] == [
        (one.counts, one.sums, one.issues) for one in opened.sheets
    ]


@pytest.mark.parametrize("odd", ["", "合计,,,\n"])
def test_shut_in_a_child_reads_a_large_text(odd: str) -> None:
    """Above four megabytes Arrow splits it, in threads of its own."""
    lines = "".join(f"张{n},语文组,2017-03-08,{'备注' * 20}\n" for n in range(40_000))
    data = f"姓名,部门,入会时间,备注\n{lines}{odd}".encode()
    assert len(data) > 5 * 2**20
    report = read(data, "会员名册2017.csv")
    assert report.refused is None
    assert report.sheets[0].loaded == 40_000
