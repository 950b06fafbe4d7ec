"""T8: the process that imports is killed with -9 at any moment; what it acknowledged is there.

A writer in a process of its own imports and undoes without pause, and sends the number of each
import when `load` has returned. Every import writes as many ledger lines as the approved amount of
its line in the budget says, so half of one would be seen.
"""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

from arrivals import arrival, ledger, spent

from dashboard.schema import Arrival
from dashboard.warehouse import Warehouse
from tests.soak.apart import apart
from tests.soak.harness import Result, measured

GOAL = "T8: 100 kills -9 of the importer, at least 2,000 imports: 0 lost, 0 half, 0 corrupt, <= 2 s"
_CYCLES, _IMPORTS, _SLOWEST = 100, 2_000, 2.0
_SIZES = (1, 1, 1, 5, 40, 300, 2_000)  # lines of an import


@dataclass
class Count:
    """What the cycles found."""

    cycles: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    corrupt: int = 0
    unnoticed: int = 0  # findings of the ledger although nothing is missing
    cut_off: int = 0
    slowest: float = 0.0
    untrue: list[str] = field(default_factory=list)


def opened(folder: Path) -> Warehouse:
    """The workspace without marts: they are not what is cut off."""
    (folder / "queries").mkdir(exist_ok=True, parents=True)
    return Warehouse.open(folder / "school" / "dashboard.duckdb", queries=folder / "queries")


def batch(number: int, rows: int) -> list[Arrival]:
    """`rows` lines of the ledger that cost `number` each, and a budget line that says how many."""
    lines = {f"{number}-{row}": spent(str(number)) for row in range(rows)}
    planned = {f"{number}": {"year": 2000 + number, "approved": Decimal(rows)}}
    return [ledger(lines, file=f"{number}.xlsx"), arrival("budget", planned)]


def write(folder: Path, seed: int, answer: Connection) -> None:
    """Import and undo until somebody ends this process."""
    chance = random.Random(seed)  # noqa: S311
    warehouse = opened(folder)
    standing = [one.import_id for one in warehouse.history() if not one.undone_at][:1]
    while True:
        if standing and chance.random() < 0.1:
            warehouse.undo(standing[0])
            answer.send(("undone", standing[0]))
            standing = []
        else:
            number = len(warehouse.history()) + 1
            loaded = warehouse.load(batch(number, chance.choice(_SIZES)))
            answer.send(("imported", loaded.import_id))
            standing = [loaded.import_id]


def cycle(folder: Path, seed: int, count: Count, *, longest: float = 2.6) -> None:
    """One writer, killed; then everything is compared with what it acknowledged."""
    writer, answers = apart(write, folder, seed)
    answers.poll(30)
    time.sleep(random.Random(seed).uniform(0.0, longest))  # noqa: S311
    writer.kill()
    writer.join()
    acknowledged = dict.fromkeys(("imported", "undone"), frozenset[int]())
    with suppress(EOFError, OSError):
        while True:
            kind, number = answers.recv()
            acknowledged[kind] |= {number}
    count.cycles += 1
    count.acknowledged += len(acknowledged["imported"])
    _look(folder, acknowledged, count)


def _look(folder: Path, acknowledged: dict[str, frozenset[int]], count: Count) -> None:
    began = time.perf_counter()
    try:
        warehouse = opened(folder)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what must not happen
        count.corrupt += 1
        count.untrue.append(str(error))
        return
    count.slowest = max(count.slowest, time.perf_counter() - began)
    history = {one.import_id: one for one in warehouse.history()}
    standing = {number for number, one in history.items() if not one.undone_at}
    count.lost += len(acknowledged["imported"] - history.keys())
    count.lost += len(acknowledged["undone"] & standing)
    count.half += len(standing ^ _whole(warehouse))
    count.cut_off += len(warehouse.verified.unfinished)
    for finding in warehouse.verified.findings:
        count.unnoticed += 1
        count.untrue.append(finding.message.en)
    warehouse.close()


def _whole(warehouse: Warehouse) -> set[int]:
    """The imports of which every row is there; each row knows its sheet's import."""
    found = warehouse.read("""
        select budget.import_id, approved, n
        from (from budget join sources using (source_id)) as budget
        join (
            select import_id, count(*) as n from ledger join sources using (source_id) group by all
        ) as lines using (import_id)
    """)
    return {row["import_id"] for row in found if row["approved"] == row["n"]}


def run(seconds: float) -> Result:
    began, count = time.monotonic(), Count()
    with tempfile.TemporaryDirectory() as place:
        while time.monotonic() - began < seconds and not _enough(count):
            folder = Path(place) / f"{count.cycles // 20}"  # a new school now and then
            cycle(folder, count.cycles, count)
    found = (
        f"{count.cycles} kills, {count.acknowledged} imports: lost {count.lost}, half {count.half},"
        f" corrupt {count.corrupt}, false alarms {count.unnoticed}; {count.cut_off} told as not"
        f" completed; slowest opening {count.slowest:.2f} s"
    )
    bad = count.lost + count.half + count.corrupt + count.unnoticed
    held = not bad and _enough(count) and count.slowest <= _SLOWEST
    return measured(__name__, GOAL, " ".join([found, *count.untrue[:1]]), held, began)


def _enough(count: Count) -> bool:
    return count.cycles >= _CYCLES and count.acknowledged >= _IMPORTS
