"""T2, T32: readers that die, hang, panic or lie, twenty of each kind; nothing outlives them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from dashboard.importing import children, read
from dashboard.settings import ROOT, Limits
from tests.soak.harness import Result, measured

GOAL = "T32: 20 of 20 deaths, hangs, panics, lies of a reader told <= 25 s; no process or file left"
EACH = 20
HONEST = "姓名,部门,入会时间\n张三,语文组,2017-03-08\n".encode()
_LONGEST = 25.0
_TAKES = "import sys, os, time; sys.stdin.buffer.read(); "
ENDS = {
    "exit code": _TAKES + "os._exit(7)",
    "abort": _TAKES + "os.abort()",
    "base exception": _TAKES + "raise BaseException('一个身份证号 990000199003071235')",
    "keyboard": _TAKES + "raise KeyboardInterrupt",
    "no answer": _TAKES + "os._exit(0)",
    "nonsense": _TAKES + "sys.stdout.write('{\"sheets\": 7}'); sys.stdout.flush(); os._exit(0)",
    "endless": _TAKES + "\nwhile True: pass",
    "silent": "import time; time.sleep(999)",
    "flood": _TAKES + "\nwhile True: sys.stdout.write('x' * 9_000_000)",
}
_HANGS = ("endless", "silent", "flood")


def run(seconds: float) -> Result:
    """Each way to end, so often that it is no luck; those that hang as often as time allows."""
    began, wrong, asked, slowest = time.monotonic(), list[str](), 0, 0.0
    before = descendants()
    for name, program in ENDS.items():
        for _ in range(EACH if name not in _HANGS else max(2, min(EACH, int(seconds // 20)))):
            asked += 1
            start = time.monotonic()
            code = ended_by(program)
            slowest = max(slowest, time.monotonic() - start)
            if code != "reader_died":
                wrong.append(f"{name}: {code}")
    honest = read(HONEST, "会员名册.csv")
    left = len(descendants() - before) + len(list(Path(tempfile.gettempdir()).iterdir()))
    found = (
        f"{asked - len(wrong)} of {asked} told, slowest {slowest:.1f} s; left behind: {left};"
        f" an honest file after them: {'read' if not honest.refused else 'refused'}"
    )
    held = not wrong and not left and not honest.refused and slowest <= _LONGEST
    return measured(__name__, GOAL, found + " ".join(wrong[:3]), held, began)


def ended_by(program: str) -> str:
    """What is told of a file whose reader runs this program instead."""
    honest = children._start

    def other(entry: str) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT
        )

    children._start = other
    try:
        report = read(HONEST, "会员名册.csv", limits=replace(Limits(), child_seconds=2))
    finally:
        children._start = honest
    return report.refused[0] if report.refused else "read"


def descendants() -> set[str]:
    """This process's children; only Linux tells."""
    if sys.platform != "linux":
        return set()
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text("ascii").split()}
