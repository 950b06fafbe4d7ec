"""Who joins, leaves and moves a second time: two member lists side by side, day after day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from plain_people import bare
from plain_school import Listed, Plain

from dashboard.periods import Span

ONE = timedelta(1)


@dataclass(frozen=True)
class Move:
    """One change on one day; `before` and `after` are the departments."""

    day: date
    what: str
    who: str
    before: str | None
    after: str | None


@cache
def moves(plain: Plain) -> tuple[Move, ...]:
    return tuple(move for day in _days(plain) for move in _on(plain, day))


def joined(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for move in moves(plain):
        if span.start <= move.day <= span.as_of and move.what in ("joined", "returned"):
            yield move.after, 1, 0


def left(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for move in moves(plain):
        if span.start <= move.day <= span.as_of and move.what == "left":
            yield move.before, 1, 0


def _days(plain: Plain) -> list[date]:
    """Every day on which anything could change, after the first roster's."""
    if not plain.school.members:
        return []
    first = min(plain.school.members)
    days = {*plain.school.members, *plain.school.staff}
    for roster in plain.school.members.values():
        days |= {row["joined_on"] for row in roster if row.get("joined_on")}
    for roster in plain.school.staff.values():
        days |= {row["left_on"] + ONE for row in roster if row.get("left_on")}
    return sorted(day for day in days if day > first)


def _on(plain: Plain, day: date) -> Iterator[Move]:
    before = {one.identity: one for one in plain.members(day - ONE) or ()}
    after = {one.identity: one for one in plain.members(day) or ()}
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    named = Counter(bare(one.row["name"]) for one in (before | after).values())
    for who in sorted(gone):
        twin = [k for k in come if _same(before[who], after[k], named)]
        come -= {*twin}
        if twin:
            yield Move(day, "moved", twin[0], _place(before[who]), _place(after[twin[0]]))
        else:
            yield Move(day, "left", who, _place(before[who]), None)
    for who in sorted(come):
        what = "returned" if _was_member(plain, who, day) else "joined"
        yield Move(day, what, who, None, _place(after[who]))
    for who in sorted(before.keys() & after.keys()):
        places = _place(before[who]), _place(after[who])
        if all(places) and places[0] != places[1]:
            yield Move(day, "moved", who, *places)


def _same(old: Listed, new: Listed, named: Counter[str | None]) -> bool:
    """One name out, one in, nobody else bears it, and not two numbers."""
    name = bare(old.row["name"])
    if not (old.who and new.who) or name != bare(new.row["name"]) or named[name] != 2:
        return False
    return not (old.who.startswith("#") and new.who.startswith("#"))


def _place(one: Listed) -> str | None:
    return one.row["department"]


def _was_member(plain: Plain, who: str, day: date) -> bool:
    days = [*plain.school.members, *_days(plain)]
    return any(
        who == one.identity
        for earlier in days
        if earlier < day
        for one in plain.members(earlier) or ()
    )
