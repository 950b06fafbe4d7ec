"""Working days: weekdays, less public holidays, plus the weekends people work for them (调休).

The holidays are data (data/rules/holidays.toml), a notice of the State Council a year. For years
without a verified notice nothing is known but the weekends, and `is_known` says so: a count of
days that leaves out 调休 is a guess, which no screen shall show as a figure.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.errors import BadDefinition
from dashboard.settings import RULES

ONE_DAY = timedelta(days=1)
SATURDAY = 5
STATUTORY = 11  # days off a year that the notices for 2017 to 2024 come to; since 2025 two more
FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))  # of them, those that fall on the same day


@dataclass(frozen=True, slots=True)
class Workdays:
    """`off` are days nobody works, `on` weekend days on which people do, as whole dates.

    `years` are those whose holidays are known.
    """

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day in self.on or (day not in self.off and day.weekday() < SATURDAY)

    def is_known(self, day: date) -> bool:
        return day.year in self.years

    def between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and including `end`: the first day does not count, the
        last one does, as in `end - start`. Negative where `end` lies before `start`.
        """
        if end < start:
            return -self.between(end, start)
        return sum(map(self.is_working_day, days(start + ONE_DAY, end)))

    def with_own(self, own: Mapping[date, bool]) -> Workdays:
        """With a school's own days, True where it works; its word stands above the notice's.

        A year is known as well once the school has stated its public holidays: as many days off as
        the law gives, and among them those on fixed days. A summer break is none of that.
        """
        works = frozenset(day for day, is_working in own.items() if is_working)
        rests = frozenset(own.keys() - works)
        stated = Counter(day.year for day in rests)
        whole = {
            year
            for year, days_off in stated.items()
            if days_off >= STATUTORY and all(date(year, *day) in rests for day in FIXED)
        }
        return replace(
            self,
            off=self.off - works | rests,
            on=self.on - rests | works,
            years=self.years | whole,
        )


def days(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included."""
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def load(path: Path) -> Workdays:
    """The verified years of one rules file; raises BadDefinition where it contradicts itself."""
    found = Workdays()
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["year"]:
        if entry["verified"]:
            found = _joined(found, _year(entry))
    return found


def _year(entry: Mapping[str, Any]) -> Workdays:
    year, spans, on = entry["year"], entry["off"], frozenset(entry["on"])
    if any(last < first for first, last in spans):
        raise BadDefinition(f"holidays of {year}: a span ends before it begins")
    off = frozenset(day for first, last in spans for day in days(first, last))
    if strange := sorted(day for day in off | on if not _announced(day, year)):
        raise BadDefinition(f"holidays of {year}: {strange[0]} is of another year")
    if weekdays := sorted(day for day in on if day.weekday() < SATURDAY):
        raise BadDefinition(f"holidays of {year}: {weekdays[0]} is a working day anyway")
    return Workdays(off, on, frozenset({year}))


def _announced(day: date, year: int) -> bool:
    """A notice speaks of its year, and of the last days before it where New Year lies so."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _joined(one: Workdays, other: Workdays) -> Workdays:
    both = Workdays(one.off | other.off, one.on | other.on, one.years | other.years)
    if twice := sorted(both.off & both.on):
        raise BadDefinition(f"holidays: {twice[0]} is off and on")
    if again := sorted(one.years & other.years):
        raise BadDefinition(f"holidays: two entries of {again[0]}")
    return both


@cache
def shipped() -> Workdays:
    """The calendar shipped with the project."""
    return load(RULES / "holidays.toml")
