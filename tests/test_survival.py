"""The median of cases that are not all over, against the textbook's table written another way."""

from collections import Counter
from fractions import Fraction
from math import prod
from random import Random
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.survival import Median, median, still_running

DAYS = st.lists(st.integers(0, 40), max_size=40)
SOME = st.lists(st.integers(0, 40), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("ended", "running", "days", "said"),
    [
        ([], [], None, "—"),
        ([0], [], 0, "0 天"),  # answered on the very day
        ([7], [], 7, "7 天"),
        ([], [7], None, "超过一半尚未答复（至少 7 天）"),
        ([3, 9], [], 3, "3 天"),  # exactly one half after three days
        ([3], [9], 3, "3 天"),  # exactly one half answered, the other open
        ([3], [9, 9], None, "超过一半尚未答复（至少 9 天）"),
        ([3, 4], [9, 9], 4, "4 天"),  # 3/4, then exactly one half
        ([3, 4], [9, 9, 9], None, "超过一半尚未答复（至少 9 天）"),
        ([5], [5], 5, "5 天"),  # open for as long as the other took: at risk still
        ([5], [4], 5, "5 天"),  # no longer watched when the other ended: it weighs nothing more
        ([10, 20], [1, 1, 1, 1], 10, "10 天"),  # most are open, but for a day only
        ([3, 40], [3], 40, "40 天"),
        ([2, 2, 2], [1, 5, 9], 2, "2 天"),  # 2/5 after two days
    ],
)
def test_the_median_counts_open_cases_as_still_running(
    ended: list[int], running: list[int], days: int | None, said: str
) -> None:
    found = median(ended, running)
    assert found.days == days
    assert found.words.zh == said


def test_the_words_are_english_too() -> None:
    assert median([3], []).words.en == "3 days"
    assert median([], [3]).words.en == "more than half unanswered (3 days at least)"


def by_the_table(ended: list[int], running: list[int]) -> dict[int, Fraction]:
    """Day by day: those at risk are whoever has not left before, each day one factor."""
    left, watched = Counter(ended), Counter(running)
    at_risk, factors, shares = len(ended) + len(running), [Fraction(1)], {}
    for day in range(42):
        if left[day]:
            factors.append(Fraction(at_risk - left[day], at_risk))
            shares[day] = prod(factors)
        at_risk -= left[day] + watched[day]
    return shares


@given(DAYS, DAYS)
def test_the_curve_is_the_textbooks(ended: list[int], running: list[int]) -> None:
    assert dict(still_running(ended, running)) == by_the_table(ended, running)


@given(DAYS, DAYS)
def test_the_median_is_where_the_curve_comes_to_one_half(
    ended: list[int], running: list[int]
) -> None:
    shares = by_the_table(ended, running)
    found = median(ended, running).days
    assert found == min((day for day, share in shares.items() if share * 2 <= 1), default=None)


@given(SOME)
def test_with_nothing_open_it_is_the_lower_middle(ended: list[int]) -> None:
    assert median(ended, []) == Median(median_low(ended), median_low(ended))


@given(SOME, DAYS, st.integers(0, 60))
def test_one_more_open_case_never_lowers_it(
    ended: list[int], running: list[int], more: int
) -> None:
    before, after = median(ended, running).days, median(ended, [*running, more]).days
    assert after is None or (before is not None and after >= before)


@given(DAYS, SOME)
def test_where_it_is_not_reached_more_than_half_are_open(
    ended: list[int], running: list[int]
) -> None:
    if median(ended, running).days is None:
        assert len(running) > len(ended)


@given(DAYS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=1, max_size=40))
def test_what_is_still_to_come_does_not_fall_below_the_bound(
    ended: list[int], running: list[tuple[int, int]]
) -> None:
    bound = median(ended, [so_far for so_far, _ in running]).at_least
    in_the_end = median([*ended, *(so_far + more for so_far, more in running)], []).days
    assert bound is not None
    assert in_the_end is not None
    assert in_the_end >= bound


@given(DAYS, DAYS, st.randoms())
def test_the_order_of_cases_changes_nothing(
    ended: list[int], running: list[int], rng: Random
) -> None:
    mixed = rng.sample(ended, len(ended)), rng.sample(running, len(running))
    assert median(*mixed) == median(ended, running)
