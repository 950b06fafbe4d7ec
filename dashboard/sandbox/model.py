"""What is asked with, what it may cost, and what may be in its way."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

MOMENT = pa.timestamp("us")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a question may cost: the engine's memory in bytes (the platform bounds the child's),
    seconds of work, rows, columns and bytes of the answer, and characters of one of its cells.
    """

    memory: int = 512 * 2**20
    seconds: int = 20
    rows: int = 10_000
    columns: int = 1_024
    bytes: int = 32 * 2**20
    characters: int = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """A table handed in, and every name it goes by."""

    names: tuple[str, ...]
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer.

    code        what happened, for a sentence in plain words
    said        DuckDB's own words, or the name that is meant
    at          (line, column) from 1, where it is known
    candidates  names that may have been meant
    """

    code: str
    said: str = ""
    at: tuple[int, int] | None = None
    candidates: tuple[str, ...] = ()


class Unanswered(Exception):
    """A question that has no answer."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.code)


def is_plain(kind: pa.DataType) -> bool:
    """Whether a column of an answer may be of this type."""
    simple = pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_string(kind)
    exact = pa.types.is_decimal128(kind) or kind == pa.float64()
    return bool(simple or exact or kind in (pa.date32(), MOMENT))
