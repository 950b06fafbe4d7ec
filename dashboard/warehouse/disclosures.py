"""What is kept of names being shown: when, by whom, where, in which view. No name is in it.

The table holds what was kept before there was an audit log; nothing is added to it any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.warehouse.database import Reader


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time names were let be seen. `place` is wall, or the kind of file; `view` its address."""

    shown_at: datetime
    who: str
    place: str
    view: str


def disclosures(reader: Reader) -> list[Disclosure]:
    """Every one, the latest first."""
    rows = reader.read("from disclosures order by shown_at desc")
    return [Disclosure(**row) for row in rows]
