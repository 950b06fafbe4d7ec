"""Every rule in force over the payments of a period: queries/rules/*.sql, one for each shape.

The queries answer amounts and what they are to be divided by, for all rules at once. Dividing,
adding up and comparing is done here, exactly: a sum at the very ceiling is never a finding, and a
fen above it always is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from dashboard.periods import Span
from dashboard.rules.model import Cap, Checked, Finding
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, load

Row = Mapping[str, Any]
Days = tuple[date, date]
_YEARLY = ("annual", "frequency")  # counted from the first day of the calendar year
_COUNTED = "counted"


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]: ...


def check(reader: Reads, caps: Iterable[Cap], span: Span, place: str = "") -> tuple[Checked, ...]:
    """What each rule finds in a stretch of days; those meant for another place are left out.

    A yearly rule looks at the calendar years the stretch touches, from their first day on, and up
    to the day the figures speak of.
    """
    held = {cap: _days(cap, span) for cap in caps if cap.holds_at(place)}
    in_force = {cap: days for cap, days in held.items() if days}
    counted: dict[str, int] = {}
    rows: dict[str, list[Row]] = {}
    asked = statement(_asked(in_force))
    for row in reader.read(asked, _bound(in_force)) if in_force else ():
        if row["asked"] == _COUNTED:
            counted[row["rule"]] = int(row["amount"])
        else:
            rows.setdefault(row["rule"], []).append(row)
    return tuple(
        _checked(cap, counted.get(cap.id, 0), rows.get(cap.id, ()))
        if cap in in_force
        else Checked(cap, "not_in_force")
        for cap in held
    )


def _days(cap: Cap, span: Span) -> Days | None:
    start = date(span.start.year, 1, 1) if cap.shape in _YEARLY else span.start
    return cap.within(start, span.as_of)


def _checked(cap: Cap, looked_at: int, rows: Sequence[Row]) -> Checked:
    if not _judged_by(cap):
        return Checked(cap, "unset", looked_at)
    known = [row for row in rows if row["divisor"] is not None]
    unknown = {key for row in rows if row["divisor"] is None for key in row["row_keys"]}
    return Checked(cap, "checked", looked_at, len(unknown), _findings(cap, known))


def _findings(cap: Cap, rows: Sequence[Row]) -> tuple[Finding, ...]:
    """The largest first. Rows of one year, person and occasion are parts of one figure."""
    parts: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        place = (row["in_year"], row["who"], row["event"], row["occasion"])
        parts.setdefault(place, []).append(row)
    found = [_finding(cap, rows) for rows in parts.values()]
    above = [one for one in found if cap.shape == "ban" or one.figure > (cap.value or 0)]
    return tuple(sorted(above, key=lambda one: (-one.figure, one.first_on, one.row_keys)))


def _finding(cap: Cap, parts: Sequence[Row]) -> Finding:
    first = parts[0]
    return Finding(
        cap=cap,
        in_year=first["in_year"],
        figure=sum((Fraction(row["amount"]) / row["divisor"] for row in parts), Fraction(0)),
        who=None if cap.private else first["who"],
        event=None if cap.private else first["event"],
        is_average=any(row["is_average"] for row in parts),
        bearers=max(row["bearers"] or 0 for row in parts),
        row_keys=tuple(sorted({key for row in parts for key in row["row_keys"] or ()})),
        first_on=min(row["first_on"] for row in parts),
        last_on=max(row["last_on"] for row in parts),
    )


# -- the statement ------------------------------------------------------------------------------

_STATEMENT = """\
with rule as (
{rule}
),

looked_at as materialized (
{matched}
)

{checks}"""
_CHECK = """\
select
    '{name}' as asked,
    *
from (
with matched as (select * from looked_at where asked = '{name}')
select * from (
{sql}
)
)"""


@cache
def queries() -> dict[str, Query]:
    """The rules' SQL by name: `rule` and `matched`, and each shape on top of them."""
    return load(QUERIES / "rules")


def reading() -> Query:
    """What every rule reads."""
    return queries()["matched"]


@cache
def statement(names: tuple[str, ...]) -> str:
    """These checks over one reading of the payments; one that nobody asks for costs its planning,
    which is most of the time they all take.
    """
    parts = {name: query.sql for name, query in queries().items()}
    checks = [_CHECK.format(name=name, sql=parts[name]) for name in names]
    joined = "\nunion all by name\n".join(checks)
    return _STATEMENT.format(rule=parts["rule"], matched=parts["matched"], checks=joined)


def _asked(in_force: Iterable[Cap]) -> tuple[str, ...]:
    return tuple(sorted({_COUNTED, *map(_judged_by, in_force)} - {""}))


def _judged_by(cap: Cap) -> str:
    """The query that judges it; none without a ceiling."""
    if not cap.judges:
        return ""
    return f"frequency_{cap.per}" if cap.shape == "frequency" else cap.shape


def _bound(in_force: Mapping[Cap, Days]) -> dict[str, object]:
    told = {
        "rules": [cap.id for cap in in_force],
        "asked": [_judged_by(cap) for cap in in_force],
        "since": [since for since, _ in in_force.values()],
        "until": [until for _, until in in_force.values()],
    }
    patterns = ("words", "without", "subjects", "kinds", "funds")
    return told | {
        name: [_any_of(getattr(cap.matches, name)) for cap in in_force] for name in patterns
    }


def _any_of(words: Sequence[str]) -> str | None:
    """A pattern that finds any of the words, whatever marks they hold."""
    return f"(?i){'|'.join(map(re.escape, words))}" if words else None
