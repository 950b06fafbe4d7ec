"""The cash book's own balances: line by line, year by year, and by a second road."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from schools import Schools, opened

from dashboard.settings import QUERIES
from dashboard.sqlfiles import load
from dashboard.warehouse import Warehouse

Row = dict[str, Any]
VIEW = {"start": date(2016, 1, 1), "as_of": date(2018, 12, 31)}


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def line(day: int | date, change: int, balance: int | None, **more: Any) -> Row:
    on = day if isinstance(day, date) else date(2017, 1, 1) + timedelta(day)
    side = "income" if change > 0 else "expense"
    told = {"spent_on": on, side: Decimal(abs(change)), "is_opening": False}
    return told | {"balance": None if balance is None else Decimal(balance)} | more


def opening(day: date, balance: int) -> Row:
    told = {"spent_on": day, "summary": "上年结余", "balance": Decimal(balance)}
    return told | {"is_opening": True}


def report(warehouse: Warehouse, name: str, **view: date) -> list[Row]:
    query = load(QUERIES / "reports")[name]
    bound = {k: v for k, v in (VIEW | view).items() if k in query.parameters}
    return warehouse.read(query.sql, bound)


def breaks(warehouse: Warehouse, **view: date) -> list[tuple[Any, ...]]:
    names = ("spent_on", "expected", "printed", "difference")
    return [tuple(row[n] for n in names) for row in report(warehouse, "balance_breaks", **view)]


NEW_YEAR = date(2017, 1, 1)
BOOK = [
    opening(NEW_YEAR, 100),
    line(1, 50, 150),
    line(2, -30, None),
    line(3, -20, 100),
    line(3, 5, 105),
]


def read(row: dict[str, Any]) -> tuple[Any, ...]:
    """What the report shows: not the days a row opens."""
    return tuple(value for name, value in row.items() if not name.startswith("opens_"))


def test_a_book_that_adds_up_has_no_breaks(schools: Schools) -> None:
    assert breaks(schools(ledger=BOOK)) == []
    assert breaks(schools(ledger=BOOK[1:])) == []
    assert breaks(schools(ledger=[])) == []


def test_a_line_that_is_missing_is_told_once_where_it_is_missed(schools: Schools) -> None:
    warehouse = schools(ledger=[*BOOK[:2], *BOOK[3:]])
    assert breaks(warehouse) == [(NEW_YEAR + timedelta(3), 130, 100, -30)]
    (row,) = report(warehouse, "balance_breaks")
    assert row["row_key"] == "2017-01-04|"


def test_one_slip_of_the_pen_is_one_break(schools: Schools) -> None:
    slip = [*BOOK[:3], line(3, -20, 1000), line(4, 5, 105)]
    assert breaks(schools(ledger=slip)) == [(NEW_YEAR + timedelta(3), 100, 1000, 900)]


def test_a_fen_is_a_break(schools: Schools) -> None:
    odd = line(1, 50, None) | {"balance": Decimal("150.01")}
    told = breaks(schools(ledger=[BOOK[0], odd]))
    assert told == [(NEW_YEAR + timedelta(1), 150, Decimal("150.01"), Decimal("0.01"))]


def test_what_is_carried_over_must_be_what_was_left(schools: Schools) -> None:
    last = [opening(date(2016, 1, 1), 70), line(date(2016, 5, 1), 30, 100)]
    assert breaks(schools(ledger=[*last, *BOOK])) == []
    warehouse = schools(ledger=[*last, opening(NEW_YEAR, 90), line(1, 1, 91)])
    assert breaks(warehouse) == [(NEW_YEAR, 100, 90, -10)]


def test_a_late_voucher_out_of_the_order_of_days_is_no_break(schools: Schools) -> None:
    late = [BOOK[0], line(5, 50, 150), line(2, -30, 120), line(6, 1, 121)]
    assert breaks(schools(ledger=late)) == []


def test_only_the_days_looked_at_are_told(schools: Schools) -> None:
    warehouse = schools(ledger=[BOOK[0], line(1, 50, 151), line(2, 1, 153)])
    on = {n: NEW_YEAR + timedelta(n) for n in (1, 2)}
    assert [day for day, *_ in breaks(warehouse, start=on[1], as_of=on[1])] == [on[1]]
    assert [day for day, *_ in breaks(warehouse, start=on[2], as_of=on[2])] == [on[2]]


def test_years_add_up_and_meet_the_printed_balance(schools: Schools) -> None:
    warehouse = schools(
        ledger=[*BOOK, line(date(2018, 3, 1), 10, 115), line(date(2018, 4, 1), -1, 99)]
    )
    told = [read(row) for row in report(warehouse, "balance_by_year")]
    assert told == [("2017", 100, 55, 50, 105, 105, 0), ("2018", 105, 10, 1, 114, 99, -15)]
    (first,) = report(warehouse, "balance_by_year", as_of=NEW_YEAR + timedelta(2))
    assert read(first) == ("2017", 100, 50, 30, 120, 150, 30)


def test_a_restated_opening_is_where_its_year_begins(schools: Schools) -> None:
    last = [opening(date(2016, 1, 1), 70), line(date(2016, 5, 1), 30, 100)]
    rows = report(schools(ledger=[*last, opening(NEW_YEAR, 90), line(1, 1, 91)]), "balance_by_year")
    assert [(row["opening"], row["closing"], row["difference"]) for row in rows] == [
        (70, 100, 0),
        (90, 91, 0),
    ]


def test_a_year_of_nothing_but_its_opening_stands_still(schools: Schools) -> None:
    (row,) = report(schools(ledger=[opening(NEW_YEAR, 100)]), "balance_by_year")
    assert read(row) == ("2017", 100, 0, 0, 100, 100, 0)


def test_a_book_without_balances_has_nothing_to_compare(schools: Schools) -> None:
    (row,) = report(schools(ledger=[line(1, 50, None)]), "balance_by_year")
    assert read(row) == ("2017", 0, 50, 0, 50, None, None)


# -- by a second road ---------------------------------------------------------------------------


STEPS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-500, 500).filter(bool), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=8)
@given(steps=STEPS, start=st.integers(0, 900), slip=st.none() | st.integers(0, 11))
def test_drawn_books(
    steps: list[tuple[int, int, bool]], start: int, slip: int | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Books that run over years, some balances unprinted, perhaps one of them a slip."""
    book, balance, day, printed = [opening(NEW_YEAR, start)], start, NEW_YEAR, 0
    for n, (days, change, is_printed) in enumerate(steps):
        day += timedelta(days)
        balance += change
        wrong = 7 if slip == n and is_printed else 0
        printed += bool(wrong)
        book.append(line(day, change, balance + wrong if is_printed else None))
    with ExitStack() as stack:
        warehouse = Schools(tmp_path_factory.mktemp("book"), stack)(ledger=book)
        assert len(breaks(warehouse)) == printed
        years = report(warehouse, "balance_by_year")
    assert [row["opening"] for row in years[:1]] == [start]
    assert years[-1]["closing"] == balance
    for row in years:
        assert row["opening"] + row["income"] - row["spending"] == row["closing"]
        moved = [one for one in book if str(one["spent_on"].year) == row["in_year"]]
        assert row["income"] == sum(one.get("income") or 0 for one in moved)
        assert row["spending"] == sum(one.get("expense") or 0 for one in moved)


@pytest.mark.parametrize("seed", [301, 302, 303])
def test_the_worst_of_books_still_holds_the_identity(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    with opened(tmp_path, school) as warehouse:
        years = report(warehouse, "balance_by_year")
        kept = warehouse.read("select sum(change) as left from cash_book")
    assert years
    for row in years:
        assert row["opening"] + row["income"] - row["spending"] == row["closing"]
    lines = [one for one in school.ledger if not one["is_opening"]]
    for side, name in (("income", "income"), ("expense", "spending")):
        assert sum(row[name] for row in years) == sum(one[side] or 0 for one in lines)
    assert kept[0]["left"] is not None
