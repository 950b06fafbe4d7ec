"""A deletion killed at every step that moves or removes a file: whoever is still somewhere can be
found and deleted again; after that no byte of them is left.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from kept import program, school
from test_persons import NAME, NUMBER, deleted, fill, found, hits, total

from dashboard.keeping import backups, deeds
from dashboard.settings import data_folder
from tests.soak.harness import Result, measured

GOAL = "a person deleted, killed at every step: 0 bytes left in the end, 0 lines of money lost"
_STEPS = 400  # more than there are
_BACKUPS = 3  # one, kept for its week and its month, too
_KILLED = """
import sys
from pathlib import Path
from kept import killed_at, school
from test_persons import deleted

with school(Path(sys.argv[1])) as spaces:
    spaces.warehouse("school")
    killed_at(int(sys.argv[2]))
    deleted(spaces)
"""


def run(seconds: float) -> Result:
    """Until one run comes to its end, or the time is over."""
    began, folder, bad = time.monotonic(), data_folder(), []
    first = folder / "first"
    with school(first) as spaces:
        fill(spaces)
        before = len(hits(first, NAME, NUMBER))
    runs = 0
    for step in range(1, _STEPS):
        runs, place = runs + 1, folder / "next"
        shutil.copytree(first, place)
        child = program(_KILLED, place, step)
        child.communicate(timeout=120)
        bad += [f"{step}: {what}" for what in _wrong(place)]
        shutil.rmtree(place)
        if child.returncode == 0 or time.monotonic() - began > seconds:
            break
    held = before > 0 and not bad
    end = "killed" if child.returncode else "whole"
    told = f"{before} files before; {runs} runs, the last one {end}"
    return measured(__name__, GOAL, f"{told}; {'; '.join(bad) or 'all well'}", held, began)


def _wrong(folder: Path) -> list[str]:
    """What the next start finds, and what is left once the deletion was asked for again."""
    with school(folder) as spaces:
        deeds.begin(spaces)
        wrong = [] if spaces.warehouse("school").verified.whole else ["in doubt"]
        if [one.is_whole for one in backups.listed(folder)] != [True] * _BACKUPS:
            wrong.append("a backup is lost")
        if total(spaces) != (2, "320.0000"):
            wrong.append("money differs")
        if found(spaces).bearers:
            deleted(spaces)
    left = hits(folder, NAME, NUMBER)
    return wrong + ([f"left in {sorted(left)}"] if left else [])
