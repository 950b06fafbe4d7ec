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
