"""What a figure is. One declaration; screens, slides and the command line read it.

A figure keeps numerator and denominator to the very end; the division is done once, in
`Reading.value`, and an empty denominator has no value at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dashboard.periods import Span
from dashboard.text import Text

Unit = Literal["ratio", "people", "count", "cases", "items", "yuan", "yuan_per_person"]
Better = Literal["up", "down"] | None
Trend = Literal["monthly", "rolling"]
Status = Literal["met", "not_met", "no_target", "no_value", "missing"]
Compare = Literal["at_least", "at_most", "above_previous"]
Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """What the rows of one mart add up to; its proof lists those very rows.

    `when` is the condition that a row belongs to a span, `of` that it counts, `amount` what it
    then adds; each may use `span.start` and `span.as_of`.

    case      what is counted, by its file in queries/cases: rows of one case are one in a proof
    once      a case counts once, however many of its rows do
    left_out  the condition that a row of the span cannot be counted for bad data
    heads     how many people a row tells of, where its mart names none of them; and
    who       the list of them, where it does for some of its rows
    """

    mart: str
    case: str
    when: str
    amount: str = "1"
    of: str = "true"
    once: bool = False
    left_out: str = ""
    heads: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way in which schools count a figure; what it does not name stays as it was."""

    id: str
    label: Text
    formula: Text
    numerator: Measure | None = None
    denominator: Measure | None = None


@dataclass(frozen=True, slots=True)
class Unmet:
    """The list behind a gap: its name, and how it is sorted, what to do first at the top.

    `order` are SQL terms over the columns of the case, `numerator`, `denominator` and `gap`.
    """

    title: Text
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure, defined once.

    needs           the datasets without which it has no meaning, in the order they are asked for
    inputs          the rows of the mart `inputs` that must speak for the day, where that is not
                    simply each dataset of `needs` (either of two registers, a filled column)
    better          which direction is good; None where neither is
    by              the dimensions both measures' marts carry
    variants        the other ways to count it; `variant` says which one this is, by its label
    lacking         why a row of its span could not be counted, where a measure leaves any out
    open            it is about cases, not people, or about who comes and goes, as everybody sees:
                    told however few there are, but not by what people are
    tells           the marks of people that its numerator tells, besides those of `by`
    apart           values of its dimensions whose people another figure tells
    beside          people whose parts another figure hides: here they are hidden, too
    unmet           the list of cases behind the gap, where there is one
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
    by: tuple[str, ...] = ()
    trend: Trend = "monthly"
    counted: Text = Text("", "")  # what n/N counts: 人, 件, 人次, 元
    inputs: tuple[str, ...] = ()
    variant: Text | None = None
    variants: tuple[Variant, ...] = ()
    unmet: Unmet | None = None
    open: bool = False
    tells: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    beside: Measure | None = None
    lacking: Text = Text("数据不全", "data lacking")

    @property
    def measures(self) -> dict[str, Measure]:
        """By their roles: the numerator, and the denominator where there is one."""
        found = {"numerator": self.numerator}
        return found | ({"denominator": self.denominator} if self.denominator else {})

    def counted_as(self, variant: str | None) -> Kpi:
        """The figure as a school chose to count it; itself for a choice it does not know."""
        found = next((one for one in self.variants if one.id == variant), None)
        if found is None:
            return self
        return replace(
            self,
            variant=found.label,
            formula=found.formula,
            numerator=found.numerator or self.numerator,
            denominator=found.denominator or self.denominator,
        )


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
    """One month of a trend; `over` is the stretch it was read over, longer where it rolls."""

    span: Span
    reading: Reading
    over: Span


@dataclass(frozen=True, slots=True)
class Part:
    """One value's share of a dimension; `name` is None for what belongs to none."""

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
    parts: Mapping[str, tuple[Part, ...]]  # by dimension
    sql: str  # the generated statement, and
    parameters: tuple[tuple[str, object], ...]  # its bound values, for the definitions page

    @property
    def change(self) -> Fraction | None:
        """This reading less the one a year before."""
        if self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value
