"""The congress's votes: who came, what is adopted by which rule, at its boundaries and again."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from drawn_schools import drawn
from here import read_here
from hypothesis import given
from hypothesis import strategies as st
from plain_school import Plain
from plain_votes import adoption, is_adopted
from schools import TODAY, Schools, counted, opened, read

from dashboard import reports
from dashboard.contracts import DATASETS
from dashboard.contracts.ballots import VOTE_METHOD, VOTE_RESULT, flaws
from dashboard.contracts.votes import session_in
from dashboard.filters import Filters, chosen
from dashboard.kpis import KPIS
from dashboard.kpis.evaluate import evaluate
from dashboard.kpis.model import Target
from dashboard.kpis.proof import proof
from dashboard.periods import parse
from dashboard.settings import SAMPLE
from dashboard.text import Text
from dashboard.warehouse import Warehouse

DAY, LATER = date(2017, 4, 26), date(2017, 12, 8)
RULES = ("all_half", "all_more", "present_half", "present_more")
YEAR = Filters(parse("2017"), TODAY)
FILE = "教代会会议表决记录（七届一次、二次）.xlsx"

Row = dict[str, Any]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Schools]:
    with ExitStack() as stack:
        yield Schools(tmp_path, stack)


def vote(motion: str, in_favour: int | None, **more: Any) -> Row:
    told = {"session": "七届一次", "held_on": DAY, "method": "ballot", "due": 60, "present": 50}
    return told | {"motion": motion, "in_favour": in_favour} | more


def adopted(warehouse: Warehouse, rule: str, filters: Filters = YEAR) -> tuple[Any, Any, int]:
    """By a rule: how many, of how many, and how many that do not tell."""
    now = evaluate(warehouse, KPIS["adoption_rate"].counted_as(rule), filters, ()).now
    return now.numerator, now.denominator, now.left_out


# -- who came ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("present", "status"), [(59, "not_met"), (60, "met"), (61, "met")])
def test_exactly_two_thirds_are_a_quorum(school: Schools, present: int, status: str) -> None:
    warehouse = school(votes=[vote("甲", 50, due=90, present=present)])
    quorum = Target("congress_attendance", "at_least", Fraction("2/3"), Text("法规", "law"))
    result = evaluate(warehouse, KPIS["congress_attendance"], YEAR, [quorum])
    assert (result.now.value, result.status) == (Fraction(present, 90), status)


def test_a_meeting_counts_once_however_many_its_motions(school: Schools) -> None:
    told = [vote("甲", 40), vote("乙", 30, due=None, present=None), vote("丙", 20)]
    assert counted(school(votes=told), "congress_attendance") == (50, 60)


def test_two_spellings_of_a_session_are_one_meeting_and_two_days_are_two(school: Schools) -> None:
    told = [
        vote("甲", 40),
        vote("乙", 40, session="第七届第一次会议"),
        vote("丙", 40, held_on=LATER),
    ]
    assert counted(school(votes=told), "congress_attendance") == (100, 120)


def test_a_meeting_that_does_not_tell_who_came_is_left_out(school: Schools) -> None:
    told = [vote("甲", 40), vote("乙", 40, held_on=LATER, present=None)]
    result = read(school(votes=told), "congress_attendance")
    assert (result.now.numerator, result.now.denominator, result.now.left_out) == (50, 60, 1)


def test_the_proof_of_attendance_is_a_row_for_each_meeting(school: Schools) -> None:
    told = [vote("甲", 40, due=None, present=None), vote("乙", 40), vote("丙", 40, held_on=LATER)]
    (found,) = proof(school(votes=told), KPIS["congress_attendance"], YEAR)
    rows = {row.key: (row.numerator, row.denominator) for row in found.rows}
    assert rows == {f"{DAY}|乙": (50, 60), f"{LATER}|丙": (50, 60)}
    assert all(row.address and row.address.register == "votes" for row in found.rows)


# -- what is adopted --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_favour", "rules"),
    [
        (24, ()),
        (25, ("present_half",)),  # exactly half of the 50 who came
        (26, ("present_half", "present_more")),
        (29, ("present_half", "present_more")),
        (30, ("all_half", "present_half", "present_more")),  # exactly half of all 60
        (31, RULES),
    ],
)
def test_exactly_half_is_half_or_more_and_not_more_than_half(
    school: Schools, in_favour: int, rules: tuple[str, ...]
) -> None:
    warehouse = school(votes=[vote("甲", in_favour)])
    assert tuple(rule for rule in RULES if adopted(warehouse, rule)[0]) == rules


@pytest.mark.parametrize(("due", "least"), [(1, 1), (59, 30), (60, 30), (61, 31)])
def test_half_of_an_odd_number_is_rounded_up(school: Schools, due: int, least: int) -> None:
    votes = [vote("甲", least, due=due), vote("乙", least - 1, due=due)]
    assert adopted(school(votes=votes), "all_half") == (1, 2, 0)


def test_where_nobody_came_nothing_is_adopted(school: Schools) -> None:
    warehouse = school(votes=[vote("甲", 0, present=0)])
    assert adopted(warehouse, "all_half") == (0, 1, 0)
    assert adopted(warehouse, "present_half") == (0, 0, 1)  # of nobody there is no half
    assert counted(warehouse, "congress_attendance") == (0, 60)


def test_motions_without_counts_are_left_out_and_told(school: Schools) -> None:
    told = [
        vote("甲", 40),
        vote("乙", None, result="adopted"),
        vote("丙", 40, due=0, held_on=LATER),
    ]
    warehouse = school(votes=told)
    assert adopted(warehouse, "all_half") == (1, 1, 2)
    assert adopted(warehouse, "present_half") == (2, 2, 1)


def test_attendance_told_in_one_row_holds_for_its_meeting(school: Schools) -> None:
    told = [vote("甲", 40), vote("乙", 29, due=None, present=None)]
    assert adopted(school(votes=told), "all_half") == (1, 2, 0)


def test_an_empty_register_has_no_figures(school: Schools) -> None:
    for kpi in ("congress_attendance", "adoption_rate", "ballot_rate"):
        result = read(school(), kpi)
        assert (result.status, result.now.missing) == (
            "missing",
            Text("缺少教代会表决记录", "No record of congress votes"),
        )


def test_a_session_is_told_by_itself(school: Schools) -> None:
    told = [vote("甲", 40), vote("乙", 10, session="七届二次", held_on=LATER)]
    warehouse = school(votes=told)
    later = replace(YEAR, chosen=chosen({"session": "七届二次"}))
    assert adopted(warehouse, "all_half", later) == (0, 1, 0)
    assert "七届二次" in reports.values(warehouse)["session"]
    assert [row["motion"] for row in reports.run(warehouse, "votes_list", later, "zh").rows] == [
        "乙"
    ]


def test_a_ballot_is_secret_and_who_does_not_say_how_is_left_out(school: Schools) -> None:
    ways = ("ballot", "ballot", "hands", "other", None)
    result = read(
        school(votes=[vote(str(n), 40, method=way) for n, way in enumerate(ways)]), "ballot_rate"
    )
    assert (result.now.numerator, result.now.denominator, result.now.left_out) == (2, 4, 1)


@pytest.mark.parametrize("seed", range(8))
def test_every_rule_is_the_same_by_a_second_road(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    plain = Plain(school)
    with opened(tmp_path, school) as warehouse:
        for rule in RULES:
            found = list(adoption(plain, YEAR.span, rule))
            voted = sum(row["held_on"].year == 2017 for row in school.votes)
            top = sum(verdict for _, verdict, _ in found)
            assert adopted(warehouse, rule) == (top, len(found), voted - len(found))


# -- reports ----------------------------------------------------------------------------------


def disagreeing(warehouse: Warehouse) -> list[tuple[str, int, str, str]]:
    found = reports.run(warehouse, "votes_disagree", YEAR, "zh").rows
    return [(row["motion"], row["needed"], row["result"], row["by_rule"]) for row in found]


def test_what_is_written_is_held_against_the_rule_in_force(school: Schools) -> None:
    told = [
        vote("甲", 30, result="adopted"),
        vote("乙", 27, result="adopted"),
        vote("丙", 45, result="not_adopted"),
        vote("丁", 10, result="not_adopted"),
        vote("戊", 10),
        vote("己", None, result="adopted"),
    ]
    warehouse = school(votes=told)
    by_default = [("丙", 30, "未通过", "通过"), ("乙", 30, "通过", "未通过")]
    assert disagreeing(warehouse) == by_default
    warehouse.set("variants", {"adoption_rate": "all_more"})
    assert disagreeing(warehouse) == [
        ("丙", 31, "未通过", "通过"), ("乙", 31, "通过", "未通过"), ("甲", 31, "通过", "未通过"),
    ]  # fmt: skip
    warehouse.set("variants", {"adoption_rate": "present_half"})
    assert disagreeing(warehouse) == [("丙", 25, "未通过", "通过")]
    warehouse.set("variants", {"adoption_rate": "no such way"})  # as the figure itself has it
    assert disagreeing(warehouse) == by_default


@pytest.mark.parametrize("seed", range(4))
def test_disagreement_is_the_same_by_a_second_road(seed: int, tmp_path: Path) -> None:
    school = drawn(seed)
    plain = Plain(school)
    written = [row for row in school.votes if row["held_on"].year == 2017 and row["result"]]
    with opened(tmp_path, school) as warehouse:
        for rule in RULES:
            warehouse.set("variants", {"adoption_rate": rule})
            assert {motion for motion, *_ in disagreeing(warehouse)} == {
                row["motion"]
                for row in written
                if is_adopted(row, plain, rule) not in (None, row["result"] == "adopted")
            }


def test_the_list_of_votes_follows_the_register_and_divides_by_both(school: Schools) -> None:
    told = [vote("乙", 30, result="adopted"), vote("甲", 25, method="hands"),
            vote("丙", 6, held_on=LATER, due=None, present=None)]  # fmt: skip
    found = reports.run(school(votes=told), "votes_list", YEAR, "zh").rows
    assert [(row["motion"], row["method"], row["result"]) for row in found] == [
        ("丙", "无记名投票", "未填写"), ("乙", "无记名投票", "通过"), ("甲", "举手", "未填写"),
    ]  # fmt: skip
    shares = [(row["share_of_all"], row["share_of_present"]) for row in found]
    assert shares == [(None, None), (0.5, 0.6), (pytest.approx(25 / 60), 0.5)]


def test_the_list_of_meetings(school: Schools) -> None:
    told = [vote("甲", 30, observers=5), vote("乙", 30), vote("丙", 6, held_on=LATER, present=40)]
    found = reports.run(school(votes=told), "meetings_list", YEAR, "zh").rows
    assert [
        (row["held_on"], row["due"], row["present"], row["observers"], row["motions"])
        for row in found
    ] == [(LATER, 60, 40, None, 1), (DAY, 60, 50, 5, 2)]
    assert found[1]["rate"] == pytest.approx(50 / 60)


# -- the register -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("第七届第二次教职工代表大会", "七届二次"),
        ("示例小学七届一次教代会", "七届一次"),
        ("第十一屆 第12次", "十一届12次"),
        ("2024年教职工大会", None),
        ("第三次会议", None),
    ],
)
def test_a_session_is_found_in_words(text: str, session: str | None) -> None:
    assert session_in(text) == session


COUNTS = st.none() | st.integers(0, 6)
STEPS = ("due", "present", "issued", "returned", "valid")
PARTS = ("void", "in_favour", "against", "abstained")


@given(st.fixed_dictionaries(dict.fromkeys((*STEPS, *PARTS), COUNTS)))
def test_counts_are_doubted_exactly_where_they_cannot_be(row: Row) -> None:
    told = [row[name] for name in STEPS if row[name] is not None]
    votes = [row[name] for name in PARTS[1:]]
    cast = sum(count or 0 for count in votes)
    impossible = told != sorted(told, reverse=True) or (bool(told) and cast > told[-1])
    if None not in (row["returned"], row["valid"], row["void"]):
        impossible |= row["valid"] + row["void"] != row["returned"]
    if None not in (row["valid"], *votes):
        impossible |= cast != row["valid"]
    assert bool(flaws(row)) == impossible


def test_a_bare_ballot_says_nothing_of_its_secrecy() -> None:
    assert VOTE_METHOD.read("投票") is None
    assert (VOTE_METHOD.read("票决制"), VOTE_METHOD.read("舉手表決")) == ("ballot", "hands")
    assert (VOTE_RESULT.read("√"), VOTE_RESULT.read("未获通过")) == ("adopted", "not_adopted")


# -- the sample -------------------------------------------------------------------------------


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The fictional school's own truth."""
    monkeypatch.syspath_prepend(SAMPLE)
    return import_module("school").build()


def test_the_samples_file_says_what_its_school_knows(model: Any, school: Schools) -> None:
    report = read_here((SAMPLE / FILE).read_bytes(), FILE)
    rows = [row for sheet in report.sheets for row in sheet.rows]
    assert [sheet.dataset for sheet in report.sheets] == ["votes", "votes"]
    errors = [i.code for sheet in report.sheets for i in sheet.issues if i.severity == "error"]
    assert errors == ["bad_date", "required_empty"]
    words = {"无记名投票": "ballot", "举手": "hands"}
    assert [(r["session"], r["held_on"], r["motion"], r["method"]) for r in rows] == [
        (v.session, v.held, v.motion, words[v.method]) for v in model.votes
    ]
    assert [(r["in_favour"], r["against"], r["abstained"], r["void"]) for r in rows[1:]] == [
        (v.in_favour, v.against, v.abstained, v.void) for v in model.votes[1:]
    ]
    stored = [{name: row.get(name) for name in DATASETS["votes"].stored()} for row in rows]
    warehouse = school(votes=stored)
    for year in (2024, 2025):
        _agrees(warehouse, model, year)


def _agrees(warehouse: Warehouse, model: Any, year: int) -> None:
    told = import_module("figures").votes(model, year)
    filters = Filters(parse(str(year)), date(2026, 1, 1))
    found = [adopted(warehouse, rule, filters)[:2] for rule in RULES]
    names = ("全体代表半数以上", "全体代表过半数", "出席代表半数以上", "出席代表过半数")
    assert found == [(told[name], told["议题"]) for name in names]
    came = {v.held: (v.present, v.due) for v in model.votes if v.held.year == year}
    reading = evaluate(warehouse, KPIS["congress_attendance"], filters, ()).now
    assert [(reading.numerator, reading.denominator)] == [*came.values()]
    ballots = evaluate(warehouse, KPIS["ballot_rate"], filters, ()).now
    assert (ballots.numerator, ballots.denominator) == (told["无记名投票"], told["议题"])


def test_the_sample_has_a_motion_at_exactly_half(model: Any) -> None:
    half = [v.motion for v in model.votes if v.in_favour * 2 == v.due]
    assert half == ["绩效工资分配办法（修订稿）"]
    assert sum(v.method == "举手" for v in model.votes) == 1
    assert all(v.present * 3 >= v.due * 2 for v in model.votes)
