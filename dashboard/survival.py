"""How long a case takes when some are not over yet: the Kaplan–Meier median.

The mean or median of the answered cases alone flatters: the slow ones are still open and do not
count. Here an open case counts as still running for as long as it has, no longer and no less.

Source: Kaplan and Meier, Nonparametric Estimation from Incomplete Observations (JASA 53, 1958).
The convention for the median is the smallest time at which the share still running is one half or
less; with nothing open that is the lower of the two middle values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.text import DASH, Text, same

HALF = Fraction(1, 2)
REACHED = Text("{days} 天", "{days} days")
NOT_REACHED = Text(
    "超过一半尚未答复（至少 {days} 天）", "more than half unanswered ({days} days at least)"
)


@dataclass(frozen=True, slots=True)
class Median:
    """`days` is None where more than half are open; the time is then `at_least` so many days.

    `at_least` is the same median as if every open case ended now, so whatever is still to come,
    it will not be lower. Both are None where there is no case.
    """

    days: int | None
    at_least: int | None

    @property
    def words(self) -> Text:
        if self.at_least is None:
            return same(DASH)
        if self.days is None:
            return NOT_REACHED.format(days=self.at_least)
        return REACHED.format(days=self.days)


def median(ended: Sequence[int], running: Sequence[int]) -> Median:
    """Of cases that took `ended` days each and those open for `running` days so far."""
    reached = (day for day, share in still_running(ended, running) if share <= HALF)
    everything = sorted([*ended, *running])
    return Median(
        days=next(reached, None),
        at_least=everything[(len(everything) - 1) // 2] if everything else None,
    )


def still_running(ended: Sequence[int], running: Sequence[int]) -> Iterator[tuple[int, Fraction]]:
    """After each number of days on which a case ended: the share that takes longer, exactly.

    A case open for just so many days was still at risk on the last of them.
    """
    share = Fraction(1)
    for day in sorted(set(ended)):
        at_risk = sum(spent >= day for spent in (*ended, *running))
        share *= 1 - Fraction(ended.count(day), at_risk)
        yield day, share
