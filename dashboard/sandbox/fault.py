"""What is wrong with a question: in DuckDB's words, and where."""

from __future__ import annotations

import json

import duckdb

from dashboard.sandbox.model import Fault

_KINDS = {
    "Parser": "syntax",
    "Catalog": "unknown",
    "Binder": "binding",
    "Conversion": "conversion",
    "INTERRUPT": "time",
    "Out of Memory": "memory",
}
_CLOSE = 5  # candidates that are told
_SAID = 1_000  # characters; a question can have a fault say anything


def place(sql: str, at: int) -> tuple[int, int] | None:
    """(line, column) of a byte of the question; None for one that is not in it."""
    data = sql.encode()
    if not 0 <= at <= len(data):
        return None
    before = data[:at].decode(errors="ignore")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def of_error(error: BaseException, sql: str, shift: int = 0) -> Fault:
    """A fault out of DuckDB's; `shift` bytes stood before the question."""
    if isinstance(error, MemoryError):
        return Fault("memory")
    if not isinstance(error, duckdb.Error):
        return Fault("failed")
    told = _told(str(error))
    code = _KINDS.get(told.get("exception_type", ""), "other")
    if told.get("error_subtype") == "COLUMN_NOT_FOUND":
        code = "unknown_column"
    if "expression depth" in told["exception_message"]:
        code = "too_deep"
    if code in ("time", "memory", "too_deep"):
        return Fault(code)
    at = told.get("position")
    where = place(sql, int(at) - shift) if at is not None else None
    names = () if _names_functions(told) else told.get("candidates", "").split(",")
    close = tuple(name for name in names if name)[:_CLOSE]
    return Fault(code, _plainly(told["exception_message"])[:_SAID], where, close)


def _told(words: str) -> dict[str, str]:
    """`errors_as_json`; words that are none are told as they are."""
    try:
        found = json.loads(words[words.index("{") :])
        return {"exception_message": ""} | {key: str(value) for key, value in found.items()}
    except ValueError:
        return {"exception_message": words}


def _names_functions(told: dict[str, str]) -> bool:
    """Its candidates are signatures, with commas of their own."""
    return told.get("error_subtype") == "NO_MATCHING_FUNCTION"


def _plainly(words: str) -> str:
    """Without advice about settings, which nobody can change here, and without signatures."""
    first = words.partition("Candidate functions:")[0]
    lines = [line for line in first.splitlines() if line.strip() and "SET " not in line]
    return "\n".join(lines)
