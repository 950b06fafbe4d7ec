"""What a figure is. One declaration; screens, slides and the command line read it.

A figure keeps numerator and denominator to the very end; the division is done once, in
`Reading.value`, and an empty denominator has no value at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dashboard.periods import Span
from dashboard.text import Text

Unit = Literal["ratio", "people", "count", "cases", "yuan", "yuan_per_person"]
Better = Literal["up", "down"] | None
Trend = Literal["monthly", "rolling"]
Status = Literal["met", "not_met", "no_target", "no_value", "missing"]
Compare = Literal["at_least", "at_most", "above_previous"]
Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """An aggregate over one mart.

    `value` is an aggregate expression and `when` the condition that a row belongs to a span;
    both may use `span.start` and `span.as_of`. `left_out` counts rows of the span that could not
    be counted (bad data), and is itself an aggregate expression.
    """

    mart: str
    value: str
    when: str
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure, defined once.

    needs           the datasets without which it has no meaning, in the order they are asked for
    inputs          the rows of the mart `inputs` that must speak for the day, where that is not
                    simply each dataset of `needs` (either of two registers, a filled column)
    better          which direction is good; None where neither is
    by_department   whether both measures' marts carry a `department`
    trend           monthly: each month by itself (a stock: at its end);
                    rolling: the period's own length, ending with that month
    formula         in words, with the official terms
    source          where the definition comes from
    """

    id: str
    subject: str  # members, activities, funds, proposals: the page it belongs to
    order: int
    label: Text
    why: Text
    formula: Text
    unit: Unit
    numerator: Measure
    needs: tuple[str, ...]
    source: Text
    denominator: Measure | None = None
    better: Better = None
    by_department: bool = True
    trend: Trend = "monthly"
    counted: Text = Text("", "")  # what n/N counts: 人, 件, 人次, 元
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Numerator and denominator of one figure over one span.

    `missing` says what is not there to be read (then both are None). `hidden` is True where a
    small group must not be shown. `left_out` counts rows that bad data kept out.
    """

    numerator: Amount | None
    denominator: Amount | None = None
    is_ratio: bool = False
    left_out: int = 0
    hidden: bool = False
    missing: Text | None = None

    @property
    def value(self) -> Fraction | None:
        """The figure: n, or n ÷ N. None where nothing can be said: missing, hidden or N = 0."""
        if self.missing or self.hidden or self.numerator is None:
            return None
        if not self.is_ratio:
            return Fraction(self.numerator)
        return Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Target:
    """What the school set itself; `value` is None where the year before is the bar."""

    kpi: str
    compare: Compare
    value: Fraction | None
    source: Text
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a trend."""

    span: Span
    reading: Reading


@dataclass(frozen=True, slots=True)
class Part:
    """One department's share; `name` is None for what belongs to no department."""

    name: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Result:
    """A figure as every screen and export shows it."""

    kpi: Kpi
    span: Span
    now: Reading
    before: Reading
    target: Target | None
    bar: Fraction | None  # the number the target asks for, in this span
    status: Status
    trend: tuple[Point, ...]
    parts: tuple[Part, ...]
    sql: str  # the generated statement, and
    parameters: tuple[tuple[str, object], ...]  # its bound values, for the definitions page

    @property
    def change(self) -> Fraction | None:
        """This reading less the one a year before."""
        if self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value
