"""The one cached function of the house, and the open workspaces it reads from.

The key is everything an answer depends on, in one plain value: no data frame (large ones are
compared by a sample), no argument with a leading underscore (Streamlit would leave it out of the
key, and one school's figures would reach another).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard import reports
from dashboard.errors import RefusedRequest
from dashboard.filters import Filters
from dashboard.kpis import KPIS, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.model import Result
from dashboard.periods import Period, parse
from dashboard.reports import ReportRows
from dashboard.settings import Settings
from dashboard.text import Lang, Text
from dashboard.warehouse import Reader
from dashboard.workspaces import Workspaces


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks for: of which data, at which version of it, how filtered, in which words.

    `version` grows with every import, so an answer from before it is never given again.
    """

    folder: str
    workspace: str
    version: int
    today: date
    period: str | None
    department: str | None
    kpis: tuple[str, ...]
    reports: tuple[str, ...]
    lang: Lang


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one page shows, read in one moment.

    `trouble` is what the address asked for that does not exist; the default stands in for it.
    """

    filters: Filters
    years: tuple[int, ...]
    departments: tuple[str, ...]
    results: dict[str, Result]
    reports: dict[str, ReportRows]
    datasets: tuple[str, ...]
    trouble: tuple[tuple[str, Text], ...] = ()


@st.cache_resource(show_spinner=False, max_entries=4)
def workspaces(folder: str) -> Workspaces:
    """The open databases of one data folder, shared by all sessions."""
    return Workspaces(replace(Settings(), data=Path(folder)))


@st.cache_data(show_spinner=False, max_entries=256)
def answer(question: Question) -> Answer:
    """Everything a page needs, in one snapshot."""
    warehouse = workspaces(question.folder).warehouse(question.workspace)
    with warehouse.snapshot() as reader:
        trouble: list[tuple[str, Text]] = []
        period = _period(reader, question, trouble)
        departments = tuple(reports.departments(reader))
        department = _department(question.department, departments, trouble)
        filters = Filters(period, question.today, department)
        wanted = [KPIS[name] for name in question.kpis]
        results = evaluate_all(reader, filters, targets.load(), wanted)
        return Answer(
            filters=filters,
            datasets=reports.datasets(reader),
            years=tuple(reports.years_with_data(reader)),
            departments=departments,
            results={result.kpi.id: result for result in results},
            reports={
                name: reports.run(reader, name, filters, question.lang) for name in question.reports
            },
            trouble=tuple(trouble),
        )


def _period(reader: Reader, question: Question, trouble: list[tuple[str, Text]]) -> Period:
    """The period the address names, else the latest year with data."""
    try:
        if question.period:
            return parse(question.period)
    except RefusedRequest as refusal:
        trouble.append((refusal.code, refusal.message))
    return reports.default_period(reader, question.today)


def _department(
    named: str | None, known: tuple[str, ...], trouble: list[tuple[str, Text]]
) -> str | None:
    if named is None or named in known:
        return named
    if not known:  # a school without data has no departments to choose from
        return None
    refusal = RefusedRequest("unknown_department", name=named, known="、".join(known))
    trouble.append((refusal.code, refusal.message))
    return None
