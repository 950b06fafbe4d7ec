"""The one cached function of the house, and the open workspaces it reads from.

The key is everything an answer depends on, in one plain value: no data frame (large ones are
compared by a sample), no argument with a leading underscore (Streamlit would leave it out of the
key, and one school's figures would reach another).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard import reports, rules
from dashboard.alerts import alerts
from dashboard.alerts.model import Attention
from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.errors import RefusedRequest
from dashboard.filters import Chosen, Filters
from dashboard.kpis import counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.history import History, history
from dashboard.kpis.model import Result
from dashboard.periods import Period, as_of_day, parse
from dashboard.reports import ReportRows
from dashboard.rules import Checked
from dashboard.school import School
from dashboard.settings import Settings
from dashboard.text import Lang, Text
from dashboard.warehouse import Reader, settings
from dashboard.workspaces import Workspaces

Trouble = list[tuple[str, Text]]
Pair = tuple[str, str]


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
    chosen: Chosen
    as_of: str | None
    kpis: tuple[str, ...]
    reports: tuple[str, ...]
    lang: Lang
    alerts: bool = False
    ceilings: bool = False
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one page shows, read in one moment.

    `trouble` is what the address asked for that does not exist; the default stands in for it.
    """

    filters: Filters
    school: School
    years: tuple[int, ...]
    values: dict[str, tuple[str, ...]]  # by dimension
    results: dict[str, Result]
    reports: dict[str, ReportRows]
    datasets: tuple[str, ...]
    trouble: tuple[tuple[str, Text], ...] = ()
    attention: Attention | None = None
    ceilings: tuple[Checked, ...] = ()
    histories: dict[str, History] = field(default_factory=dict)


@st.cache_resource(show_spinner=False, max_entries=4)
def workspaces(folder: str) -> Workspaces:
    """The open databases of one data folder, shared by all sessions."""
    return Workspaces(replace(Settings(), data=Path(folder)))


@st.cache_data(show_spinner=False, max_entries=256)
def answer(question: Question) -> Answer:
    """Everything a page needs, in one snapshot."""
    warehouse = workspaces(question.folder).warehouse(question.workspace)
    with warehouse.snapshot() as reader:
        trouble: Trouble = []
        school = settings(reader)
        values = reports.values(reader)
        filters = _filters(reader, question, school, values, trouble)
        wanted = [counted(name, school.variants) for name in question.kpis]
        results = {r.kpi.id: r for r in evaluate_all(reader, filters, targets.of(school), wanted)}
        return Answer(
            filters=filters,
            school=school,
            datasets=reports.datasets(reader),
            years=tuple(reports.years_with_data(reader)),
            values=values,
            results=results,
            reports={
                name: reports.run(reader, name, filters, question.lang) for name in question.reports
            },
            trouble=tuple(trouble),
            attention=(
                alerts(reader, filters, school, question.lang, results) if question.alerts else None
            ),
            ceilings=_ceilings(reader, filters, school) if question.ceilings else (),
            histories={
                name: history(reader, results[name].kpi, filters) for name in question.years
            },
        )


def _ceilings(reader: Reader, filters: Filters, school: School) -> tuple[Checked, ...]:
    caps = rules.load(rules.standing(school.caps)).values()
    return rules.check(reader, caps, filters.span, school.place)


def _filters(
    reader: Reader,
    question: Question,
    school: School,
    values: dict[str, tuple[str, ...]],
    trouble: Trouble,
) -> Filters:
    period = _period(reader, question, school, trouble)
    chosen = tuple(_known(question.chosen, values, trouble))
    day = _day(question, period, trouble)
    return Filters(period, question.today, chosen, day)


def _period(reader: Reader, question: Question, school: School, trouble: Trouble) -> Period:
    """The period the address names, else the latest year with data."""
    try:
        if question.period:
            return parse(question.period, school.calendars)
    except RefusedRequest as refusal:
        trouble.append((refusal.code, refusal.message))
    return reports.default_period(reader, question.today)


def _day(question: Question, period: Period, trouble: Trouble) -> date | None:
    try:
        return as_of_day(question.as_of, period, question.today) if question.as_of else None
    except RefusedRequest as refusal:
        trouble.append((refusal.code, refusal.message))
        return None


def _known(chosen: Chosen, values: dict[str, tuple[str, ...]], trouble: Trouble) -> Iterator[Pair]:
    """Of what the address chooses, what there is."""
    for name, value in chosen:
        if value in values[name] or (value == UNSAID and values[name]):
            yield name, value
        elif values[name]:  # a school without data has nothing to choose from
            known = "、".join(DIMENSIONS[name].value(one).zh for one in values[name])
            label = DIMENSIONS[name].label
            refusal = RefusedRequest("unknown_value", dimension=label, name=value, known=known)
            trouble.append((refusal.code, refusal.message))
