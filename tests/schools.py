"""Schools written out in a test, on their way into a real warehouse, and figures read back."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from arrivals import arrival

from dashboard.contracts import DATASETS
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS, targets
from dashboard.kpis.evaluate import evaluate
from dashboard.kpis.model import Result
from dashboard.periods import parse
from dashboard.warehouse import Warehouse

TODAY = date(2018, 12, 31)
_FILE = "school.duckdb"

Row = dict[str, Any]


@dataclass(slots=True)
class School:
    """Rows by dataset as an importer would hand them over; rosters by their as-of date."""

    staff: dict[date, list[Row]] = field(default_factory=dict)
    members: dict[date, list[Row]] = field(default_factory=dict)
    activities: list[Row] = field(default_factory=list)
    attendance: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    budget: list[Row] = field(default_factory=list)
    proposals: list[Row] = field(default_factory=list)
    votes: list[Row] = field(default_factory=list)

    def sheets(self) -> Iterator[tuple[str, date | None, list[Row]]]:
        for name in DATASETS:
            held = getattr(self, name)
            yield from (
                ((name, day, rows) for day, rows in held.items())
                if isinstance(held, dict)
                else ([(name, None, held)] if held else [])
            )


def keyed(dataset: str, rows: Iterable[Row]) -> dict[str, Row]:
    """Under the contract's own keys; a second equal one is ~2, as the importer has it."""
    found: dict[str, Row] = {}
    times: dict[str, int] = {}
    for row in rows:
        key = DATASETS[dataset].key(row)
        times[key] = times.get(key, 0) + 1
        found[key if times[key] == 1 else f"{key}~{times[key]}"] = row
    return found


def enter(warehouse: Warehouse, school: School) -> Warehouse:
    """Everything in one import."""
    warehouse.load(
        [
            arrival(name, keyed(name, rows), as_of=day, mapped=" ".join(DATASETS[name].stored()))
            for name, day, rows in school.sheets()
        ]
    )
    return warehouse


@contextmanager
def opened(folder: Path, school: School) -> Iterator[Warehouse]:
    if not (folder / _FILE).exists():
        shutil.copytree(_empty(), folder, dirs_exist_ok=True)
    warehouse = Warehouse.open(folder / _FILE)
    try:
        yield enter(warehouse, school)
    finally:
        warehouse.close()


@cache
def _empty() -> Path:
    """A workspace as the first start makes it, made once in a process: it takes twice as long as
    opening one.
    """
    folder = Path(tempfile.mkdtemp(prefix="empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Warehouse.open(folder / _FILE).close()
    return folder


def amounts(rows: Iterable[Mapping[str, Any]], name: str) -> Decimal:
    return sum((row[name] or Decimal(0) for row in rows), Decimal(0))


class Schools:
    """Opens workspaces with the rows given, one beside the other; all are closed in the end."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack, self._opened = folder, stack, 0

    def __call__(self, **rows: Any) -> Warehouse:
        self._opened += 1
        place = opened(self._folder / str(self._opened), School(**rows))
        return self._stack.enter_context(place)


def person(no: str | None, name: str, department: str | None = "语文组", **more: Any) -> Row:
    return {"staff_no": no, "name": name, "department": department} | more


def read(
    warehouse: Warehouse, kpi: str, period: str = "2017", department: str | None = None
) -> Result:
    filters = Filters(parse(period), TODAY, chosen({"department": department}))
    return evaluate(warehouse, KPIS[kpi], filters, targets.load())


def counted(warehouse: Warehouse, kpi: str, *view: Any) -> tuple[Any, Any]:
    """Numerator and denominator of a figure that is there."""
    now = read(warehouse, kpi, *view).now
    assert now.missing is None
    return now.numerator, now.denominator
