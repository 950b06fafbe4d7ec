"""How many people stand behind a reading, and which readings must not be told for it.

A figure about people is hidden where it is of one to four of them, and so are parts from which
such a part would follow. A figure about cases (proposals) is kept from small groups only where it
is split or narrowed by what people are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.dimensions import UNSAID
from dashboard.disclosure import Groups, hidden_with, is_small
from dashboard.filters import Filters
from dashboard.groups import PERSONAL
from dashboard.kpis.model import Kpi, Measure, Part, Reading
from dashboard.settings import QUERIES
from dashboard.sqlfiles import load

Row = Mapping[str, Any]
ROLES = ("numerator", "denominator")


@cache
def _persons() -> dict[str, str | None]:
    """The column of each mart that names a person."""
    return {name: query.people for name, query in load(QUERIES / "marts").items()}


def tells_of_people(measure: Measure) -> bool:
    return bool(measure.heads or _persons().get(measure.mart))


def columns(measure: Measure, role: str) -> tuple[str, str]:
    """What each row tells of people, and how many those of all rows are at least."""
    if person := _persons().get(measure.mart):
        counted = f"count(distinct {role}_person) filter (where {role}_row is not null)"
        return f"{person} as {role}_person", counted
    if measure.heads:
        counted = f"max({role}_person) filter (where {role}_row is not null)"
        return f"{measure.heads} as {role}_person", counted
    return f"null as {role}_person", "null"


@dataclass(frozen=True, slots=True)
class Telling:
    """What may be told of one figure in one view."""

    kpi: Kpi
    filters: Filters
    groups: Groups
    is_closed: bool = False  # a wider view hides this one: it would follow from the two

    @property
    def is_personal(self) -> bool:
        return any(tells_of_people(measure) for measure in self.kpi.measures.values())

    def hides(self, row: Row, by: tuple[str, str | None] | None = None) -> bool:
        """Whether a reading, of one value `by` of a dimension, is of too few people."""
        if not self.is_personal:
            return False
        if self.is_closed:
            return True
        chosen = self._chosen() | dict([by] if by else [])
        if self.groups.hides({n: v for n, v in chosen.items() if n in PERSONAL}):
            return bool(row["numerator"] or row["denominator"])
        if self.kpi.open and not any(name in PERSONAL for name in chosen):
            return False
        return self._is_small(row)

    def _chosen(self) -> dict[str, str | None]:
        chosen = {n: v for n, v in self.filters.chosen if n in self.kpi.by}
        return {name: None if value == UNSAID else value for name, value in chosen.items()}

    def _is_small(self, row: Row) -> bool:
        """Nought is told; of somebody nothing is known but that there is somebody, nothing."""
        people = behind(row)
        if people is None:
            return False
        return is_small(people) or (people == 0 and bool(row["numerator"] or row["denominator"]))

    def parts(self, dimension: str, rows: Sequence[Row]) -> frozenset[str | None]:
        """The values of a dimension that are hidden, so that no subtraction brings one back."""
        small = [r["value"] for r in rows if self.hides(r, (dimension, r["value"]))]
        people = {row["value"]: behind(row) or 0 for row in rows}
        return hidden_with(people, small) if small else frozenset()


def from_wider(kpi: Kpi, filters: Filters, parts: Callable[[Filters, str], Sequence[Part]]) -> bool:
    """Whether any view that is narrowed to one thing less hides this one among its parts."""
    for name, value in filters.chosen:
        if name not in kpi.by or (kpi.open and name not in PERSONAL):
            continue
        own = None if value == UNSAID else value
        found = parts(filters.narrowed(name, None), name)
        if any(part.reading.hidden for part in found if part.name == own):
            return True
    return False


def behind(row: Row) -> int | None:
    """The people of a rate are those of its denominator; None where it is not about people."""
    found = [row.get(f"{role}_people") for role in ("denominator", "numerator")]
    return next((people for people in found if people is not None), None)


def hidden(reading: Reading) -> Reading:
    """The reading without its numbers."""
    return Reading(None, is_ratio=reading.is_ratio, hidden=True)


def without(parts: Sequence[Part], values: frozenset[str | None]) -> tuple[Part, ...]:
    return tuple(
        Part(part.name, hidden(part.reading)) if part.name in values else part for part in parts
    )
