"""The school's settings in its own database: a section and its JSON text each.

A setting changes what every figure says, so it is a change of the workspace's version like an
import, and what follows from it (thresholds, the calendar) is made anew in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard import school as schools
from dashboard import workdays
from dashboard.schema import Cursor, as_json, insert_statement
from dashboard.school import Section
from dashboard.warehouse import calendars, tables
from dashboard.workdays import Workdays

Setting = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def stored(cursor: Cursor) -> dict[str, Any]:
    """Every section that was set."""
    rows = cursor.execute("select section, value from settings").fetchall()
    return {section: json.loads(value) for section, value in rows}


def put(cursor: Cursor, section: Section, value: Setting | None, who: str) -> None:
    """Set a section; None forgets it."""
    cursor.execute("delete from settings where section = $section", {"section": section})
    if value is not None:
        row = {
            "section": section,
            "value": as_json(value),
            "changed_at": datetime.now(),
            "who": who,
        }
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
        school = schools.school(stored(cursor), self.rules)
        rules = [{"name": name, "value": value} for name, value in school.rules.items()]
        tables.replace(cursor, "school_rules", rules)
        calendars.fill(cursor, self.workdays.with_own(school.holidays))
