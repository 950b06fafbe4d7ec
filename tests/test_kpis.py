"""Members and funds against values counted by hand on schools written out here."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from schools import TODAY, Schools, counted, person, read

from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate, evaluate_all
from dashboard.kpis.inputs import NAMES
from dashboard.periods import parse
from dashboard.text import Text
from dashboard.warehouse import Warehouse

Row = dict[str, Any]


def line(day: str, subject: str, **more: Any) -> Row:
    amounts = {k: Decimal(v) if isinstance(v, str) else v for k, v in more.items()}
    return {"spent_on": date.fromisoformat(day), "subject": subject, "is_opening": False} | amounts


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


# -- members ----------------------------------------------------------------------------------

AUTUMN_2016, SPRING_2017 = date(2016, 9, 1), date(2017, 3, 1)
STAFF = [
    person("0001", "王芳", employment_type="established"),
    person("0002", "李静", employment_type="contract", status="active"),
    person("0003", "张伟", "数学组", employment_type="temporary"),
    person("0004", "刘洋", "数学组", employment_type="logistics", left_on=date(2017, 6, 30)),
    person("0005", "吴强", "数学组", status="lent"),
    person("0006", "赵磊", hired_on=date(2017, 2, 1)),
    # never counted, whatever the member roster says
    person("0007", "孙悦", employment_type="retired", status="active"),
    person("0008", "周敏", status="retired", employment_type="established"),
    person("0009", "郑华", employment_type="rehired", status="active"),
    person("0010", "冯涛", status="left"),
    person("0011", "陈杰", status="deceased"),
]
MEMBERS = [
    person("1", "王芳", has_card="yes", member_status="active"),
    person("0002", "李静", has_card="no"),
    person("3", "张伟", "数学组", has_card="yes", joined_on=date(2017, 3, 15)),
    person("4", "刘洋", "数学组"),
    *(person(row["staff_no"], row["name"], has_card="yes") for row in STAFF[6:]),
    person("12", "徐明", employment_type="retired"),
    person("13", "何丽", member_status="retired"),
    person("5", "吴强", "数学组", member_status="retained"),
]


@pytest.fixture
def rosters(school: Schools) -> Warehouse:
    return school(staff={AUTUMN_2016: STAFF}, members={AUTUMN_2016: MEMBERS})


@pytest.mark.parametrize(
    ("period", "enrolled", "staff", "members", "cards"),
    [
        ("2016-09-01:2016-12-31", 3, 5, 3, 1),  # 赵磊 not hired, 张伟 has not joined
        ("2017-01-01:2017-01-31", 3, 5, 3, 1),
        ("2017-01-01:2017-02-01", 3, 6, 3, 1),  # 赵磊's first day
        ("2017-01-01:2017-03-14", 3, 6, 3, 1),
        ("2017-01-01:2017-03-15", 4, 6, 4, 2),  # 张伟's first day as a member
        ("2017-01-01:2017-06-30", 4, 6, 4, 2),  # 刘洋's last day still counts
        ("2017-01-01:2017-07-01", 3, 5, 3, 2),
        ("2018", 3, 5, 3, 2),  # the last roster holds until there is another
    ],
)
def test_rosters_on_a_day(
    rosters: Warehouse, period: str, enrolled: int, staff: int, members: int, cards: int
) -> None:
    assert counted(rosters, "enrollment_rate", period) == (enrolled, staff)
    assert counted(rosters, "staff_total", period) == (staff, None)
    assert counted(rosters, "member_total", period) == (members, None)
    assert counted(rosters, "service_card_rate", period) == (cards, members)


def test_departments_make_up_the_whole(rosters: Warehouse) -> None:
    result = read(rosters, "enrollment_rate", "2017-03")
    found = {
        p.name: (p.reading.numerator, p.reading.denominator) for p in result.parts["department"]
    }
    assert found == {"数学组": (2, 3), "语文组": (2, 3)}
    assert counted(rosters, "enrollment_rate", "2017-03", "数学组") == (2, 3)


def test_a_roster_holds_until_the_next_one_begins(school: Schools) -> None:
    warehouse = school(
        staff={
            AUTUMN_2016: [person("1", "王芳"), person("2", "李静")],
            SPRING_2017: [person("1", "王芳")],
        }
    )
    assert counted(warehouse, "staff_total", "2017-02") == (2, None)
    assert counted(warehouse, "staff_total", "2017-03-01:2017-03-01") == (1, None)
    told = [point.reading.numerator for point in read(warehouse, "staff_total").trend]
    assert told == [2, 2, *[1] * 10]


def test_with_only_a_member_list_enrolment_is_missing_not_full(school: Schools) -> None:
    warehouse = school(members={AUTUMN_2016: [person("1", "王芳")]})
    result = read(warehouse, "enrollment_rate")
    assert result.now.missing is not None
    assert result.now.missing.zh == "缺少职工名册"
    assert (result.status, result.now.value, result.now.numerator) == ("missing", None, None)
    assert read(warehouse, "service_card_rate").now.missing.zh == "缺少办卡信息"  # type: ignore[union-attr]


def test_a_later_roster_says_nothing_of_an_earlier_day(school: Schools) -> None:
    warehouse = school(
        staff={date(2018, 1, 1): [person("1", "王芳")]},
        members={AUTUMN_2016: [person("1", "王芳")]},
    )
    result = read(warehouse, "enrollment_rate")
    assert result.now.missing is not None
    assert result.now.missing.zh == "缺少2017-12-31之前的职工名册"
    assert counted(warehouse, "enrollment_rate", "2018") == (1, 1)
    assert read(warehouse, "enrollment_rate", "2018").before.missing is not None


def test_a_book_that_ends_says_nothing_of_the_months_after(school: Schools) -> None:
    spent = {"subject": "文体活动", "expense": Decimal(5), "is_opening": False}
    days = (date(2018, 1, 9), date(2018, 3, 9))
    book = school(ledger=[spent | {"spent_on": day} for day in days])
    running = Filters(parse("2018"), date(2018, 6, 20))
    trend = evaluate(book, KPIS["spending_total"], running, ()).trend
    assert [point.reading.value for point in trend[-6:]] == [5, 0, 5, None, None, None]
    assert trend[-1].reading.missing == Text(
        "2018-03-09之后暂无记录", "No records after 2018-03-09"
    )
    closed = Filters(parse("2018"), date(2019, 1, 20))  # whoever closes a year has all of it
    assert evaluate(book, KPIS["spending_total"], closed, ()).trend[-1].reading.value == 0


def test_every_missing_register_is_named(school: Schools) -> None:
    """Of an empty school each figure names the first thing it asks for."""
    results = evaluate_all(school(), Filters(parse("2017"), TODAY), (), KPIS.values())
    for result in results:
        first = (result.kpi.inputs or result.kpi.needs)[0]
        assert result.now.missing is not None
        assert result.now.missing.zh == f"缺少{NAMES[first].zh}"


# -- whom a name means ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("staff", "members", "enrolled"),
    [
        # by number, whatever the name; leading zeros say nothing
        ([person("007", "王芳")], [person("7", "王 芳", "英语组")], 1),
        ([person("7", "王芳")], [person("8", "王芳")], 0),
        # by name and department, where one side has no number
        ([person("7", "王芳")], [person(None, "王芳")], 1),
        ([person(None, "王芳")], [person("7", "王芳")], 1),
        ([person(None, "阿依古丽·买买提")], [person(None, "阿依古丽•买买提")], 1),
        # departments that differ are two people
        ([person("7", "王芳")], [person(None, "王芳", "英语组")], 0),
        # without a department the name must be one person's
        ([person("7", "王芳")], [person(None, "王芳", None)], 1),
        ([person("7", "王芳", None)], [person(None, "王芳")], 1),
        ([person("7", "王芳"), person("8", "王芳", "英语组")], [person(None, "王芳", None)], 0),
        ([person("7", "王芳", None), person("8", "王芳", None)], [person(None, "王芳")], 0),
        # two of one name in one department: a reference could mean either
        ([person("7", "王芳"), person("8", "王芳")], [person(None, "王芳")], 0),
        ([person(None, "王芳"), person(None, "王芳")], [person(None, "王芳")], 0),
    ],
)
def test_never_merged_by_guess(
    school: Schools, staff: list[Row], members: list[Row], enrolled: int
) -> None:
    warehouse = school(staff={AUTUMN_2016: staff}, members={AUTUMN_2016: members})
    assert counted(warehouse, "enrollment_rate") == (enrolled, len(staff))
    assert counted(warehouse, "member_total") == (len(members), None)


# -- funds ------------------------------------------------------------------------------------

LEDGER = [
    line("2016-12-31", "文体活动", expense="100.00"),
    line("2017-01-01", "", is_opening=True, balance="5000.00"),
    line("2017-01-01", "会费收入", income="1200.10"),
    line("2017-02-28", "文体活动", expense="300.05"),
    line("2017-12-31", "送温暖费", expense="200.00"),
    line("2017-12-31", "说不清的科目", expense="99.95"),
    line("2018-01-01", "会费收入", income="0.01"),
]
BUDGET = [
    {"year": 2017, "subject": "职工活动支出", "approved": Decimal(800), "adjusted": Decimal(900)},
    {"year": 2017, "subject": "文体活动", "approved": Decimal(700)},  # part of the line above
    {"year": 2017, "subject": "送温暖费", "approved": Decimal(250)},  # no level-1 line beside it
    {"year": 2017, "subject": "会费收入", "approved": Decimal(5000)},
    {"year": 2017, "subject": "从未听说", "approved": Decimal(50)},
    {"year": 2018, "subject": "维权支出", "approved": Decimal(1)},
]


@pytest.fixture
def funds(school: Schools) -> Warehouse:
    members = [person("1", "王芳"), person("2", "李静")]
    return school(ledger=LEDGER, budget=BUDGET, members={AUTUMN_2016: members})


@pytest.mark.parametrize(
    ("kpi", "period", "numerator", "denominator"),
    [
        ("income_total", "2017", "1200.10", None),
        ("income_total", "2018", "0.01", None),
        ("spending_total", "2017", "600.00", None),
        ("spending_total", "2017-02", "300.05", None),
        ("balance", "2016", "-100.00", None),
        ("balance", "2017", "5600.10", None),  # 5000.00 + 1200.10 - 600.00
        ("balance", "2017-01", "6200.10", None),
        ("balance", "2018", "5600.11", None),
        ("budget_execution_rate", "2017", "600.00", "1200"),  # 900 + 250 + 50
        ("budget_execution_rate", "2016-2017", "300.05", "1200"),  # January to August 2017
        ("budget_execution_rate", "2018", "0", "1"),
        ("member_spending_share", "2017", "300.05", "600.00"),
        ("spending_per_member", "2017", "600.00", "2"),
    ],
)
def test_funds(
    funds: Warehouse, kpi: str, period: str, numerator: str, denominator: str | None
) -> None:
    expected = (Decimal(numerator), None if denominator is None else Decimal(denominator))
    assert counted(funds, kpi, period) == expected


def test_money_stays_exact(funds: Warehouse) -> None:
    assert read(funds, "spending_per_member", "2017-02").now.value == Fraction(30005, 200)
    assert isinstance(read(funds, "balance").now.numerator, Decimal)


def test_funds_know_no_departments(funds: Warehouse) -> None:
    for kpi in (kpi for kpi in KPIS.values() if kpi.subject == "funds"):
        now = read(funds, kpi.id, "2017", "语文组").now
        assert now.missing is not None
        assert now.missing.zh == "不按部门统计"


@pytest.mark.parametrize(
    ("lines", "balance"),
    [
        ([line("2017-03-01", "会费", income="10", balance="110")], "110"),
        ([line("2017-03-01", "会费", income="10")], "10"),
        (
            [
                line("2017-03-01", "会费", income="10", balance="110"),
                line("2017-04-01", "", is_opening=True, balance="500"),
                line("2017-05-01", "慰问", expense="1"),
            ],
            "499",
        ),
    ],
)
def test_the_book_tells_its_own_opening(school: Schools, lines: list[Row], balance: str) -> None:
    assert counted(school(ledger=lines), "balance") == (Decimal(balance), None)


def test_what_was_before_the_first_register_is_not_nought(funds: Warehouse) -> None:
    result = read(funds, "spending_total", "2016")
    assert result.now.numerator == 100
    assert result.before.missing is not None
    assert result.before.missing.zh == "缺少2015-12-31之前的经费收支明细"
    assert counted(funds, "spending_total", "2016-03") == (0, None)  # the year is in the book


def test_where_no_row_names_a_department_a_department_is_not_nought(school: Schools) -> None:
    staff = [person("1", "王芳", None)]
    warehouse = school(staff={AUTUMN_2016: staff}, members={AUTUMN_2016: [person("1", "王芳")]})
    assert counted(warehouse, "member_total", "2017", "语文组") == (1, None)
    now = read(warehouse, "staff_total", "2017", "语文组").now
    assert now.missing is not None
    assert now.missing.zh == "不按部门统计"


def test_an_absurd_year_in_the_budget_stops_nothing(school: Schools) -> None:
    warehouse = school(budget=[{"year": 20170, "subject": "慰问", "approved": Decimal(1)}])
    assert read(warehouse, "budget_execution_rate").now.missing is not None


def test_a_department_without_members_is_nought(school: Schools) -> None:
    staff = [person("1", "王芳"), person("2", "张伟", "数学组")]
    warehouse = school(staff={AUTUMN_2016: staff}, members={AUTUMN_2016: [person("9", "徐明")]})
    assert counted(warehouse, "enrollment_rate", "2017", "语文组") == (0, 1)
