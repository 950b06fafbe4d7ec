"""Every figure a second time, in plain Python: department, numerator, denominator, per row."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from plain_activities import came_how_often, costs, occasions, planned
from plain_moves import joined, left
from plain_school import Plain
from plain_votes import adoption, attendance, by_ballot
from schools import amounts

from dashboard.contracts.subjects import resolve
from dashboard.periods import Span

Row = dict[str, Any]
Figure = Callable[[Plain, Span], Iterable[tuple[str | None, Any, Any]]]
Test = Callable[[Row, date], bool]


def enrolled(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    members = {one.who for one in plain.members(span.as_of) or () if one.who}
    for one in plain.staff(span.as_of) or ():
        yield one.row["department"], one.who in members, 1


def members(
    plain: Plain, span: Span, told: Callable[[Row], bool]
) -> Iterator[tuple[str | None, int, int]]:
    for one in plain.members(span.as_of) or ():
        yield one.row["department"], told(one.row), 1


def women(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for one in plain.members(span.as_of) or ():
        yield one.row["department"], one.row["sex"] == "female", one.row["sex"] is not None


def staff(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for one in plain.staff(span.as_of) or ():
        yield one.row["department"], 1, 0


def participation(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for came in plain.turnout:
        if span.start <= came.day <= span.as_of and came.invited is not None:
            yield came.department, came.attended or 0, came.invited


def coverage(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    seen = {
        plain.people.who(row)
        for row in plain.school.attendance
        if row["presence"] == "present" and span.start <= row["held_on"] <= span.as_of
    }
    for one in plain.members(span.as_of) or ():
        yield one.row["department"], bool(one.who) and one.who in seen, 1


def held(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    for row in plain.held.values():
        if span.start <= row["held_on"] <= span.as_of:
            yield row["department"], 1, 0


def booked(plain: Plain, since: date, until: date, side: str, level1: str | None = None) -> Decimal:
    lines = [row for row in plain.school.ledger if since <= row["spent_on"] <= until]
    if level1:
        places = [resolve(row["subject"] or "") for row in lines]
        pairs = zip(lines, places, strict=True)
        lines = [row for row, place in pairs if place and place.level1 == level1]
    return amounts(lines, side)


def money(plain: Plain, span: Span, side: str) -> Iterator[tuple[None, Decimal, int]]:
    yield None, booked(plain, span.start, span.as_of, side), 0


def balance(plain: Plain, span: Span) -> Iterator[tuple[None, Decimal, int]]:
    """Line by line, as one would on paper."""
    lines = sorted(plain.school.ledger, key=lambda row: row["spent_on"])
    total, run = Decimal(0), Decimal(0)
    for row in lines:
        if row["is_opening"]:
            break
        run += (row["income"] or 0) - (row["expense"] or 0)
        if row["balance"] is not None:
            total = row["balance"] - run
            break
    for row in lines:
        if row["spent_on"] > span.as_of:
            break
        change = (row["income"] or 0) - (row["expense"] or 0)
        total = row["balance"] if row["is_opening"] else total + change
    yield None, total if any(r["spent_on"] <= span.as_of for r in lines) else Decimal(0), 0


def budget(plain: Plain, span: Span) -> Iterator[tuple[None, Decimal, Decimal]]:
    year = span.as_of.year
    wholes: dict[str, Decimal] = {}
    parts: dict[str, Decimal] = {}
    for row in plain.school.budget:
        amount = row["approved"] if row["adjusted"] is None else row["adjusted"]
        place = resolve(row["subject"])
        if row["year"] != year or amount is None or (place and place.kind == "income"):
            continue
        into = parts if place and place.level2 else wholes
        name = place.level1 if place else ""
        into[name] = into.get(name, Decimal(0)) + amount
    approved = sum((parts | wholes).values(), Decimal(0))
    yield None, booked(plain, date(year, 1, 1), span.as_of, "expense"), approved


def share(plain: Plain, span: Span) -> Iterator[tuple[None, Decimal, Decimal]]:
    spent = partial(booked, plain, span.start, span.as_of, "expense")
    yield None, spent("职工活动支出"), spent()


def per_member(plain: Plain, span: Span) -> Iterator[tuple[None, Decimal, int]]:
    count = len(plain.members(span.as_of) or ())
    yield None, booked(plain, span.start, span.as_of, "expense"), count


def is_filed(row: Row, day: date, *reviews: str) -> bool:
    review = row["review"] or ("merged" if row["merged_into"] else None)
    return review in (reviews or ("filed",)) and (row["filed_on"] or day) <= day


def is_replied(row: Row, day: date) -> bool:
    if row["replied_on"]:
        return bool(row["replied_on"] <= day)
    return bool(row["outcome"]) or row["status"] in ("replied", "closed")


def has(row: Row, day: date, fact: str, *values: str) -> bool:
    return row[fact] in values and (row["replied_on"] or day) <= day


def is_due(row: Row, day: date) -> bool:
    return is_filed(row, day) and row["due_on"] is not None and row["due_on"] <= day


def in_time(row: Row, _day: date) -> bool:
    return row["replied_on"] is not None and row["replied_on"] <= row["due_on"]


def cases(
    plain: Plain, span: Span, top: Test, bottom: Test
) -> Iterator[tuple[str | None, int, int]]:
    for row in plain.school.proposals:
        if span.start <= row["submitted_on"] <= span.as_of and bottom(row, span.as_of):
            yield row["department"], top(row, span.as_of), 1


def any_form(_row: Row, _day: date) -> bool:
    return True


def is_accepted(row: Row, day: date) -> bool:
    return is_filed(row, day, "filed", "merged")


def is_assigned(row: Row, day: date) -> bool:
    if not is_accepted(row, day):
        return False
    if row["assigned_on"] or row["replied_on"]:
        return bool((row["assigned_on"] or row["replied_on"]) <= day)
    told = row["status"] in ("assigned", "replied", "closed", "reopened")
    return bool(row["lead"] or row["outcome"] or told) and (row["filed_on"] or day) <= day


def is_answered(row: Row, day: date) -> bool:
    return is_assigned(row, day) and is_replied(row, day)


def is_followed_up(row: Row, day: date) -> bool:
    return is_answered(row, day) and has(row, day, "outcome", "A", "B")


def stage(plain: Plain, span: Span, reached: Test) -> Iterator[tuple[str | None, int, int]]:
    for row in plain.school.proposals:
        if span.start <= row["submitted_on"] <= span.as_of:
            yield row["department"], reached(row, span.as_of), 0


def overdue(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    day = span.as_of
    for row in plain.school.proposals:
        if row["submitted_on"] <= day and is_due(row, day) and not is_replied(row, day):
            yield row["department"], 1, 0


def waiting(plain: Plain, span: Span) -> Iterator[tuple[str | None, int, int]]:
    day = span.as_of
    for row in plain.school.proposals:
        if row["submitted_on"] <= day and is_filed(row, day) and not is_replied(row, day):
            yield row["department"], 1, 0


RATED = ("satisfied", "mostly", "unsatisfied")
FIGURES: dict[str, Figure] = {
    "enrollment_rate": enrolled,
    "service_card_rate": partial(members, told=lambda row: row["has_card"] == "yes"),
    "member_total": partial(members, told=lambda _row: True),
    "staff_total": staff,
    "female_share": women,
    "members_joined": joined,
    "members_left": left,
    "participation_rate": participation,
    "coverage_rate": coverage,
    "activities_held": held,
    "plan_completion_rate": planned,
    "plan_and_beyond": occasions,
    "members_by_times": came_how_often,
    "cost_per_participant": costs,
    "income_total": partial(money, side="income"),
    "spending_total": partial(money, side="expense"),
    "balance": balance,
    "budget_execution_rate": budget,
    "member_spending_share": share,
    "spending_per_member": per_member,
    "filing_rate": partial(
        cases, top=lambda r, d: is_filed(r, d, "filed", "merged"), bottom=any_form
    ),
    "reply_rate": partial(cases, top=is_replied, bottom=is_filed),
    "on_time_rate": partial(cases, top=in_time, bottom=is_due),
    "follow_up_rate": partial(
        cases, top=lambda r, d: has(r, d, "outcome", "A", "B"), bottom=is_filed
    ),
    "resolution_rate": partial(cases, top=lambda r, d: has(r, d, "outcome", "A"), bottom=is_filed),
    "satisfaction_rate": partial(
        cases,
        top=lambda r, d: has(r, d, "satisfaction", *RATED[:2]),
        bottom=lambda r, d: has(r, d, "satisfaction", *RATED),
    ),
    "overdue_open": overdue,
    "open_cases": waiting,
    "proposals_submitted": partial(stage, reached=any_form),
    "proposals_filed": partial(stage, reached=is_accepted),
    "proposals_assigned": partial(stage, reached=is_assigned),
    "proposals_replied": partial(stage, reached=is_answered),
    "proposals_followed_up": partial(stage, reached=is_followed_up),
    "congress_attendance": attendance,
    "adoption_rate": adoption,
    "ballot_rate": by_ballot,
}
