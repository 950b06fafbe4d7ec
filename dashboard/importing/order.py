"""What the caller wants of a file, and what its sheets know of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.contracts.model import Dataset
from dashboard.importing.registers.repeats import Earlier
from dashboard.importing.report import Choice
from dashboard.settings import Limits

# What turns, joins or hides what stands beside it, and what no name of a file may hold.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def last_part(name: str) -> str:
    """A file's name as it is told on: without folders of either system, marks nobody sees, and
    halves of letters.
    """
    seen = _UNSEEN.sub("", re.split(r"[/\\]", name)[-1])
    return seen.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Order:
    """What the caller fixes for a whole file. `secret` makes the keys of personal cells of a table
    read without a contract.
    """

    file: str
    today: date
    dataset: str | None = None
    as_of: date | None = None
    choices: tuple[Choice, ...] = ()
    limits: Limits = field(default_factory=Limits)
    encoding: str | None = None
    secret: str = field(default="", repr=False)
    lines: dict[str, Earlier] = field(default_factory=dict, compare=False)

    def earlier(self, dataset: Dataset) -> Earlier:
        """What the sheets read before held of this register."""
        return self.lines.setdefault(dataset.name, Earlier())

    def choice(self, sheet: str, area: str = "") -> Choice:
        """What was decided about one table; a dataset named for the whole file counts for it."""
        known = (c for c in self.choices if (c.sheet, c.area) == (sheet, area))
        mine = next(known, Choice(sheet, area=area))
        return mine if mine.dataset else replace(mine, dataset=self.dataset)
