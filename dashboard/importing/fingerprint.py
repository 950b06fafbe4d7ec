"""A sheet's headers in one word: two sheets with the same headers in the same order share it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dashboard.contracts.spelling import plain
from dashboard.importing.report import MappedColumn, SheetReport


@dataclass(frozen=True, slots=True)
class Heading:
    """One header: its words in plain form, which of equal ones it is (from 0), its column."""

    words: str
    nth: int
    column: str


def headings(sheet: SheetReport) -> list[Heading]:
    """Every header that says something, from left to right, whether a field takes it or not."""
    named = [column for column in (*sheet.columns.values(), *sheet.unmapped) if column.header]
    found: list[Heading] = []
    for column in sorted(named, key=_place):
        words = plain(column.header) or column.header  # of a mark such as √ nothing would be left
        nth = sum(other.words == words for other in found)
        found.append(Heading(words, nth, column.column))
    return found


def fingerprint(sheet: SheetReport) -> str:
    """The sha256 of the plain headers in their order."""
    words = "\n".join(heading.words for heading in headings(sheet))
    return hashlib.sha256(words.encode()).hexdigest()


def _place(column: MappedColumn) -> tuple[int, str]:
    """A to Z, then AA."""
    return len(column.column), column.column
