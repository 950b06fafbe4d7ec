"""Who there is on a day and what they are called: what hiding small groups and names goes by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from dashboard.dimensions import DIMENSIONS, UNSAID
from dashboard.disclosure import Groups
from dashboard.filters import Chosen
from dashboard.periods import Span
from dashboard.veil import Veil, veil

PERSONAL = ("department", "employment_type", "sex", "age_band")

_POPULATION = """\
with span(start, as_of) as (values ($start::date, $as_of::date)),

listed as (
    select person_id, {columns}, valid_from, valid_to from staff_spells
    union all
    select person_id, {columns}, valid_from, valid_to from member_spells
)

select person_id, {values}
from span
join listed on span.as_of >= valid_from and span.as_of < valid_to
group by person_id
order by person_id"""


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]: ...


def groups(reader: Reads, span: Span) -> Groups:
    """Staff and members of the span's last day, by what figures are told by."""
    known = [DIMENSIONS[name] for name in PERSONAL]
    sql = _POPULATION.format(
        columns=", ".join(one.told_by for one in known),
        values=", ".join(f"min({one.expression or one.name}) as {one.name}" for one in known),
    )
    rows = reader.read(sql, {"start": span.start, "as_of": span.as_of})
    return Groups(tuple({name: row[name] for name in PERSONAL} for row in rows))


def people_of(chosen: Chosen) -> dict[str, str | None]:
    """What of a view narrows its people."""
    return {n: None if value == UNSAID else value for n, value in chosen if n in PERSONAL}


def school_veil(reader: Reads) -> Veil:
    """The names the registers know, and the school's own secret."""
    names = [row["name"] for row in reader.read("select name from named_people")]
    (key,) = reader.read("select value from meta where name = 'pseudonyms'")
    return veil(names, key["value"])
