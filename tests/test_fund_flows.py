"""Money from subject to subject: what flows in flows out; and the budget month by month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from schools import TODAY, School, Schools, opened, person

from dashboard.answers import Question, answered
from dashboard.contracts.subjects import resolve
from dashboard.filters import Filters
from dashboard.periods import parse
from dashboard.reports import run
from dashboard.roles import Role
from dashboard.settings import QUERIES
from dashboard.sqlfiles import load
from dashboard.text import Lang
from dashboard.unnamed import told_whole
from dashboard.warehouse import Warehouse

Row = dict[str, Any]
Flows = dict[tuple[str, str], Decimal]
LANGS: tuple[Lang, ...] = ("zh", "en")
YEAR = (date(2017, 1, 1), date(2017, 12, 31))


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def read(warehouse: Warehouse, name: str, *days: date, subject: str | None = None) -> list[Row]:
    query = load(QUERIES / "reports")[name]
    start, as_of = days
    bound = {"start": start, "as_of": as_of, "subject": subject}
    return warehouse.read(query.sql, {k: v for k, v in bound.items() if k in query.parameters})


def flows(warehouse: Warehouse, *days: date) -> Flows:
    told: Flows = defaultdict(Decimal)
    for row in read(warehouse, "fund_flows", *(days or YEAR)):
        assert row["value"] > 0
        told[(row["source"], row["target"])] += row["value"]
    return told


def conserved(told: Flows) -> bool:
    come = sum(value for (_, target), value in told.items() if target == "funds")
    gone = sum(value for (source, _), value in told.items() if source == "funds")
    return come == gone


def line(day: date, subject: str | None, change: str, **more: Any) -> Row:
    amount = Decimal(change)
    side = "income" if amount > 0 else "expense"
    told = {"spent_on": day, "subject": subject, side: abs(amount), "is_opening": False}
    return told | more


LEDGER = [
    {"spent_on": YEAR[0], "summary": "上年结余", "balance": Decimal(1000), "is_opening": True},
    line(date(2017, 2, 1), "会费收入", "500"),
    line(date(2017, 2, 28), "文体活动", "-200.05", activity="春游"),
    line(date(2017, 3, 1), "文体活动", "-100"),
    line(date(2017, 3, 1), "会议费", "-30", activity="春游"),
    line(date(2017, 6, 30), "没有听说过", "-40"),
    line(date(2017, 12, 31), "资本性支出", "-60"),
]


def test_money_flows_from_what_was_there_to_what_is_left(schools: Schools) -> None:
    told = flows(schools(ledger=LEDGER))
    assert told == {
        ("opening", "funds"): 1000,
        ("会费收入", "funds"): 500,
        ("funds", "left"): Decimal("1069.95"),
        ("funds", "职工活动支出"): Decimal("300.05"),
        ("funds", "资本性支出"): 60,
        ("funds", "未归类"): 40,
        ("funds", "业务支出"): 30,
        ("职工活动支出", "春游"): Decimal("200.05"),
        ("职工活动支出", "文体活动"): 100,
        ("业务支出", "春游"): 30,
    }
    assert conserved(told)


def test_a_later_stretch_begins_with_what_was_left(schools: Schools) -> None:
    told = flows(schools(ledger=LEDGER), date(2017, 3, 1), date(2017, 6, 29))
    assert told[("opening", "funds")] == Decimal("1299.95")
    assert told[("funds", "left")] == Decimal("1169.95")
    assert ("会费收入", "funds") not in told


def test_an_opening_stated_anew_is_told_apart(schools: Schools) -> None:
    anew = LEDGER[0] | {"spent_on": date(2017, 7, 1), "balance": Decimal(1100)}
    told = flows(schools(ledger=[*LEDGER, anew]))
    assert told[("funds", "restated")] == Decimal("29.95")
    assert told[("funds", "left")] == 1040
    assert conserved(told)


def test_what_is_below_nought_runs_the_other_way(schools: Schools) -> None:
    back = {
        "spent_on": YEAR[0],
        "subject": "文体活动",
        "expense": Decimal(-20),
        "is_opening": False,
    }
    told = flows(schools(ledger=[back, line(YEAR[0], "会议费", "-50")]))
    assert told[("职工活动支出", "funds")] == 20
    assert told[("文体活动", "职工活动支出")] == 20
    assert told[("left", "funds")] == 30
    assert conserved(told)


def test_no_book_no_flows(schools: Schools) -> None:
    assert flows(schools()) == {}


@pytest.mark.parametrize("seed", [401, 402, 403, 404])
def test_what_flows_in_flows_out(seed: int, tmp_path: Path) -> None:
    """A second road: subjects by the chart of accounts itself, over the drawn rows."""
    school = drawn(seed)
    with opened(tmp_path, school) as warehouse:
        for start, as_of in (YEAR, (date(2016, 5, 1), date(2017, 2, 28)), (YEAR[1], YEAR[1])):
            told = flows(warehouse, start, as_of)
            assert conserved(told)
            gone: dict[str, Decimal] = defaultdict(Decimal)
            come: dict[str, Decimal] = defaultdict(Decimal)
            for one in school.ledger:
                known = resolve(one["subject"] or "")
                if not one["is_opening"] and start <= one["spent_on"] <= as_of:
                    gone[known.level1 if known else "未归类"] += one["expense"] or Decimal(0)
                    come[known.level1 if known else "未归类"] += one["income"] or Decimal(0)
            for subject, spent in gone.items():
                out, back = max(spent, Decimal(0)), max(-come[subject], Decimal(0))
                assert told[("funds", subject)] == out + back


def test_places_are_told_in_the_readers_language(schools: Schools) -> None:
    warehouse = schools(ledger=LEDGER)
    view = Filters(parse("2017"), date(2018, 1, 1))
    for lang, words in (
        ("zh", {"期初结余", "工会经费"}),
        ("en", {"Opening balance", "Union funds"}),
    ):
        rows = run(warehouse, "fund_flows", view, lang).rows  # type: ignore[arg-type]
        assert words <= {row[end] for row in rows for end in ("source", "target")}


# -- to whom not everything is told --------------------------------------------------------------


def held(name: str, month: int, expected: int, attended: int, kind: str = "sports") -> Row:
    return {
        "activity_no": name,
        "name": name,
        "kind": kind,
        "held_on": date(2017, month, 3),
        "status": "done",
        "expected": expected,
        "attended": attended,
    }


HELD = [
    held("骨干外出", 3, 20, 3),
    held("运动会", 4, 60, 50),
    held("健步走", 5, 20, 16),
    held("读书", 6, 20, 15, "culture"),
]
PAID = [
    line(date(2017, 3, 5), "文体活动", "-2400", activity="“骨干”外出"),  # the register's, in quotes
    line(date(2017, 4, 5), "文体活动", "-3000", activity="运动会"),
    line(date(2017, 4, 6), "宣传费", "-70", activity="运动会"),
    line(date(2017, 4, 7), "会议费", "-20", activity="运动会"),
    line(date(2017, 5, 5), "文体活动", "-160", activity="健步走"),
    line(date(2017, 6, 5), "文体活动", "-90", activity="读书"),
    line(date(2017, 9, 5), "职工教育", "-800", activity="专家讲座"),
    line(date(2017, 9, 6), "文体活动", "-15"),
]
STAFF = [person(f"{n:04d}", f"甲{n:04d}", "语文组" if n % 2 else "数学组") for n in range(60)]


def shown(warehouse: Warehouse, role: Role, period: str, *, safe: bool = False) -> Flows:
    """What money was for, as a role sees it."""
    asked = Question(
        "", "", 0, TODAY, period, (), None, "zh", role, reports=("fund_flows",), safe=safe
    )
    with warehouse.snapshot() as reader:
        return parts(answered(reader, asked).reports["fund_flows"].rows)


def parts(rows: Iterable[Row]) -> Flows:
    """What subjects were for; what came back is below nought."""
    told: Flows = {}
    for row in rows:
        ends = (row["source"], row["target"])
        if row["to_layer"] == 3:
            told[ends] = row["value"]
        elif row["from_layer"] == 3:
            told[ends[::-1]] = -row["value"]
    return told


def undetailed(warehouse: Warehouse, period: str) -> defaultdict[str, Decimal]:
    """Of each subject, what activities were paid from it itself."""
    span = parse(period)
    sql = """select subject, sum(expense) as spent from ledger_lines
        where subject = level2 and activity is not null and spent_on between $start and $end
        group by subject"""
    rows = warehouse.read(sql, {"start": span.start, "end": span.end})
    return defaultdict(Decimal, {row["subject"]: row["spent"] for row in rows})


@pytest.fixture(scope="module")
def outing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    roster = {date(2017, 1, 1): STAFF}
    school = School(staff=roster, members=roster, activities=HELD, ledger=PAID)
    with opened(tmp_path_factory.mktemp("outing"), school) as warehouse:
        yield warehouse


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.PRINCIPAL, Role.PROJECTOR, Role.OFFICER])
def test_what_an_activity_of_three_cost_is_in_no_flow(outing: Warehouse, role: Role) -> None:
    """Nor that of an activity whose cost is hidden beside it; where another one of the subject was
    paid from elsewhere too, that is told whole as well.
    """
    assert shown(outing, role, "2017", safe=role is Role.OFFICER) == {
        ("职工活动支出", "文体活动"): 5665,
        ("职工活动支出", "宣传活动"): 70,
        ("业务支出", "会议费"): 20,
        ("职工活动支出", "专家讲座"): 800,
    }


def test_nor_in_a_month_in_which_it_alone_was_paid(outing: Warehouse) -> None:
    assert shown(outing, Role.DELEGATE, "2017-03") == {("职工活动支出", "文体活动"): 2400}
    assert shown(outing, Role.DELEGATE, "2017-05") == {("职工活动支出", "文体活动"): 160}


def test_an_officer_sees_what_each_was_for(outing: Warehouse) -> None:
    told = shown(outing, Role.OFFICER, "2017")
    assert told[("职工活动支出", "“骨干”外出")] == 2400
    assert len(told) == 7


@pytest.mark.parametrize("seed", [401, 402, 403, 404])
def test_what_is_told_whole_adds_up(seed: int, tmp_path: Path) -> None:
    """What has no detailed subject ends at its subject."""
    with opened(tmp_path, drawn(seed)) as warehouse:
        for hidden, period in product(("春游", "运动会"), ("2016", "2017", "2017-03")):
            view = Filters(parse(period), TODAY)
            found = run(warehouse, "fund_flows", view, "zh")
            whole = told_whole(warehouse, found, view, "zh", {hidden}.__contains__)
            every, told = parts(found.rows), parts(whole.rows)
            assert hidden not in {name for _, name in told}
            own = undetailed(warehouse, period)
            for subject in {subject for subject, _ in every}:
                gone = of(subject, every) - of(subject, told)
                assert gone in (0, own[subject])


def of(subject: str, told: Flows) -> Decimal:
    return sum((value for (one, _), value in told.items() if one == subject), Decimal(0))


# -- the budget ---------------------------------------------------------------------------------

BUDGET = [
    {"year": 2017, "subject": "职工活动支出", "approved": Decimal("300.05")},
    {"year": 2017, "subject": "资本性支出", "approved": Decimal(59)},
    {"year": 2017, "subject": "维权支出", "approved": Decimal(10)},
    {"year": 2016, "subject": "业务支出", "approved": Decimal(10)},
]


def test_the_budget_month_by_month(schools: Schools) -> None:
    rows = read(schools(ledger=LEDGER, budget=BUDGET), "budget_months", *YEAR)
    assert [(row["subject"], row["state"], row["spent"]) for row in rows] == [
        ("未归类", "without", 40),
        ("业务支出", "without", 30),
        ("资本性支出", "over", 60),
        ("职工活动支出", "within", Decimal("300.05")),
        ("维权支出", "unspent", 0),
    ]
    activities = rows[3]
    by_month = [activities[f"by_{n:02d}"] for n in range(1, 13)]
    assert by_month == [0, Decimal("200.05"), *[Decimal("300.05")] * 10]
    assert all(row["by_12"] == row["spent"] for row in rows)


def test_what_the_listed_parts_leave_of_a_subject_is_its_own(schools: Schools) -> None:
    """其中 lists some of the parts: the others have their budget in the subject's own line."""
    wholes = [{"year": 2017, "subject": "职工活动支出", "approved": Decimal(1000)}]
    part = {"year": 2017, "subject": "文体活动", "approved": Decimal(300)}
    words = ("文体活动支出", "宣传活动支出", "职工活动支出")
    spent = [line(date(2017, 3, 1), word, "-40") for word in words]
    rows = read(schools(ledger=spent, budget=[*wholes, part]), "budget_by_subject", *YEAR)
    assert [(row["account"], row["state"], row["approved"], row["spent"]) for row in rows] == [
        ("职工活动支出", "within", 700, 80),
        ("文体活动", "within", 300, 40),
    ]
    full = [*wholes, part | {"approved": Decimal(1000)}]
    rows = read(schools(ledger=spent, budget=full), "budget_by_subject", *YEAR)
    assert [(row["account"], row["state"], row["approved"]) for row in rows] == [
        ("宣传活动", "without", None),
        ("职工活动支出", "without", None),
        ("文体活动", "within", 1000),
    ]


def test_months_to_come_are_empty_and_the_year_is_measured_in_days(schools: Schools) -> None:
    rows = read(schools(ledger=LEDGER, budget=BUDGET), "budget_months", YEAR[0], date(2017, 2, 28))
    (spent,) = (row for row in rows if row["spent"])
    assert [spent[f"by_{n:02d}"] for n in (1, 2, 3, 12)] == [0, Decimal("200.05"), None, None]
    assert (spent["days_over"], spent["days_in_all"]) == (59, 365)
    (leap,) = read(schools(ledger=[line(date(2016, 2, 29), "会议费", "-1")]), "budget_months",
                   date(2016, 1, 1), date(2016, 2, 29))  # fmt: skip
    assert (leap["days_over"], leap["days_in_all"]) == (60, 366)


def test_a_row_opens_its_subject_whatever_the_language_calls_it(schools: Schools) -> None:
    warehouse = schools(ledger=LEDGER, budget=BUDGET)
    for name in ("budget_months", "budget_by_subject"):
        rows = run(warehouse, name, Filters(parse("2017"), date(2018, 1, 1)), "en").rows
        assert ("Unclassified", "未归类") in {(row["subject"], row["subject_is"]) for row in rows}


def test_a_subject_can_be_looked_at_alone(schools: Schools) -> None:
    warehouse = schools(ledger=LEDGER, budget=BUDGET)
    for name in ("budget_months", "budget_by_subject"):
        (row,) = read(warehouse, name, *YEAR, subject="维权支出")
        assert (row["subject"], row["state"]) == ("维权支出", "unspent")


@pytest.mark.parametrize("seed", [501, 502])
def test_parts_of_the_budget_sum_to_the_whole(seed: int, tmp_path: Path) -> None:
    with opened(tmp_path, drawn(seed)) as warehouse:
        for name in ("budget_months", "budget_by_subject"):
            rows = read(warehouse, name, *YEAR)
            (spent,) = warehouse.read(
                "select sum(expense) as n from ledger_lines where year(spent_on) = 2017"
            )
            assert sum(row["spent"] for row in rows) == spent["n"]
            for row in rows:
                assert (row["state"] == "over") == (0 < (row["approved"] or 0) < row["spent"])


# -- the dimension ------------------------------------------------------------------------------


def test_every_line_has_an_official_subject_and_keeps_its_own_word(schools: Schools) -> None:
    warehouse = schools(ledger=[*LEDGER, line(YEAR[1], None, "-1")], budget=BUDGET)
    told = warehouse.read("select written_subject, subject, level1, level2 from ledger_lines")
    assert len(told) == 7
    assert all(row["subject"] == row["level1"] for row in told)
    unknown = {row["written_subject"] for row in told if row["subject"] == "未归类"}
    assert unknown == {"没有听说过", None}
    for mart in ("budget_amounts", "budget_details", "budget_lines"):
        subjects = warehouse.read(f"select distinct subject from {mart}")
        assert {row["subject"] for row in subjects} == {one["subject"] for one in BUDGET}
