"""The congress's figures a second time, in plain Python: one motion, one meeting at a time."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from plain_school import Plain

from dashboard.periods import Span

Row = dict[str, Any]
Meeting = tuple[date, str | None, str | None]

# 届次 as the drawn schools write it -> as it is told.
SESSIONS = {"第七届第一次会议": "七届一次", "七届一次": "七届一次", "八届1次": "八届1次"}


def meeting_of(row: Row) -> Meeting:
    return row["held_on"], SESSIONS.get(row["session"], row["session"]), row["meeting"]


def meetings(plain: Plain) -> dict[Meeting, list[Row]]:
    found: dict[Meeting, list[Row]] = {}
    for row in plain.school.votes:
        found.setdefault(meeting_of(row), []).append(row)
    return found


def told(row: Row, fact: str, plain: Plain) -> int | None:
    """What the row says, else the most any row of its meeting says; nobody is never due."""
    rows = [row] if row[fact] or (fact == "present" and row[fact] == 0) else []
    rows = rows or meetings(plain)[meeting_of(row)]
    counts = [one[fact] for one in rows if one[fact] is not None]
    counts = [count for count in counts if count or fact == "present"]
    return max(counts, default=None)


def attendance(plain: Plain, span: Span) -> Iterator[tuple[None, int, int]]:
    for (day, _, _), rows in meetings(plain).items():
        due = [row["due"] for row in rows if row["due"]]
        came = [row["present"] for row in rows if row["present"] is not None]
        if span.start <= day <= span.as_of and due and came:
            yield None, max(came), max(due)


def is_adopted(row: Row, plain: Plain, rule: str) -> bool | None:
    """`all_half`: of all delegates, half suffices. None where a number is not there."""
    base = told(row, "due" if rule.startswith("all") else "present", plain)
    if row["in_favour"] is None or not base:
        return None
    share = Fraction(row["in_favour"], base)
    return share > Fraction(1, 2) or (rule.endswith("half") and share == Fraction(1, 2))


def adoption(plain: Plain, span: Span, rule: str = "all_half") -> Iterator[tuple[None, bool, int]]:
    for row in plain.school.votes:
        verdict = is_adopted(row, plain, rule)
        if span.start <= row["held_on"] <= span.as_of and verdict is not None:
            yield None, verdict, 1


def by_ballot(plain: Plain, span: Span) -> Iterator[tuple[None, bool, int]]:
    for row in plain.school.votes:
        if span.start <= row["held_on"] <= span.as_of and row["method"] is not None:
            yield None, row["method"] == "ballot", 1
