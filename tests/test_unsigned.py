"""Proposals for who answers them: their authors are not told, were it by a department of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from schools import TODAY, School, opened, person

from dashboard.answers import Answer, Question, answered
from dashboard.filters import Filters, chosen
from dashboard.periods import parse
from dashboard.proving import Proven, evidence, prove
from dashboard.roles import Role
from dashboard.warehouse import Reader, settings
from dashboard.warehouse import Warehouse as House

DEPARTMENTS = ["语文组"] * 9 + ["数学组"] * 8 + ["后勤处"] * 6 + ["校医室"]
STAFF = [person(f"{n:04d}", f"陈{n:04d}", where) for n, where in enumerate(DEPARTMENTS)]
REPORTS = ("proposals_open", "proposals_overdue", "proposal_leads")


def proposal(number: int, of: int, **more: Any) -> dict[str, Any]:
    return {
        "proposal_no": f"P{number}",
        "session": "三届一次",
        "submitted_on": date(2017, 3, number),
        "proposer": STAFF[of]["name"],
        "department": STAFF[of]["department"],
        "title": f"第{number}件",
        "kind": "福利",
        "review": "filed",
        "filed_on": date(2017, 3, 20),
        "lead": "总务处",
        "due_on": date(2017, 4, 1),
    } | more


PROPOSALS = [proposal(1, 23), *(proposal(2 + n, n) for n in range(6)), proposal(8, 17)]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    held = {date(2017, 1, 1): STAFF}
    made = School(staff=held, members=held, proposals=PROPOSALS)
    with opened(tmp_path_factory.mktemp("unsigned"), made) as warehouse:
        yield warehouse


def asked(school: House, role: Role, *narrowed: tuple[str, str]) -> Answer:
    kpis = ("proposals_submitted",)
    view = Question(
        "", "", 0, TODAY, "2017", narrowed, None, "zh", role, kpis, REPORTS, alerts=True
    )
    with school.snapshot() as reader:
        return answered(reader, view)


def proven(reader: Reader, role: Role, **narrowed: str) -> Proven:
    view = Filters(parse("2017"), TODAY, chosen(narrowed), None, safe=True, browsed=True)
    return prove(reader, "proposals_submitted", view, settings(reader), role)


def departments(answer: Answer, name: str = "proposals_open") -> dict[str, str]:
    return {row["proposal_no"]: row["department"] for row in answer.reports[name].rows}


@pytest.mark.parametrize("name", ["proposals_open", "proposals_overdue"])
def test_a_small_department_is_not_told_nor_one_from_which_it_would_follow(
    school: House, name: str
) -> None:
    answer = asked(school, Role.PRINCIPAL)
    told = departments(answer, name)
    assert told["P1"] == told["P8"] == "（不单列）"
    assert {told[f"P{n}"] for n in range(2, 8)} == {"语文组"}
    assert "校医室" not in repr(answer.reports)
    assert departments(asked(school, Role.OFFICER), name)["P1"] == "校医室"


@pytest.mark.parametrize("where", ["校医室", "后勤处"])
def test_nobody_narrows_proposals_to_it(school: House, where: str) -> None:
    answer = asked(school, Role.PRINCIPAL, ("department", where))
    assert answer.results["proposals_submitted"].now.hidden
    assert [(one.small, one.rows) for one in answer.reports.values()] == [(True, ())] * 3
    assert answer.attention is None
    wide = asked(school, Role.PRINCIPAL, ("department", "语文组"))
    assert len(wide.reports["proposals_open"].rows) == 6
    assert wide.attention
    assert wide.attention.alerts


@pytest.mark.parametrize("where", ["校医室", "后勤处"])
def test_nor_its_proof(school: House, where: str) -> None:
    with school.snapshot() as reader:
        shut = proven(reader, Role.PRINCIPAL, department=where)
        wide = proven(reader, Role.PRINCIPAL, department="语文组")
        officer = proven(reader, Role.OFFICER, department=where)
    assert (shut.result.now.hidden, shut.countings, shut.origins) == (True, (), {})
    assert len(wide.origins) == 6
    assert officer.result.now.numerator == len(officer.origins) == 1


def test_the_cells_of_a_proposal_and_the_groups_of_a_proof_say_as_little(school: House) -> None:
    with school.snapshot() as reader:
        proof = proven(reader, Role.PRINCIPAL)
        officer = proven(reader, Role.OFFICER)
        key = next(at.row_key for at, one in proof.origins.items() if "第1件" in repr(one))
        view = Filters(parse("2017"), TODAY)
        case = evidence(reader, "proposal", key, view, Role.PRINCIPAL)
    assert len(proof.origins) == len(PROPOSALS)
    assert not [word for word in ("校医室", "后勤处") if word in repr((proof.origins, case))]
    assert "语文组" in repr(proof.origins)
    assert "校医室" in repr(officer.origins)
    told = {part.name: part.reading for part in proof.result.parts["department"]}
    assert told["校医室"].hidden
    assert told["后勤处"].hidden
