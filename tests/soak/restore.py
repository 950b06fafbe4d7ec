"""A restore killed at every step that moves or removes a file: the old data or the new stands."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from kept import KILLED_RESTORE, amounts, program, school, spend

from dashboard.keeping import deeds
from dashboard.settings import data_folder
from tests.soak.harness import Result, measured

GOAL = "restore killed at every step: 0 losses, 0 halves; the old or the new, and the ledger agrees"
_STEPS = 100  # more than there are


def run(seconds: float) -> Result:
    """Until one run comes to its end, or the time is over."""
    began, folder, seen = time.monotonic(), data_folder(), []
    with school(folder) as spaces:
        spend(spaces, "a", "12.34")
        deeds.back_up(spaces, "local", at=datetime(2026, 3, 4, 12, 0))
        spend(spaces, "b", "99")
    for step in range(1, _STEPS):
        child = program(KILLED_RESTORE, folder, step)
        child.communicate(timeout=120)
        seen.append(_stands(folder))
        if child.returncode == 0 or time.monotonic() - began > seconds:
            break
    old, new = seen.count("ab"), seen.count("a")
    ended = child.returncode == 0
    found = f"{len(seen)} runs: {old} the old, {new} the new, {len(seen) - old - new} neither"
    return measured(__name__, GOAL, found, ended and old + new == len(seen), began)


def _stands(folder: Path) -> str:
    """What the next start finds; brought back to what it was before the restore."""
    with school(folder) as again:
        found = "".join(sorted(amounts(again)))
        whole = again.warehouse("school").verified.whole
        deeds.begin(again)
        if found == "a":
            spend(again, "b", "99")
    return found if whole else "in doubt"
