"""What an import would change, told before it does: row by row, field by field.

The sheets are stored for real in a transaction that is never committed, so what is told is what
will happen. A register is compared with itself; a roster with the latest one before its day,
because people ask who joined, who left and who moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from dashboard.contracts import dataset
from dashboard.contracts.model import Dataset
from dashboard.schema import BEFORE, Arrival, Cursor, Merged, Mode
from dashboard.warehouse.database import Row

LISTED = 200  # rows shown of each kind; counts are exact


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row, from what to what; None is empty."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row. `row` is its number in the sheet, None for a row the sheet does not have.

    `fields` are the stored fields after the import, of a vanished row before it.
    """

    key: str
    row: int | None
    fields: dict[str, Any]
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetComparison:
    """What one sheet would bring. Counts are exact, the lists hold the first LISTED rows.

    Of a roster the counts speak of people, against the roster of the day `since` (None: there is
    no earlier one, all are new): joined, changed, the same, left. A roster in several sheets tells
    who left at its last one. `stored` is what would be written; `by_field` says how many rows
    change in which field; `period` is what is replaced; `imported_at`: this sheet was imported
    before, then.
    """

    file: str
    sha256: str
    sheet: str
    area: str
    dataset: str
    mode: Mode
    stored: Merged
    added: int
    changed: int
    unchanged: int
    vanished: int
    period: tuple[date, date] | None = None
    since: date | None = None
    imported_at: datetime | None = None
    by_field: dict[str, int] = field(default_factory=dict)
    added_rows: tuple[RowChange, ...] = ()
    changed_rows: tuple[RowChange, ...] = ()
    vanished_rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an import would bring, its sheets in order."""

    sheets: tuple[SheetComparison, ...]

    @property
    def changed(self) -> bool:
        """False where all of it is there already."""
        return any(sheet.stored.wrote for sheet in self.sheets)


def compared(
    cursor: Cursor, arrival: Arrival, source_id: int, merged: Merged, before: datetime | None
) -> SheetComparison:
    """A sheet that was just stored, against the rows it met; of a roster the numbers only."""
    sheet, target = arrival.sheet, dataset(arrival.sheet.dataset or "")
    lists = {} if target.shape == "snapshot" else _lists(cursor, target, source_id)
    return SheetComparison(
        file=arrival.file,
        sha256=arrival.sha256,
        sheet=sheet.name,
        area=sheet.area,
        dataset=target.name,
        mode=arrival.mode,
        stored=merged,
        added=merged.added,
        changed=merged.changed,
        unchanged=merged.unchanged,
        vanished=merged.removed,
        period=merged.period,
        imported_at=before,
        **lists,
    )


def _lists(cursor: Cursor, target: Dataset, source_id: int) -> dict[str, Any]:
    """The rows a sheet wrote, beside what they were before (see warehouse/merging.py)."""
    now = f'(from "{target.name}" where source_id = {source_id}) as now'
    was = f'(from "{target.name}{BEFORE}" where by_source = {source_id}) as was'
    both = Pairs(cursor, target, f"{now} join {was} using (row_key)", tuple(target.stored()))
    return {
        "added_rows": both.over(f"{now} anti join {was} using (row_key)").rows(was="null"),
        "changed_rows": both.rows(),
        "by_field": both.by_field(),
        "vanished_rows": both.over(f"{was} anti join {now} using (row_key)").rows(now="null"),
    }


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows as they are beside what they were: a relation of `now` and `was`, and the fields in
    which they are compared.
    """

    cursor: Cursor
    dataset: Dataset
    relation: str
    fields: tuple[str, ...]

    def over(self, relation: str) -> Pairs:
        return replace(self, relation=relation)

    def count(self) -> int:
        (found,) = self.cursor.execute(f"select count(*) from {self.relation}").fetchall()[0]  # noqa: S608
        return int(found)

    def by_field(self) -> dict[str, int]:
        """Field -> in how many rows it changes, where it does."""
        counts = ", ".join(f"count(*) filter ({differs(name)})" for name in self.fields)
        found = self.cursor.execute(f"select {counts} from {self.relation}").fetchall()[0]  # noqa: S608
        return {name: int(n) for name, n in zip(self.fields, found, strict=True) if n}

    def rows(self, now: str = "now", was: str = "was") -> tuple[RowChange, ...]:
        """The first LISTED rows in the order of their sheet; "null" for the side there is not."""
        order = f"{was if now == 'null' else now}"
        found = self.cursor.execute(
            f"select {now} as now, {was} as was from {self.relation}"  # noqa: S608 - own names
            f" order by {order}.source_id, {order}.source_row, {order}.row_key limit {LISTED}"
        ).fetchall()
        return tuple(self._row(*pair) for pair in found)

    def _row(self, now: Row | None, was: Row | None) -> RowChange:
        there = now or was or {}
        pairs = [(name, was[name], now[name]) for name in self.fields] if now and was else []
        return RowChange(
            there["row_key"],
            now["source_row"] if now else None,
            {name: there[name] for name in self.dataset.stored()},
            tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2]),
        )


def differs(name: str) -> str:
    return f'now."{name}" is distinct from was."{name}"'
