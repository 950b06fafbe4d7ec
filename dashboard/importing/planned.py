"""A work plan as text, read in the same child as spreadsheets are, its personal numbers masked."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from dashboard.errors import RefusedFile
from dashboard.importing import children, wire
from dashboard.importing.order import Order, last_part
from dashboard.importing.values.private import masked
from dashboard.periods import USUAL, Calendars, parse
from dashboard.plans.model import Item, Leftover, Plan
from dashboard.settings import Limits, today

_WISH = "plan"  # the order's key that asks for a plan's items instead of a report
_DAYS = ("start", "end")


@dataclass(frozen=True, slots=True)
class Wanted:
    """By which calendars a plan is read; `period` names its year or term where it does not."""

    calendars: Calendars
    period: str | None = None


def read_plan(
    data: bytes,
    name: str,
    calendars: Calendars = USUAL,
    limits: Limits | None = None,
    period: str | None = None,
) -> Plan:
    """Read a .docx, .txt or .md in a child process. `period` (the key of one) is what a plan is for
    that does not say so itself.

    Raises RefusedFile: as plans.read_plan does, and reader_died where the child fails or takes
    too long.
    """
    bounds = limits or Limits()
    wish = json.loads(wire.order_to_json(Order(last_part(name), today(), limits=bounds)))
    wish[_WISH] = asdict(Wanted(calendars, period))
    try:
        answer = children.answer(json.dumps(wish).encode(), data, bounds.child_seconds)
        found = children.understood(answer, _answered)
    except subprocess.SubprocessError:
        raise children.died(bounds) from None
    if isinstance(found, RefusedFile):
        raise found
    return found


def wish(order: bytes) -> Wanted | None:
    """In the child: how a plan is wanted; None where none is."""
    found = json.loads(order).get(_WISH)
    if not found:
        return None
    named = found["calendars"]
    term = tuple(named["second_term"])
    return Wanted(Calendars(**named | {"second_term": term}), found["period"])


def told(data: bytes, name: str, wanted: Wanted) -> bytes:
    """In the child: the answer. Its rules take a tenth of a second to load: not for a table."""
    from dashboard.plans.plan import read_plan as read_here

    try:
        period = parse(wanted.period, wanted.calendars) if wanted.period else None
        plan = read_here(data, name, wanted.calendars, period)
    except RefusedFile as refusal:
        return wire.dumped({"refused": (refusal.code, refusal.values)})
    items = tuple(_without_numbers(item) for item in plan.items)
    titles = tuple(map(masked, plan.titles))
    rest = tuple(replace(line, quote=masked(line.quote)) for line in plan.rest)
    return wire.dumped(asdict(Plan(masked(plan.name), titles, items, rest)))


def _without_numbers(item: Item) -> Item:
    owner = masked(item.owner) if item.owner else None
    return replace(item, item=masked(item.item), owner=owner, quote=masked(item.quote))


def _answered(answer: bytes) -> Plan | RefusedFile:
    found = json.loads(answer)
    if "refused" not in found:
        return _plan(found)
    code, values = found["refused"]
    return RefusedFile(code, **values)


def _plan(found: dict[str, Any]) -> Plan:
    rest = tuple(Leftover(**line) for line in found["rest"])
    return Plan(found["name"], tuple(found["titles"]), tuple(map(_item, found["items"])), rest)


def _item(found: dict[str, Any]) -> Item:
    days = {name: _day(found[name]) for name in _DAYS}
    start, end = found["within"]
    return Item(**found | days | {"within": (_day(start), _day(end))})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
