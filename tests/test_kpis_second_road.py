"""Every figure by a second road: generated schools, computed again in plain Python."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from drawn_schools import drawn
from plain_figures import FIGURES
from plain_school import Plain
from schools import School, amounts, opened

from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate, evaluate_all
from dashboard.kpis.model import Reading, Result
from dashboard.periods import Span, parse, rolling, twelve_months, year_before
from dashboard.warehouse import Warehouse

TODAY = date(2018, 3, 31)
PERIODS = ("2017", "2016-2017", "2016-02", "2017-06-30:2018-12-31")
SEEDS = range(6)

Parts = dict[str | None, tuple[Any, Any]]  # department -> numerator, denominator


def parts(kpi: str, plain: Plain, span: Span, department: str | None) -> Parts:
    found: Parts = {}
    for name, top, bottom in FIGURES[kpi](plain, span):
        if department in (None, name):
            n, of = found.get(name, (0, 0))
            found[name] = (n + top, of + bottom)
    return found


def whole(found: Parts) -> tuple[Any, Any]:
    return sum(n for n, _ in found.values()), sum(of for _, of in found.values())


def told(reading: Reading) -> tuple[Any, Any]:
    return reading.numerator, reading.denominator if reading.is_ratio else 0


def agrees(reading: Reading, found: Parts, where: str) -> None:
    n, of = whole(found)
    if not reading.missing:
        assert told(reading) == (n, of if reading.is_ratio else 0), where


def compare(result: Result, plain: Plain, filters: Filters) -> None:
    """Now, a year before, twelve months and every department; and the parts make up the whole."""
    kpi, span = result.kpi, filters.span
    months = twelve_months(filters.as_of)
    spans = months if kpi.trend == "monthly" else [rolling(span, month) for month in months]

    def again(of: Span) -> Parts:
        return parts(kpi.id, plain, of, filters.department)

    agrees(result.now, again(span), f"{kpi.id} now")
    agrees(result.before, again(year_before(span)), f"{kpi.id} a year before")
    for point, month in zip(result.trend, spans, strict=True):
        agrees(point.reading, again(month), f"{kpi.id} {month}")
    if "department" in kpi.by and not result.now.missing:
        shown = {part.name: told(part.reading) for part in result.parts["department"]}
        assert whole(shown) == told(result.now), f"{kpi.id}: the parts are not the whole"
        for name, part in again(span).items():
            agrees_part = shown.get(name, (0, 0))
            assert agrees_part == (part if result.now.is_ratio else (part[0], 0)), (
                f"{kpi.id} {name}"
            )


def left_out(plain: Plain, span: Span) -> int:
    """Activities held in a span whose turnout cannot be told."""
    return sum(
        came.invited is None and span.start <= came.day <= span.as_of for came in plain.turnout
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_the_same_by_a_second_road(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    plain = Plain(school)
    with opened(tmp_path, school) as warehouse, warehouse.snapshot() as reader:
        for n, period in enumerate(PERIODS):
            department = ("语文组", None, "后勤处", None)[(seed + n) % 4]
            filters = Filters(parse(period), TODAY, chosen({"department": department}))
            for result in evaluate_all(reader, filters, (), KPIS.values()):
                compare(result, plain, filters)
                if result.kpi.id == "participation_rate" and not result.now.missing:
                    assert department or result.now.left_out == left_out(plain, filters.span)


def test_the_second_road_knows_every_figure() -> None:
    assert list(FIGURES) == list(KPIS)


# -- what must hold for any school ------------------------------------------------------------


def readings(folder: Path, school: School, *kpis: str) -> list[Reading]:
    filters = Filters(parse("2017"), TODAY)
    with opened(folder, school) as warehouse:
        wanted = [KPIS[name] for name in kpis or KPIS]
        return [result.now for result in evaluate_all(warehouse, filters, (), wanted)]


def mixed(school: School) -> School:
    """The same rows in another order, but for the ledger's: within a day it says something."""
    lot = Random(7)  # noqa: S311 - a test school is no secret

    def again(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return lot.sample(rows, len(rows))

    return replace(
        school,
        staff={day: again(rows) for day, rows in school.staff.items()},
        members={day: again(rows) for day, rows in school.members.items()},
        activities=again(school.activities),
        attendance=again(school.attendance),
        budget=again(school.budget),
        proposals=again(school.proposals),
        votes=again(school.votes),
    )


@pytest.mark.parametrize("seed", [101, 102])
def test_the_order_of_rows_says_nothing(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    assert readings(tmp_path / "a", school) == readings(tmp_path / "b", mixed(school))


def test_the_order_of_files_says_nothing(tmp_path: Path) -> None:
    """But for what a day's ledger lines say by their order: there is one ledger."""
    school = drawn(106)
    backwards = Backwards(**{f.name: getattr(school, f.name) for f in fields(School)})
    assert readings(tmp_path / "a", school) == readings(tmp_path / "b", backwards)


class Backwards(School):
    """The same school, its files brought the other way round."""

    def sheets(self) -> Iterator[tuple[str, date | None, list[dict[str, Any]]]]:
        yield from reversed(list(super().sheets()))


@pytest.mark.parametrize("seed", [103, 104])
def test_who_is_no_member_lowers_enrolment(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    latest = max(school.staff)
    newcomer = dict.fromkeys(school.staff[latest][0]) | {"staff_no": "9999", "name": "新来的"}
    grown = replace(school, staff=school.staff | {latest: [*school.staff[latest], newcomer]})
    (before,) = readings(tmp_path / "a", school, "enrollment_rate")
    (after,) = readings(tmp_path / "b", grown, "enrollment_rate")
    assert (after.numerator, after.denominator) == (before.numerator, 1 + (before.denominator or 0))
    assert not before.value or (after.value or 0) < before.value


@pytest.fixture
def kept_book(tmp_path: Path) -> Iterator[tuple[School, Warehouse]]:
    """A ledger with one opening balance, and that before everything else."""
    school = drawn(105)
    opening = dict.fromkeys(school.ledger[0]) | {
        "spent_on": date(2015, 12, 31), "balance": Decimal("1000.50"), "is_opening": True,
    }  # fmt: skip
    lines = [row for row in school.ledger if not row["is_opening"]]
    school = replace(school, ledger=[opening, *lines])
    with opened(tmp_path, school) as warehouse:
        yield school, warehouse


@pytest.mark.parametrize("period", ["2016", "2017", "2016-2017", "2017-02"])
def test_opening_and_income_less_spending_is_closing(
    period: str, kept_book: tuple[School, Warehouse]
) -> None:
    school, warehouse = kept_book
    filters = Filters(parse(period), TODAY)
    names = ("balance", "income_total", "spending_total")
    closing, income, spending = (
        evaluate(warehouse, KPIS[name], filters, ()).now.numerator or 0 for name in names
    )
    earlier = [row for row in school.ledger if row["spent_on"] < filters.span.start]
    opening = Decimal("1000.50") + amounts(earlier, "income") - amounts(earlier, "expense")
    assert opening + income - spending == closing
