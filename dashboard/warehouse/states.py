"""How a table is at one moment, in a few numbers that can be compared later and elsewhere.

The rows, the exact sum of every number column, and a checksum that knows no order: the sum of the
rows' hashes. Sums add up, so an import's part is counted by itself and a large register need not
be read through at every write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

import duckdb

from dashboard.contracts import DATASETS
from dashboard.schema import BEFORE, Cursor, quoted

OWN = ("imports", "sources", "settings", "remembered", "disclosures")
_ROOM = 2**64


@dataclass(frozen=True, slots=True)
class State:
    """`form` tells which columns were hashed, by which engine: checksums of unlike forms cannot
    be compared.
    """

    rows: int = 0
    check: int = 0
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    form: str = ""

    def plus(self, other: State, sign: int = 1) -> State:
        sums = {n: self.sums.get(n, Decimal(0)) + sign * other.sums[n] for n in other.sums}
        rows, check = self.rows + sign * other.rows, (self.check + sign * other.check) % _ROOM
        return State(rows, check, {**self.sums, **sums}, other.form)

    def same(self, other: State) -> bool:
        """By rows and the sums both have; by the checksum, too, where it can be compared."""
        common = self.sums.keys() & other.sums.keys()
        return (
            self.rows == other.rows
            and all(self.sums[name] == other.sums[name] for name in common)
            and (self.form != other.form or self.check == other.check)
        )

    def as_json(self) -> dict[str, Any]:
        sums = {name: str(value) for name, value in self.sums.items()}
        return {"rows": self.rows, "check": f"{self.check:x}", "form": self.form} | (
            {"sums": sums} if sums else {}
        )

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Self:
        sums = {name: Decimal(value) for name, value in held.get("sums", {}).items()}
        return cls(held["rows"], int(held["check"], 16), sums, held["form"])


EMPTY = State()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted of which table: the columns a file has, which may be an older program's."""

    columns: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, cursor: Cursor) -> Measure:
        """By the tables of the open file, as they are now."""
        found: dict[str, dict[str, str]] = {}
        sql = "select table_name, column_name, data_type from duckdb_columns() where not internal"
        for table, column, kind in cursor.execute(sql).fetchall():
            found.setdefault(table, {})[column] = kind
        twins = [f"{name}{BEFORE}" for name in DATASETS]
        return cls({name: found[name] for name in (*DATASETS, *twins, *OWN) if name in found})

    def form(self, table: str) -> str:
        """Of the names in their order of the alphabet: older files have another order."""
        told = f"{duckdb.__version__} {sorted(self.columns[table].items())}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def counted(self, cursor: Cursor, table: str, where: str = "true") -> State:
        """The rows of a table for which `where` holds: our own words, never a person's."""
        return self._counted(cursor, table, f'"{table}" where {where}')

    def every(self, cursor: Cursor, names: Collection[str] | None = None) -> dict[str, State]:
        """Every table, or those named, that has a row."""
        chosen = self.columns if names is None else [n for n in self.columns if n in names]
        found = {name: self.counted(cursor, name) for name in chosen}
        return {name: state for name, state in found.items() if state.rows}

    def brought(self, cursor: Cursor, register: str, sources: Collection[int]) -> State:
        """What a register gained by an import, and lost: kept in its twin, under its sheets.

        A row that one sheet wrote and a later one of the same import changed was never there
        before.
        """
        among = f"in ({', '.join(map(str, sources))})"
        twin = f"{register}{BEFORE}"
        older = f"by_source {among} and (source_id is null or source_id not {among})"
        lost = self._counted(cursor, register, f'"{twin}" where {older}')
        return self.counted(cursor, register, f"source_id {among}").plus(lost, -1)

    def kept_before(self, cursor: Cursor, register: str, sources: Collection[int]) -> State:
        among = f"by_source in ({', '.join(map(str, sources))})"
        return self.counted(cursor, f"{register}{BEFORE}", among)

    def _counted(self, cursor: Cursor, columns_of: str, rows: str) -> State:
        columns = self.columns[columns_of]
        ordered = quoted(sorted(columns))
        numbers = [
            n for n, kind in columns.items() if kind.startswith("DECIMAL") or kind == "BIGINT"
        ]
        summed = "".join(f', coalesce(sum("{name}"), 0)' for name in numbers)
        sql = f"select count(*), coalesce(sum(hash({ordered})), 0){summed} from {rows}"  # noqa: S608 - own names
        count, check, *sums = cursor.execute(sql).fetchall()[0]
        told = {name: Decimal(value) for name, value in zip(numbers, sums, strict=True)}
        return State(count, int(check) % _ROOM, told, self.form(columns_of))
