"""One question, answered or not; called in a child that was limited before, and dies after it."""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from dashboard.sandbox import engine, gate, result
from dashboard.sandbox.fault import of_error
from dashboard.sandbox.model import Bounds, Fault, Given, Unanswered
from dashboard.sandbox.result import Result


@dataclass(frozen=True, slots=True)
class Told:
    """A result, or the fault that is in its way; `seconds` of work."""

    seconds: float
    found: Result | None = None
    fault: Fault | None = None

    def head(self) -> dict[str, object]:
        """Everything but the table."""
        more, cut = (self.found.more, self.found.cut) if self.found else (False, False)
        fault = asdict(self.fault) if self.fault else None
        return {"seconds": self.seconds, "more": more, "cut": cut, "fault": fault}


def answer(sql: str, given: Sequence[Given], bounds: Bounds, others: Sequence[str] = ()) -> Told:
    """What the tables say to the question; `others` are names of tables that were not handed in.
    Nothing the question holds raises.
    """
    con = engine.opened(given, bounds)
    engine.seal()
    begun = time.monotonic()
    try:
        wrapped = gate.check(con, sql, engine.names(given), others)
        found = _asked(con, wrapped, sql, bounds)
        return Told(time.monotonic() - begun, found=found)
    except Unanswered as unanswered:
        return Told(time.monotonic() - begun, fault=unanswered.fault)


def _asked(con: duckdb.DuckDBPyConnection, wrapped: str, sql: str, bounds: Bounds) -> Result:
    try:
        with warnings.catch_warnings(action="ignore"):  # a copy of an answer's few rows is wanted
            found: pa.Table = con.execute(f"{wrapped}{bounds.rows + 1}").to_arrow_table()
        return result.plainly(found, bounds)
    except (duckdb.Error, MemoryError, ValueError, OverflowError, pa.ArrowException) as error:
        raise Unanswered(of_error(error, sql, len(gate.BEFORE))) from None
