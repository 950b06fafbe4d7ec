"""What a page asks, and all that it gets, read in one moment: for the screen and for exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard import layout, reports, rules
from dashboard.alerts import alerts, watches
from dashboard.alerts.model import Attention
from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.errors import Denied, RefusedRequest
from dashboard.filters import Chosen, Filters
from dashboard.groups import people_of, school_veil
from dashboard.kpis import counted, targets
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.history import History, history
from dashboard.kpis.model import Result
from dashboard.layout import Page
from dashboard.periods import Period, as_of_day, parse
from dashboard.provenance import opens, signed
from dashboard.proving import Proven, prove
from dashboard.reports import ReportRows
from dashboard.roles import RIGHTS, ROLES, Role
from dashboard.rules import Checked
from dashboard.school import School
from dashboard.text import Lang, Text
from dashboard.warehouse import Import, Reader, imports, settings
from dashboard.withheld import Wall

Trouble = list[tuple[str, Text]]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks for: of which data, at which version of it, how filtered, in which words,
    and with whose eyes.

    `version` grows with every import, so an answer from before it is never given again.
    `safe`: nothing that tells of one person. `taken`: to be taken home or shown to a meeting, with
    the sources, and the lists behind the gaps of `unmet`. `pins`: charts of dropped tables stand
    on the page.
    """

    folder: str
    workspace: str
    version: int
    today: date
    period: str | None
    chosen: Chosen
    as_of: str | None
    lang: Lang
    role: Role
    kpis: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    alerts: bool = False
    ceilings: bool = False
    years: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    safe: bool = False
    taken: bool = False
    pins: bool = False

    @property
    def withholds(self) -> bool:
        """Whether small groups are hidden: on a wall, and from all but an officer."""
        return self.safe or self.role is not Role.OFFICER


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one page shows, read in one moment.

    `trouble` is what the address asked for that does not exist; the default stands in for it.
    `wall` is how words of dropped tables are made fit for one, where there are any.
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
    unmet: dict[str, Proven] = field(default_factory=dict)
    imports: tuple[Import, ...] = ()
    caption: str = ""
    wall: Wall | None = None


def asking(page: Page, question: Question) -> Question:
    """The same view, asked for another page."""
    kpis, found = layout.asked(page)
    return replace(
        question,
        kpis=kpis,
        reports=found,
        alerts=layout.watches(page),
        ceilings=layout.checks(page),
        years=layout.years(page),
        unmet=layout.unmet(page),
        pins=layout.pins(page),
    )


def answered(reader: Reader, question: Question) -> Answer:
    """Everything a page needs; give a snapshot's reader, and all of it is of one moment.

    Raises Denied where a role takes home what it may only look at.
    """
    trouble: Trouble = []
    question = _allowed(question)
    school = settings(reader)
    values = _values(reader, question)
    filters = _filters(reader, question, school, values, trouble)
    wanted = [counted(name, school.variants) for name in question.kpis]
    results = {r.kpi.id: r for r in evaluate_all(reader, filters, targets.of(school), wanted)}
    if question.withholds:
        _say_why(filters, results, trouble)
        found = _withheld(reader, question, filters, school, results)
        return found if question.safe else replace(found, values=values, trouble=tuple(trouble))
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
        histories={name: history(reader, results[name].kpi, filters) for name in question.years},
        unmet={
            name: prove(reader, name, filters, school, question.role, unmet=True)
            for name in (question.unmet if question.taken else ())
        },
        imports=tuple(_imports(reader)) if question.taken else (),
        caption=filters.caption(question.lang),
    )


def _say_why(filters: Filters, results: dict[str, Result], trouble: Trouble) -> None:
    """Where a page is narrowed to people of one kind in a period that is told whole only."""
    is_part = filters.browsed and filters.chosen and filters.period.kind != "year"
    if is_part and any(result.now.hidden for result in results.values()):
        trouble.append(("parts_by_year", RefusedRequest("parts_by_year").message))


def _allowed(question: Question) -> Question:
    """What a role may ask for of it. A day of one's own choice is none of it, nor a stretch of
    days: from two of them a listener could take the difference, and have one person's.
    """
    if question.role is Role.OFFICER:
        return question
    if question.taken and "export" not in RIGHTS[question.role]:
        raise Denied(ROLES[question.role], "export")
    own = () if question.role is Role.PROJECTOR else question.chosen
    return replace(question, as_of=None, chosen=own, safe=question.safe or question.taken)


def _values(reader: Reader, question: Question) -> dict[str, tuple[str, ...]]:
    """What can be chosen from; a person's name (as a lead office) only by an officer."""
    found = reports.values(reader)
    if question.role is Role.OFFICER:
        return found
    veil = school_veil(reader)
    return {
        name: tuple(value for value in held if not veil.is_private(value))
        for name, held in found.items()
    }


def _withheld(
    reader: Reader, question: Question, filters: Filters, school: School, results: dict[str, Result]
) -> Answer:
    """Without small groups; rows of people only where the role reads them, and on a wall none."""
    wall = Wall.of(reader, filters, question.lang, school.variants)
    return Answer(
        filters=filters,
        school=school,
        datasets=reports.datasets(reader),
        years=() if question.safe else tuple(reports.years_with_data(reader)),
        values={},
        results={name: wall.result(one) for name, one in results.items()},
        reports={name: _report(reader, name, filters, question, wall) for name in question.reports},
        attention=(
            None
            if wall.groups.hides(people_of(filters.chosen))
            else _attention(reader, question, replace(filters, safe=False), school)
        ),
        ceilings=_ceilings(reader, filters, school) if _reads_payments(question) else (),
        histories={name: history(reader, results[name].kpi, filters) for name in question.years},
        imports=tuple(wall.imported(one) for one in _imports(reader)) if question.taken else (),
        caption=_caption(filters, wall),
        wall=wall if question.pins else None,
    )


def _attention(
    reader: Reader, question: Question, filters: Filters, school: School
) -> Attention | None:
    """What calls for a reader's attention is of rows they read; on a wall nothing does."""
    if question.safe or not question.alerts or not watches(question.role):
        return None
    return alerts(reader, filters, school, question.lang, role=question.role)


def _report(
    reader: Reader, name: str, filters: Filters, question: Question, wall: Wall
) -> ReportRows:
    query = reports.queries()[name]
    if question.safe or not opens(question.role, query):
        return wall.report(reader, name, filters)
    if not signed(question.role, query):
        return wall.unsigned(reader, name, filters)
    return reports.run(reader, name, replace(filters, safe=False), question.lang)


def _reads_payments(question: Question) -> bool:
    return question.ceilings and not question.safe and opens(question.role, rules.reading())


def _caption(filters: Filters, wall: Wall) -> str:
    """The filter line; a lead office may be a person."""
    own = [wall.words(value) for _, value in filters.chosen]
    plain = dict(zip([value for _, value in filters.chosen], own, strict=True))
    line = filters.caption(wall.lang)
    for value, said in plain.items():
        line = line.replace(value, said)
    return line


def _imports(reader: Reader) -> list[Import]:
    """What stands in the registers, the newest first."""
    return [one for one in imports(reader) if one.undone_at is None]


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
    browsed = question.role is not Role.OFFICER
    return Filters(period, question.today, chosen, day, question.withholds, browsed)


def _period(reader: Reader, question: Question, school: School, trouble: Trouble) -> Period:
    """The period the address names, else the latest year with data."""
    try:
        if question.period:
            named = parse(question.period, school.calendars)
            if named.kind != "range" or question.role is Role.OFFICER:
                return named
            raise RefusedRequest("no_free_days")
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
