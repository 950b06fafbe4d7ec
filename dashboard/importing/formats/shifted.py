"""1,234.50 written without quotation marks into a text file: one amount in two cells, and every
cell after it one place too far. Such cells are marked, so that nobody takes them for another's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dashboard.contracts import DATASETS
from dashboard.contracts.spelling import plain, plain_without_brackets
from dashboard.importing.grids import SHIFTED

Records = Sequence[list[Any]]  # of texts; None for a blank one
_HEADS = 40  # lines among which the head is looked for
_MARKS = ",，"  # that part thousands and cells alike
_THOUSANDS = re.compile(r" *-?[1-9]\d{0,2}")
_REST = re.compile(r"\d{3}(?:\.\d+)? *")
_WORDS = frozenset(word for dataset in DATASETS.values() for word in dataset.headers)
_MONEY = frozenset(
    word for each in DATASETS.values() for word, at in each.headers.items() if at.type == "money"
)


@dataclass(frozen=True, slots=True)
class Head:
    """How many cells the table's head has, and which of them are above amounts."""

    width: int
    amounts: tuple[int, ...]

    def parted(self, record: list[Any]) -> int | None:
        """Where a record longer than the head has the first part of an amount; else None."""
        if len(record) <= self.width:
            return None
        found = (at for at in self.amounts if _THOUSANDS.fullmatch(record[at] or ""))
        return next((at for at in found if _REST.fullmatch(record[at + 1] or "")), None)


def head(records: Records, mark: str) -> Head | None:
    """The first line with known words, some above amounts; None where no comma parts the cells."""
    if mark not in _MARKS:
        return None
    for record in islice(records, _HEADS):
        spelled = [
            {plain(cell), plain_without_brackets(cell)} if cell else set() for cell in record
        ]
        amounts = tuple(at for at, words in enumerate(spelled) if words & _MONEY)
        if amounts and sum(bool(words & _WORDS) for words in spelled) > 1:
            return Head(len(record), amounts)
    return None


def told(records: Records, found: Head | None, width: int = 0) -> None:
    """Mark, from the amount on, the lines longer than the head and than most other lines are
    (`width`, where they are not among these): where all end with a comma too many, none is.
    """
    if found is None or not (parted := _parted(records, found)):
        return
    others = Counter(len(each) for at, each in enumerate(records) if at not in parted)
    usual = max(found.width, width or max(others, key=others.__getitem__, default=0))
    for at, place in parted.items():
        if len(records[at]) > usual:
            records[at][place:] = [cell and SHIFTED + cell for cell in records[at][place:]]


def _parted(records: Records, found: Head) -> dict[int, int]:
    """Line -> cell, without the lines below another head that is as long as they are."""
    places = ((at, found.parted(record)) for at, record in enumerate(records))
    parted = {at: place for at, place in places if place is not None}
    longer = [at for at, record in enumerate(records) if parted and len(record) > found.width]
    heads = {at: len(records[at]) for at in longer if head([records[at]], _MARKS[0])}
    return {
        at: place
        for at, place in parted.items()
        if not any(above < at and width >= len(records[at]) for above, width in heads.items())
    }
