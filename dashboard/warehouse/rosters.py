"""Who joined, who left, who moved: a roster against the latest one up to its day.

People are matched by their key (工号, else 姓名 + 部门); then, where not both have a number, by
name and department, and by name alone: each only where it means one person on both rosters. So
a person without a number who changes department has moved, and has not left and joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.contracts import dataset
from dashboard.contracts.model import Dataset
from dashboard.schema import Arrival, Cursor
from dashboard.warehouse.comparing import Pairs, SheetComparison, differs
from dashboard.warehouse.merging import spoken_for

_NAMED = ("concat(name, '@', department)", "name")
Day = tuple[str, date | None]  # a roster: its dataset and its day


@dataclass(frozen=True, slots=True)
class Roster:
    """One roster's people as they were before the batch, in a table of their own."""

    dataset: Dataset
    day: date
    table: str
    since: date | None


def before(cursor: Cursor, batch: Sequence[Arrival]) -> dict[Day, Roster]:
    """The rosters that those of the batch follow, or replace, put aside."""
    found: dict[Day, Roster] = {}
    for arrival in batch:
        target, day = dataset(arrival.sheet.dataset or ""), arrival.sheet.as_of
        if target.shape == "snapshot" and day and (target.name, day) not in found:
            found[target.name, day] = _put_aside(cursor, target, day, f"roster_{len(found)}")
    return found


def _put_aside(cursor: Cursor, target: Dataset, day: date, table: str) -> Roster:
    sql = f'select max(as_of) from "{target.name}" where as_of <= $day'  # noqa: S608 - own names
    (since,) = cursor.execute(sql, {"day": day}).fetchall()[0]
    cursor.execute(
        f'create temp table {table} as from "{target.name}" where as_of = $since',
        {"since": since},
    )
    return Roster(target, day, table, since)


def told(
    cursor: Cursor,
    rosters: Mapping[Day, Roster],
    stored: Sequence[tuple[Arrival, int, SheetComparison]],
) -> tuple[SheetComparison, ...]:
    """The comparisons, those of rosters about people; asked after the last sheet is stored."""
    for each in rosters.values():
        _match(cursor, each)
    last = {(a.sheet.dataset or "", a.sheet.as_of): source for a, source, _ in stored}
    sheets = []
    for arrival, source_id, sheet in stored:
        day = (sheet.dataset, arrival.sheet.as_of)
        if day in rosters:
            about = _about_people(cursor, rosters[day], arrival, source_id, sheet)
            gone = _gone(cursor, rosters[day]) if last[day] == source_id else {}
            sheets.append(replace(about, **gone))
        else:
            sheets.append(sheet)
    return tuple(sheets)


def _match(cursor: Cursor, roster: Roster) -> None:
    """<table>_pairs: who now is whom of before, by their row keys."""
    pairs, today = f"{roster.table}_pairs", {"day": roster.day}
    now = f'(from "{roster.dataset.name}" where as_of = $day)'
    cursor.execute(
        f"create temp table {pairs} as select row_key as now_key, row_key as was_key"  # noqa: S608
        f" from {now} as now join {roster.table} as was using (row_key)",
        today,
    )
    if roster.dataset.stored().keys() >= {"staff_no", "name", "department"}:
        for named in _NAMED:
            cursor.execute(
                f"insert into {pairs} select now.row_key, was.row_key"  # noqa: S608 - own names
                f" from {_alone(now, named)} as now join {_alone(roster.table, named)} as was"
                " using (named) where (now.staff_no is null or was.staff_no is null)"
                f" and now.row_key not in (select now_key from {pairs})"
                f" and was.row_key not in (select was_key from {pairs})",
                today,
            )


def _alone(people: str, named: str) -> str:
    """Those whose name means nobody else of them."""
    return (
        f"(select row_key, staff_no, {named} as named from {people} as people"  # noqa: S608
        f" qualify count(*) over (partition by {named}) = 1)"
    )


def _about_people(
    cursor: Cursor, roster: Roster, arrival: Arrival, source_id: int, sheet: SheetComparison
) -> SheetComparison:
    """Who of one sheet is new, and who changed in what the sheet has a column for."""
    spoken = spoken_for(roster.dataset, set(arrival.sheet.columns))
    fields = tuple(name for name in roster.dataset.stored() if name in spoken)
    now = f'(from "{roster.dataset.name}" where source_id = {source_id}) as now'
    pairs = f"{roster.table}_pairs as pairs on pairs.now_key = now.row_key"
    was = f"{roster.table} as was on was.row_key = pairs.was_key"
    differ = " or ".join(map(differs, fields)) or "false"
    both = Pairs(cursor, roster.dataset, f"{now} join {pairs} join {was} where {differ}", fields)
    new = both.over(f"{now} anti join {pairs}")
    joined, changed = new.count(), both.count()
    return replace(
        sheet,
        since=roster.since,
        added=joined,
        changed=changed,
        unchanged=sheet.stored.rows - joined - changed,
        vanished=0,
        added_rows=new.rows(was="null"),
        changed_rows=both.rows(),
        by_field=both.by_field(),
    )


def _gone(cursor: Cursor, roster: Roster) -> dict[str, Any]:
    pairs = f"{roster.table}_pairs as pairs on pairs.was_key = was.row_key"
    left = Pairs(cursor, roster.dataset, f"{roster.table} as was anti join {pairs}", ())
    return {"vanished": left.count(), "vanished_rows": left.rows(now="null")}
