"""What a work plan says, as values: its items, and the lines they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source. `number` counts from 1 (in a document: paragraphs and table rows);
    `text` is simplified and free of noise, `quote` as it was written.
    """

    number: int
    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table in a plan; a merged cell stands in every row it covers."""

    number: int
    cells: tuple[str, ...]
    quote: str


Block = Line | Row
Role = Literal["title", "heading", "text", "noise"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something the plan wants done.

    period       in the plan's own words; None where it gives none
    start, end   first and last day, where the plan says enough to know them; a deadline
                 alone has no start
    kind         a code of the activity kinds; None where unclear
    target       as the text states it
    line, quote  where it stands, and how it was written there
    within       first and last day of its plan, where the plan names its year or term
    """

    period: str | None
    start: date | None
    end: date | None
    item: str
    kind: str | None
    target: str | None
    owner: str | None
    line: int
    quote: str
    within: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line of which nothing, or only a part, became an item; `noise` is no part of the plan's
    words (a page number, a site's navigation).
    """

    line: int
    quote: str
    role: Role


@dataclass(frozen=True, slots=True)
class Plan:
    """A file's plans as one list: `titles` names each, in the order of the file; `rest` is what
    became no item.
    """

    name: str
    titles: tuple[str, ...]
    items: tuple[Item, ...]
    rest: tuple[Leftover, ...] = ()

    @property
    def lacks_year(self) -> bool:
        """Whether it has items of which no day is known, for want of a year."""
        return any(not item.end and not item.within[1] for item in self.items)
