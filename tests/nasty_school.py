"""A school whose registers say everywhere what must not stand on a wall. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from arrivals import arrival
from schools import keyed

from dashboard.contracts import DATASETS
from dashboard.warehouse import Warehouse

Row = dict[str, Any]
SURNAMES = "龚贺陆秦史方邵汤常尹"
NAMES = tuple(f"{sur}{given}" for sur in SURNAMES for given in ("知秋", "小满", "一凡", "可可"))
ODD = ("王丽", "欧阳 娜娜", "阿依古丽·买买提", "張偉", "Zhang San", "高峰")
LEFT = "邓离校"  # on an old roster only
NEVER = "项外人"  # on no roster: proposed something
PHONE, CARD, ID = "13812345678", "6222020200112233445", "110101199003077758"
# As they must never be read, in whatever spelling they were written.
FORBIDDEN = (*NAMES, *ODD, LEFT, NEVER, "张伟", "欧阳娜娜", "阿依古丽", "买买提", "zhang san",
             PHONE, CARD, ID, "住院", "手术", "困难补助", "投诉")  # fmt: skip
SMALL = {"校医室": 2, "档案室": 1}


def people() -> list[Row]:
    rows = []
    for n, name in enumerate((*NAMES, *ODD)):
        small = "校医室" if n < 2 else "档案室" if n == 2 else None
        rows.append(
            {
                "staff_no": f"77{n:04d}",
                "name": name,
                "sex": "male" if n % 4 == 0 else "female",
                "birth_date": date(1970 + n % 25, 3, 7),
                "department": small or ("语文组", "数学组", "总务处")[n % 3],
                "employment_type": "contract" if n % 9 == 0 else "established",
            }
        )
    return rows


def registers() -> dict[str, list[Row]]:
    everybody = people()
    activities = [
        _held("1", "看望王丽住院", 2, "300", everybody),
        _held("2", "趣味运动会", 30, "2400", everybody),
        _held("3", "欢迎欧阳娜娜、張 偉", 20, "500", everybody),
        _held("4", "座谈会", 2, "123.45", everybody),
        _held("5", "zhang san 告别会", 9, "90", everybody),
    ]
    return {
        "activities": [activity for activity, _ in activities],
        "attendance": [row for _, sheet in activities for row in sheet],
        "proposals": [
            _proposal(n, everybody[n % len(everybody)]) for n in range(12)
        ],
        "votes": [
            _vote("选举王丽、阿依古丽•买买提为工会委员", 3),
            _vote("审议2025年度经费预算", 40),
        ],
        "ledger": [
            _line(n, activity["name"], activity["cost"])
            for n, (activity, _) in enumerate(activities)
        ],
    }  # fmt: skip


def _held(no: str, name: str, came: int, cost: str, everybody: list[Row]) -> tuple[Row, list[Row]]:
    held = date(2025, int(no) * 2, 11)
    row = {
        "activity_no": no, "name": name, "kind": "care" if came < 5 else "sports",
        "held_on": held, "planned_from": held, "planned_to": held, "audience": "王丽等",
        "cost": Decimal(cost), "status": "done", "owner": "龚知秋", "department": "校医室",
    }  # fmt: skip
    sheet = [
        {
            "activity_no": no, "activity": name, "held_on": held, "presence": "present",
            "staff_no": one["staff_no"], "name": one["name"], "department": one["department"],
        }
        for one in everybody[:came]
    ]  # fmt: skip
    return row, sheet


def _proposal(n: int, author: Row) -> Row:
    titles = (f"关于{NEVER}老师职称的建议", "关于改善食堂的建议", f"{author['name']}反映的停车问题",
              "投诉年级组长", "教师困难补助")  # fmt: skip
    return {
        "proposal_no": str(n), "title": titles[n % 5], "session": "八届一次",
        "submitted_on": date(2025, 3, 1 + n), "department": author["department"],
        "proposer": f"{NEVER}（语文组）" if n == 0 else f"{author['name']}等5人",
        "kind": "福利", "review": "filed", "filed_on": date(2025, 3, 20),
        "lead": ("王丽", "总务处", "欧阳娜娜")[n % 3], "assigned_on": date(2025, 3, 25),
        "due_on": date(2025, 5, 1 + n),
        "replied_on": date(2025, 4, 20) if n % 2 else None,
        "outcome": "A" if n % 2 else None, "satisfaction": "unsatisfied" if n % 4 == 1 else None,
    }  # fmt: skip


def _vote(motion: str, favour: int) -> Row:
    return {
        "session": "八届一次", "meeting": "王丽主持的教代会", "held_on": date(2025, 6, 6),
        "motion": motion, "method": "ballot", "due": 45, "present": 42, "in_favour": favour,
        "result": "adopted",
    }  # fmt: skip


def _line(n: int, activity: str, cost: Decimal) -> Row:
    return {
        "spent_on": date(2025, (n + 1) * 2, 20), "voucher_no": str(n), "subject": "职工活动支出",
        "summary": f"{activity} 王丽手术", "expense": cost, "activity": activity,
        "handler": "龚知秋", "approver": "欧阳 娜娜", "beneficiary": "王丽",
    }  # fmt: skip


@contextmanager
def nasty(folder: Path) -> Iterator[Warehouse]:
    """Its files and sheets bear names and numbers, too."""
    warehouse = Warehouse.open(folder / "school.duckdb")
    everybody = people()
    gone = [*everybody, everybody[0] | {"staff_no": "880001", "name": LEFT}]
    status = {"member_status": "active", "has_card": "yes"}
    sheets: list[tuple[str, date | None, list[Row]]] = [
        ("staff", date(2024, 9, 1), gone),
        ("staff", date(2025, 9, 1), everybody),
        ("members", date(2024, 9, 1), [one | status for one in gone[5:]]),
        ("members", date(2025, 9, 1), [one | status for one in everybody[1:]]),
        *((name, None, rows) for name, rows in registers().items()),
    ]
    try:
        warehouse.load(
            [
                arrival(
                    name, keyed(name, rows), as_of=day, file=f"王丽住院{PHONE}.xlsx",
                    sheet=f"張偉 {n}", mapped=" ".join(DATASETS[name].stored()),
                )
                for n, (name, day, rows) in enumerate(sheets)
            ]
        )  # fmt: skip
        yield warehouse
    finally:
        warehouse.close()
