"""One person in the registers: by what marks they are known, and which rows are about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.contracts.spelling import number_key, plain
from dashboard.schema import BEFORE
from dashboard.warehouse.database import Reader

Mark = tuple[str, str]  # a name in plain form, and #12 or @语文组: who of its bearers is meant

PEOPLE = tuple(name for name, one in DATASETS.items() if one.on_delete == "remove")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by all marks under which the registers list them; `names` as they are written,
    `numbers` the staff numbers.
    """

    marks: frozenset[Mark]
    names: frozenset[str]
    numbers: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """So many rows of a register that are about one bearer of a name; `last`, of rosters, is the
    day of the newest. `standing` counts those of today, the others are what an undo needs.
    """

    register: str
    name: str
    staff_no: str | None
    department: str | None
    rows: int
    standing: int
    last: date | None

    @property
    def mark(self) -> Mark:
        return mark(self.name, self.staff_no, self.department)


def mark(name: str, staff_no: str | None, department: str | None) -> Mark:
    """By 工号, else by 部门; a name alone is only what it is."""
    where = f"#{number_key(staff_no)}" if staff_no else f"@{plain(department or '')}"
    return plain(name), where


def listed(reader: Reader) -> list[Listed]:
    """Everybody of whom a register holds rows, now or in what an undo would bring back."""
    return [
        Listed(name, **row)
        for name in PEOPLE
        for row in reader.read(_LISTED.format(name=name, before=BEFORE, day=_day(name)))
    ]


_LISTED = """
    with every as (
        select name, staff_no, department, {day}, 1 as one from "{name}"
        union all by name
        select name, staff_no, department, {day}, 0 as one from "{name}{before}"
    )
    select name, staff_no, department, count(*) as rows, sum(one)::integer as standing,
        max("last") as last
    from every group by name, staff_no, department order by all
"""


def _day(register: str) -> str:
    is_roster = DATASETS[register].shape == "snapshot"
    return f'{"as_of" if is_roster else "null::date"} as "last"'


def held(reader: Reader, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Register -> all columns of all rows that are about this person; `is_before` tells those that
    were changed or taken out since.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for name in PEOPLE:
        for table in (name, f"{name}{BEFORE}"):
            where, values = mine(reader, table, person)
            for row in reader.read(f'from "{table}" where {where}', values):
                found.setdefault(name, []).append(row | {"is_before": table != name})
    return found


def mine(reader: Reader, table: str, person: Person) -> tuple[str, dict[str, object]]:
    """The SQL of: the row is about this person; by what stands in it, letter by letter."""
    written = reader.read(f'select distinct name, staff_no, department from "{table}"')  # noqa: S608
    found = [row for row in written if mark(**row) in person.marks]
    values = {f"{part}{n}": row[part] for n, row in enumerate(found) for part in row}
    parts = [" and ".join(f"{part} is not distinct from ${part}{n}" for part in row)
             for n, row in enumerate(found)]  # fmt: skip
    return " or ".join(parts) or "false", values
