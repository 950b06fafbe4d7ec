"""Rows that are older than a school wants to keep them: how many there are, and how they go.

A roster is as old as its day, another row as the day or year it belongs to; one without either has
no age. The latest roster is never too old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.schema import BEFORE
from dashboard.warehouse import tables
from dashboard.warehouse.database import Reader
from dashboard.warehouse.erasing import Erased
from dashboard.warehouse.merging import coalesced

Limits = Mapping[str, date]  # register -> the first day that is kept


@dataclass(frozen=True, slots=True)
class Aged:
    """Rows of one register that are older than its limit, by year."""

    register: str
    years: Mapping[int, int]

    @property
    def rows(self) -> int:
        return sum(self.years.values())


def aged(reader: Reader, limits: Limits) -> list[Aged]:
    """Registers that have such rows."""
    found = []
    for name, first in limits.items():
        year = _year(name)
        sql = f'select {year} as year, count(*) as rows from "{name}" where {_old(name)} group by 1'  # noqa: S608 - own names
        if rows := reader.read(f"{sql} order by 1", {"first": first}):
            found.append(Aged(name, {row["year"]: row["rows"] for row in rows}))
    return found


def expire(cursor: Any, limits: Limits) -> Erased:
    """Such rows go, with their former states, within somebody else's transaction."""
    gone = {}
    for name, first in limits.items():
        for table in (f"{name}{BEFORE}", name):
            sql = f'delete from "{table}" where {_old(name)}'  # noqa: S608 - own names
            gone[name] = int(cursor.execute(sql, {"first": first}).fetchall()[0][0])
    tables.changed(cursor, DATASETS)
    return Erased({name: count for name, count in gone.items() if count})


def _old(register: str) -> str:
    if DATASETS[register].shape == "snapshot":
        return f'as_of < $first and as_of < (select max(as_of) from "{register}")'  # noqa: S608
    if _is_yearly(register):
        return f"{coalesced(DATASETS[register])} < year($first::date)"
    return f"{coalesced(DATASETS[register])} < $first"


def _year(register: str) -> str:
    if DATASETS[register].shape == "snapshot":
        return "year(as_of)"
    dated = coalesced(DATASETS[register])
    return f"{dated}" if _is_yearly(register) else f"year({dated})"


def _is_yearly(register: str) -> bool:
    dataset = DATASETS[register]
    return dataset.stored()[dataset.dated[0]] != "DATE"
