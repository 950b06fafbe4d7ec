"""One sheet meets what is stored: merged by key, put in a period's place, or added to it.

A register's table has no index: a sheet brings each key once, and every way below looks for the
key before it writes, so keys stay unique. Rows that a sheet changes or removes are kept as they
were in `<register>_before`, under the sheet's number; rows it writes carry that number themselves.
That is all an undo needs.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from dashboard import schema
from dashboard.contracts import dataset
from dashboard.contracts.model import Dataset
from dashboard.errors import RefusedImport
from dashboard.importing.tables import schema_of
from dashboard.schema import BEFORE, Arrival, Merged, quoted
from dashboard.warehouse.database import reason

_BAD_ROWS = (
    *(ValueError, TypeError, OverflowError),  # a value Arrow cannot take exactly
    *(duckdb.DataError, duckdb.IntegrityError, duckdb.InvalidInputException),
)
_ORDINAL = r"~(\d+)$"  # the second line of a voucher ends in ~2


def merge(cursor: duckdb.DuckDBPyConnection, source_id: int, arrival: Arrival) -> Merged:
    """One sheet into its register, by its mode; raises RefusedImport for rows that do not fit."""
    target = dataset(arrival.sheet.dataset or "")
    try:
        rows = schema.staged(target, arrival.sheet)
        if rows.schema != schema_of(target):
            raise TypeError("the columns are not those of the register")
        cursor.register("staged", rows)
        merged = _Meeting(cursor, target, arrival, source_id, rows.num_rows).held()
    except _BAD_ROWS as error:
        name = arrival.sheet.name
        raise RefusedImport("unstorable", sheet=name, reason=reason(error)) from error
    cursor.unregister("staged")
    return merged


@dataclass(slots=True)
class _Meeting:
    """The statements for one sheet; in all of them `t` is a stored row and `s` a staged one."""

    cursor: duckdb.DuckDBPyConnection
    dataset: Dataset
    arrival: Arrival
    source_id: int
    rows: int
    period: tuple[date, date] | None = None

    def held(self) -> Merged:
        self._check_keys()
        ways: dict[str, Callable[[], Merged]] = {
            "merge": self._merged,
            "replace": self._replaced,
            "add": self._added,
        }
        return ways[self.arrival.mode]()

    def _check_keys(self) -> None:
        (distinct,) = self._run("select count(distinct row_key) from staged")
        if distinct != self.rows:
            name = self.arrival.sheet.name
            raise RefusedImport("unstorable", sheet=name, reason="a key is empty or stands twice")

    def _merged(self) -> Merged:
        changed = self._change(new_values(self.dataset, set(self.arrival.sheet.columns)))
        added = self._insert(f"staged as s anti join {self._table} as t on {self._same}")
        return Merged(added, changed, self.rows - added - changed)

    def _replaced(self) -> Merged:
        """The sheet's rows stand for themselves: a field it has no column for is emptied."""
        self.period = self._covered()
        removed = self._remove()
        changed = self._change({name: f's."{name}"' for name in self.dataset.stored()})
        added = self._insert(f"staged as s anti join {self._table} as t on {self._same}")
        unchanged = self.rows - added - changed
        return Merged(added, changed, unchanged, removed, self.period)

    def _added(self) -> Merged:
        """A key that is taken gets the next free ordinal, in the order of the sheet."""
        base = f"regexp_replace(row_key, '{_ORDINAL}', '')"
        ordinal = f"coalesce(try_cast(regexp_extract(row_key, '{_ORDINAL}', 1) as bigint), 1)"
        fresh = f"""
            with taken as (
                select {base} as base, max({ordinal}) as last from {self._table} group by all
            ), coming as (
                select *, {base} as base, {ordinal} as ordinal from staged
            )
            select coming.* replace (
                case when last is null then row_key else concat(base, '~', last
                    + row_number() over (partition by base order by ordinal)) end as row_key
            ) from coming left join taken using (base)
        """  # noqa: S608 - our own names
        return Merged(self._insert(f"({fresh}) as s"), changed=0, unchanged=0)

    # -- statements ---------------------------------------------------------------------------

    @property
    def _table(self) -> str:
        return f'"{self.dataset.name}"'

    @property
    def _same(self) -> str:
        return "t.row_key = s.row_key" + (" and t.as_of = $as_of" if self._is_roster else "")

    @property
    def _is_roster(self) -> bool:
        return self.dataset.shape == "snapshot"

    def _insert(self, rows: str) -> int:
        """`rows`: the staged rows that are new, as a relation named s."""
        fields = {name: f's."{name}"' for name in self.dataset.stored()}
        as_of = {"as_of": "$as_of"} if self._is_roster else {}
        values = {"row_key": "s.row_key"} | as_of | fields | _PROVENANCE
        into = f"insert into {self._table} ({quoted(values)})"
        select = f"{into} select {', '.join(values.values())} from {rows}"  # noqa: S608 - own names
        return int(self._run(select)[0])

    def _change(self, values: dict[str, str]) -> int:
        """A row whose fields all stay the same is not touched, and so keeps its provenance."""
        differs = " or ".join(f'{new} is distinct from t."{name}"' for name, new in values.items())
        changed = self._keep(f"join staged as s on {self._same} where {differs}")
        if changed:
            new = ", ".join(f'"{name}" = {sql}' for name, sql in (values | _PROVENANCE).items())
            self._run(
                f"update {self._table} as t set {new} from staged as s"  # noqa: S608 - own names
                f" where {self._same} and ({differs})"
            )
        return changed

    def _remove(self) -> int:
        """The rows of the period that the sheet does not have."""
        day = "as_of = $as_of" if self._is_roster else within(self.dataset)
        gone = f"where {day} and row_key not in (select row_key from staged)"  # noqa: S608
        removed = self._keep(gone)
        if removed:
            self._run(f"delete from {self._table} {gone}")  # noqa: S608 - own names
        return removed

    def _keep(self, rows: str) -> int:
        """Remember stored rows as they are; `rows` says which, after `from table as t`."""
        names = schema.columns_of(self.dataset)
        held = ", ".join(f't."{name}"' for name in names)
        before = f'insert into "{self.dataset.name}{BEFORE}" (by_source, {quoted(names)})'
        select = f"{before} select $source_id, {held} from {self._table} as t {rows}"  # noqa: S608
        return int(self._run(select)[0])

    def _covered(self) -> tuple[date, date]:
        """A roster's day; else from the first to the last month (or year) of the sheet's rows."""
        day = self.arrival.sheet.as_of
        if self._is_roster and day:
            return day, day
        dated = coalesced(self.dataset)
        first, last = self._run(f"select min({dated}), max({dated}) from staged")  # noqa: S608
        if first is None:
            raise RefusedImport("no_period", sheet=self.arrival.sheet.name)
        if isinstance(first, int):
            return date(first, 1, 1), date(last, 12, 31)
        return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])

    def _run(self, sql: str) -> tuple[Any, ...]:
        """The first row of the answer; of a statement that writes, how many rows it wrote."""
        first, last = self.period or (None, None)
        as_of = self.arrival.sheet.as_of
        known = {"source_id": self.source_id, "as_of": as_of, "first": first, "last": last}
        named = {name: value for name, value in known.items() if f"${name}" in sql}
        return tuple(self.cursor.execute(sql, named).fetchall()[0])


_PROVENANCE = {name: f's."{name}"' for name in schema.PROVENANCE} | {"source_id": "$source_id"}


def coalesced(dataset: Dataset) -> str:
    """The SQL of the day, or the year, a row belongs to."""
    return f"coalesce({quoted(dataset.dated)})"


def within(dataset: Dataset) -> str:
    """The SQL of: the row belongs to the days from $first to $last."""
    if dataset.stored()[dataset.dated[0]] == "DATE":
        return f"{coalesced(dataset)} between $first and $last"
    return f"{coalesced(dataset)} between year($first) and year($last)"


def new_values(dataset: Dataset, mapped: set[str]) -> dict[str, str]:
    """Field -> the SQL of its value after a merge; `t` is the stored row, `s` the staged one.

    `mapped` are the columns the sheet has. Of a row that is there already, other fields keep what
    was stored; what the sheet implies about them only fills gaps.
    """
    spoken = spoken_for(dataset, mapped)
    values = {}
    for name in dataset.stored():
        new, old = f's."{name}"', f't."{name}"'
        if name in spoken:
            values[name] = new
        elif name in dataset.concludes:
            values[name] = f"coalesce({new}, {old})"
        else:
            values[name] = f"coalesce({old}, {new})"
    return values


def spoken_for(dataset: Dataset, mapped: set[str]) -> set[str]:
    """The stored fields whose value, even an empty one, is what the sheet says."""
    spoken = {name for name, _ in dataset.derived}
    for column in dataset.columns:
        if column.name in mapped:
            days = (f"{column.name}_from", f"{column.name}_to")
            spoken.update(days if column.type == "period" else (column.name,))
            spoken.update(column.speaks_for)
    return spoken
