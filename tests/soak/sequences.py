"""T15: the same files twice, replaced, undone, in any order: every figure is what it was.

The sample's own files, read once. A state is told by the imports that stand and the ways they
came in; whenever the same ones do, every KPI must be the same, bit for bit.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from here import read_here

from dashboard import ingest
from dashboard.contracts import DATASETS
from dashboard.errors import RefusedImport
from dashboard.importing.report import FileReport
from dashboard.kpis import KPIS, counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.schema import Mode
from dashboard.settings import SAMPLE
from dashboard.views import view
from dashboard.warehouse import Warehouse, settings, ways
from tests.soak.harness import Result, measured

GOAL = "T15: 50 random sequences of import, import again, replace, undo: every KPI bit for bit"
_SEQUENCES, _STEPS = 50, 5
_TODAY = date(2018, 6, 30)
_KINDS = {".xlsx", ".xls", ".csv", ".ods", ".xlsb"}

Way = tuple[int, Mode]  # a file's place, and how it came in


def files(most: int = 1 << 20) -> list[FileReport]:
    """The sample as read; the large files are left out, they only cost time."""
    found = sorted(path for path in SAMPLE.iterdir() if path.suffix in _KINDS)
    small = [path for path in found if path.stat().st_size <= most and path.name[0] != "~"]
    return [read_here(path.read_bytes(), path.name) for path in small]


@dataclass
class Run:
    """One school, and every state it was ever in."""

    warehouse: Warehouse
    reports: Sequence[FileReport]
    states: dict[tuple[Way, ...], str] = field(default_factory=dict)
    standing: list[tuple[int, Way]] = field(default_factory=list)
    compared: int = 0
    doubled: int = 0

    def step(self, chance: random.Random) -> None:
        if self.standing and chance.random() < 0.4:
            self._undo(chance.randrange(len(self.standing)))
        else:
            place = chance.randrange(len(self.reports))
            self._load(place, chance.choice(self._modes(place)))
        self.look()

    def look(self) -> None:
        """The figures now, against those of the last time that the same imports stood."""
        key = tuple(way for _, way in self.standing)
        found = self.figures()
        if key in self.states:
            self.compared += 1
            assert self.states[key] == found, f"other figures after {key}"
        self.states[key] = found

    def figures(self) -> str:
        with self.warehouse.snapshot() as reader:
            school = settings(reader)
            filters = view(reader, school, None, (), _TODAY)
            wanted = [counted(name, school.variants) for name in KPIS]
            results = evaluate_all(reader, filters, targets.of(school), wanted)
        return repr([(one.kpi.id, one.now, one.before) for one in results])

    def twice(self) -> None:
        """The file that came last, once more, where it was merged: nothing may change. One that
        came before it may: what a later one put out of the way comes back.
        """
        before = self.figures()
        for place, _ in [way for _, way in self.standing[-1:] if way[1] == "merge"]:
            again = ingest.store(self.warehouse, [self.reports[place]])
            self.doubled += again.changed
            self.warehouse.undo(again.import_id)
        assert self.figures() == before, "a file imported again and undone left something"

    def back(self) -> None:
        """All of it taken back, newest first."""
        while self.standing:
            self._undo(len(self.standing) - 1)
            self.look()

    def _modes(self, place: int) -> list[Mode]:
        names = {sheet.dataset for sheet in self.reports[place].sheets if sheet.dataset}
        offered = [{way.mode for way in ways(DATASETS[name])} for name in names]
        return sorted(set.intersection(*offered)) if offered else ["merge"]

    def _load(self, place: int, mode: Mode) -> None:
        try:
            stored = ingest.store(self.warehouse, [self.reports[place]], mode)
        except RefusedImport:  # added twice, or nothing in it to load: nothing came in
            return
        self.standing.append((stored.import_id, (place, mode)))

    def _undo(self, place: int) -> None:
        self.warehouse.undo(self.standing[place][0], unwind=True)
        del self.standing[place:]

    def sequence(self, seed: int, steps: int = _STEPS) -> None:
        """From nothing to nothing again."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        for _ in range(steps):
            self.step(chance)
        self.twice()
        self.back()
        assert not self.warehouse.verify().findings, "the ledger says something else"


def run(seconds: float) -> Result:
    began, done = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as place:
        one = Run(Warehouse.open(Path(place) / "school" / "dashboard.duckdb"), files())
        one.look()
        while done < _SEQUENCES and time.monotonic() - began < seconds:
            one.sequence(done)
            done += 1
        one.warehouse.close()
    found = (
        f"{done} sequences over {len(one.reports)} files, {one.compared} states met again with the"
        f" same {len(KPIS)} KPIs; imports of the same file that changed something: {one.doubled}"
    )
    return measured(__name__, GOAL, found, done == _SEQUENCES and not one.doubled, began)
