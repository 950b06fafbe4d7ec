"""What is kept of names being shown: when, by whom, where, in which view. No name is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.schema import Cursor, insert_statement
from dashboard.warehouse.database import Reader


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time names were let be seen. `place` is wall, or the kind of file; `view` its address."""

    shown_at: datetime
    who: str
    place: str
    view: str


def note(cursor: Cursor, place: str, view: str, who: str) -> None:
    values = {"shown_at": datetime.now(), "who": who, "place": place, "view": view}
    cursor.execute(insert_statement("disclosures"), values)


def disclosures(reader: Reader) -> list[Disclosure]:
    """Every one, the latest first."""
    rows = reader.read("from disclosures order by shown_at desc")
    return [Disclosure(**row) for row in rows]
