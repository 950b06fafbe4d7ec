"""One question, answered or not; called in a child that was limited before, and dies after it."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from dashboard.sandbox import engine, gate, result
from dashboard.sandbox.fault import of_error
from dashboard.sandbox.model import Bounds, Fault, Given, Unanswered
from dashboard.sandbox.result import Result

# Types whose Arrow values are bytes of the engine's own, or wrap around (2**128 - 1 comes as -1).
_ODD = re.compile(
    r"\b(UHUGEINT|BIGNUM|BIT|VARIANT|GEOMETRY|TIME WITH TIME ZONE|AGGREGATE_STATE)(?=\W|$)"
)


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


def answer(
    sql: str,
    given: Sequence[Given],
    bounds: Bounds,
    others: Sequence[str] = (),
    seal: Callable[[], object] = engine.seal,
) -> Told:
    """What the tables say to the question; `others` are names of tables that were not handed in.
    `seal` is called when the engine stands and before it is asked anything. Nothing the question
    holds raises.
    """
    con = engine.opened(given, bounds)
    seal()
    begun = time.monotonic()
    try:
        wrapped = gate.check(con, sql, engine.names(given), others)
        found = _asked(con, wrapped, sql, bounds)
        return Told(time.monotonic() - begun, found=found)
    except Unanswered as unanswered:
        return Told(time.monotonic() - begun, fault=unanswered.fault)


def _rows(con: duckdb.DuckDBPyConnection, statement: str, bounds: Bounds) -> pa.Table:
    """As Arrow; what Arrow would tell wrongly in the engine's own words."""
    told = [(name, str(kind)) for name, kind, *_ in con.execute(statement).description or ()]
    if len(told) > bounds.columns:
        raise Unanswered(Fault("columns", f"{len(told):,}"))
    if any(_ODD.search(kind) for _, kind in told):
        columns = ", ".join(_worded(at, *one) for at, one in enumerate(told, 1))
        con.execute(f"select {columns} from ({statement})")  # noqa: S608 - checked before
    found: pa.Table = con.to_arrow_table()
    return found


def _worded(at: int, name: str, kind: str) -> str:
    value = f"cast(#{at} as varchar)" if _ODD.search(kind) else f"#{at}"
    return f"{value} as {engine.quoted(name or ' ')}"


def _asked(con: duckdb.DuckDBPyConnection, wrapped: str, sql: str, bounds: Bounds) -> Result:
    try:
        with warnings.catch_warnings(action="ignore"):  # a copy of an answer's few rows is wanted
            found = _rows(con, f"{wrapped}{bounds.rows + 1}", bounds)
        return result.plainly(found, bounds)
    except (duckdb.Error, MemoryError, ValueError, OverflowError, pa.ArrowException) as error:
        raise Unanswered(of_error(error, sql, len(gate.BEFORE))) from None
