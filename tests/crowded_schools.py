"""A school drawn by lot, large enough that some of its groups may be told of and some must not."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from schools import School

Row = dict[str, Any]
DEPARTMENTS = ("语文组", "数学组", "英语组", "后勤处", "校医室")
KINDS = ("established", "contract", "temporary")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "梓涵子轩雨桐浩然诗琪宇航欣怡俊杰"


def crowded(seed: int, count: int = 60) -> School:
    """Two rosters of each kind, half a year apart; sign-in sheets, proposals."""
    lot = Random(seed)  # noqa: S311 - a test school is no secret
    people = [_person(lot, n) for n in range(count)]
    days = (date(2016, 9, 1), date(2017, 3, 1), date(2017, 9, 1))
    school = School(
        staff={day: [p for p in people if lot.random() < 0.97] for day in days},
        members={day: [_member(lot, p) for p in people if lot.random() < 0.9] for day in days},
    )
    for n in range(12):
        _hold(lot, school, people, n)
    school.proposals = [_proposal(lot, people, n) for n in range(40)]
    return school


def _person(lot: Random, n: int) -> Row:
    return {
        "staff_no": f"{n + 1:04d}",
        "name": SURNAMES[n % 20] + GIVEN[n // 20] + GIVEN[(n * 7) % 16],
        "sex": lot.choices(("female", "male"), (5, 2))[0],
        "birth_date": date(lot.choice((1965, 1975, 1985, 1995)), lot.randint(1, 12), 20),
        "department": lot.choices(DEPARTMENTS, (20, 18, 9, 8, 2))[0],
        "employment_type": lot.choices(KINDS, (10, 4, 1))[0],
    }


def _member(lot: Random, person: Row) -> Row:
    return person | {"member_status": "active", "has_card": lot.choice(("yes", "yes", "no", None))}


def _hold(lot: Random, school: School, people: list[Row], n: int) -> None:
    held = date(2017, 1, 10) + timedelta(n * 29)
    activity = {
        "activity_no": str(n),
        "name": f"活动{n}",
        "kind": lot.choice(("sports", "care", "culture")),
        "held_on": held,
        "status": "done",
    }
    school.activities.append(activity)
    for person in lot.sample(people, lot.choice((2, 3, 7, 20, 40))):
        school.attendance.append(
            {
                "activity_no": str(n),
                "activity": activity["name"],
                "held_on": held,
                "staff_no": person["staff_no"],
                "name": person["name"],
                "department": person["department"],
                "presence": lot.choice(("present", "present", "absent")),
            }
        )


def _proposal(lot: Random, people: list[Row], n: int) -> Row:
    author = lot.choice(people)
    return {
        "proposal_no": str(n),
        "title": f"提案{n}",
        "submitted_on": date(2017, 1, 5) + timedelta(lot.randrange(300)),
        "department": author["department"],
        "proposer": author["name"],
        "kind": lot.choice(("福利", "教学")),
        "review": lot.choice(("filed", "rejected")),
        "lead": lot.choice(("总务处", "教务处")),
        "replied_on": date(2017, 11, 30),
    }
