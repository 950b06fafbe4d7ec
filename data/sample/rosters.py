"""Cuts the staff and member rosters of each as-of date out of the lives in `people`."""

from datetime import date, timedelta

from records import MemberEntry, Person, RosterEntry

STAFF_DAYS = (date(2023, 9, 1), date(2024, 9, 1), date(2025, 9, 1))
MEMBER_DAYS = (
    date(2023, 9, 1), date(2024, 3, 1), date(2024, 9, 1), date(2025, 3, 1), date(2025, 9, 1),
)  # fmt: skip
GROUPS = {
    "语文组": "第一小组", "数学组": "第二小组", "英语组": "第三小组", "科学信息组": "第三小组",
    "体育组": "第四小组", "艺术组": "第四小组", "综合组": "第四小组",
    "教导处": "第五小组", "行政处": "第五小组", "总务后勤处": "第五小组",
}  # fmt: skip
MOVED = {"欧阳雪梅": (date(2024, 9, 1), "教导处"), "陈龑": (date(2025, 9, 1), "科学信息组")}
LENT = {"王𬱖": date(2024, 9, 1), "白雨桐": date(2023, 9, 1)}
KEPT = "吴淑珍"  # retired long ago, membership kept


def staff(people: list[Person]) -> tuple[RosterEntry, ...]:
    """Every staff roster, oldest first."""
    return tuple(
        RosterEntry(day, p.staff_id, p.name, p.sex, p.born, dept_on(p, day), p.post,
                    p.employment, p.hired, _status(p, day), _left(p, day))
        for day in STAFF_DAYS for p in people if _on_staff_list(p, day)
    )  # fmt: skip


def members(people: list[Person]) -> tuple[MemberEntry, ...]:
    """Every member roster, oldest first."""
    return tuple(
        _member(p, p.joined, day)
        for day in MEMBER_DAYS
        for p in people
        if p.joined and p.joined <= day and _on_member_list(p, day)
    )


def dept_on(person: Person, day: date) -> str:
    """The department of that day: a few people change it with a new school year."""
    since, dept = MOVED.get(person.name, (date.max, person.dept))
    return dept if day >= since else person.dept


def _left(person: Person, day: date) -> date | None:
    return person.ended if person.ending == "离职" and _ended(person, day) else None


def _ended(person: Person, day: date) -> bool:
    return person.ended is not None and person.ended < day


def _since_end(person: Person, day: date) -> timedelta:
    return day - person.ended if person.ended else timedelta(0)


def _status(person: Person, day: date) -> str:
    if _ended(person, day):
        return person.ending
    return "借出" if day >= LENT.get(person.name, date.max) else "在职"


def _on_staff_list(person: Person, day: date) -> bool:
    """Lists carry the retired for two years, and those who left just before."""
    patience = timedelta(days=730 if person.ending == "退休" else 60)
    return person.hired <= day and _since_end(person, day) < patience


def _on_member_list(person: Person, day: date) -> bool:
    """Lists carry people who retired or moved away in the last half-year, and one kept member."""
    patience = timedelta(days=200 if person.ending == "退休" else 60)
    return person.name == KEPT or _since_end(person, day) < patience


def _standing(person: Person, day: date) -> str:
    if not _ended(person, day):
        return "在籍"
    return {"退休": "退休", "离职": "转出"}[person.ending] if person.name != KEPT else "保留"


def _member(person: Person, joined: date, day: date) -> MemberEntry:
    dept = dept_on(person, day)
    card = person.carded is not None and person.carded <= day
    return MemberEntry(day, person.staff_id, person.name, person.sex, person.born,
                       person.politics, dept, GROUPS[dept], joined,
                       _standing(person, day), person.office, card)  # fmt: skip
