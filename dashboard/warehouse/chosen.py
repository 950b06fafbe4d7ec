"""The school's settings in its own database: a section and its JSON text each.

A setting changes what every figure says, so it is a change of the workspace's version like an
import, and what follows from it (thresholds, the calendar) is made anew in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard import school as schools
from dashboard import workdays
from dashboard.schema import Cursor, as_json, insert_statement
from dashboard.school import Change, School, Section
from dashboard.warehouse import calendars, tables
from dashboard.workdays import Workdays

Setting = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def stored(cursor: Cursor) -> dict[str, Any]:
    """Every section that is set."""
    return _sections(cursor.execute("select section, value from settings").fetchall())


def school(rows: Iterable[Mapping[str, Any]]) -> School:
    """What the rows of the table `settings` say together."""
    held = list(rows)
    return schools.school(
        _sections((row["section"], row["value"]) for row in held),
        changes={row["section"]: Change(row["changed_at"], row["who"]) for row in held},
    )


def _sections(rows: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """By section; one that was taken back, or that nobody can read, is as if never set."""
    found = {}
    for section, value in rows:
        with suppress(ValueError):
            found[section] = json.loads(value)
    return {section: value for section, value in found.items() if value is not None}


def put(cursor: Cursor, section: Section, value: Setting | None, who: str) -> None:
    """Set a section; None takes it back, and that it was taken back stays known."""
    cursor.execute("delete from settings where section = $section", {"section": section})
    row = {"section": section, "value": as_json(value), "changed_at": datetime.now(), "who": who}
    cursor.execute(insert_statement("settings"), row)


@dataclass(frozen=True, slots=True)
class Given:
    """What stands where the school has set nothing: thresholds, and the public calendar."""

    rules: Mapping[str, float]
    workdays: Workdays

    @classmethod
    def read(cls, folder: Path) -> Given:
        """From data/rules; raises BadDefinition for a file that says too little."""
        return cls(
            schools.defaults(folder / "school.toml"), workdays.load(folder / "holidays.toml")
        )

    def follow(self, cursor: Cursor) -> None:
        """What marts read of the settings, made anew."""
        own = schools.school(stored(cursor), self.rules)
        rules = [{"name": name, "value": value} for name, value in own.rules.items()]
        tables.replace(cursor, "school_rules", rules)
        calendars.fill(cursor, self.workdays.with_own(own.holidays))
