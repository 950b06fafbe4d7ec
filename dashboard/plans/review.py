"""A plan's items while an officer looks through them: what is taken, what asks for a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.periods import last_day
from dashboard.plans.model import Item, Plan

_LONGEST = 63  # days of a stretch that still says when: the summer's two months
Doubt = Literal["no_time", "no_days", "no_kind", "backwards", "no_item"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One row: the item as it stands now, and of which file; `line` 0 is one added by hand."""

    item: Item
    file: str
    taken: bool = True


def proposed(plan: Plan) -> list[Reviewed]:
    """Every item is taken at first."""
    return [Reviewed(item, plan.name) for item in plan.items]


def days(item: Item) -> tuple[date | None, date | None]:
    """From when to when it is planned: where the plan gives it no time, or one whose days are not
    known (第5周), all of the plan's own stretch; a deadline has no first day.
    """
    return (item.start, item.end) if item.end else item.within


def doubts(row: Reviewed) -> tuple[Doubt, ...]:
    """What asks for a look: no words of time, words whose days are not known, no kind, an end
    before its beginning, nothing to do.
    """
    item = row.item
    start, end = days(item)
    found: list[Doubt] = []
    if not item.item:
        found.append("no_item")
    if start and end and end < start:
        found.append("backwards")
    if item.end is None:
        found.append("no_days" if item.period else "no_time")
    if item.kind is None:
        found.append("no_kind")
    return tuple(found)


def by_month(rows: Iterable[Reviewed]) -> list[tuple[date, int]]:
    """How many items begin in each month, from the first that has one to the last; a deadline
    counts where it ends. What may be done any time of a term or a year is of no month.
    """
    spans = [days(row.item) for row in rows]
    firsts = [
        (start or end).replace(day=1) for start, end in spans if end and _is_of_months(start, end)
    ]
    if not firsts:
        return []
    first, last = min(firsts), max(firsts)
    every: list[date] = []
    while first <= last and len(every) < 36:
        every.append(first)
        following = last_day(first.year, first.month).toordinal() + 1
        first = date.fromordinal(following)
    return [(day, firsts.count(day)) for day in every]


def _is_of_months(start: date | None, end: date) -> bool:
    return start is None or (end - start).days < _LONGEST


def taken(rows: Sequence[Reviewed]) -> list[Item]:
    """What goes to the import."""
    return [row.item for row in rows if row.taken and row.item.item]
