"""A running year's estimate: exact where years are alike, honest about its error, or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.periods import last_day, parse
from dashboard.projection import (
    MARK,
    METHOD,
    REFUSALS,
    Estimate,
    Month,
    Projection,
    Refusal,
    project,
    project_rate,
)

EVEN = [1] * 12
FRONT = [6, *[1] * 5, *[0] * 6]  # 11 a year, all of it in the first half
amounts = st.decimals(0, 100_000, places=2)
shapes = st.lists(amounts, min_size=12, max_size=12).filter(lambda year: year[0] > 0)


def kept(first: int, *years: Sequence[int | Decimal]) -> dict[Month, int | Decimal]:
    """The months of so many calendar years."""
    return {
        (first + at, number): amount
        for at, year in enumerate(years)
        for number, amount in enumerate(year, start=1)
    }


def estimated(found: Projection) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def refused(found: Projection) -> str:
    assert isinstance(found, Refusal), found
    return found.code


def test_half_a_year_like_the_ones_before_comes_to_the_same() -> None:
    found = estimated(project(kept(2015, EVEN, EVEN, EVEN[:6]), parse("2017"), date(2017, 6, 30)))
    assert (found.estimate, found.low, found.high) == (12, 12, 12)
    assert (found.so_far, found.shares, found.error) == (6, (Fraction(1, 2),), 0)
    assert found.until == date(2017, 6, 30)
    assert [period.key for period in found.basis] == ["2016", "2015"]


def test_the_mean_is_that_of_the_shares_and_the_error_that_of_the_years_left_out() -> None:
    """By hand: shares 6/12 and 11/11, mean 3/4; 9 ÷ 3/4 = 12.

    2015 from 2016's share: 6 ÷ 1 = 6, was 12, off by 6/6; 2016 from 2015's: 11 ÷ 1/2 = 22,
    was 11, off by 11/22. The largest is 100 %, which is just allowed.
    """
    found = estimated(
        project(kept(2015, EVEN, FRONT, [9, 0, 0, 0, 0, 0]), parse("2017"), date(2017, 6, 30))
    )
    assert found.shares == (Fraction(3, 4),)
    assert (found.estimate, found.error, found.low, found.high) == (12, 1, 9, 24)


def test_only_whole_months_are_judged_but_nothing_that_is_there_is_taken_back() -> None:
    history = kept(2015, EVEN, EVEN, [1, 1, 30])
    found = estimated(project(history, parse("2017"), date(2017, 3, 30)))
    assert (found.until, found.shares) == (date(2017, 2, 28), (Fraction(1, 6),))
    assert (found.estimate, found.low, found.high, found.so_far) == (32, 32, 32, 32)
    whole = estimated(project(history, parse("2017"), date(2017, 3, 31)))
    assert whole.estimate == 32 * 4


def test_months_after_the_day_do_not_count_yet() -> None:
    history = kept(2015, EVEN, EVEN, [1] * 6 + [50] * 6)
    found = estimated(project(history, parse("2017"), date(2017, 6, 30)))
    assert (found.so_far, found.estimate) == (6, 12)


def test_where_amounts_are_taken_back_the_estimate_may_lie_below() -> None:
    refunded = [3, 3, 3, 3, *[0] * 7, -6]
    history = kept(2015, refunded, refunded, [3, 3, 3, 3])
    found = estimated(project(history, parse("2017"), date(2017, 4, 30)))
    assert (found.so_far, found.estimate) == (12, 6)


def test_a_school_year_is_judged_by_school_years() -> None:
    history = kept(2014, EVEN, [2] * 12, [2] * 12, [4] * 12)
    found = estimated(project(history, parse("2016-2017"), date(2017, 2, 28)))
    assert [period.key for period in found.basis] == ["2015-2016", "2014-2015"]
    assert found.so_far == 16


def test_five_years_are_enough() -> None:
    history = kept(2005, *[FRONT] * 7, *[EVEN] * 5, EVEN[:6])
    found = estimated(project(history, parse("2017"), date(2017, 6, 30)))
    assert [period.key for period in found.basis] == ["2016", "2015", "2014", "2013", "2012"]
    assert found.estimate == 12


# -- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "until", "code"),
    [
        ("2017", "2017-12-31", "over"),
        ("2017", "2019-01-01", "over"),
        ("2017", "2017-01-30", "too_early"),
        ("2017", "2016-12-31", "too_early"),
        ("2017-03-08:2017-12-31", "2017-06-30", "whole_months"),
        ("2016-01:2017-12", "2017-06-30", "whole_months"),
        ("2017", "2017-07-31", "unknown_month"),
        ("2016", "2016-06-30", "few_years"),
    ],
)
def test_a_period_that_cannot_be_estimated_is_told_why(key: str, until: str, code: str) -> None:
    history = kept(2015, EVEN, EVEN, EVEN[:6])
    assert refused(project(history, parse(key), date.fromisoformat(until))) == code


def test_one_whole_month_is_enough_to_begin() -> None:
    history = kept(2015, EVEN, EVEN, [2])
    assert estimated(project(history, parse("2017"), date(2017, 1, 31))).estimate == 24


def test_a_year_begun_before_the_records_is_not_complete() -> None:
    late = [0, *[1] * 11]
    history = kept(2015, late, EVEN, EVEN[:6])
    assert refused(project(history, parse("2017"), date(2017, 6, 30))) == "few_years"
    before = {(2014, 12): 1} | history
    assert estimated(project(before, parse("2017"), date(2017, 6, 30))).basis[-1].key == "2015"


def test_a_year_with_an_unknown_month_or_without_anything_is_left_out() -> None:
    history = kept(2013, EVEN, EVEN, [0] * 12, EVEN, EVEN[:6])
    del history[2016, 5]
    found = estimated(project(history, parse("2017"), date(2017, 6, 30)))
    assert [period.key for period in found.basis] == ["2014", "2013"]


@pytest.mark.parametrize("year", [[0] * 6, [1, -1, 0, 0, 0, 0], [-1] * 6])
def test_nothing_yet_gives_nothing(year: list[int]) -> None:
    history = kept(2015, EVEN, EVEN, year)
    assert refused(project(history, parse("2017"), date(2017, 6, 30))) == "nothing_yet"


@pytest.mark.parametrize(("rest", "code"), [(19, None), (20, "small_share")])
def test_a_twentieth_of_the_year_is_the_least_to_go_by(rest: int, code: str | None) -> None:
    year = [1, *[0] * 10, rest]
    found = project(kept(2015, year, year, [2]), parse("2017"), date(2017, 1, 31))
    if code is None:
        assert estimated(found).estimate == 40
    else:
        assert refused(found) == code
        assert isinstance(found, Refusal)
        assert "4.8%" in found.reason.zh
        assert "4.8%" in found.reason.en


@pytest.mark.parametrize(("last", "code"), [(1, None), (2, "past_error")])
def test_an_error_of_a_hundred_percent_is_the_most(last: int, code: str | None) -> None:
    """2015 reached 1 of 1 + last, 2016 all: told from 2016, 2015 is 1, off by `last`."""
    history = kept(2015, [1, *[0] * 10, last], [1, *[0] * 11], [1])
    found = project(history, parse("2017"), date(2017, 1, 31))
    assert estimated(found).error == 1 if code is None else refused(found) == code


def test_a_year_that_had_not_begun_by_now_cannot_be_told_and_nothing_is() -> None:
    history = kept(2014, EVEN, [*[0] * 11, 5], EVEN, EVEN[:6])
    assert refused(project(history, parse("2017"), date(2017, 6, 30))) == "past_error"


def test_no_records_at_all_are_too_little_history() -> None:
    assert refused(project({}, parse("2017"), date(2017, 6, 30))) == "unknown_month"
    nothing = kept(2015, [0] * 12, [0] * 12, [0] * 12)
    assert refused(project(nothing, parse("2017"), date(2017, 6, 30))) == "few_years"


# -- words ------------------------------------------------------------------------------------


def test_an_estimate_says_that_it_is_one_and_how_it_was_made() -> None:
    found = estimated(project(kept(2015, EVEN, EVEN, EVEN[:6]), parse("2017"), date(2017, 6, 30)))
    assert MARK.zh == "按往年同期进度估算，不是实际数"
    assert "往年（2016 年、2015 年）到 6 月底平均完成全期的 50.0%（各年份额的算术平均）" in (
        found.method.zh
    )
    assert "±0.0%" in found.method.zh
    assert "By the end of Jun, earlier periods (2016, 2015) had reached 50.0%" in found.method.en


def test_every_sentence_stands_in_both_languages() -> None:
    for text in (*REFUSALS.values(), METHOD, MARK):
        assert text.zh
        assert text.en
        assert text.zh != text.en


# -- rates ------------------------------------------------------------------------------------


def test_a_rate_is_estimated_as_its_two_parts() -> None:
    """Invited: 6 of 12 by June; came: 3 of 9 by June. 4/5 so far becomes (4 ÷ 1/3) / (8 ÷ 1/2)."""
    came, invited = [*[1, 0] * 3, *[1] * 6], EVEN
    found = estimated(
        project_rate(
            kept(2015, came, came, [2, 2, 0, 0, 0, 0]),
            kept(2015, invited, invited, [8, 8, 0, 0, 0, 0]),
            parse("2017"),
            date(2017, 6, 30),
        )
    )
    assert found.shares == (Fraction(1, 3), Fraction(1, 2))
    assert (found.so_far, found.estimate, found.error) == (Fraction(1, 4), Fraction(3, 8), 0)
    assert "分子、分母分别估算后相除" in found.method.zh


def test_a_part_of_a_whole_is_never_estimated_above_it() -> None:
    came = [*[1] * 6, *[10] * 6]
    invited = [10] * 12
    found = estimated(
        project_rate(
            kept(2015, came, came, [10] * 6),
            kept(2015, invited, invited, invited[:6]),
            parse("2017"),
            date(2017, 6, 30),
        )
    )
    assert found.estimate == found.high == 1


def test_a_rate_needs_years_that_both_parts_have() -> None:
    long, short = kept(2014, *[EVEN] * 3, EVEN[:6]), kept(2016, EVEN, EVEN[:6])
    for pair in ((long, short), (short, long)):
        assert refused(project_rate(*pair, parse("2017"), date(2017, 6, 30))) == "few_years"


# -- laws -------------------------------------------------------------------------------------


@given(shapes, st.integers(2, 7), st.integers(1, 11))
def test_years_that_are_alike_give_that_year_and_no_doubt(
    year: list[Decimal], count: int, months: int
) -> None:
    history = kept(2017 - count, *[year] * count, year[:months])
    found = project(history, parse("2017"), last_day(2017, months))
    if isinstance(found, Refusal):
        assert found.code == "small_share"
        return
    assert found.estimate == found.low == found.high == sum(map(Fraction, year))
    assert found.error == 0


histories = st.tuples(st.lists(shapes, min_size=2, max_size=7), shapes, st.integers(1, 11))
calm = st.lists(st.decimals(100, 999, places=2), min_size=12, max_size=12)
calm_histories = st.tuples(st.lists(calm, min_size=2, max_size=5), calm, st.integers(4, 11))
Drawn = tuple[list[list[Decimal]], list[Decimal], int]


def drawn(
    history: Drawn, earlier: Fraction = Fraction(1), now: Fraction = Fraction(1)
) -> tuple[Mapping[Month, Fraction], int]:
    """The months of a drawn history, the earlier years and this one made larger or smaller."""
    years, running, months = history
    scaled = {at: Fraction(v) * earlier for at, v in kept(2017 - len(years), *years).items()}
    return scaled | {
        at: Fraction(v) * now for at, v in kept(2017, running[:months]).items()
    }, months  # fmt: skip


@given(histories, st.fractions(Fraction(1, 9), 9), st.fractions(Fraction(1, 9), 9))
def test_the_estimate_grows_with_this_year_and_not_with_earlier_ones(
    history: Drawn, earlier: Fraction, now: Fraction
) -> None:
    plain, months = drawn(history)
    scaled, _ = drawn(history, earlier, now)
    one = project(plain, parse("2017"), last_day(2017, months))
    other = project(scaled, parse("2017"), last_day(2017, months))
    if isinstance(one, Refusal):
        assert other == one
        return
    assert isinstance(other, Estimate)
    assert other == replace(
        one, estimate=one.estimate * now, low=one.low * now, high=one.high * now,
        so_far=one.so_far * now,
    )  # fmt: skip


@given(calm_histories)
def test_the_estimate_is_never_below_what_is_there_and_lies_in_its_range(history: Drawn) -> None:
    plain, months = drawn(history)
    found = project(plain, parse("2017"), last_day(2017, months))
    assume(isinstance(found, Estimate))
    assert isinstance(found, Estimate)
    assert found.so_far <= found.low <= found.estimate <= found.high
    assert 0 <= found.error <= 1


@given(calm_histories)
def test_the_range_around_each_earlier_years_estimate_holds_that_year(history: Drawn) -> None:
    """A second road: each earlier year is taken out and estimated by the sum of its own months."""
    years, _, months = history
    plain, _ = drawn(history)
    found = project(plain, parse("2017"), last_day(2017, months))
    assume(isinstance(found, Estimate))
    assert isinstance(found, Estimate)
    for at, year in enumerate(years):
        others = years[:at] + years[at + 1 :]
        share = sum(Fraction(sum(o[:months])) / Fraction(sum(o)) for o in others) / len(others)
        guess = Fraction(sum(year[:months])) / share
        actual = Fraction(sum(year))
        assert guess * (1 - found.error) <= actual <= guess * (1 + found.error)


@given(histories, st.randoms())
def test_the_order_of_the_months_changes_nothing(history: Drawn, chance: object) -> None:
    plain, months = drawn(history)
    shuffled = list(plain.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    until = last_day(2017, months)
    assert project(dict(shuffled), parse("2017"), until) == project(plain, parse("2017"), until)


@given(
    st.dictionaries(
        st.tuples(st.integers(2010, 2018), st.integers(1, 12)), st.integers(-5, 5), max_size=108
    ),
    st.sampled_from(["2017", "2016-2017", "S2017", "2016-2017-2", "2017-03", "2017-01:2017-09"]),
    st.dates(date(2016, 1, 1), date(2018, 12, 31)),
)
def test_any_months_give_an_estimate_or_a_reason(
    history: dict[Month, int], key: str, until: date
) -> None:
    found = project(history, parse(key), until)
    assert isinstance(found, Estimate | Refusal)
    assert isinstance(project_rate(history, history, parse(key), until), Estimate | Refusal)
