"""The clock of each case and the lists that press for answers, against values counted by hand."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from schools import Schools, opened

from dashboard import reports, workdays
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.periods import free_range, parse
from dashboard.survival import median
from dashboard.warehouse import Warehouse

Row = dict[str, Any]
TODAY = date(2026, 12, 31)
LISTS = (
    "proposal_leads",
    "proposal_sessions",
    "proposals_due_soon",
    "proposals_open",
    "proposals_overdue",
    "proposals_reopened",
)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def form(no: int, submitted: str = "2025-03-03", review: str | None = "filed", **more: Any) -> Row:
    days = {k: date.fromisoformat(v) if k.endswith("_on") else v for k, v in more.items()}
    told = {"proposal_no": str(no), "title": f"案由{no}", "session": "七届二次", "lead": "总务处"}
    return told | {"submitted_on": date.fromisoformat(submitted), "review": review} | days


def clock(warehouse: Warehouse) -> dict[str, tuple[int | None, int | None]]:
    rows = warehouse.read("from proposal_clock")
    return {row["proposal_no"]: (row["days"], row["working_days"]) for row in rows}


def told(
    warehouse: Warehouse, name: str, as_of: str = "2025-12-31", start: str = "2025-01-01", **by: str
) -> list[Row]:
    filters = Filters(parse(f"{start}:{as_of}"), TODAY, chosen(by))
    return list(reports.run(warehouse, name, filters, "zh").rows)


def numbers(rows: list[Row]) -> list[str]:
    return [row["proposal_no"] for row in rows]


# -- how long an answer took ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "taken"),
    [
        # the 28th is a Sunday people work, 1 to 8 October are off
        ({"assigned_on": "2025-09-26", "replied_on": "2025-10-09"}, (13, 4)),
        # the same day
        ({"assigned_on": "2025-05-14", "replied_on": "2025-05-14"}, (0, 0)),
        # never assigned: from filing; no filing day either: from hand-in
        ({"filed_on": "2025-05-14", "replied_on": "2025-05-15"}, (1, 1)),
        ({"replied_on": "2025-03-10"}, (7, 5)),
        # over the year's end
        ({"assigned_on": "2025-12-31", "replied_on": "2026-01-05"}, (5, 2)),
        # open; answered, and nobody noted when
        ({"assigned_on": "2025-05-14"}, (None, None)),
        ({"outcome": "A"}, (None, None)),
        # slips: answered before it was given out, before it was filed
        ({"assigned_on": "2025-05-14", "replied_on": "2025-05-13"}, (None, None)),
        ({"filed_on": "2025-05-14", "replied_on": "2025-05-13"}, (None, None)),
        # nobody has told the holidays of 2027
        ({"assigned_on": "2026-12-31", "replied_on": "2027-01-05"}, (5, None)),
    ],
)
def test_the_clock(school: Schools, days: Row, taken: tuple[int | None, int | None]) -> None:
    assert clock(school(proposals=[form(1, **days)])) == {"1": taken}


def test_the_clock_goes_over_the_leap_day(school: Schools) -> None:
    leap = form(1, "2024-02-28", assigned_on="2024-02-28", replied_on="2024-03-01")
    plain = form(2, "2023-02-28", assigned_on="2023-02-28", replied_on="2023-03-01")
    assert clock(school(proposals=[leap, plain])) == {"1": (2, 2), "2": (1, 1)}


def test_only_what_is_filed_has_a_clock(school: Schools) -> None:
    reviews = ("filed", "merged", "opinion", "rejected", "withdrawn", None)
    rows = [form(no, review=review) for no, review in enumerate(reviews)]
    assert list(clock(school(proposals=rows))) == ["0"]


# -- the lists --------------------------------------------------------------------------------

CASES = [
    form(1, assigned_on="2025-05-14", due_on="2025-09-30", replied_on="2025-09-30"),
    form(2, assigned_on="2025-05-14", due_on="2025-12-31", department="语文组"),
    form(3, assigned_on="2025-12-01", due_on="2026-01-01", department="语文组"),
    form(4, assigned_on="2025-12-24", due_on="2026-01-14", lead="教导处"),
    form(5, assigned_on="2025-12-23", due_on="2026-01-15", lead="教导处"),
    form(6, assigned_on="2025-12-16"),
    form(7, "2025-11-30", lead=None),
    form(8, "2024-03-04", session="七届一次", assigned_on="2024-05-15", due_on="2024-09-30"),
    form(9, review="merged"),
    form(10, "2025-12-30", filed_on="2026-01-05", due_on="2025-12-31"),
]


@pytest.fixture
def cases(school: Schools) -> Warehouse:
    return school(proposals=CASES)


def test_open_cases_stand_in_the_order_of_what_to_do(cases: Warehouse) -> None:
    rows = told(cases, "proposals_open")
    assert [(row["proposal_no"], row["state"], row["days_left"]) for row in rows] == [
        ("8", "已逾期", -457),
        ("2", "已逾期", 0),
        ("3", "即将到期", 1),
        ("4", "即将到期", 14),
        ("7", "待交办", None),
        ("6", "未定期限", None),
        ("5", "办理中", 15),
    ]
    assert [(row["since"], row["days"], row["working_days"]) for row in rows][4:6] == [
        ("征集", 31, 23),
        ("交办", 15, 11),
    ]


def test_a_case_waits_from_filing_until_it_is_assigned(school: Schools) -> None:
    case = form(1, "2025-03-03", filed_on="2025-03-10", assigned_on="2025-03-20")
    warehouse = school(proposals=[case])
    seen = {}
    for day in ("2025-03-09", "2025-03-19", "2025-03-20", "2025-03-21"):
        seen[day] = [(row["since"], row["days"]) for row in told(warehouse, "proposals_open", day)]
    assert seen == {
        "2025-03-09": [],
        "2025-03-19": [("立案", 9)],
        "2025-03-20": [("交办", 0)],
        "2025-03-21": [("交办", 1)],
    }


def test_a_case_is_open_until_the_day_before_its_answer(cases: Warehouse) -> None:
    assert "1" in numbers(told(cases, "proposals_open", "2025-09-29"))
    assert "1" not in numbers(told(cases, "proposals_open", "2025-09-30"))


def test_due_soon_is_after_the_day_and_at_most_fourteen_days_on(cases: Warehouse) -> None:
    rows = told(cases, "proposals_due_soon")
    assert [(row["proposal_no"], row["days_left"], row["working_days_left"]) for row in rows] == [
        ("3", 1, 0),
        ("4", 14, 9),
    ]


def test_overdue_begins_on_the_due_day(cases: Warehouse) -> None:
    assert numbers(told(cases, "proposals_overdue", "2025-12-30")) == ["8"]
    (_, row) = told(cases, "proposals_overdue", "2025-12-31")
    assert (row["proposal_no"], row["days_late"], row["working_days_late"]) == ("2", 0, 0)
    (_, late) = told(cases, "proposals_overdue", "2026-01-05", department="语文组")
    assert (late["proposal_no"], late["days_late"], late["working_days_late"]) == ("3", 4, 2)


def waiting(warehouse: Warehouse, day: date) -> dict[str | None, Any]:
    """Open cases by how long they have waited."""
    filters = Filters(free_range(date(2010, 1, 1), day), day)
    result = evaluate(warehouse, KPIS["open_cases"], filters, ())
    return {part.name: part.reading.numerator for part in result.parts["waiting"]}


def test_ageing_puts_every_open_case_in_one_group(cases: Warehouse) -> None:
    assert waiting(cases, date(2025, 12, 31)) == {
        "7": 1,  # 4: seven days
        "15": 2,  # 5: eight, 6: fifteen
        "30": 1,  # 3: thirty
        "60": 1,  # 7: thirty-one
        "61": 2,
    }


def test_reopened_and_dissatisfied_come_again(school: Schools) -> None:
    warehouse = school(
        proposals=[
            form(1, replied_on="2025-06-01", satisfaction="unsatisfied"),
            form(2, replied_on="2025-05-01", satisfaction="unsatisfied", status="reopened"),
            form(3, status="reopened"),
            form(4, replied_on="2025-05-01", satisfaction="mostly"),
            form(5, replied_on="2026-02-01", satisfaction="unsatisfied"),
        ]
    )
    rows = told(warehouse, "proposals_reopened")
    assert [(row["proposal_no"], row["reason"], row["days"]) for row in rows] == [
        ("3", "重新办理", None),
        ("2", "重新办理", 244),
        ("1", "提案人不满意，请核对", 213),
    ]
    assert numbers(told(warehouse, "proposals_reopened", "2025-05-31")) == ["3", "2"]


def test_lead_offices(cases: Warehouse) -> None:
    rows = told(cases, "proposal_leads")
    columns = ("label", "filed", "open", "overdue", "on_time", "due", "rate", "median")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("总务处", 4, 3, 1, 1, 2, 0.5, "139 天"),
        ("教导处", 2, 2, 0, 0, 0, None, "超过一半尚未答复（至少 7 天）"),
        ("未填写", 1, 1, 0, 0, 0, None, "超过一半尚未答复（至少 31 天）"),
    ]


def test_sessions_side_by_side(school: Schools) -> None:
    old = {"session": "七届一次", "assigned_on": "2024-05-15"}
    warehouse = school(
        proposals=[
            form(1, "2024-03-04", **old, replied_on="2024-05-25", outcome="A",
                 satisfaction="satisfied"),
            form(2, "2024-03-04", **old, replied_on="2025-05-15", outcome="C",
                 satisfaction="unsatisfied"),
            form(3, "2024-03-04", "merged", session="七届一次"),
            form(4, "2024-03-04", "rejected", session="七届一次"),
            form(5, assigned_on="2025-05-14"),
        ]
    )  # fmt: skip
    columns = (
        "session", "submitted", "accepted", "filing_rate", "filed", "replied", "reply_rate",
        "followed_up", "follow_up_rate", "rated", "satisfied", "satisfaction_rate", "median",
    )  # fmt: skip
    rows = [tuple(row[name] for name in columns) for row in told(warehouse, "proposal_sessions")]
    assert rows == [
        ("七届二次", 1, 1, 1.0, 1, 0, 0.0, 0, 0.0, 0, 0, None, "超过一半尚未答复（至少 231 天）"),
        ("七届一次", 4, 3, 0.75, 2, 2, 1.0, 1, 0.5, 2, 1, 0.5, "10 天"),
    ]
    before = told(warehouse, "proposal_sessions", "2024-12-31", "2024-01-01")
    assert [(row["submitted"], row["replied"], row["median"]) for row in before] == [
        (4, 1, "10 天")
    ]


def test_a_case_answered_before_it_was_given_out_is_in_no_median(school: Schools) -> None:
    slip = form(1, assigned_on="2025-05-14", replied_on="2025-05-13")
    (row,) = told(school(proposals=[slip]), "proposal_leads")
    assert (row["filed"], row["open"], row["median"]) == (1, 0, "—")


def test_the_school_says_what_is_soon(cases: Warehouse) -> None:
    cases.set("rules", {"due_soon_days": 15})
    assert numbers(told(cases, "proposals_due_soon")) == ["3", "4", "5"]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_school_has_nothing_to_press_for(school: Schools, name: str) -> None:
    rows = told(school(proposals=[]), name)
    assert [row.get("value", 0) for row in rows] == [0] * len(rows)


@pytest.mark.parametrize("name", LISTS)
def test_the_order_of_rows_changes_nothing(school: Schools, name: str) -> None:
    mixed = [CASES[place] for place in (3, 9, 0, 7, 2, 8, 5, 1, 6, 4)]
    assert told(school(proposals=mixed), name) == told(school(proposals=CASES), name)


@pytest.mark.parametrize("name", LISTS)
def test_what_comes_later_does_not_change_a_past_day(school: Schools, name: str) -> None:
    """No answer at all, or another day of filing and assignment still to come: the same list."""
    day = date(2025, 9, 29)
    known = [_as_known(case, day) for case in CASES if case["submitted_on"] <= day]
    before, after = school(proposals=known), school(proposals=CASES)
    assert told(before, name, "2025-09-29") == told(after, name, "2025-09-29")


def _as_known(case: Row, day: date) -> Row:
    later = {k: v for k, v in case.items() if k in ("filed_on", "assigned_on") and v > day}
    moved = {name: value + timedelta(days=40) for name, value in later.items()}
    unanswered = {"replied_on": None} if case.get("replied_on", day) > day else {}
    return case | moved | unanswered


@pytest.mark.parametrize("name", LISTS)
def test_a_dimension_narrows_a_list_to_its_cases(school: Schools, name: str) -> None:
    kinds = ("福利", "教学")
    rows = [case | {"kind": kinds[n % 2]} for n, case in enumerate(CASES)]
    warehouse = school(proposals=rows)
    alone = school(proposals=[row for row in rows if row["kind"] == "福利"])
    assert told(warehouse, name, proposal_kind="福利") == told(alone, name)


# -- a second road over drawn schools ---------------------------------------------------------


@pytest.mark.parametrize("seed", [301, 302, 303])
def test_the_lists_agree_with_each_other_and_with_plain_python(seed: int, tmp_path: Path) -> None:
    calendar = workdays.shipped()
    with opened(tmp_path, drawn(seed)) as warehouse:
        facts = warehouse.read("from proposal_clock")
        for day in ("2016-12-31", "2017-06-30", "2018-03-31"):
            today = date.fromisoformat(day)
            open_ = {row["row_key"]: _running(row, today) for row in facts if _is_open(row, today)}
            rows = told(warehouse, "proposals_open", day, "2010-01-01")
            assert {row["row_key"]: row["days"] for row in rows} == open_
            assert sum(waiting(warehouse, today).values()) == len(open_)
            leads = told(warehouse, "proposal_leads", day, "2010-01-01")
            assert sum(row["open"] for row in leads) == len(open_)
            for row in rows:
                start = today - timedelta(days=row["days"])
                known = calendar.is_known(start) and calendar.is_known(today)
                assert row["working_days"] == (calendar.between(start, today) if known else None)
            for lead in leads:
                own = [row for row in facts if row["lead"] == lead["lead"]]
                assert lead["median"] == _median(own, today)


def _is_open(row: Row, today: date) -> bool:
    answered = row["replied_from"] is not None and row["replied_from"] <= today
    return row["filed_from"] <= today and not answered


def _running(row: Row, today: date) -> int:
    assigned = row["assigned_on"]
    start = assigned if assigned and assigned <= today else row["filed_from"]
    return int((today - start).days)


def _median(rows: list[Row], today: date) -> str:
    ended = [
        (row["replied_on"] - row["counts_from"]).days
        for row in rows
        if row["replied_on"] and max(row["replied_on"], row["filed_from"]) <= today
        and row["replied_on"] >= row["counts_from"]
    ]  # fmt: skip
    running = [_running(row, today) for row in rows if _is_open(row, today)]
    return median(ended, running).words.zh
