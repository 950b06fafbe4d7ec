"""How long a school keeps its rows: its own decision, in data/rules/retention.csv.

No law is quoted there: which one holds for a school's books is for the school to find out.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.contracts import DATASETS
from dashboard.errors import BadDefinition
from dashboard.settings import RULES
from dashboard.text import Text
from dashboard.warehouse.expiring import Limits

_LONGEST = 100  # years


@dataclass(frozen=True, slots=True)
class Rule:
    """One register: whole years its rows are kept, why, and who says so."""

    register: str
    years: int
    reason: Text
    source: str


def rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """One for each register; raises BadDefinition for anything else."""
    with (folder / "retention.csv").open(encoding="utf-8-sig", newline="") as file:
        found = tuple(_rule(row) for row in csv.DictReader(file))
    if [rule.register for rule in found] != list(DATASETS):
        raise BadDefinition("retention.csv: every register once, in order")
    return found


def _rule(row: dict[str, str]) -> Rule:
    years = row["years"]
    if not years.isdecimal() or not 1 <= int(years) <= _LONGEST or not row["source"]:
        raise BadDefinition(f"retention.csv: {row['dataset']}")
    return Rule(row["dataset"], int(years), Text(row["reason_zh"], row["reason_en"]), row["source"])


def limits(kept: tuple[Rule, ...], today: date) -> Limits:
    """The first day that is kept: the first of a year, so that whole years go."""
    return {rule.register: date(today.year - rule.years, 1, 1) for rule in kept}
