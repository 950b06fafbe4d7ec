"""T11: the disk fills up while people read: a plain message, and the pages go on.

With the rights to do so the school lies on a small disk of its own; else the process may write
no file beyond a size, which fails at the same places.
"""

from __future__ import annotations

import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from dashboard.errors import WorkspaceBusy
from dashboard.warehouse import Warehouse, bookkeeping
from tests.soak.apart import apart
from tests.soak.harness import Result, measured
from tests.soak.kill import batch, opened

GOAL = "T11: 10 full disks: a plain message, readers back <= 10 s, every import whole"
_CYCLES, _BACK = 10, 10.0
_DISK, _LIMIT = 40 << 20, 6 << 20  # bytes of the small disk; of the largest file
_ROWS = 30_000


@dataclass
class Found:
    """One full disk. `away`: the longest time in seconds in which nobody could read."""

    acknowledged: list[int] = field(default_factory=list)
    said: str = ""
    away: float = 0.0
    reads: int = 0
    after: str = ""


class Looker(threading.Thread):
    """Reads without pause, and knows since when it could not."""

    def __init__(self, warehouse: Warehouse) -> None:
        super().__init__(daemon=True)
        self.warehouse, self.found, self.over = warehouse, Found(), threading.Event()

    def run(self) -> None:
        well = time.monotonic()
        while not self.over.is_set():
            try:
                with self.warehouse.snapshot() as reader:
                    reader.read("select count(*), sum(expense) from ledger")
                self.found.reads += 1
                well = time.monotonic()
            except WorkspaceBusy:
                time.sleep(0.01)
            self.found.away = max(self.found.away, time.monotonic() - well)


def fill(folder: Path, *, checked: bool) -> Found:
    """Import until the disk is full; `checked`: the free room is looked at before, as always."""
    room, bookkeeping._LEAST = bookkeeping._LEAST, bookkeeping._LEAST if checked else -(1 << 40)
    warehouse = opened(folder)
    looker = Looker(warehouse)
    looker.start()
    found = looker.found
    try:
        for number in range(1, 500):
            found.acknowledged.append(warehouse.load(batch(number, _ROWS)).import_id)
    except WorkspaceBusy as refusal:
        found.said = refusal.code
    reads = found.reads
    _until(lambda: found.reads > reads + 20)
    looker.over.set()
    looker.join()
    bookkeeping._LEAST = room
    found.after = "" if found.reads > reads else "nobody reads any more"
    warehouse.close()
    return found


def _until(well: Callable[[], bool]) -> None:
    end = time.monotonic() + _BACK
    while not well() and time.monotonic() < end:
        time.sleep(0.01)


def whole(folder: Path, found: Found) -> str:
    """What is wrong with the school when there is room again; nothing, if all is well."""
    warehouse = opened(folder)
    try:
        there = {one.import_id for one in warehouse.history()}
        (row,) = warehouse.read("select count(*) as n from ledger")
        if there != set(found.acknowledged) or row["n"] != _ROWS * len(there):
            return f"{sorted(there)} there, {found.acknowledged} acknowledged"
        if findings := warehouse.verified.findings:
            return findings[0].message.en
        warehouse.load(batch(len(there) + 1, 1))
        return ""
    finally:
        warehouse.close()


def limited(folder: Path, *, checked: bool) -> Found:
    """The same in a process that may write no large file."""
    found = _apart(_limited, folder, checked)
    assert isinstance(found, Found)
    return found


def lines_on_a_full_disk(folder: Path) -> object:
    """How many lines of the ledger a start finds that can write nothing at all."""
    return _apart(_without_room, folder)


def _apart(work: Callable[..., None], *words: object) -> object:
    own, answers = apart(work, *words)
    try:
        assert answers.poll(120), "no answer"
        return answers.recv()
    finally:
        own.kill()
        own.join()


def _limited(folder: Path, checked: bool, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT, _LIMIT))
    answer.send(fill(folder, checked=checked))


def _without_room(folder: Path, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warehouse = opened(folder)
    answer.send(warehouse.read("select count(*) as n from ledger")[0]["n"])


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A disk of its own, where this user may make one."""
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", name]
        try:
            made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        except OSError:
            made = False
        try:
            yield Path(name) if made else None
        finally:
            if made:
                subprocess.run(["umount", name], check=True)  # noqa: S607


def run(seconds: float) -> Result:
    began, kinds, wrong = time.monotonic(), list[str](), list[str]()
    away, imports = 0.0, 0
    for cycle in range(_CYCLES):
        if time.monotonic() - began > seconds:
            break
        kind, found, trouble = _one(checked=cycle % 2 == 0)
        kinds.append(kind)
        away, imports = max(away, found.away), imports + len(found.acknowledged)
        wrong += [trouble] if trouble else []
        wrong += [f"said {found.said or 'nothing'}"] if found.said != "no_room" else []
    told = (
        f"{len(kinds)} full disks ({kinds.count('disk')} real ones), {imports} imports whole,"
        f" readers away {away:.2f} s at most"
    )
    held = not wrong and len(kinds) == _CYCLES and away <= _BACK
    return measured(__name__, GOAL, "; ".join([told, *wrong[:3]]), held, began)


def _one(*, checked: bool) -> tuple[str, Found, str]:
    with small_disk() as disk, tempfile.TemporaryDirectory() as name:
        if disk is None:
            found = limited(Path(name), checked=checked)
            return "limit", found, found.after or whole(Path(name), found)
        (disk / "ballast").write_bytes(bytes(_DISK // 3))
        found = fill(disk, checked=checked)
        (disk / "ballast").unlink()
        return "disk", found, found.after or whole(disk, found)
