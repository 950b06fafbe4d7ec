"""Years of a figure: every point a reading of its own, an estimate that is told to be one."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from plain_figures import FIGURES
from plain_school import Plain
from schools import School, Schools, enter, opened
from screens import keyed, said
from screens import opened as page

from dashboard.charts.history import history_lines
from dashboard.charts.template import LIGHT, Mark
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate_all
from dashboard.kpis.flows import adds_up
from dashboard.kpis.history import History, history
from dashboard.kpis.model import Reading
from dashboard.layout import Page, Years
from dashboard.periods import Calendars, Span, last_day, months_of, parse
from dashboard.projection import MARK, Estimate, Refusal
from dashboard.proving import over, prove
from dashboard.roles import Role
from dashboard.school import School as Settled
from dashboard.settings import ROOT, Settings
from dashboard.warehouse import Warehouse
from dashboard.workspaces import Workspaces

FLOWS = [name for name, kpi in KPIS.items() if adds_up(kpi)]
PERIODS = ("2017", "2016-2017", "2016-2017-2", "S2017", "2017-05", "2017-02:2017-04")
TODAY = date(2017, 11, 15)


def told(reading: Reading | None) -> tuple[Any, Any] | None:
    return (reading.numerator, reading.denominator or 0) if reading else None


def again(name: str, plain: Plain, span: Span, department: str | None) -> tuple[Any, Any]:
    """Numerator and denominator by plain counting."""
    rows = [row for row in FIGURES[name](plain, span) if department in (None, row[0])]
    bottom = sum(row[2] for row in rows) if KPIS[name].denominator else 0
    return sum(row[1] for row in rows), bottom


def test_what_adds_up_by_month_is_said_by_its_own_declaration() -> None:
    assert {"income_total", "spending_total", "participation_rate", "activities_held",
            "proposals_submitted", "cost_per_participant"} <= set(FLOWS)  # fmt: skip
    assert not {"balance", "coverage_rate", "enrollment_rate", "proposals_filed",
                "plan_completion_rate", "spending_per_member"} & set(FLOWS)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("department", [None, "语文组"])
def test_every_month_is_the_same_by_a_second_road(
    seed: int, department: str | None, tmp_path: Path
) -> None:
    school = drawn(seed)
    plain = Plain(school)
    filters = Filters(parse("2017"), TODAY, chosen({"department": department}))
    with opened(tmp_path, school) as warehouse, warehouse.snapshot() as reader:
        for name in KPIS:
            held = history(reader, KPIS[name], filters)
            for at, reading in held.months.items():
                span = Span(date(*at, 1), min(last_day(*at), TODAY))
                assert told(reading) == again(name, plain, span, department), f"{name} {at}"


@pytest.mark.parametrize(("seed", "period"), [*enumerate(PERIODS, start=10)])
def test_a_running_point_is_the_figure_up_to_that_month(
    seed: int, period: str, tmp_path: Path
) -> None:
    """The last one of a period that is over is its own figure: the months are the whole."""
    filters = Filters(parse(period), date(2017, 9, 15))
    unsplit = [replace(KPIS[name], by=()) for name in FLOWS]
    with opened(tmp_path, drawn(seed)) as warehouse, warehouse.snapshot() as reader:
        held = {kpi.id: history(reader, kpi, filters) for kpi in unsplit}
        (looked_at,) = {one.periods[-1] for one in held.values()}
        for place, at in list(enumerate(months_of(looked_at)))[2::3]:
            span = Span(looked_at.start, min(last_day(*at), filters.as_of))
            for found in evaluate_all(reader, over(filters, span), (), unsplit):
                point = held[found.kpi.id].running(looked_at)[place]
                assert point is None or told(point) == told(found.now), f"{found.kpi.id} {span}"


# -- an estimate ------------------------------------------------------------------------------


def spent(day: date, amount: int) -> dict[str, Any]:
    return {"spent_on": day, "voucher_no": str(day), "subject": "文体活动",
            "expense": Decimal(amount)}  # fmt: skip


def alike(first: int, years: int, until: date, each: int = 100) -> list[dict[str, Any]]:
    """The same sum at the end of every month."""
    days = (last_day(year, n) for year in range(first, first + years) for n in range(1, 13))
    return [spent(day, each) for day in days if day <= until]


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def spending(warehouse: Warehouse, period: str, today: date, **more: Any) -> History:
    filters = Filters(parse(period), today, **more)
    with warehouse.snapshot() as reader:
        return history(reader, KPIS["spending_total"], filters)


def estimated(held: History) -> Estimate:
    assert isinstance(held.projection, Estimate), held.projection
    return held.projection


def refused(held: History) -> str:
    assert isinstance(held.projection, Refusal), held.projection
    return held.projection.code


@pytest.mark.parametrize(
    ("period", "whole"),
    [("2017", 1200), ("2016-2017", 1200), ("S2017", 1200), ("2016-2017-2", 700)],
)
def test_years_that_are_alike_are_estimated_exactly(
    period: str, whole: int, schools: Schools
) -> None:
    today = date(2017, 6, 30)
    warehouse = schools(ledger=alike(2013, 5, today))
    found = estimated(spending(warehouse, period, today))
    assert (found.estimate, found.low, found.high, found.error) == (whole, whole, whole, 0)


def test_a_rates_parts_are_estimated_and_divided(schools: Schools) -> None:
    """Every month ten are asked, and more of them come in the second half of the year."""
    days = [last_day(year, n) for year in range(2014, 2018) for n in range(1, 13)]
    register = [
        {"name": "读书会", "held_on": day, "expected": 10, "attended": 5 if day.month < 7 else 8}
        for day in days
        if day <= date(2017, 6, 30)
    ]
    filters = Filters(parse("2017"), date(2017, 6, 30))
    with schools(activities=register).snapshot() as reader:
        held = history(reader, KPIS["participation_rate"], filters)
    found = estimated(held)
    assert (found.so_far, found.estimate, found.error) == (Fraction(1, 2), Fraction(78, 120), 0)
    assert [told(one) for one in held.running(parse("2017"))][5:7] == [(30, 60), None]


def test_a_day_looked_at_knows_nothing_of_what_came_after(schools: Schools) -> None:
    warehouse = schools(ledger=alike(2013, 5, date(2017, 12, 31)))
    held = spending(warehouse, "2017", date(2018, 3, 1), day=date(2017, 4, 30))
    assert estimated(held).so_far == 400
    assert (2017, 5) not in held.months


def test_a_register_that_ends_early_brings_no_estimate_down(schools: Schools) -> None:
    """Its last line is of April: May to September are unknown, not nought."""
    warehouse = schools(ledger=alike(2014, 4, date(2017, 4, 30)))
    held = spending(warehouse, "2017", date(2017, 9, 20))
    assert held.until == date(2017, 4, 30)
    assert estimated(held).estimate == 1200
    assert [at for at in held.months if at[0] == 2017] == [(2017, n) for n in range(1, 5)]


def test_what_is_over_is_not_estimated_and_ends_with_its_last_month(schools: Schools) -> None:
    held = spending(schools(ledger=alike(2014, 4, date(2017, 4, 30))), "2017", date(2018, 2, 1))
    assert refused(held) == "over"
    assert [told(one) for one in held.running(parse("2017"))][-1] == (400, 0)


def test_too_short_a_past_refuses(schools: Schools) -> None:
    held = spending(schools(ledger=alike(2016, 2, TODAY)), "2017", TODAY)
    assert refused(held) == "few_years"


@pytest.mark.parametrize("period", ["2017-05", "2017-02:2017-10"])
def test_a_month_and_a_free_range_stand_in_calendar_years_without_an_estimate(
    period: str, schools: Schools
) -> None:
    held = spending(schools(ledger=alike(2015, 3, TODAY)), period, TODAY)
    assert held.projection is None
    assert not held.is_running
    assert [each.key for each in held.periods] == ["2015", "2016", "2017"]
    assert max(held.months) == (2017, min(10, parse(period).end.month))


def test_a_school_without_a_register_has_no_history(schools: Schools) -> None:
    held = spending(schools(), "2017", TODAY)
    assert held.months == {}
    assert [each.key for each in held.periods] == ["2017"]
    assert refused(held) == "unknown_month"


def test_a_term_that_begins_within_a_month_says_why_it_is_not_estimated(schools: Schools) -> None:
    calendars = Calendars(second_term=(2, 15))
    warehouse = schools(ledger=alike(2013, 5, TODAY))
    filters = Filters(parse("2016-2017-2", calendars), date(2017, 6, 30))
    with warehouse.snapshot() as reader:
        held = history(reader, KPIS["spending_total"], filters)
    assert refused(held) == "whole_months"
    assert not held.is_running
    assert held.periods[-1].key == "2017"


def test_what_the_figure_is_not_kept_by_gives_no_history(schools: Schools) -> None:
    narrowed = chosen({"department": "语文组"})
    held = spending(schools(ledger=alike(2013, 5, TODAY)), "2017", TODAY, chosen=narrowed)
    assert held.months == {}


def test_narrowed_by_a_state_of_the_day_nothing_adds_up(schools: Schools) -> None:
    """What is held by the end of January is not what of January was held by the year's end."""
    register = [{"name": f"活动{n}", "planned_to": date(2017, n, 20)} for n in (3, 4)]
    filters = Filters(parse("2017"), date(2018, 1, 1), chosen({"plan_state": "not_held"}))
    with schools(activities=register).snapshot() as reader:
        held = history(reader, KPIS["plan_and_beyond"], filters)
        whole = history(reader, KPIS["plan_and_beyond"], replace(filters, chosen=()))
    assert (held.is_running, held.projection) == (False, None)
    assert told(held.months[2017, 3]) == (1, 0)
    assert whole.is_running


def test_a_year_in_whose_midst_the_records_begin_is_named(schools: Schools) -> None:
    lines = [row for row in alike(2015, 3, TODAY) if row["spent_on"] > date(2015, 8, 1)]
    held = spending(schools(ledger=lines), "2017", TODAY)
    assert held.begun == (parse("2015"), (2015, 8))
    assert spending(schools(ledger=alike(2015, 3, TODAY)), "2017", TODAY).begun is None


# -- the chart --------------------------------------------------------------------------------


def test_a_point_opens_the_proof_of_what_it_stands_for(schools: Schools) -> None:
    warehouse = schools(ledger=alike(2014, 4, date(2017, 6, 30)))
    filters = Filters(parse("2017"), date(2017, 6, 30))
    with warehouse.snapshot() as reader:
        held = history(reader, KPIS["spending_total"], filters)
        chart = history_lines(held, True, LIGHT, "zh")
        march = chart.marks[-1][2]
        assert march == Mark("spending_total", span=Span(date(2017, 1, 1), date(2017, 3, 31)))
        proven = prove(
            reader, march.kpi, over(filters, march.span or filters.span), Settled(), Role.OFFICER
        )
    assert (
        proven.countings[0].numerator == 300 == (held.running(parse("2017"))[2] or Reading(0)).value
    )
    assert chart.marks[-1][6] is None, "July is still to come"
    assert history_lines(held, False, LIGHT, "zh").marks[0][2] == Mark(
        "spending_total", span=Span(date(2014, 3, 1), date(2014, 3, 31))
    )


def test_a_year_that_is_not_wholly_known_has_no_running_line(schools: Schools) -> None:
    """The school year before the book's first one."""
    today = date(2017, 6, 30)
    warehouse = schools(ledger=alike(2015, 3, today))
    held = spending(warehouse, "2016-2017", today)
    assert [each.key for each in held.periods] == ["2014-2015", "2015-2016", "2016-2017"]
    chart = history_lines(held, True, LIGHT, "zh")
    assert len(chart.marks) == 2
    assert len(history_lines(held, False, LIGHT, "zh").marks) == 3


# -- on the screen ----------------------------------------------------------------------------


def test_a_page_projects_only_what_adds_up() -> None:
    pages: list[Page] = [
        import_module(f"pages.{path.stem}").PAGE for path in (ROOT / "pages").glob("*.py")
    ]
    blocks = [block for one in pages for row in one.rows for block in row]
    projected = [block.kpi for block in blocks if isinstance(block, Years) and block.projected]
    assert {"participation_rate", "proposals_submitted"} <= set(projected) <= set(FLOWS)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with four years of a ledger, and proposals of two."""
    folder = tmp_path_factory.mktemp("kept")
    spaces = Workspaces(Settings(data=folder))
    asked = [
        {"proposal_no": str(n), "title": f"提案{n}", "submitted_on": date(2016 + n % 2, 3, n)}
        for n in range(1, 9)
    ]
    school = School(ledger=alike(2014, 4, date(2017, 6, 30)), proposals=asked)
    enter(spaces.warehouse("school"), school)
    spaces.enter("school")
    spaces.close()
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_too_little_past_is_told_on_the_page(
    kept: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2017-06-30")
    words = said(page(kept, "proposals", monkeypatch, lang=lang, period="2017"))
    assert ("至少要 2 年" if lang == "zh" else "at least 2 are needed") in words
    assert "2017-03-07" in words.replace("\\", ""), "where the register ends"


def test_a_month_is_shown_in_its_year_without_a_word_of_estimates(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2017-06-30")
    words = said(page(kept, "proposals", monkeypatch, lang="zh", period="2017-03"))
    assert "每点为一个月" in words
    assert "估算" not in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_tiles_trend_has_its_years_with_the_estimate(
    kept: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_TODAY", "2017-06-30")
    app = page(kept, "funds", monkeypatch, lang=lang, period="2017")
    keyed(app.button, "open_spending_total").click().run()
    assert not app.exception
    words = said(app).replace("\\", "")
    assert MARK.zh in words if lang == "zh" else MARK.en in words
    assert ("1,200.00 元" if lang == "zh" else "¥1,200.00") in words
