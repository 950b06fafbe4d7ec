"""What calls for somebody's attention: the rule that says so, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol

from dashboard import reports
from dashboard.filters import Filters
from dashboard.kpis import counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.model import Result
from dashboard.reports import Reads, Row
from dashboard.roles import Role
from dashboard.rules import Checked, check, load, standing
from dashboard.school import School
from dashboard.sqlfiles import Query, ReportColumn
from dashboard.text import Lang, Text

Severity = Literal["urgent", "attention", "notice"]
SEVERITIES: dict[Severity, Text] = {
    "urgent": Text("紧急", "Urgent"),
    "attention": Text("关注", "Attention"),
    "notice": Text("提示", "Notice"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for.

    reason  one line, with marks: {n} rows, every threshold of the school by its name, and what
            the source says of the first row
    page    the path of the page that tells more
    """

    id: str
    label: Text
    severity: Severity
    reason: Text
    page: str
    source: Source


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in words. `keys` are the cases behind each row, of the kind `case`."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[Mapping[str, Any], ...]
    case: str = ""
    keys: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ProofOf:
    """The rows are those of a figure's proof; with `unmet` the ones behind its gap."""

    kpi: str
    unmet: bool


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule found. `count` is the number of its rows.

    since    the day from which on it was so, None where no day can be named
    days     how long that is on the day looked at
    or_more  it was so already on the first day that was looked at
    """

    id: str
    rule: Rule
    reason: Text
    count: int
    rows: Rows | ProofOf
    since: date | None = None
    days: int | None = None
    or_more: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """What was found, the most urgent and oldest first.

    `unchecked` are the rules whose registers are not there, or that know nothing of what the view
    is narrowed to: about these nothing is said.
    """

    alerts: tuple[Alert, ...]
    checked: tuple[Rule, ...]
    unchecked: tuple[Rule, ...]


@dataclass(frozen=True)
class Look:
    """One look at one school: the view, its settings, and what is read once for several rules."""

    reader: Reads
    filters: Filters
    school: School
    lang: Lang
    results: Mapping[str, Result]
    _listed: dict[str, list[Row]] = field(default_factory=dict)

    @cached_property
    def datasets(self) -> frozenset[str]:
        return frozenset(reports.datasets(self.reader))

    @cached_property
    def ceilings(self) -> tuple[Checked, ...]:
        """Every limit on spending that is told, checked over the period."""
        own = standing(self.school.caps)
        caps = [cap for cap in load(own).values() if cap.judges]
        return check(self.reader, caps, self.filters.span, self.school.place)

    def rows(self, query: Query) -> list[Row]:
        """A list's rows; several rules look at one list."""
        if query.name not in self._listed:
            bound = reports.bound(query, self.filters)
            self._listed[query.name] = self.reader.read(query.sql, bound)
        return self._listed[query.name]

    def figures(self, names: list[str]) -> list[Result]:
        """These figures as the school counts them; those of the page are not read again."""
        new = [counted(name, self.school.variants) for name in names if name not in self.results]
        read = evaluate_all(self.reader, self.filters, targets.of(self.school), new)
        known = dict(self.results) | {result.kpi.id: result for result in read}
        return [known[name] for name in names]


class Source(Protocol):
    """Where a rule's rows come from."""

    def find(self, rule: Rule, look: Look) -> list[Alert] | None:
        """What is found; None where it could not be looked for."""
        ...

    def is_for(self, role: Role) -> bool:
        """Whether a role reads rows such as are found."""
        ...
