"""The tables beside the figures, on a school written out here."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from schools import TODAY, Schools, counted, opened, person

from dashboard import reports
from dashboard.contracts import DATASETS
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate_all
from dashboard.periods import parse
from dashboard.settings import QUERIES
from dashboard.sqlfiles import load
from dashboard.text import Lang
from dashboard.warehouse import Warehouse

Row = dict[str, Any]
DAY = date(2017, 3, 8)
STAFF = [
    person("1", "王芳", employment_type="established"),
    person("2", "李静", employment_type="established"),
    person("3", "张伟", "数学组", employment_type="temporary"),
    person("4", "刘洋", "数学组"),
    person("5", "赵磊", "数学组", employment_type="retired"),
]


def proposal(no: int, review: str, **more: Any) -> Row:
    days = {k: date.fromisoformat(v) if k.endswith("_on") else v for k, v in more.items()}
    told = {"proposal_no": str(no), "title": f"案由{no}", "proposer": "王芳", "lead": "总务处"}
    return told | {"submitted_on": DAY, "review": review, "department": "语文组"} | days


SCHOOL: dict[str, Any] = {
    "staff": {date(2016, 9, 1): STAFF},
    "members": {date(2017, 1, 1): [STAFF[0], STAFF[2], STAFF[4], person("9", "徐明")]},
    "activities": [
        {"name": "庆三八", "held_on": DAY, "kind": "sports", "audience": "全体", "expected": 10,
         "attended": 7},
        {"name": "观影", "held_on": date(2017, 5, 1), "kind": None},
        {"name": "春游", "held_on": date(2017, 4, 1), "kind": "sports", "department": "语文组"},
        {"name": "取消了", "held_on": date(2017, 4, 2), "status": "cancelled"},
        {"name": "去年的", "held_on": date(2016, 4, 2)},
    ],
    "attendance": [
        {"activity": "春游", "held_on": date(2017, 4, 1), "presence": state}
        | {key: row[key] for key in ("staff_no", "name", "department")}
        for row, state in ((STAFF[0], "present"), (STAFF[2], "absent"))
    ],
    "ledger": [
        {"spent_on": DAY, "subject": "文体活动", "expense": Decimal("60.05"), "is_opening": False},
        {"spent_on": DAY, "subject": "慰问品", "expense": Decimal(5), "is_opening": False},
        {"spent_on": DAY, "subject": "送温暖费", "expense": Decimal(40), "is_opening": False},
        {"spent_on": DAY, "subject": "会费收入", "income": Decimal(900), "is_opening": False},
    ],
    "budget": [
        {"year": 2017, "subject": "职工活动支出", "approved": Decimal(120)},
        {"year": 2017, "subject": "文体活动", "approved": Decimal(60)},
        {"year": 2017, "subject": "资本性支出", "approved": Decimal(50)},
        {"year": 2017, "subject": "会费收入", "approved": Decimal(900)},
    ],
    "proposals": [
        proposal(1, "filed", due_on="2017-05-01", replied_on="2017-04-30", outcome="A",
                 kind="福利"),
        proposal(2, "filed", due_on="2017-06-30", kind="教学"),
        proposal(3, "filed", due_on="2017-12-31", kind="福利"),
        proposal(4, "filed", due_on="2018-01-01"),
        proposal(5, "merged", due_on="2017-05-01", lead=None, kind="福利"),
        proposal(6, "rejected", kind="福利", department="数学组"),
    ],
    "votes": [{"held_on": DAY, "motion": "章程修正案", "due": 60, "in_favour": 30}],
}  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with ExitStack() as stack:
        yield Schools(tmp_path_factory.mktemp("reports"), stack)(**SCHOOL)


def rows(
    warehouse: Warehouse,
    name: str,
    period: str = "2017",
    department: str | None = None,
    lang: Lang = "zh",
) -> list[tuple[Any, ...]]:
    """The report's columns only, in their order."""
    found = reports.run(
        warehouse, name, Filters(parse(period), TODAY, chosen({"department": department})), lang
    )
    return [tuple(row[column.name] for column in found.columns) for row in found.rows]


def split(
    warehouse: Warehouse, kpi: str, by: str, period: str = "2017", department: str | None = None
) -> list[tuple[Any, ...]]:
    """A figure by a dimension: value, numerator and, of a rate, denominator."""
    filters = Filters(parse(period), TODAY, chosen({"department": department}))
    (result,) = evaluate_all(warehouse, filters, (), [KPIS[kpi]])
    found = [(p.name, p.reading.numerator, p.reading.denominator) for p in result.parts.get(by, ())]
    return [row if result.now.is_ratio else row[:2] for row in found]


def test_staff_by_employment(warehouse: Warehouse) -> None:
    told = [("established", 1, 2), ("temporary", 1, 1), (None, 0, 1)]
    assert split(warehouse, "enrollment_rate", "employment_type") == told
    ours = split(warehouse, "enrollment_rate", "employment_type", department="语文组")
    assert ours == [("established", 1, 2)]
    assert split(warehouse, "enrollment_rate", "employment_type", "2016") == []  # no roster yet


def test_activities(warehouse: Warehouse) -> None:
    assert split(warehouse, "activities_held", "activity_kind") == [("sports", 2), (None, 1)]
    ours = split(warehouse, "activities_held", "activity_kind", department="语文组")
    assert ours == [("sports", 1)]
    nothing = (None, "", None, None)  # neither cost nor people
    assert rows(warehouse, "activities_list") == [
        (date(2017, 5, 1), "观影", "未填写", None, None, None, None, None, *nothing),
        (date(2017, 4, 1), "春游", "文体", None, 2, 1, 0.5, 0, None, "", 1, None),
        (DAY, "庆三八", "文体", "全体", 10, 7, 0.7, 0, None, "", 7, None),
    ]
    assert rows(warehouse, "activities_list", "2017", "数学组") == [
        (date(2017, 4, 1), "春游", "文体", None, 1, 0, 0.0, 0, *nothing)
    ]


def test_funds(warehouse: Warehouse) -> None:
    spent = split(warehouse, "spending_total", "subject_part")
    assert set(spent) == {("文体活动", Decimal("60.05")), ("送温暖费", 40), ("未归类", 5)}
    told = rows(warehouse, "budget_by_subject")
    assert [row[:5] for row in told] == [
        ("维权支出", "维权支出", "无预算", None, 40),
        ("未归类", "未归类", "无预算", None, 5),
        ("文体活动", "职工活动支出", "超预算", 60, Decimal("60.05")),
        ("职工活动支出", "职工活动支出", "未执行", 60, 0),  # what 文体活动 leaves of it
        ("资本性支出", "资本性支出", "未执行", 50, 0),
    ]
    assert [rate for *_, rate in told] == [None, None, pytest.approx(60.05 / 60), 0, 0]
    assert sum(row[3] or 0 for row in told) == counted(warehouse, "budget_execution_rate")[1]
    assert split(warehouse, "spending_total", "subject_part", department="语文组") == []
    assert sum(amount for _, amount in spent) == counted(warehouse, "spending_total")[0]


def stages(warehouse: Warehouse, period: str) -> list[Any]:
    names = [f"proposals_{s}" for s in ("submitted", "filed", "assigned", "replied", "followed_up")]
    wanted = [KPIS[name] for name in names]
    found = evaluate_all(warehouse, Filters(parse(period), TODAY), (), wanted)
    return [result.now.numerator for result in found]


def test_proposals(warehouse: Warehouse) -> None:
    assert stages(warehouse, "2017") == [6, 5, 4, 1, 1]
    assert stages(warehouse, "2017-01-01:2017-04-29")[3:] == [0, 0]
    kinds = split(warehouse, "proposals_submitted", "proposal_kind")
    assert kinds == [("福利", 4), ("教学", 1), (None, 1)]
    assert rows(warehouse, "proposals_overdue") == [
        ("2", "案由2", "语文组", "总务处", date(2017, 6, 30), 184, 126),
        ("3", "案由3", "语文组", "总务处", date(2017, 12, 31), 0, 0),
    ]
    assert counted(warehouse, "overdue_open") == (2, None)


@pytest.mark.parametrize("seed", [201, 202])
def test_the_funnel_never_widens(seed: int, tmp_path: Path) -> None:
    with opened(tmp_path, drawn(seed)) as warehouse:
        for period in ("2016", "2017", "2016-2017", "2017-03"):
            found = stages(warehouse, period)
            assert found == sorted(found, reverse=True)


def test_a_report_that_names_a_person_says_so(warehouse: Warehouse) -> None:
    names = {row["name"] for row in STAFF}
    for name, query in load(QUERIES / "reports").items():
        if query.people is None:
            assert not names & {str(value) for row in rows(warehouse, name) for value in row}


# -- what there is ----------------------------------------------------------------------------


def test_years_departments_and_registers(warehouse: Warehouse) -> None:
    assert reports.years_with_data(warehouse) == [2016, 2017]
    assert reports.values(warehouse)["department"] == ("数学组", "语文组")
    assert set(reports.datasets(warehouse)) == set(DATASETS)


@pytest.mark.parametrize(
    ("today", "year"), [(2016, 2016), (2017, 2017), (2030, 2017), (2015, 2015)]
)
def test_the_period_first_shown(warehouse: Warehouse, today: int, year: int) -> None:
    assert reports.default_period(warehouse, date(today, 7, 1)).key == str(year)


def test_an_empty_workspace(tmp_path: Path) -> None:
    warehouse = Warehouse.open(tmp_path / "school.duckdb")
    assert reports.datasets(warehouse) == ()
    assert reports.default_period(warehouse, date(2019, 1, 1)).key == "2019"
    assert not any(reports.values(warehouse).values())
    warehouse.close()


# -- checks -----------------------------------------------------------------------------------


def checked(warehouse: Warehouse, name: str) -> list[tuple[Any, ...]]:
    query = load(QUERIES / "checks")[name]
    found = warehouse.read(query.sql, {"as_of": date(2017, 12, 31)})
    return [(row["file"], row["sheet"], row["source_row"], row["name"]) for row in found]


def test_members_without_a_counterpart_are_found_with_their_row(warehouse: Warehouse) -> None:
    # 赵磊 is retired, and so no member that day; 徐明 is in nobody's staff
    assert checked(warehouse, "members_not_on_staff") == [("账.xlsx", "表1", 8, "徐明")]


def test_ambiguous_names_are_found_with_their_row(tmp_path: Path) -> None:
    with ExitStack() as stack:
        warehouse = Schools(tmp_path, stack)(
            staff={DAY: [person("1", "王芳"), person("2", "王芳"), person("3", "李静")]},
            attendance=[
                {"activity": "春游", "held_on": DAY, "name": "王芳", "department": "语文组"},
                {"activity": "春游", "held_on": DAY, "name": "李静", "department": "语文组"},
            ],
        )
        assert checked(warehouse, "ambiguous_people") == [("账.xlsx", "表1", 5, "王芳")]
