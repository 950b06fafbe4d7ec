"""Who may choose the period gets nothing from the difference of two that one alone withholds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from browsing import Browser, drawn
from crowded_schools import crowded
from meeting_of_sample import pages
from schools import opened
from subtraction import Listener

from dashboard.answers import Answer, Question, answered, asking
from dashboard.choices import KINDS, offered
from dashboard.disclosure import is_small
from dashboard.kpis.differences import is_year, pieces
from dashboard.kpis.model import Reading
from dashboard.periods import Span
from dashboard.roles import Role
from dashboard.warehouse import Warehouse

TODAY = date(2018, 1, 20)
FIGURES = {
    "members": ("member_total", "members_joined"),
    "activities": ("participation_rate", "cost_per_participant"),
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with opened(tmp_path_factory.mktemp("crowded"), crowded(1)) as warehouse:
        yield warehouse


def asked(
    school: Warehouse, page: str, period: str, role: Role = Role.DELEGATE, **chosen: str
) -> Answer:
    """A page's figures about people and its lists, no more: each of many periods is asked."""
    question = Question(
        folder="", workspace="school", version=0, today=TODAY, period=period,
        chosen=tuple(chosen.items()), as_of=None, lang="zh", role=role,
    )  # fmt: skip
    (own,) = (one for one in pages() if one.path == page)
    with school.snapshot() as reader:
        own_lists = asking(own, question).reports
        few = replace(question, kpis=FIGURES[page], reports=own_lists)
        return answered(reader, few)


# -- tables drawn by lot -----------------------------------------------------------------------


@pytest.mark.parametrize("lot", range(3))
def test_no_small_group_follows_from_all_periods_and_filters(lot: int) -> None:
    """He adds and takes away all he is shown, and knows what was held on which day."""
    small = 0
    for seed in range(lot * 60, (lot + 1) * 60):
        browser = Browser(drawn(seed))
        assert not browser.restored(), seed
        small += browser.small()
    assert small > 2000


def test_a_wall_alone_would_give_them_away() -> None:
    """That this finds something: what a presenter may show of one period, of all together tells."""
    assert sum(len(Browser(drawn(seed), browsed=False).restored()) for seed in range(12)) > 50


# -- the pages themselves ----------------------------------------------------------------------


def periods() -> list[str]:
    """All that touch a year with data; of 2016, in which nothing was held, no months."""
    every = [p for kind in KINDS for p in offered(kind, (2016, 2017, 2018), TODAY)]
    return [p.key for p in every if p.kind != "month" or p.start.year > 2016]


def told_of(answer: Answer) -> Iterator[tuple[Span, Reading]]:
    """What the page tells of who was invited: now, a year before, and month by month."""
    result = answer.results["participation_rate"]
    yield result.span, result.now
    yield answer.filters.before, result.before
    yield from ((point.over, point.reading) for point in result.trend)


@pytest.mark.parametrize(
    ("variants", "gone"),
    [
        ({}, {"on_leave"}),
        ({"participation_rate": "without_leave"}, {"on_leave", "invited", "rate"}),
    ],
)
def test_who_was_on_leave_is_an_officers(
    tmp_path: Path, variants: dict[str, str], gone: set[str]
) -> None:
    with opened(tmp_path, crowded(1)) as warehouse:
        warehouse.set("variants", variants)
        every = asked(warehouse, "activities", "2017", Role.OFFICER).reports["activities_list"]
        told = asked(warehouse, "activities", "2017").reports["activities_list"]
    assert {column.name for column in every.columns} - {c.name for c in told.columns} == gone
    assert not [row for row in told.rows if not gone.isdisjoint(row)]
    assert told.rows


def test_no_activity_of_few_follows_from_lists_and_figures(school: Warehouse) -> None:
    """Every period, every kind of activity; each list with its rows, and the figure above it."""
    held = {
        (row["held_on"], row["activity"]): row
        for year in ("2016", "2017", "2018")
        for row in asked(school, "activities", year, Role.OFFICER).reports["activities_list"].rows
    }
    shown: dict[frozenset[Hashable], int] = {}
    for view in ({}, *({"activity_kind": kind} for kind in ("sports", "care", "culture"))):
        known = {key for key, row in held.items() if view.get("activity_kind", row["kind_code"])
                 == row["kind_code"]}  # fmt: skip
        for answer in (asked(school, "activities", period, **view) for period in periods()):
            for span, told in told_of(answer):
                under = frozenset(key for key in known if span.start <= key[0] <= span.as_of)
                if told.denominator is not None:
                    shown[under] = int(told.denominator)
            for row in answer.reports["activities_list"].rows:
                if row["invited"] is not None:
                    shown[frozenset({(row["held_on"], row["activity"])})] = row["invited"]
    few = [key for key, row in held.items() if is_small(row["invited"] or 0)]
    listener = Listener(shown.items())
    assert len(few) > 2
    assert len(shown) > 5
    assert not [key for key in few if listener.follows({key})]


@pytest.mark.parametrize("period", ["2016-2017", "2016-2017-2", "S2017", "2017-03"])
def test_what_people_are_is_told_for_calendar_years_only(school: Warehouse, period: str) -> None:
    """From two months' states by kind of employment, what a newcomer is would follow."""
    whole = asked(school, "members", period).results["member_total"]
    assert whole.now.value
    parts = [part.reading for held in whole.parts.values() for part in held]
    assert parts
    assert all(reading.hidden for reading in parts)
    narrowed = asked(school, "members", period, department="语文组")
    assert narrowed.results["member_total"].now.hidden
    assert [code for code, _ in narrowed.trouble] == ["parts_by_year"]


def test_a_calendar_year_is_told_as_on_any_wall(school: Warehouse) -> None:
    browsed = asked(school, "members", "2017")
    shown = asked(school, "members", "2017", Role.OFFICER)
    parts = browsed.results["member_total"].parts["department"]
    assert [part.reading.hidden for part in parts].count(False) > 2
    assert browsed.results["member_total"].now == shown.results["member_total"].now
    yearly = asked(school, "members", "2017", department="语文组").results["member_total"]
    assert yearly.now.value
    assert all(point.reading.hidden for point in yearly.trend[:-1])


def test_who_came_and_went_is_no_secret_of_the_whole_school(school: Warehouse) -> None:
    """The head counts of the months tell it anyway, and everybody sees it."""
    months = asked(school, "members", "2017-03").results["members_joined"]
    assert not months.now.hidden
    assert all(part.reading.hidden for held in months.parts.values() for part in held)


def test_to_an_officer_every_period_is_told_by_its_parts(school: Warehouse) -> None:
    parts = asked(school, "members", "2017-03", Role.OFFICER).results["member_total"].parts
    assert not [p for held in parts.values() for p in held if p.reading.hidden]


# -- stretches ---------------------------------------------------------------------------------


def test_a_running_year_is_told_up_to_today_and_no_other_day() -> None:
    assert is_year(Span(date(2017, 1, 1), date(2017, 12, 31)), TODAY)
    assert is_year(Span(date(2018, 1, 1), TODAY), TODAY)
    assert not is_year(Span(date(2017, 1, 1), date(2017, 1, 20)), TODAY)
    assert not is_year(Span(date(2016, 9, 1), date(2017, 8, 31)), TODAY)


def test_the_months_of_a_year_are_cut_where_a_term_turns() -> None:
    found = list(pieces(2017, [Span(date(2017, 2, 15), date(2017, 8, 31))], TODAY))
    assert found[1:3] == [
        Span(date(2017, 2, 1), date(2017, 2, 14)),
        Span(date(2017, 2, 15), date(2017, 2, 28)),
    ]
    assert len(found) == 13
    assert list(pieces(2018, [], TODAY)) == [Span(date(2018, 1, 1), TODAY)]
