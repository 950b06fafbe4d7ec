"""What a running year will come to, judged by the pace of earlier years: an estimate, or why none.

For flows only (spending, income, head counts, proposals): amounts that add up month by month.
The method, by whole months, so that nothing is assumed about the days within one:

    share     of each earlier year: its total up to this month ÷ its total
    estimate  this year's total up to the same month ÷ the arithmetic mean of the shares
    error     each earlier year estimated from the others in the same way: the largest
              |actual − estimate| ÷ estimate
    range     estimate × (1 − error) to estimate × (1 + error): so wide that, drawn around each
              earlier year's own estimate, it holds what that year came to

What is already there is not taken back: where no amount is negative, estimate and range begin
at it. Every number is an exact fraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from dashboard.periods import Period, last_day, months_of, years_before
from dashboard.text import MONTHS_EN, Number, Text, exact, percent

Month = tuple[int, int]
Months = Mapping[Month, Number]

MOST_YEARS = 5  # older years had another rhythm
FEWEST_YEARS = 2
LEAST_SHARE = Fraction(1, 20)
LARGEST_ERROR = Fraction(1)

MARK = Text(
    "按往年同期进度估算，不是实际数",
    "estimated from the pace of earlier years; not an actual figure",
)
METHOD = Text(
    "往年（{years}）到{month}底平均完成全期的 {share}（各年份额的算术平均），"
    "本期到{month}底的数除以它。"
    "范围：往年逐一留出、用同法估算，取最大偏差 ±{error}。",
    "By the end of {month}, earlier periods ({years}) had reached {share} of their totals"
    " (arithmetic mean of each one's share); this period's total up to then is divided by it."
    " Range: ±{error}, the largest error when each earlier period is estimated from the others.",
)
RATE_METHOD = Text(
    "分子、分母分别估算后相除：往年（{years}）到{month}底平均完成全期的 {share}"
    "（依次为分子、分母，各年份额的算术平均），本期到{month}底的数除以它。"
    "范围：往年逐一留出、用同法估算，取最大偏差 ±{error}。",
    "Both parts are estimated, then divided: by the end of {month}, earlier periods ({years}) had"
    " reached {share} of their totals (numerator, denominator; arithmetic mean of each one's"
    " share); this period's totals up to then are divided by them."
    " Range: ±{error}, the largest error when each earlier period is estimated from the others.",
)
REFUSALS: dict[str, Text] = {
    "whole_months": Text(
        "只能估算由整月组成、不超过十二个月的时间段。",
        "Only a period of whole months, twelve at most, can be estimated.",
    ),
    "over": Text("本期已经结束，请看实际数。", "The period is over: see the actual figure."),
    "too_early": Text(
        "本期还没有过完一个整月，暂不估算。", "Not one whole month of this period is over yet."
    ),
    "unknown_month": Text(
        "本期有的月份没有记录，无法估算。请先补全台账。",
        "A month of this period has no records. Complete the register first.",
    ),
    "few_years": Text(
        "往年数据不足：完整的往年只有 {count} 年，至少要 2 年。",
        "Too little history: complete earlier periods: {count}, at least 2 are needed.",
    ),
    "nothing_yet": Text(
        "本期到上月底还没有数据，无法估算。",
        "There is nothing yet this period, up to the end of last month, to estimate from.",
    ),
    "small_share": Text(
        "往年到这时平均只完成全期的 {share}，不到 5%，暂不估算。",
        "By now earlier periods had reached only {share} of their totals, less than 5%:"
        " too early for an estimate.",
    ),
    "past_error": Text(
        "用同样方法估算往年，偏差超过 100%：各年进度差别太大，不作估算。",
        "The same method misses an earlier period by more than 100%: their pace differs too much.",
    ),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a period will come to; a rate as a share, anything else in the unit of its amounts.

    so_far  what it has come to already, the running month included
    until   the last day of the whole months it goes by
    shares  of the whole that earlier periods had reached by then; of a rate, of its two parts
    error   the largest one in estimating them, relative to the estimate
    basis   the earlier periods it goes by, newest first
    """

    estimate: Fraction
    low: Fraction
    high: Fraction
    so_far: Fraction
    until: date
    shares: tuple[Fraction, ...]
    error: Fraction
    basis: tuple[Period, ...]
    method: Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no estimate."""

    code: str
    reason: Text


Projection = Estimate | Refusal


def project(amounts: Months, period: Period, until: date) -> Projection:
    """The whole of a running period, from the amounts by (year, month).

    A month that is left out is unknown; one of nothing is 0. Records begin with the first month
    that is not 0: a year begun before it is not complete. `until` is the last day for which the
    amounts are known: the as-of day, or earlier where the register ends earlier.
    """
    return _projected((amounts,), period, until)


def project_rate(tops: Months, bottoms: Months, period: Period, until: date) -> Projection:
    """A rate of two flows: each is estimated, the error is that of the rate.

    Where no month's numerator exceeds its denominator, neither does the estimate.
    """
    return _projected((tops, bottoms), period, until)


# -- the steps --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Year:
    """An earlier period: what it had reached by this time, and its total, which is above 0."""

    reached: Fraction
    total: Fraction


@dataclass(frozen=True, slots=True)
class _Flow:
    """One flow: this period's amount in whole months, with the running one, and earlier years."""

    reached: Fraction
    so_far: Fraction
    years: Mapping[Period, _Year]

    def share(self, but: Period | None = None) -> Fraction:
        """The arithmetic mean over the earlier years, perhaps but one."""
        found = [year.reached / year.total for at, year in self.years.items() if at != but]
        return sum(found, Fraction()) / len(found)

    def whole(self) -> Fraction:
        return self.reached / self.share()

    def retold(self, at: Period) -> Fraction | None:
        """An earlier year estimated from the others; None where that gives nothing."""
        share = self.share(but=at)
        return (self.years[at].reached / share or None) if share > 0 else None


def _projected(parts: tuple[Months, ...], period: Period, until: date) -> Projection:
    months = months_of(period)
    over = [at for at in months if last_day(*at) <= until]
    if refusal := _unfit(parts, months, over):
        return refusal
    flows = _comparable([_flow(amounts, period, until) for amounts in parts])
    if refusal := _thin(flows):
        return refusal
    error = _largest_error(flows)
    if error is None or error > LARGEST_ERROR:
        return _refused("past_error")
    return _estimate(parts, flows, error, last_day(*over[-1]))


def _unfit(
    parts: Sequence[Months], months: Sequence[Month], over: Sequence[Month]
) -> Refusal | None:
    """Why this period cannot be estimated, whatever the earlier ones were."""
    if not 1 <= len(months) <= 12:
        return _refused("whole_months")
    if len(over) == len(months):
        return _refused("over")
    if not over:
        return _refused("too_early")
    unknown = any(at not in amounts for at in over for amounts in parts)
    return _refused("unknown_month") if unknown else None


def _flow(amounts: Months, period: Period, until: date) -> _Flow:
    months = months_of(period)
    count = sum(last_day(*at) <= until for at in months)
    begun = [at for at in months if date(*at, 1) <= until and at in amounts]
    return _Flow(
        _total(amounts, months[:count]), _total(amounts, begun), _years(amounts, period, count)
    )


def _years(amounts: Months, period: Period, count: int) -> dict[Period, _Year]:
    """The complete earlier years, newest first; one that came to nothing has no pace."""
    found: dict[Period, _Year] = {}
    first = min((at for at, amount in amounts.items() if amount), default=None)
    if first is None:
        return found
    for back in range(1, period.start.year - first[0] + 1):
        earlier = years_before(period, back)
        months = months_of(earlier)
        complete = first <= months[0] and all(at in amounts for at in months)
        if complete and _total(amounts, months) > 0:
            found[earlier] = _Year(_total(amounts, months[:count]), _total(amounts, months))
    return found


def _total(amounts: Months, months: Sequence[Month]) -> Fraction:
    return sum((exact(amounts[at]) for at in months), Fraction())


def _comparable(flows: Sequence[_Flow]) -> list[_Flow]:
    """With the newest of the years that each of them has, and no others."""
    shared = [at for at in flows[0].years if all(at in flow.years for flow in flows)]
    kept = shared[:MOST_YEARS]
    return [replace(flow, years={at: flow.years[at] for at in kept}) for flow in flows]


def _thin(flows: Sequence[_Flow]) -> Refusal | None:
    """Why the earlier years, or this one so far, do not bear an estimate."""
    if len(flows[0].years) < FEWEST_YEARS:
        return _refused("few_years", count=len(flows[0].years))
    if any(flow.reached <= 0 or flow.so_far <= 0 for flow in flows):
        return _refused("nothing_yet")
    least = min(flow.share() for flow in flows)
    return _refused("small_share", share=percent(least)) if least < LEAST_SHARE else None


def _largest_error(flows: Sequence[_Flow]) -> Fraction | None:
    """Relative to the estimate; None where an earlier year cannot be estimated from the others."""
    errors = []
    for at in flows[0].years:
        retold = [value for flow in flows if (value := flow.retold(at)) is not None]
        if len(retold) < len(flows):
            return None
        guess, actual = _figure(retold), _figure([flow.years[at].total for flow in flows])
        errors.append(abs((actual - guess) / guess))
    return max(errors)


def _figure(values: Sequence[Fraction]) -> Fraction:
    """A flow's own value, or a rate's."""
    return values[0] / values[1] if len(values) == 2 else values[0]


def _estimate(
    parts: tuple[Months, ...], flows: Sequence[_Flow], error: Fraction, until: date
) -> Estimate:
    so_far = _figure([flow.so_far for flow in flows])
    middle = _figure([flow.whole() for flow in flows])
    low, estimate, high = (
        _possible(middle * factor, parts, so_far) for factor in (1 - error, Fraction(1), 1 + error)
    )
    shares, basis = tuple(flow.share() for flow in flows), tuple(flows[0].years)
    method = _method(shares, basis, error, until)
    return Estimate(estimate, low, high, so_far, until, shares, error, basis, method)


def _possible(value: Fraction, parts: tuple[Months, ...], so_far: Fraction) -> Fraction:
    """Nothing is un-spent where nothing ever was; no part is greater than its whole."""
    if len(parts) == 1:
        grows = all(amount >= 0 for amount in parts[0].values())
        return max(value, so_far) if grows else value
    tops, bottoms = parts
    is_part = all(amount <= bottoms.get(at, 0) for at, amount in tops.items())
    return min(value, Fraction(1)) if is_part else value


def _method(
    shares: Sequence[Fraction], basis: Sequence[Period], error: Fraction, until: date
) -> Text:
    told = METHOD if len(shares) == 1 else RATE_METHOD
    return told.format(
        years=Text("、".join(p.label.zh for p in basis), ", ".join(p.label.en for p in basis)),
        month=Text(f" {until.month} 月", MONTHS_EN[until.month - 1]),
        share=Text("、".join(map(percent, shares)), ", ".join(map(percent, shares))),
        error=percent(error),
    )


def _refused(code: str, **values: object) -> Refusal:
    return Refusal(code, REFUSALS[code].format(**values))
