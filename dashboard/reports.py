"""Tables beside the figures: queries/reports/*.sql, run for a filter and put into words.

Also what a page must know before it draws: which years and departments there are, whether there is
anything at all, and which files it came from. No report names a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from dashboard.contracts import DATASETS, codes
from dashboard.contracts.model import CodeList
from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.periods import Period, calendar_year
from dashboard.settings import QUERIES
from dashboard.sqlfiles import Query, ReportColumn, load
from dashboard.text import Lang, Text

Row = dict[str, Any]

NOT_SAID = Text("未填写", "Not stated")
UNCLASSIFIED = {"未归类": Text("未归类", "Unclassified")}
STAGES = {
    "submitted": Text("征集", "Submitted"),
    "filed": Text("立案", "Filed"),
    "assigned": Text("交办", "Assigned"),
    "replied": Text("答复", "Answered"),
    "followed_up": Text("落实", "Followed up"),
}


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a query's own file cannot say: its registers, its words, its shares.

    words   column -> what its codes are called
    shares  column -> the two columns it divides
    """

    needs: tuple[str, ...]
    words: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    shares: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    by_department: bool = True


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report as read: every row has a value for every column. `needs` are its registers."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[Row, ...]
    needs: tuple[str, ...]


def _words(known: CodeList) -> dict[str, Text]:
    return {code.value: code.label for code in known.codes}


REPORTS: dict[str, Report] = {
    "staff_by_employment": Report(("staff", "members"), words={"label": _words(codes.EMPLOYMENT)}),
    "activities_by_kind": Report(("activities",), words={"label": _words(codes.ACTIVITY_KIND)}),
    "activities_list": Report(
        ("activities",),
        words={"kind": _words(codes.ACTIVITY_KIND)},
        shares={"rate": ("attended", "invited")},
    ),
    "spending_by_subject": Report(("ledger",), words={"label": UNCLASSIFIED}, by_department=False),
    "budget_by_subject": Report(
        ("budget", "ledger"),
        words={"subject": UNCLASSIFIED, "belongs_to": UNCLASSIFIED},
        shares={"rate": ("spent", "approved")},
        by_department=False,
    ),
    "proposal_funnel": Report(("proposals",), words={"label": STAGES}),
    "proposals_by_kind": Report(("proposals",)),
    "proposals_overdue": Report(("proposals",)),
}


@cache
def queries() -> dict[str, Query]:
    """The reports' SQL; each has its entry in REPORTS, and the other way round."""
    found = load(QUERIES / "reports")
    if odd := sorted(found.keys() ^ REPORTS.keys()):
        raise BadDefinition(f"reports without a query, or queries without a report: {odd}")
    return found


def run(reader: Reads, name: str, filters: Filters, lang: Lang) -> ReportRows:
    """One report for a period and department, codes in words.

    The cash book knows no departments: with one, its reports are empty rather than the school's.
    """
    report, query = REPORTS[name], queries()[name]
    hidden = filters.department is not None and not report.by_department
    found = [] if hidden else reader.read(query.sql, bound(query, filters))
    rows = tuple(_row(report, query, row, lang) for row in found)
    return ReportRows(query.columns, rows, report.needs)


def bound(query: Query, filters: Filters) -> dict[str, object]:
    """A query's parameters; it may take only those a filter knows."""
    known = {
        "start": filters.span.start,
        "as_of": filters.as_of,
        "department": filters.department,
    }
    if strange := sorted(query.parameters - known.keys()):
        raise BadDefinition(f"{query.name}: no filter knows {', '.join(strange)}")
    return {name: value for name, value in known.items() if name in query.parameters}


def _row(report: Report, query: Query, row: Row, lang: Lang) -> Row:
    shown = row | {name: _share(row, *of) for name, of in report.shares.items()}
    for column in query.columns:
        if column.kind == "label":
            shown[column.name] = _said(report, column.name, shown[column.name], lang)
    return shown


def _share(row: Row, part: str, whole: str) -> float | None:
    """For display: a share of nothing is no share."""
    if row[part] is None or not row[whole]:
        return None
    return float(Fraction(row[part]) / Fraction(row[whole]))


def _said(report: Report, column: str, value: str | None, lang: Lang) -> str:
    """A code's label; a school's own word stays as it is."""
    if value is None:
        return NOT_SAID(lang)
    known = report.words.get(column, {}).get(value)
    return known(lang) if known else value


# -- what there is ----------------------------------------------------------------------------


def years_with_data(reader: Reads) -> list[int]:
    """Calendar years in which something is dated, oldest first."""
    rows = reader.read("select distinct year(on_day) as found from dated_days order by found")
    return [row["found"] for row in rows]


def default_period(reader: Reads, today: date) -> Period:
    """The latest calendar year that has data, not later than today's; today's if none has.

    A roster only says who could have come: where anything was done, that decides.
    """
    rows = reader.read("select distinct dataset, year(on_day) as found from dated_days")
    rosters = {name for name, dataset in DATASETS.items() if dataset.shape == "snapshot"}
    done = {r["found"] for r in rows if r["dataset"] not in rosters and r["found"] <= today.year}
    listed = {r["found"] for r in rows if r["found"] <= today.year}
    return calendar_year(max(done or listed, default=today.year))


def departments(reader: Reads) -> list[str]:
    """In the order of their pinyin."""
    rows = reader.read("select department from departments order by department collate zh")
    return [row["department"] for row in rows]


def datasets(reader: Reads) -> tuple[str, ...]:
    """The registers that hold anything."""
    rows = reader.read("select distinct dataset from dated_days order by dataset")
    return tuple(row["dataset"] for row in rows)
