"""Who bears a name, told apart as far as the registers can; where they cannot, people are asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.contracts.spelling import number_key, plain
from dashboard.errors import RefusedRequest
from dashboard.veil import forms
from dashboard.warehouse import Reader
from dashboard.warehouse.erasing import Erasure, Mention, mentions
from dashboard.warehouse.persons import Listed, Person, listed


@dataclass(frozen=True, slots=True)
class Bearer:
    """One of those who bear a name, by all rows that are certainly about them."""

    rows: tuple[Listed, ...]

    @property
    def person(self) -> Person:
        return person((self,))

    @property
    def name(self) -> str:
        return self.rows[0].name

    @property
    def number(self) -> str | None:
        return next((row.staff_no for row in self.rows if row.staff_no), None)

    @property
    def departments(self) -> tuple[str, ...]:
        return tuple(sorted({row.department for row in self.rows if row.department}))

    @property
    def counts(self) -> dict[str, int]:
        """Register -> rows that stand there today."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.register] = found.get(row.register, 0) + row.standing
        return {name: count for name, count in found.items() if count}

    @property
    def last(self) -> date | None:
        """The day of the newest roster that lists them."""
        return max((row.last for row in self.rows if row.last), default=None)


@dataclass(frozen=True, slots=True)
class Found:
    """Everybody of a name, and others under the same staff number; where else it stands.

    `mentions` are rows that stay. Which of the bearers they mean no register says.
    """

    bearers: tuple[Bearer, ...]
    others: tuple[Bearer, ...]
    mentions: tuple[Mention, ...]


def person(chosen: Iterable[Bearer]) -> Person:
    """Whom people have said these are: one and the same."""
    rows = [row for bearer in chosen for row in bearer.rows]
    return Person(
        frozenset(row.mark for row in rows),
        frozenset(row.name for row in rows),
        frozenset(row.staff_no for row in rows if row.staff_no),
        frozenset(row.department for row in rows if row.department),
    )


def sought(reader: Reader, name: str) -> Found:
    """Whoever is called so, in whatever spelling; nobody: only where the words stand."""
    every = listed(reader)
    asked = forms(name)
    bear = [row for row in every if asked & forms(row.name)]
    bearers = told_apart(bear)
    numbers = {row.mark[1] for row in bear if row.staff_no}
    others = [row for row in every if row.mark[1] in numbers and row not in bear]
    names = frozenset({row.name for row in bear} or {name.strip()})
    named = Person(frozenset(row.mark for row in bear), names)
    found = mentions(reader, named, {row.name for row in every})
    if found and not bear:  # only the books know them
        bear = [Listed("", name.strip(), None, None, 0, 0, None)]
        bearers = told_apart(bear)
    return Found(bearers, told_apart(others), tuple(found))


def called(reader: Reader, words: str) -> tuple[Found, tuple[Bearer, ...]]:
    """Whoever has this staff number; where nobody has, whoever bears the name. Of several it is
    for people to say who is meant. Raises RefusedRequest "nobody_called".
    """
    numbered = [one for one in listed(reader) if _has(one.staff_no, words)]
    found = sought(reader, numbered[0].name if numbered else words) if plain(words) else None
    if found is None or not found.bearers:
        raise RefusedRequest("nobody_called", words=words.strip())
    if not numbered:
        return found, found.bearers
    every = (*found.bearers, *found.others)
    return found, tuple(one for one in every if _has(one.number, words))


def _has(number: str | None, words: str) -> bool:
    return bool(number) and number_key(number) == number_key(words)


def told_apart(rows: Collection[Listed]) -> tuple[Bearer, ...]:
    """By 工号; who has none there by 姓名 and 部门, with the only numbered one of that department;
    a name alone is its only bearer's, else nobody's in particular.
    """
    groups: dict[tuple[str, str], list[Listed]] = {}
    for row in rows:
        if row.staff_no:
            groups.setdefault(row.mark, []).append(row)
    placed = [row for row in rows if not row.staff_no and row.department]
    for row in placed:
        groups.setdefault(_home(row, groups), []).append(row)
    for row in rows:
        if not row.staff_no and not row.department:
            same = [key for key in groups if key[0] == row.mark[0]]
            groups.setdefault(same[0] if len(same) == 1 else row.mark, []).append(row)
    return tuple(Bearer(tuple(group)) for _, group in sorted(groups.items()))


def _home(row: Listed, groups: dict[tuple[str, str], list[Listed]]) -> tuple[str, str]:
    """The mark under which a row without number is told."""
    there = [
        key
        for key, group in groups.items()
        if key[0] == row.mark[0]
        and key[1].startswith("#")
        and any(plain(one.department or "") == row.mark[1][1:] for one in group)
    ]
    return there[0] if len(there) == 1 else row.mark


def is_lone(found: Found, chosen: Collection[Bearer]) -> bool:
    """Whether nobody else bears the name, so that every mention means them."""
    return {bearer.person.marks for bearer in chosen} >= {one.person.marks for one in found.bearers}


def erasure(
    found: Found, chosen: Collection[Bearer], meant: Collection[Mention], instead: str
) -> Erasure:
    """What people decided: these bearers are one person, and these rows name them."""
    spots = frozenset(one.spot for one in meant)
    if is_lone(found, chosen):
        others = frozenset(one.spot for one in found.mentions) - spots
        return Erasure(person(chosen), instead, others)
    return Erasure(person(chosen), instead, spots, only_there=True)
