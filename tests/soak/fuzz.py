"""T2: thousands of changed files. Workers read them one after another under the child's limits;
where a worker dies, the same file goes the real way in, which must answer.

A worker by itself: `python -m tests.soak.fuzz SEED FROM` prints `number kind outcome` a line.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from dashboard.importing import child, children, confinement, provisions, read
from dashboard.importing.order import Order
from dashboard.importing.report import COUNTED, FileReport
from dashboard.settings import ROOT, Limits
from tests.soak.harness import Result, measured
from tests.soak.leftovers import descendants
from tests.soak.mutants import SEEDS, mutant

GOAL = "T2: changed files: 0 server deaths, 0 errors of ours, 0 answers > 20 s, nothing left behind"
LIMITS = replace(Limits(), child_seconds=15)
_SLOWEST = 20.0
_BATCH = 400  # files a worker reads before a fresh one takes over
KINDS = tuple(SEEDS)


def run(seconds: float, seed: int = 1) -> Result:
    """As many as the time allows, each kind in turn; the same seed makes the same files."""
    began, told, slowest = time.monotonic(), Counter[str](), 0.0
    before, wrong, number = descendants(), list[str](), 0
    children.prepare()
    while time.monotonic() - began < seconds:
        last = number + _BATCH
        for number, outcome in _worker(seed, number, began + seconds):  # noqa: B020 - goes on there
            told[outcome.partition(" ")[0]] += 1
            if outcome.startswith(("raised", "unaccounted")):
                wrong.append(f"{number}: {outcome}")
        if number + 1 < last and time.monotonic() - began < seconds:
            number += 1
            slowest = max(slowest, _answered(number, seed, told, wrong))
        number += 1
    children.dismiss()
    left = len(descendants() - before) + len(list(Path(tempfile.gettempdir()).iterdir()))
    outcomes = ", ".join(f"{count} {code}" for code, count in told.most_common())
    found = f"{told.total()} files: {outcomes}; slowest {slowest:.1f} s; left behind: {left}"
    held = not wrong and not left and slowest <= _SLOWEST
    return measured(__name__, GOAL, f"{found} {'; '.join(wrong[:5])}".strip(), held, began)


def made(number: int, seed: int) -> tuple[str, bytes, str]:
    """Kind, bytes and name of that file, again."""
    kind = KINDS[number % len(KINDS)]
    dice = random.Random(f"{seed} {number}")  # noqa: S311 - no secret
    return kind, *mutant(kind, number // len(KINDS), dice)


def _worker(seed: int, start: int, end: float) -> Iterator[tuple[int, str]]:
    """As far as one worker comes."""
    command = [sys.executable, "-m", "tests.soak.fuzz", str(seed), str(start)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as worker:
        for line in worker.stdout or ():
            number, _, outcome = line.rstrip("\n").partition(" ")
            yield int(number), outcome
            if time.monotonic() > end:
                worker.kill()
                return


def _answered(number: int, seed: int, told: Counter[str], wrong: list[str]) -> float:
    """The file that ended a worker, through the real way in; the seconds it took."""
    kind, data, name = made(number, seed)
    start = time.monotonic()
    report = read(data, name, limits=LIMITS)
    told["killed a worker"] += 1
    if not is_whole(report):
        wrong.append(f"{number}: {kind} not whole")
    return time.monotonic() - start


def is_whole(report: FileReport) -> bool:
    """Refused in words, or read with every row accounted for."""
    if report.refused:
        return bool(report.refused[1].zh and report.refused[1].en)
    return all(
        sheet.counts["rows"] == sum(sheet.counts[part] for part in COUNTED)
        for sheet in report.sheets
    )


def outcome_of(data: bytes, name: str) -> str:
    """In the worker: what came of one file."""
    try:
        report = child.report(data, Order(name, date(2017, 9, 1)))
    except MemoryError:
        return "memory"
    except BaseException as failure:  # noqa: BLE001 - the very thing that is looked for
        place = traceback.extract_tb(failure.__traceback__)[-1]
        return f"raised {type(failure).__name__} {Path(place.filename).name}:{place.lineno}"
    if not is_whole(report):
        return "unaccounted"
    return report.refused[0] if report.refused else "read"


def work(seed: int, start: int) -> None:
    """A worker: one line a file, until its batch is done or a file ends it."""
    provisions.load()
    confinement.limit(replace(LIMITS, child_seconds=_BATCH))
    for number in range(start, start + _BATCH):
        signal.alarm(int(_SLOWEST))
        _, data, name = made(number, seed)
        told = outcome_of(data, name)
        os.write(1, f"{number} {told}\n".encode())


if __name__ == "__main__":
    work(int(sys.argv[1]), int(sys.argv[2]))
