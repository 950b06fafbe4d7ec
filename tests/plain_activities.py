"""The plan, who came how often and what it cost, a second time, in plain Python."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plain_people import bare
from plain_school import Plain

from dashboard.periods import Span


@dataclass(frozen=True)
class Item:
    """One item of the plan; `by` is the activity outside the plan that did it."""

    key: str
    department: str | None
    due: date
    done: date | None
    by: str | None

    def state(self, day: date, *, cancelled: bool) -> str:
        if self.done and self.done <= day:
            return "held"
        return "cancelled" if cancelled else "not_held"


def items(plain: Plain) -> list[Item]:
    """In the order of the plan, so that the first activity of a name serves its first item."""
    spare: dict[tuple[str | None, int], list[tuple[date, str]]] = defaultdict(list)
    for key, row in plain.held.items():
        if not row["planned_to"]:
            spare[bare(row["name"]), row["held_on"].year].append((row["held_on"], key))
    for others in spare.values():
        others.sort(reverse=True)
    planned = [(row["planned_to"], key) for key, row in plain.register.items() if row["planned_to"]]
    return [_item(plain, due, key, spare) for due, key in sorted(planned)]


def _item(
    plain: Plain, due: date, key: str, spare: dict[tuple[str | None, int], list[tuple[date, str]]]
) -> Item:
    row, done, by = plain.register[key], None, None
    if key in plain.held:
        done = plain.held[key]["held_on"]
    elif row["status"] == "done":
        done = due
    elif row["status"] != "cancelled" and (others := spare[bare(row["name"]), due.year]):
        done, by = others.pop()
    return Item(key, row["department"], due, done, by)


def planned(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for item in items(plain):
        if span.start <= item.due <= span.as_of:
            yield item.department, bool(item.done and item.done <= span.as_of), 1


def states(plain: Plain, span: Span) -> dict[str, int]:
    """How many of the plan's items stand how, and how many activities stand outside it."""
    found: dict[str, int] = defaultdict(int)
    for item in items(plain):
        if span.start <= item.due <= span.as_of:
            cancelled = plain.register[item.key]["status"] == "cancelled"
            found[item.state(span.as_of, cancelled=cancelled)] += 1
    for _ in outside(plain, span):
        found["unplanned"] += 1
    return dict(found)


def outside(plain: Plain, span: Span) -> Iterator[str | None]:
    """The departments of the activities no item asked for."""
    served = {item.by for item in items(plain)}
    for key, row in plain.held.items():
        is_outside = not row["planned_to"] and key not in served
        if is_outside and span.start <= row["held_on"] <= span.as_of:
            yield row["department"]


def occasions(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for item in items(plain):
        if span.start <= item.due <= span.as_of:
            yield item.department, 1, 0
    for department in outside(plain, span):
        yield department, 1, 0


def came_how_often(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for one in plain.members(span.as_of) or ():
        yield one.row["department"], 1, 0


def times(plain: Plain, span: Span) -> dict[str, int]:
    """How many members came how often, in the steps the dashboard tells."""
    seen: dict[str, set[str]] = defaultdict(set)
    for key, sheets in plain.lists.items():
        for row in sheets:
            is_then = span.start <= row["held_on"] <= span.as_of
            if row["presence"] == "present" and is_then and (who := plain.people.who(row)):
                seen[who].add(key)
    found: dict[str, int] = defaultdict(int)
    for one in plain.members(span.as_of) or ():
        count = len(seen[one.who]) if one.who in seen else 0
        found["10" if count >= 10 else "4" if count >= 4 else str(count)] += 1
    return dict(found)


def costs(plain: Plain, span: Span) -> Iterator[tuple[None, Decimal, int]]:
    for key, row in plain.held.items():
        cost, people = cost_of(plain, key), participants(plain, key)
        if span.start <= row["held_on"] <= span.as_of and cost is not None and people is not None:
            yield None, cost, people


def cost_of(plain: Plain, key: str) -> Decimal | None:
    """What the ledger says of the only activity of its name that year, else the register."""
    row = plain.held[key]
    name, year = bare(row["name"]), row["held_on"].year
    of_name = [
        other
        for other in plain.held.values()
        if bare(other["name"]) == name and other["held_on"].year == year
    ]
    spent = [
        line["expense"]
        for line in plain.school.ledger
        if line["expense"] and not line["is_opening"]
        if bare(line["activity"]) == name and line["spent_on"].year == year
    ]
    if len(of_name) == 1 and spent:
        return sum(spent, Decimal(0))
    stated: Decimal | None = row["cost"]
    return stated


def participants(plain: Plain, key: str) -> int | None:
    if key not in plain.lists:
        stated: int | None = plain.held[key]["attended"]
        return stated
    return len(
        {
            (row["staff_no"], row["name"], row["department"])
            for row in plain.lists[key]
            if row["presence"] == "present"
        }
    )
