"""Alerts whose rows a query finds: queries/alerts, or a report or check that lists them already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dashboard import reports
from dashboard.alerts.model import Alert, Look, Rows, Rule
from dashboard.dimensions import UNSAID
from dashboard.errors import BadDefinition
from dashboard.kpis.cases import keys
from dashboard.provenance import opens
from dashboard.reports import Row
from dashboard.roles import Role
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, load
from dashboard.text import Lang, Text, day, money, number, percent


@cache
def queries() -> dict[str, Query]:
    """By name, from the three folders; raises BadDefinition for a name that stands in two."""
    found: dict[str, Query] = {}
    for some in (reports.queries(), load(QUERIES / "alerts"), load(QUERIES / "checks")):
        if twice := sorted(found.keys() & some.keys()):
            raise BadDefinition(f"queries: {', '.join(twice)} stands in two folders")
        found |= some
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a query, and what is said of the first.

    state  only the rows whose column `state` says so
    since  the column that names the day from which on a row calls for attention
    each   every row is an alert of its own, told apart by this column
    """

    query: str
    state: str = ""
    since: str = ""
    each: str = ""

    def find(self, rule: Rule, look: Look) -> list[Alert] | None:
        query = queries()[self.query]
        if not look.datasets.issuperset(query.needs) or _is_narrower(query, look):
            return None
        mine = [row for row in look.rows(query) if not self.state or row["state"] == self.state]
        groups = [[row] for row in mine] if self.each else [mine] if mine else []
        return [self._alert(rule, query, rows, look) for rows in groups]

    def is_for(self, role: Role) -> bool:
        return opens(role, queries()[self.query])

    def _alert(self, rule: Rule, query: Query, rows: Sequence[Row], look: Look) -> Alert:
        marks: dict[str, object] = {name: f"{v:g}" for name, v in look.school.rules.items()}
        marks |= _said(query, rows[0]) | {"n": number(len(rows))}
        since = (
            min((row[self.since] for row in rows if row[self.since]), default=None)
            if self.since
            else None
        )
        return Alert(
            id=f"{rule.id}:{rows[0][self.each]}" if self.each else rule.id,
            rule=rule,
            reason=rule.reason.format(**marks),
            count=len(rows),
            rows=_rows(query, rows, look.lang),
            since=since,
            days=_days(since, query, look),
        )


def _is_narrower(query: Query, look: Look) -> bool:
    """Whether the view is narrowed to what the query knows nothing of."""
    chosen = look.filters.chosen
    return any(name not in query.parameters or value == UNSAID for name, value in chosen)


def _days(since: date | None, query: Query, look: Look) -> int | None:
    """What is compared with today is as old as it is today; the rest as on the day looked at."""
    until = look.filters.today if "today" in query.parameters else look.filters.as_of
    return None if since is None else (until - since).days


def _rows(query: Query, rows: Sequence[Row], lang: Lang) -> Rows:
    key = keys()[query.case] if query.case else ""
    return Rows(
        columns=query.columns,
        rows=tuple(reports.worded(query, row, lang) for row in rows),
        case=query.case,
        keys=tuple((str(row[key]),) for row in rows) if key else (),
    )


def _said(query: Query, row: Row) -> dict[str, Text]:
    """Every column of a row in words."""
    zh, en = (reports.worded(query, row, lang) for lang in ("zh", "en"))
    return {
        column.name: Text(
            _word(zh[column.name], column.kind, "zh"), _word(en[column.name], column.kind, "en")
        )
        for column in query.columns
    }


def _word(value: Any, kind: str, lang: Lang) -> str:
    if kind == "money":
        return money(value, lang)
    if kind == "date":
        return day(value)
    if kind == "ratio":
        return percent(value)
    return number(value) if kind in ("count", "people") else str(value)
