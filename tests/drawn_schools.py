"""Schools drawn by lot: small and nasty, with every case the figures must tell apart."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from schools import School

from dashboard.contracts import DATASETS

Row = dict[str, Any]

NAMES = ("王芳", "李静", "张伟", "刘洋", "阿依古丽·买买提", "陈晨", "赵磊", "孙悦", "周敏")
DEPARTMENTS = ("语文组", "数学组", "后勤处", None)
AUDIENCES = (None, "全体教职工", "女教职工", "男", "青年教师", "青年教师", "语文组", "骨干")
AMOUNTS = ("0.01", "12.50", "100", "333.33", "-20.05", "1999.99")
SUBJECTS = ("文体活动", "职工活动支出", "慰问", "送温暖费", "维权支出", "会费收入", "其他", None)
FIRST, LAST = date(2016, 1, 1), date(2017, 12, 31)


def drawn(seed: int) -> School:
    """Small and nasty: few names, missing numbers and departments, every status, odd dates."""
    lot = Random(seed)  # noqa: S311 - a test school is no secret
    people = [_person(lot, n) for n in range(lot.randint(8, 16))]
    days = sorted({_day(lot) for _ in range(lot.randint(1, 3))})
    school = School(
        staff={day: _roster(lot, people, "staff") for day in days},
        members={
            day: _roster(lot, people, "members")
            for day in sorted({_day(lot) for _ in range(lot.randint(1, 3))})
        },
        ledger=[_line(lot) for _ in range(lot.randint(5, 30))],
        budget=_unique("budget", (_approved(lot) for _ in range(8))),
        proposals=_unique("proposals", (_proposal(lot, n) for n in range(lot.randint(3, 25)))),
    )
    school.activities = _unique("activities", (_activity(lot) for _ in range(lot.randint(8, 24))))
    school.attendance = _unique("attendance", _sheets(lot, people, school.activities))
    school.votes = _unique("votes", (_vote(lot, n) for n in range(lot.randint(1, 14))))
    return school


def _unique(dataset: str, rows: Iterable[Row]) -> list[Row]:
    """The first row of each key, as the importer keeps them."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(DATASETS[dataset].key(row), row)
    return list(found.values())


def _day(lot: Random) -> date:
    """Often a boundary: the ends of months and years, the leap day."""
    edges = (FIRST, date(2016, 2, 29), date(2016, 12, 31), date(2017, 1, 1), date(2017, 6, 30))
    if lot.random() < 0.25:
        return lot.choice((*edges, LAST))
    return FIRST + timedelta(lot.randrange((LAST - FIRST).days + 1))


def _maybe(lot: Random, chance: float, value: Any) -> Any:
    return value if lot.random() < chance else None


def _person(lot: Random, n: int) -> Row:
    return {
        "staff_no": _maybe(lot, 0.6, f"{n + 1:04d}"),
        "name": lot.choice(NAMES),
        "sex": lot.choice(("female", "male")),
        "birth_date": date(lot.choice((1980, 1981, 1982)), lot.randint(1, 12), 28),
        "department": lot.choice(DEPARTMENTS),
    }


def _roster(lot: Random, people: list[Row], register: str) -> list[Row]:
    listed = [_listed(lot, person, register) for person in people if lot.random() < 0.85]
    numbers: set[str | None] = set()
    kept = []
    for row in listed:  # one row per number, as the importer has it
        if row["staff_no"] is None or row["staff_no"] not in numbers:
            kept.append(row)
        numbers.add(row["staff_no"])
    return kept


def _listed(lot: Random, person: Row, register: str) -> Row:
    """The person as this roster writes them: numbers, departments and marks come and go."""
    row = dict(person)
    if lot.random() < 0.2:
        row["staff_no"] = None
    if row["staff_no"] and lot.random() < 0.3:
        row["staff_no"] = row["staff_no"].lstrip("0")
    if lot.random() < 0.2:
        row["department"] = lot.choice(DEPARTMENTS)
    if lot.random() < 0.3:
        row["name"] = row["name"].replace("·", "•")
    for attribute in ("sex", "birth_date"):
        if lot.random() < (0.0 if register == "staff" else 0.15):
            row[attribute] = None
    row["employment_type"] = lot.choice(
        (None, "established", "contract", "temporary", "logistics", "retired", "rehired", "intern")
    )
    if register == "staff":
        row["status"] = lot.choice((None, "active", "active", "lent", "left", "retired"))
        row["hired_on"] = _maybe(lot, 0.3, _day(lot))
        row["left_on"] = _maybe(lot, 0.2, _day(lot))
    else:
        row["member_status"] = lot.choice((None, "active", "active", "retained", "retired", "left"))
        row["joined_on"] = _maybe(lot, 0.3, _day(lot))
        row["has_card"] = lot.choice((None, "yes", "no"))
    return row


def _activity(lot: Random) -> Row:
    planned = _maybe(lot, 0.6, _day(lot))
    held = _maybe(lot, 0.5 if planned else 1, _day(lot))
    return {
        "activity_no": _maybe(lot, 0.4, str(lot.randint(1, 4))),
        "name": lot.choice(("春游", "“三八”活动", "运动会")),
        "kind": lot.choice((None, "sports", "care")),
        "planned_from": planned,
        "planned_to": planned,
        "held_on": held,
        "audience": lot.choice(AUDIENCES),
        "expected": _maybe(lot, 0.3, lot.randint(0, 6)),
        "attended": _maybe(lot, 0.4, lot.randint(0, 8)),
        "status": lot.choice((None, None, None, "done", "planned", "cancelled")),
        "department": lot.choice(DEPARTMENTS),
        "cost": _maybe(lot, 0.5, Decimal(lot.choice(("0", "12.50", "300")))),
    }


def _sheets(lot: Random, people: list[Row], activities: list[Row]) -> Iterator[Row]:
    """Some by number, some by name, some for what no register knows; guests on some."""
    for _ in range(lot.randint(4, 16)):
        row = lot.choice(activities)
        sheet = {
            "activity_no": _maybe(lot, 0.5, row["activity_no"]),
            "activity": lot.choice((row["name"], row["name"].strip("“”"), "趣味赛")),
            "held_on": (_maybe(lot, 0.7, row["held_on"]) or _day(lot)),
        }
        states = lot.choice((("present",), ("present", "present", "leave", "absent")))
        for person in lot.sample(people, lot.randint(1, len(people))):
            listed = _listed(lot, person, "attendance")
            yield sheet | {
                "staff_no": listed["staff_no"],
                "name": listed["name"],
                "department": listed["department"],
                "presence": lot.choice(states),
            }
        if lot.random() < 0.4:
            guest = {"staff_no": None, "name": "陆小满", "department": "家属"}
            yield sheet | guest | {"presence": "present"}


def _line(lot: Random) -> Row:
    amount = Decimal(lot.choice(AMOUNTS))
    is_opening = lot.random() < 0.1
    is_income = lot.random() < 0.4
    return {
        "spent_on": _day(lot),
        "voucher_no": str(lot.randint(1, 20)),
        "subject": lot.choice(SUBJECTS),
        "income": amount if is_income and not is_opening else None,
        "expense": amount if not is_income and not is_opening else None,
        "balance": Decimal(lot.randint(0, 5000)) if is_opening or lot.random() < 0.3 else None,
        "is_opening": is_opening,
        "activity": lot.choice((None, "春游", "三八活动", "运动会", "趣味赛", "没有的")),
    }


def _approved(lot: Random) -> Row:
    return {
        "year": lot.choice((2016, 2017)),
        "subject": lot.choice([subject for subject in SUBJECTS if subject]),
        "approved": _maybe(lot, 0.9, Decimal(lot.randint(1, 9000))),
        "adjusted": _maybe(lot, 0.3, Decimal(lot.randint(1, 9000))),
    }


def _proposal(lot: Random, n: int) -> Row:
    submitted = _day(lot)

    def later(chance: float) -> date | None:
        day = submitted + timedelta(lot.randint(0, 200))
        return day if lot.random() < chance else None

    return {
        "proposal_no": str(n),
        "submitted_on": submitted,
        "department": lot.choice(DEPARTMENTS),
        "kind": lot.choice((None, "福利", "教学")),
        "review": lot.choice((None, "filed", "filed", "filed", "merged", "rejected", "withdrawn")),
        "merged_into": _maybe(lot, 0.1, "1"),
        "filed_on": later(0.6),
        "lead": _maybe(lot, 0.5, "总务处"),
        "assigned_on": later(0.5),
        "due_on": later(0.7),
        "replied_on": later(0.5),
        "outcome": lot.choice((None, "A", "B", "C")),
        "satisfaction": lot.choice((None, "satisfied", "mostly", "unsatisfied")),
        "status": lot.choice((None, "assigned", "replied", "closed")),
    }


def _vote(lot: Random, n: int) -> Row:
    """Few days and names, so that motions share meetings; halves, noughts and gaps on purpose."""
    due = _maybe(lot, 0.7, lot.choice((0, 7, 8, 60)))
    present = _maybe(lot, 0.7, lot.choice((0, 5, 6, 40)))
    half = (lot.choice((due, present)) or 8) // 2
    return {
        "session": lot.choice((None, "七届一次", "第七届第一次会议", "八届1次")),
        "meeting": _maybe(lot, 0.3, "教代会"),
        "held_on": lot.choice((date(2016, 2, 29), date(2016, 12, 31), date(2017, 6, 30))),
        "motion": f"议题{n}",
        "method": lot.choice((None, "ballot", "ballot", "hands", "other")),
        "due": due,
        "present": present,
        "in_favour": _maybe(lot, 0.9, max(half + lot.choice((-1, 0, 0, 1)), 0)),
        "result": lot.choice((None, "adopted", "not_adopted")),
    }
