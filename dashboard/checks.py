"""People the registers leave in doubt: queries/checks/*.sql, each row led back to its file.

They name people, so they are for the officer who uploads, never for a page that is projected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from dashboard.settings import QUERIES
from dashboard.sqlfiles import load
from dashboard.text import Text

MESSAGES = {
    "ambiguous_people": (
        Text(
            "“{name}”可能是不同的人，没有合并，也不计入任何一人",
            "'{name}' could be several people; merged with none of them",
        ),
        Text("补填工号，或写明部门。", "Add the staff number, or the department."),
    ),
    "members_not_on_staff": (
        Text(
            "会员“{name}”不在当日的教职工名册中，不计入入会率",
            "Member '{name}' is not on the staff roster of the day and not counted in the rate",
        ),
        Text(
            "核对是否已退休、离职，或两份名册的工号、部门写法不同。",
            "Check whether they retired or left, or whether number or department differ.",
        ),
    ),
}


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """One row of one sheet, and what is not certain about its person."""

    check: str
    file: str
    sheet: str
    row: int
    name: str
    message: Text
    remedy: Text


def doubts(reader: Reads, as_of: date) -> list[Doubt]:
    """Every doubt as of that day, check by check."""
    queries = load(QUERIES / "checks")
    return [
        _doubt(check, row)
        for check, query in sorted(queries.items())
        for row in reader.read(query.sql, {"as_of": as_of})
    ]


def _doubt(check: str, row: Mapping[str, Any]) -> Doubt:
    message, remedy = MESSAGES[check]
    return Doubt(
        check,
        row["file"],
        row["sheet"],
        row["source_row"],
        row["name"],
        message.format(name=row["name"]),
        remedy,
    )
