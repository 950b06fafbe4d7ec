"""What a row of a register cannot do without: asked of the contract's own rules, never restated.

A full row is put together by type and one field after another is taken away. Where `finish` then
has one doubt more, the field is needed; where only two missing together raise one, either is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from dashboard.contracts.model import Column, Dataset, Row, Surroundings

_DAY = date(2026, 1, 1)
_BY_TYPE: dict[str, Any] = {"date": _DAY, "money": Decimal(1), "count": 0}  # noughts agree


@dataclass(frozen=True, slots=True)
class Demands:
    """Fields every row must fill, and pairs of which it must fill at least one."""

    required: frozenset[str]
    either: tuple[tuple[str, str], ...]

    def asks_for(self, name: str) -> bool:
        """Whether a row may not simply leave this field empty."""
        return name in self.required or self.pair(name) is not None

    def pair(self, name: str) -> tuple[str, str] | None:
        return next((pair for pair in self.either if name in pair), None)


def of(dataset: Dataset) -> Demands:
    """What a row needs to be read without a doubt, where no title says anything for it."""
    needed = {c.name for c in dataset.kept if c.name in dataset.needed or _doubted(dataset, c)}
    free = [column for column in dataset.kept if column.name not in needed]
    either = ((a.name, b.name) for a, b in combinations(free, 2) if _doubted(dataset, a, b))
    return Demands(frozenset(needed), tuple(either))


def _doubted(dataset: Dataset, *missing: Column) -> bool:
    return bool(_doubts(dataset, *missing) - _doubts(dataset))


def _doubts(dataset: Dataset, *missing: Column) -> set[tuple[str, str]]:
    gone = {column.name for column in missing}
    row: Row = {}
    for column in dataset.kept:
        row |= _filled(column, None if column.name in gone else _value(column))
    fields = frozenset(column.name for column in dataset.kept)
    return set(dataset.finish(row, Surroundings(mapped=fields)))


def _value(column: Column) -> Any:
    return column.codes.codes[0].value if column.codes else _BY_TYPE.get(column.type, column.name)


def _filled(column: Column, value: Any) -> Row:
    if column.type != "period":
        return {column.name: value}
    day = value and _DAY
    return {f"{column.name}_from": day, f"{column.name}_to": day}
