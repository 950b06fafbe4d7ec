"""Rosters, sheets and turnout a second time, in plain Python over plain rows.

Written from the rules, slowly and one by one: no SQL, nothing shared with it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from plain_people import People, bare
from schools import School, keyed

from dashboard.contracts import DATASETS

Row = dict[str, Any]
YOUNG = 35
_EVERYBODY = {None, "全体", "全体教职工"}
_SEXES = {"女教职工": "female", "男": "male"}


@dataclass(frozen=True)
class Listed:
    """A row of a roster that holds on a day."""

    who: str | None
    row: Row
    key: str

    @property
    def identity(self) -> str:
        return self.who or f"?{self.key}"


@dataclass(frozen=True)
class Came:
    """One activity's turnout in one department; None where it cannot be told."""

    day: date
    department: str | None
    invited: int | None
    attended: int | None


class Plain:
    """The figures of one school."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.people = People(school)

    # -- rosters ------------------------------------------------------------------------------

    def _latest(self, register: str, day: date) -> list[Listed] | None:
        rosters = getattr(self.school, register)
        days = [as_of for as_of in rosters if as_of <= day]
        if not days:
            return None
        listed = [
            Listed(self.people.who(row), row, key)
            for key, row in keyed(register, rosters[max(days)]).items()
        ]
        once: dict[str, Listed] = {}
        for one in sorted(listed, key=lambda one: (self._gone(one.row), one.key)):
            once.setdefault(one.identity, one)
        return list(once.values())

    @staticmethod
    def _gone(row: Row) -> bool:
        return (
            (row.get("status") or "active") not in ("active", "lent")
            or (row.get("member_status") or "active") != "active"
            or row.get("employment_type") in ("retired", "rehired", "intern")
        )

    def staff(self, day: date) -> list[Listed] | None:
        listed = self._latest("staff", day)
        return listed and [
            one
            for one in listed
            if not self._gone(one.row)
            and (one.row["hired_on"] or day) <= day <= (one.row["left_on"] or day)
        ]

    def members(self, day: date) -> list[Listed] | None:
        listed = self._latest("members", day)
        if listed is None:
            return None
        on_staff = {one.who: one.row for one in self._latest("staff", day) or () if one.who}
        found = []
        for one in listed:
            staff = on_staff.get(one.who or "", {})
            left = self._gone(staff) or (staff.get("left_on") or day) < day
            if not self._gone(one.row) and (one.row["joined_on"] or day) <= day and not left:
                filled = {
                    name: one.row[name] if one.row[name] is not None else staff.get(name)
                    for name in ("sex", "birth_date", "department")
                }
                found.append(Listed(one.who, one.row | filled, one.key))
        return found

    # -- activities ---------------------------------------------------------------------------

    @cached_property
    def register(self) -> dict[str, Row]:
        return keyed("activities", self.school.activities)

    def _link(self, sheet: Row) -> str:
        day = sheet["held_on"]
        same_year = {
            key: row
            for key, row in self.register.items()
            if (row["held_on"] or row["planned_to"]).year == day.year
        }

        def rank(key: str) -> tuple[bool, bool, bool, str]:
            row = same_year[key]
            facts = (numbered(row), named(row), row["held_on"] == day)
            return (not facts[0], not facts[1], not facts[2], key)

        def numbered(row: Row) -> bool:
            return bool(row["activity_no"]) and row["activity_no"] == sheet["activity_no"]

        def named(row: Row) -> bool:
            return bare(row["name"]) == bare(sheet["activity"])

        of_number = [key for key, row in same_year.items() if numbered(row)]
        of_name = [
            key
            for key, row in same_year.items()
            if named(row) and row["held_on"] and row["status"] != "cancelled"
        ]
        good = [
            key
            for key, row in same_year.items()
            if (numbered(row) and (len(of_number) == 1 or named(row) or row["held_on"] == day))
            or (named(row) and row["held_on"] == day)
            or (of_name == [key])
        ]
        return min(good, key=rank) if good else f"sheet|{bare(sheet['activity'])}|{day}"

    @cached_property
    def lists(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.school.attendance:
            found[self._link(row)].append(row)
        return found

    @cached_property
    def held(self) -> dict[str, Row]:
        """Activity -> its register row, with the day it was held."""
        found: dict[str, Row] = {}
        for key, row in self.register.items():
            signed = [sheet["held_on"] for sheet in self.lists.get(key, ())]
            day = row["held_on"] or (min(signed) if signed else None)
            if day and row["status"] != "cancelled":
                found[key] = row | {"held_on": day}
        nothing = dict.fromkeys(DATASETS["activities"].stored())
        for key, sheets in self.lists.items():
            if key.startswith("sheet|"):
                name = {"name": sheets[0]["activity"], "held_on": sheets[0]["held_on"]}
                found[key] = nothing | name
        return found

    def _target(self, row: Row) -> list[Listed] | None:
        """Whom an activity is meant for; None where that cannot be told."""
        day, audience = row["held_on"], row["audience"]
        roster = self.members(day)
        roster = self.staff(day) if roster is None else roster
        meant = []
        for one in roster or ():
            if audience in _EVERYBODY:
                meant.append(True)
            elif audience in _SEXES:
                meant.append(one.row["sex"] and one.row["sex"] == _SEXES[audience])
            elif audience == "青年教师":
                born = one.row["birth_date"]
                meant.append(born and age(born, day) <= YOUNG)
            else:
                meant.append(one.row["department"] == audience)
        if None in meant:
            return None
        return [one for one, yes in zip(roster or (), meant, strict=True) if yes] or None

    @cached_property
    def turnout(self) -> list[Came]:
        return [came for key, row in self.held.items() for came in self._came(key, row)]

    def _came(self, key: str, row: Row) -> list[Came]:
        day, expected = row["held_on"], row["expected"]
        listed = self._listed(key, day)
        target = self._target(row)
        if listed is None:
            invited = len(target) if expected is None and target else expected
            return [_known(day, invited, row["attended"])]
        present = [(who, place) for who, (place, is_present) in listed.items() if is_present]
        absentees = any(sheet["presence"] in ("leave", "absent") for sheet in self.lists[key])
        if expected == len(listed) or (expected is None and absentees):
            return _split(day, [place for place, _ in listed.values()], [d for _, d in present])
        if expected is not None:
            if target is not None and expected == len(target):
                return _split(day, [o.row["department"] for o in target], [d for _, d in present])
            return [Came(day, None, expected, len(present))]
        if target is None:
            return [Came(day, None, None, None)]
        meant, names = {o.who for o in target}, {bare(o.row["name"]) for o in target}
        came = [
            department
            for who, department in present
            if (who in meant if not who.startswith("?") else who[1:].split("@")[0] in names)
        ]
        return _split(day, [o.row["department"] for o in target], came)

    def _listed(self, key: str, day: date) -> dict[str, tuple[str | None, bool]] | None:
        """Who stands on the list and on a roster: person -> department, present."""
        if key not in self.lists:
            return None
        members, staff = self.members(day) or [], self.staff(day) or []
        rosters = [*members, *staff]
        places = {one.who: one.row["department"] for one in staff if one.who}
        places |= {
            one.who: one.row["department"] or places.get(one.who) for one in members if one.who
        }
        found: dict[str, tuple[str | None, bool]] = {}
        for row in self.lists[key]:
            meant, name, place = self.people.meant(row), bare(row["name"]), bare(row["department"])
            who = self.people.who(row) or f"?{name}@{place}"
            namesakes = [bare(o.row["department"]) for o in rosters if bare(o.row["name"]) == name]
            is_on = who in places or (
                len(meant) > 1 and any(not place or p in (None, place) for p in namesakes)
            )
            if is_on or not rosters:
                place_before, was_present = found.get(who, (None, False))
                said = min(filter(None, (place_before, row["department"])), default=None)
                is_present = was_present or row["presence"] == "present"
                found[who] = (places.get(who, said), is_present)
        return found


def _known(day: date, invited: int | None, attended: int | None) -> Came:
    told = invited is not None and attended is not None
    return Came(day, None, invited if told else None, attended if told else None)


def _split(day: date, invited: list[str | None], attended: list[str | None]) -> list[Came]:
    return [
        Came(day, department, invited.count(department), attended.count(department))
        for department in {*invited, *attended}
    ]


def age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
