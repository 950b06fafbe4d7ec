"""Plays the activities of `plan` with the members of each day: who was invited, who came."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from plan import PLAN
from records import Activity, Attendance, MemberEntry, Person

STANDING_OUT = ("退休", "转出", "退会", "保留")
OWNERS = {"教育": "组织委员", "会议": "工会主席", "民主": "工会主席", "宣传": "宣传委员",
          "慰问": "副主席", "文体": "文体委员"}  # fmt: skip
ZEAL = {2023: 1.0, 2024: 1.0, 2025: 0.95}  # a little less each year, so that something is down
ABSENT = {2023: 4, 2024: 5, 2025: 6}  # members who come to nothing in that year
GUESTS = {
    "2023年教职工运动会": (("陆小满", "家属"), ("陆小年", "家属")),
    "2024年元宵灯谜会": (("方一诺", "学生"), ("方一凡", "学生"), ("秦乐乐", "家属")),
    "2024年校长杯乒乓球赛": (("陆小满", "家属"),),
    "2024年教职工运动会": (("龚小北", "学生"), ("史可可", "学生")),
    "2025年元宵灯谜会": (("方一诺", "学生"), ("秦乐乐", "家属")),
    "2025年庆“五一”健步走": (("陆小年", "家属"), ("贺知秋", "家属")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan, taken apart."""

    name: str
    kind: str
    target: str
    planned: str
    held: date | None
    fate: str
    listing: str

    @property
    def entered(self) -> int | None:
        """How many had entered, where that was limited."""
        last = self.listing.split()[-1:] or [""]
        return int(last[0]) if last[0].isdigit() else None


def build(
    rng: Random, people: list[Person], rosters: tuple[MemberEntry, ...]
) -> tuple[list[Activity], list[Attendance]]:
    """All activities with their costs still open, and everybody on a sign-in list."""
    owners = {p.office: p.name for p in people if p.office}
    ways = _ways(rng, people, rosters)
    activities: list[Activity] = []
    attendance: list[Attendance] = []
    for line in map(_parse, PLAN.splitlines()):
        listed = _play(rng, line, rosters, ways, {p.staff_id: p.ended for p in people})
        activities.append(_activity(line, listed, rosters, owners))
        attendance += listed
    return activities, attendance


def members_on(rosters: tuple[MemberEntry, ...], day: date) -> list[MemberEntry]:
    """The members of a day: the latest roster up to it, without those who are out."""
    latest = max(entry.as_of for entry in rosters if entry.as_of <= day)
    listed = [e for e in rosters if e.as_of == latest]
    return [e for e in listed if e.standing not in STANDING_OUT and e.joined <= day]


def in_target(entry: MemberEntry, target: str, day: date) -> bool:
    """Whether the activity is meant for this member; the young are 35 or younger that day."""
    if target == "青年":
        birthday_to_come = (day.month, day.day) < (entry.born.month, entry.born.day)
        return day.year - entry.born.year - birthday_to_come <= 35
    return target in ("全体", entry.sex)


def _parse(text: str) -> Line:
    name, kind, target, planned, held, listing = text.split("|")
    done = held[:1].isdigit()
    when = date.fromisoformat(held) if done else None
    return Line(name, kind, target, planned, when, "已完成" if done else held, listing)


def _ways(
    rng: Random, people: list[Person], rosters: tuple[MemberEntry, ...]
) -> dict[tuple[int, str], float]:
    """How likely each person comes, per year; a few never do."""
    mood = {p.staff_id: _mood(rng, least=0.85 if p.office else 0.4) for p in people}
    ways = {(year, who): p * zeal for year, zeal in ZEAL.items() for who, p in mood.items()}
    for year, count in ABSENT.items():
        closing = members_on(rosters, date(year, 12, 31))
        quiet = [m for m in closing if not m.office and m.joined.year < 2023]
        ways |= {(year, m.staff_id): 0.0 for m in rng.sample(quiet, count)}
    return ways


def _mood(rng: Random, least: float) -> float:
    return min(0.97, max(least, rng.betavariate(7.5, 1.9)))


def _play(
    rng: Random, line: Line, rosters: tuple[MemberEntry, ...],
    ways: dict[tuple[int, str], float], ended: dict[str, date | None],
) -> list[Attendance]:  # fmt: skip
    if line.held is None or not line.listing:
        return []
    day = line.held
    invited = [m for m in _invited(line, day, rosters) if (ended[m.staff_id] or date.max) > day]
    if line.entered:
        likely = [m for m in invited if ways[day.year, m.staff_id] > 0.5]
        invited = _entries(rng, line, likely)[: line.entered]
        invited.sort(key=lambda m: m.staff_id)
    listed = [_attend(rng, line.name, day, m, ways, bool(line.entered)) for m in invited]
    if "all" not in line.listing:
        listed = [a for a in listed if a.state == "出席"]
    return listed + _guests(line.name, day)


def _invited(line: Line, day: date, rosters: tuple[MemberEntry, ...]) -> list[MemberEntry]:
    return [m for m in members_on(rosters, day) if in_target(m, line.target, day)]


def _entries(rng: Random, line: Line, likely: list[MemberEntry]) -> list[MemberEntry]:
    """The order in which people enter; meetings are first of all for the officers."""
    rng.shuffle(likely)
    if line.kind in ("会议", "民主"):
        likely.sort(key=lambda m: not m.office)
    return likely


def _attend(
    rng: Random, name: str, day: date, member: MemberEntry,
    ways: dict[tuple[int, str], float], entered: bool,
) -> Attendance:  # fmt: skip
    chance = ways[day.year, member.staff_id]
    if entered:
        chance = (1 + chance) / 2
    state = "出席" if rng.random() < chance else rng.choice(("请假", "请假", "缺席"))
    return Attendance(name, day, member.staff_id, member.name, member.dept, state)


def _guests(name: str, day: date) -> list[Attendance]:
    return [Attendance(name, day, "", who, where, "出席") for who, where in GUESTS.get(name, ())]


def _activity(
    line: Line, listed: list[Attendance], rosters: tuple[MemberEntry, ...], owners: dict[str, str]
) -> Activity:
    present = sum(a.state == "出席" and bool(a.staff_id) for a in listed) if listed else None
    kind_of_list = "单独" if "sheet" in line.listing else "汇总" if line.listing else ""
    owner = owners["女工委员" if line.target == "女" else OWNERS[line.kind]]
    return Activity(line.name, line.kind, line.target, line.planned, line.held, owner,
                    _expected(line, listed, rosters), present, None, Decimal(0), line.fate,
                    kind_of_list)  # fmt: skip


def _expected(line: Line, listed: list[Attendance], rosters: tuple[MemberEntry, ...]) -> int | None:
    """The number the register gives: those who entered, those listed, or the target group."""
    if line.held is None or line.entered or "+" not in line.listing:
        return line.entered
    if "came" in line.listing:
        return len(_invited(line, line.held, rosters))
    return sum(bool(a.staff_id) for a in listed)
