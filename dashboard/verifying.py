"""`python -m dashboard verify`: whether what is kept is as it was written.

Exit 0 where all of it is, 1 where something is not. A check is a line in CHECKS.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard import audit
from dashboard.errors import DashboardError
from dashboard.settings import data_folder
from dashboard.text import Text

AUDIT = Text("操作记录", "Audit log")
WHOLE = Text("完好，共 {n} 条", "whole, {n} entries")
RESUMED = Text("；断电中断后继续 {n} 次", "; went on after a power cut {n} times")
TORN = Text(
    "；最后一条写到一半时断电，下次记录时会注明",
    "; the last was cut short by a power cut, the next one will say so",
)
CHANGED = Text(
    "第 {n} 条起与写入时不符，有人改动过；之前的 {before} 条完好。请保留文件并与备份比对",
    "from entry {n} on it is not as it was written: somebody changed it; the {before} before are"
    " whole. Keep the file and compare it with a backup",
)
CUT = Text(
    "第 {n} 条起被删去，有人截短过；之前的 {before} 条完好。请保留文件并与备份比对",
    "from entry {n} on it was cut off; the {before} before are whole. Keep the file and compare"
    " it with a backup",
)
HEADLESS = Text(
    "第 {before} 条之后缺少末尾标记（audit.head 曾被删除或改动），无法确定末尾是否完整",
    "after entry {before} its end mark (audit.head) was removed or changed, so that nobody can"
    " tell whether its end is whole",
)
_BROKEN = {"changed": CHANGED, "cut": CUT, "headless": HEADLESS}


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, in words."""

    is_whole: bool
    words: Text


def _audit(folder: Path) -> Found:
    found = audit.verify(folder)
    if found.reason:
        told = _BROKEN[found.reason].format(n=found.broken, before=found.count)
        return Found(False, told)
    parts = [WHOLE.format(n=found.count)]
    parts += [RESUMED.format(n=found.resumed)] * bool(found.resumed) + [TORN] * found.torn
    return Found(True, Text("".join(p.zh for p in parts), "".join(p.en for p in parts)))


Check = Callable[[Path], Found]
CHECKS: dict[str, tuple[Text, Check]] = {
    "audit": (AUDIT, _audit),
}


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=None)
    command.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Make every check; one that cannot be made is told like one that failed."""
    folder = options.data.expanduser().resolve() if options.data else data_folder()
    found = {name: _made(check, folder) for name, (_, check) in CHECKS.items()}
    if options.json:
        told = {
            name: {"whole": one.is_whole, "words": one.words(options.lang)}
            for name, one in found.items()
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        for name, one in found.items():
            label = CHECKS[name][0](options.lang)
            mark = "✓" if one.is_whole else "✗"
            sys.stdout.write(f"{mark} {label}: {one.words(options.lang)}\n")
    return 0 if all(one.is_whole for one in found.values()) else 1


def _made(check: Check, folder: Path) -> Found:
    try:
        return check(folder)
    except DashboardError as failure:
        return Found(False, failure.message)
