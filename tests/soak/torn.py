"""T10: files that were cut, zeroed, turned over in one bit, lost: nothing of it goes unnoticed.

Each case is a copy of a whole school, damaged, and opened in a process of its own: a database may
end the process that reads it.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from dashboard.errors import WorkspaceBusy
from tests.soak.apart import apart
from tests.soak.harness import Result, measured
from tests.soak.kill import batch, opened

GOAL = "T10: 260 torn or rotten files: 0 silent, every missing import and corrupt file told"
_FILE, _LOG, _LEDGER = "dashboard.duckdb", "dashboard.duckdb.wal", "ledger.jsonl"
_IMPORTS, _ROWS = 24, 60

Damage = Callable[[Path, random.Random], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One way to damage a school; `whole`: its data is not touched, so nothing may be missing."""

    name: str
    damage: Damage
    closed: bool = False  # the file alone, all of it checkpointed
    whole: bool = False


def cut(name: str, zeros: int = 0) -> Damage:
    def damage(folder: Path, chance: random.Random) -> None:
        raw = (folder / name).read_bytes()
        kept = raw[: chance.randrange(len(raw))]
        (folder / name).write_bytes(kept + bytes(zeros))

    return damage


def flip(name: str) -> Damage:
    def damage(folder: Path, chance: random.Random) -> None:
        raw = bytearray((folder / name).read_bytes())
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(raw)

    return damage


def random_log(folder: Path, chance: random.Random) -> None:
    (folder / _LOG).write_bytes(chance.randbytes((folder / _LOG).stat().st_size))


def empty_log(folder: Path, _: random.Random) -> None:
    (folder / _LOG).write_bytes(b"")


def no_log(folder: Path, _: random.Random) -> None:
    (folder / _LOG).unlink()


KINDS = (
    (60, Case("log cut", cut(_LOG))),
    (40, Case("log cut, then zeros", cut(_LOG, 512))),
    (1, Case("log random", random_log)),
    (1, Case("log empty", empty_log)),
    (1, Case("log lost", no_log)),
    (57, Case("bit of the log", flip(_LOG))),
    (60, Case("bit of the file", flip(_FILE), closed=True)),
    (20, Case("file cut", cut(_FILE), closed=True)),
    (10, Case("ledger cut", cut(_LEDGER), whole=True)),
    (10, Case("bit of the ledger", flip(_LEDGER), whole=True)),
)


def cases(share: float = 1.0) -> Iterator[Case]:
    """Every kind, of each that part, one at least."""
    for number, case in KINDS:
        yield from [case] * max(1, round(number * share))


def schools(place: Path) -> Path:
    """Two schools of the same imports: `open/` has them in its log, `closed/` in its file."""
    folder = place / "made"
    warehouse = opened(folder)
    for number in range(1, _IMPORTS + 1):
        warehouse.load(batch(number, _ROWS))
    shutil.copytree(folder / "school", place / "open")
    warehouse.close()
    shutil.copytree(folder / "school", place / "closed")
    return place


def outcome(place: Path, case: Case, seed: int) -> str:
    """How the damaged school opens: whole, named, damaged, noted, or wrong: what must not be."""
    folder = place / "case"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(place / ("closed" if case.closed else "open"), folder / "school")
    case.damage(folder / "school", random.Random(seed))  # noqa: S311
    reader, answers = apart(_looked, folder, case.whole)
    try:
        return str(answers.recv()) if answers.poll(60) else "wrong: no answer"
    except EOFError:
        return "wrong: the process died"
    finally:
        reader.kill()
        reader.join()


def _looked(folder: Path, whole: bool, answer: Connection) -> None:
    answer.send(_look(folder, whole))


def _look(folder: Path, whole: bool) -> str:
    try:
        warehouse = opened(folder)
    except WorkspaceBusy as refusal:
        return "damaged" if refusal.code == "damaged_data" else f"wrong: {refusal.message.en}"
    findings = warehouse.verified.findings
    there = {one.import_id for one in warehouse.history()}
    (row,) = warehouse.read("select count(*) as n, coalesce(sum(expense), 0) as total from ledger")
    warehouse.close()
    missing = set(range(1, _IMPORTS + 1)) - there
    named = {number for finding in findings for number in finding.imports}
    if missing != named or (whole and missing):
        return f"wrong: {sorted(missing)} missing, {sorted(named)} named"
    if row["n"] != _ROWS * len(there) or row["total"] != _ROWS * sum(there):
        return "wrong: other contents" if not findings else "told"
    return "named" if missing else "noted" if findings else "whole"


def run(seconds: float) -> Result:
    began, found, wrong = time.monotonic(), Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as name:
        place = schools(Path(name))
        for seed, case in enumerate(cases()):
            if time.monotonic() - began > seconds:
                break
            said = outcome(place, case, seed)
            found[said.partition(":")[0]] += 1
            wrong += [f"{case.name} ({seed}): {said}"] if said.startswith("wrong") else []
    told = ", ".join(f"{n} {said}" for said, n in sorted(found.items()))
    held = not wrong and found.total() >= 260
    return measured(
        __name__, GOAL, f"{found.total()} cases: {told} {'; '.join(wrong[:3])}", held, began
    )
