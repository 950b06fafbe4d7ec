"""A question in SQL, answered in the same child as files are read in; never in the server."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from dashboard.importing import children, confinement, wire
from dashboard.importing.children import Told
from dashboard.importing.order import Order
from dashboard.sandbox.model import Bounds, Fault, Given, is_plain
from dashboard.settings import Limits, today

_WISH = "sql"  # the order's key
_AROUND = 10  # seconds for a child to start and take the tables


@dataclass(frozen=True, slots=True)
class Answer:
    """A table of plain columns, or the fault that is in its way.

    more     there are more rows than these
    cut      cells were shortened
    seconds  of work
    """

    table: pa.Table | None = None
    fault: Fault | None = None
    more: bool = False
    cut: bool = False
    seconds: float = 0.0


def ask(
    sql: str,
    given: Sequence[Given],
    others: Sequence[str] = (),
    limits: Limits | None = None,
    told: Told | None = None,
) -> Answer:
    """What the tables say to somebody's SQL, in a child process.

    others: names of tables that are not handed in, to be offered where one is not known.
    told: called some twenty times a second while it works; what it raises stops the question and
    passes through. Never raises for what is asked: a child that dies is a fault like another.
    """
    bounds = limits or Limits()
    wire.write(
        {"names": [one.names for one in given], "others": list(others)},
        [one.table for one in given],
        data := io.BytesIO(),
    )
    seconds = bounds.question_seconds + _AROUND
    try:
        answer = children.answer(_order(sql, bounds), data.getvalue(), seconds, told, "questions")
        return children.understood(answer, _answer)
    except subprocess.TimeoutExpired:
        return Answer(fault=Fault("time"))
    except subprocess.SubprocessError:
        return Answer(fault=Fault("died"))


def _order(sql: str, bounds: Limits) -> bytes:
    child = replace(bounds, child_memory=bounds.question_memory)
    order = json.loads(wire.order_to_json(Order("sql", today(), limits=child)))
    return wire.dumped(order | {_WISH: sql})


def _answer(data: bytes) -> Answer:
    """Raises ValueError, KeyError or TypeError where the bytes are no answer."""
    head, (stream,) = wire.parts(data)
    fault = _fault(head["fault"]) if head["fault"] else None
    table = wire.table(stream) if stream is not None else None
    if (table is None) == (fault is None):
        raise ValueError("neither an answer nor a fault")
    if table is not None and not all(map(is_plain, table.schema.types)):
        raise ValueError("no plain columns")
    return Answer(table, fault, bool(head["more"]), bool(head["cut"]), float(head["seconds"]))


def _fault(found: dict[str, Any]) -> Fault:
    at = (int(found["at"][0]), int(found["at"][1])) if found["at"] else None
    candidates = tuple(str(name) for name in found["candidates"])
    return Fault(str(found["code"]), str(found["said"]), at, candidates)


def wish(order: bytes) -> str | None:
    """In the child: the SQL that is asked; None where a file is to be read."""
    found: str | None = json.loads(order).get(_WISH)
    return found


def told(data: bytes, sql: str, limits: Limits) -> bytes:
    """In the child: the answer. Its engine takes its time to load: not for a file. It looks at the
    computer when it opens, so the child is shut between that and the question.
    """
    from dashboard.sandbox.running import answer

    head, streams = wire.parts(data)
    tables = (wire.table(stream) for stream in streams if stream is not None)
    given = [Given(tuple(names), one) for names, one in zip(head["names"], tables, strict=True)]
    memory, seconds = limits.child_memory * 2 // 5, limits.question_seconds
    bounds = Bounds(memory, seconds, limits.question_rows)
    found = answer(sql, given, bounds, head["others"], confinement.shut)
    table = found.found.table if found.found else None
    wire.write(found.head(), [table], sent := io.BytesIO())
    return sent.getvalue()
