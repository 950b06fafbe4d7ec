"""What may speak against a sheet being the register its columns resemble."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What a sheet shows before its rows are read: the fields its header names, all words of its
    header in plain form by column, and the words of title, sheet and file.
    """

    fields: frozenset[str]
    labels: tuple[str, ...]
    words: str

    def names(self, pattern: re.Pattern[str]) -> int:
        """How many columns' words the pattern finds something in."""
        return sum(pattern.search(label) is not None for label in self.labels)


def nothing_against(seen: Seen) -> bool:
    """Most registers are what their columns say."""
    return False


_SIDE, _SUBJECT = re.compile("^[借贷]方"), re.compile("科目")


def double_entry(seen: Seen) -> bool:
    """Vouchers name a subject for either side, in the same words; both sides are one amount, not
    an income and an expense.
    """
    subjects = [label for label in seen.labels if _SUBJECT.search(label)]
    return seen.names(_SIDE) > 1 and len(set(subjects)) < len(subjects)
