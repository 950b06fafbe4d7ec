"""T12: twenty threads read pages while a writer imports and takes back; no page is ever half.

First they ask what tiles ask, in one snapshot: the lines of the ledger, their sum, what the budget
says there should be, and the version. Then they read whole pages as the screen does; each such
answer must be one of the two there can be.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from dashboard.answers import Answer, Question, answered, asking
from dashboard.contents import found as every_page
from dashboard.roles import Role
from dashboard.warehouse import Warehouse
from tests.soak.harness import Result, measured
from tests.soak.kill import batch

GOAL = "T12: 20 readers and a writer: 0 inconsistent of 50,000 snapshots, 0 of all whole pages"
_READERS = 20
_READS = 50_000
_TILES = "select count(*) as n, coalesce(sum(expense), 0) as total from ledger"
_SAID = "select coalesce(sum(approved), 0) as n, count(*) as imports from budget"
_VERSION = "select value from meta where name = 'version'"


@dataclass
class Crowd:
    """Everybody on one open workspace; `bad` says what no page may show."""

    warehouse: Warehouse
    over: threading.Event = field(default_factory=threading.Event)
    tiles: int = 0
    pages: int = 0
    writes: int = 0
    bad: list[str] = field(default_factory=list)
    states: dict[str, object] = field(default_factory=dict)
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def read_tiles(self) -> None:
        while not self.over.is_set():
            with self.warehouse.snapshot() as reader:
                (version,) = reader.read(_VERSION)
                (lines,) = reader.read(_TILES)
                (said,) = reader.read(_SAID)
                (again,) = reader.read(_TILES)
            self._judge(lines == again, "one page, two sums")
            self._judge(lines["n"] == said["n"], f"{lines['n']} lines of {said['n']}")
            known = self.states.setdefault(version["value"], lines)
            self._judge(known == lines, "one version, two states")
            with self._counting:
                self.tiles += 1

    def read_pages(self, valid: dict[str, list[Answer]], asked: dict[str, Question]) -> None:
        while not self.over.is_set():
            for name, question in asked.items():
                if self.over.is_set():
                    break
                with self.warehouse.snapshot() as reader:
                    answer = answered(reader, question)
                self._judge(comparable(answer) in valid[name], f"a page of two states: {name}")
                with self._counting:
                    self.pages += 1

    def write(self) -> None:
        while not self.over.is_set():
            loaded = self.warehouse.load(batch(2, 400))
            self.warehouse.undo(loaded.import_id)
            self.writes += 2

    def _judge(self, is_well: bool, said: str) -> None:
        if not is_well:
            self.bad.append(said)


def comparable(answer: Answer) -> Answer:
    """Without the list of imports, which grows with every one."""
    return replace(answer, imports=())


def questions() -> dict[str, Question]:
    view = Question(
        folder="",
        workspace="school",
        version=0,
        today=date(2017, 6, 30),
        period=None,
        chosen=(),
        as_of=None,
        lang="zh",
        role=Role.OFFICER,
    )
    return {page.path: asking(page, view) for page in every_page() if page.filtered}


def tiles(folder: Path, seconds: float, readers: int = _READERS) -> Crowd:
    """Everybody reads tiles; there are no marts, so that the writer writes often."""
    (folder / "queries").mkdir()
    own = Crowd(Warehouse.open(folder / "tiles" / "dashboard.duckdb", queries=folder / "queries"))
    own.warehouse.load(batch(1, 250))
    return _let_loose(own, [own.read_tiles] * readers, seconds)


def pages(folder: Path, seconds: float, readers: int = _READERS) -> Crowd:
    """Everybody reads whole pages, as the screen does."""
    own = Crowd(Warehouse.open(folder / "school" / "dashboard.duckdb"))
    own.warehouse.load(batch(1, 250))
    asked = questions()
    valid = {name: [_now(own, question)] for name, question in asked.items()}
    loaded = own.warehouse.load(batch(2, 400))
    for name, question in asked.items():
        valid[name].append(_now(own, question))
    own.warehouse.undo(loaded.import_id)
    return _let_loose(own, [partial(own.read_pages, valid, asked)] * readers, seconds)


def _let_loose(own: Crowd, reading: list[Callable[[], None]], seconds: float) -> Crowd:
    threads = [threading.Thread(target=_guarded, args=(own, work)) for work in reading]
    threads.append(threading.Thread(target=_guarded, args=(own, own.write)))
    for thread in threads:
        thread.start()
    own.over.wait(seconds)
    own.over.set()
    for thread in threads:
        thread.join()
    own.warehouse.close()
    return own


def _guarded(own: Crowd, work: Callable[[], None]) -> None:
    """Who stops proves nothing."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it is
        own.bad.append(f"{type(error).__name__}: {error}")


def _now(own: Crowd, question: Question) -> Answer:
    with own.warehouse.snapshot() as reader:
        return comparable(answered(reader, question))


def run(seconds: float) -> Result:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        quick = tiles(Path(place), seconds * 0.7)
        slow = pages(Path(place), seconds * 0.2)
    bad = [*quick.bad, *slow.bad]
    found = (
        f"{quick.tiles} snapshots during {quick.writes} writes, {slow.pages} whole pages during"
        f" {slow.writes}: {len(bad)} inconsistent {'; '.join(bad[:2])}"
    )
    held = not bad and quick.tiles >= _READS and slow.pages > 0 and slow.writes > 0
    return measured(__name__, GOAL, found, held, began)
