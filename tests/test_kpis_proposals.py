"""Proposals and targets against values counted by hand."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from schools import Schools, counted, person, read

from dashboard.errors import BadDefinition
from dashboard.kpis import targets
from dashboard.kpis.model import Reading
from dashboard.warehouse import Warehouse

Row = dict[str, Any]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def form(no: int, submitted: str, review: str | None = "filed", **more: Any) -> Row:
    days = {k: date.fromisoformat(v) if k.endswith("_on") else v for k, v in more.items()}
    day = date.fromisoformat(submitted)
    return {"proposal_no": str(no), "submitted_on": day, "review": review} | days


FORMS = [
    form(1, "2017-03-01", filed_on="2017-03-10", due_on="2017-06-30", replied_on="2017-06-30",
         outcome="A", satisfaction="satisfied", department="语文组"),
    form(2, "2017-03-01", due_on="2017-06-30", replied_on="2017-07-01",
         outcome="B", satisfaction="mostly", department="语文组"),
    form(3, "2017-03-01", due_on="2017-06-30", department="数学组"),
    form(4, "2017-03-01", due_on="2018-01-31", replied_on="2018-01-15", outcome="A",
         satisfaction="unsatisfied"),
    form(5, "2017-03-01", outcome="C", satisfaction="unsatisfied"),  # answered, no day noted
    form(6, "2017-03-02", "merged", merged_into="1", due_on="2017-04-01"),  # no case of its own
    form(7, "2017-03-02", "opinion"),
    form(8, "2017-03-02", "withdrawn"),
    form(9, "2017-03-02", None),
    form(10, "2017-12-31", filed_on="2018-01-05", due_on="2017-12-31"),  # filed too late to count
    form(11, "2018-01-01", due_on="2018-03-31"),
    form(12, "2016-12-31", due_on="2017-01-15"),
]  # fmt: skip


@pytest.fixture
def forms(school: Schools) -> Warehouse:
    return school(proposals=FORMS)


@pytest.mark.parametrize(
    ("kpi", "period", "found"),
    [
        ("filing_rate", "2017", (6, 10)),  # 1-5 and the merged 6, of 1-10
        ("filing_rate", "2017-01-01:2017-03-09", (5, 9)),  # 1 is filed on the tenth
        ("filing_rate", "2017-01-01:2017-03-10", (6, 9)),
        ("reply_rate", "2017", (3, 5)),  # 1, 2, 5 of 1-5
        ("reply_rate", "2017-01-01:2018-01-15", (4, 7)),  # 4's day; 10 and 11 are filed by now
        ("on_time_rate", "2017", (1, 3)),  # 1 on its very due day; 2 a day late; 3 never
        ("on_time_rate", "2017-01-01:2017-06-29", (0, 0)),  # nothing is due yet
        ("on_time_rate", "2017-01-01:2017-06-30", (1, 3)),
        ("on_time_rate", "2017-01-01:2018-01-31", (2, 5)),
        ("overdue_open", "2017", (2, None)),  # 3, and 12 of the year before
        ("overdue_open", "2017-01-01:2017-06-29", (1, None)),
        ("overdue_open", "2017-01-01:2017-06-30", (3, None)),  # 2 answers on the morrow
        ("overdue_open", "2016", (0, None)),
        ("overdue_open", "2016-12-31:2017-12-31", (2, None)),
        ("follow_up_rate", "2017", (2, 5)),
        ("follow_up_rate", "2017-01-01:2017-06-30", (1, 5)),
        ("resolution_rate", "2017", (1, 5)),
        ("resolution_rate", "2017-01-01:2018-01-15", (2, 7)),
        ("satisfaction_rate", "2017", (2, 3)),  # 4 is not rated before 2018
        ("satisfaction_rate", "2018", (0, 0)),
    ],
)
def test_proposals(forms: Warehouse, kpi: str, period: str, found: tuple[int, int | None]) -> None:
    assert counted(forms, kpi, period) == found


def test_nothing_rated_is_neither_nought_nor_full(forms: Warehouse) -> None:
    result = read(forms, "satisfaction_rate", "2018")
    assert (result.now.value, result.status) == (None, "no_value")


def test_departments_of_the_proposers(forms: Warehouse) -> None:
    found = read(forms, "reply_rate").parts["department"]
    told = {p.name: (p.reading.numerator, p.reading.denominator) for p in found}
    assert told == {"数学组": (0, 1), "语文组": (2, 2), None: (1, 2)}
    assert [part.name for part in found] == ["数学组", "语文组", None]  # by pinyin, nobody's last


def test_leap_day(school: Schools) -> None:
    warehouse = school(
        proposals=[form(1, "2016-02-29", due_on="2016-02-29", replied_on="2016-02-29")]
    )
    assert counted(warehouse, "on_time_rate", "2016-02") == (1, 1)
    assert counted(warehouse, "on_time_rate", "2016-02-01:2016-02-28") == (0, 0)
    assert read(warehouse, "on_time_rate", "2017-02").before.value == 1  # to the month's last day


# -- targets ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("members", "status"), [(1, "not_met"), (2, "met"), (0, "not_met")])
def test_everybody_is_the_target_of_enrolment(school: Schools, members: int, status: str) -> None:
    staff = [person("1", "王芳"), person("2", "李静")]
    day = date(2017, 1, 1)
    everybody = [*staff[:members], person("9", "退休者", member_status="retired")]
    result = read(school(staff={day: staff}, members={day: everybody}), "enrollment_rate")
    assert (result.bar, result.status) == (Fraction(1), status)


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [("A", "A", "not_met"), ("C", "A", "met"), ("A", "C", "not_met"), (None, "A", "no_target")],
)
def test_follow_up_must_be_higher_than_the_year_before(
    school: Schools, before: str | None, now: str, status: str
) -> None:
    earlier = [form(1, "2016-05-01", outcome=before)] if before else []
    result = read(
        school(proposals=[*earlier, form(2, "2017-05-01", outcome=now)]), "follow_up_rate"
    )
    assert result.status == status
    assert result.bar == (Fraction(before == "A") if before else None)


def test_only_the_plans_own_targets_ship() -> None:
    shipped = targets.load()
    assert [(t.kpi, t.compare, t.value) for t in shipped] == [
        ("enrollment_rate", "at_least", 1),
        ("follow_up_rate", "above_previous", None),
    ]
    assert all(t.source.zh and t.source.en for t in shipped)
    assert targets.holding(shipped, "balance", date(2017, 1, 1)) is None


ENTRY = '[[target]]\nkpi = "balance"\ncompare = "{}"\n{}\nsource.zh = "计划"\nsource.en = "plan"\n'


@pytest.mark.parametrize(
    ("compare", "more"),
    [("at_least", ""), ("above_previous", 'value = "1"'), ("about", 'value = "1"'),
     ("at_most", 'value = "many"')],
)  # fmt: skip
def test_a_target_that_says_too_little_is_refused(tmp_path: Path, compare: str, more: str) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(ENTRY.format(compare, more), encoding="utf-8")
    with pytest.raises(BadDefinition, match="balance"):
        targets.load(path)


def test_a_target_holds_for_its_days_and_up_to_its_bar(tmp_path: Path) -> None:
    path = tmp_path / "targets.toml"
    days = 'value = "0.05"\nsince = 2017-01-01\nuntil = 2017-12-31'
    path.write_text(ENTRY.format("at_most", days), encoding="utf-8")
    (target,) = targets.load(path)
    held = [targets.holding([target], "balance", date(y, 12, 31)) for y in (2016, 2017, 2018)]
    assert held == [None, target, None]
    readings = [Reading(n, 100, is_ratio=True) for n in (5, 6)]
    assert [targets.status(target, target.value, r) for r in readings] == ["met", "not_met"]
