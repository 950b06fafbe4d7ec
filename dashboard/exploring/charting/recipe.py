"""What a chart of any table counts, and what came of it: values, the same for screen and wall.

Columns are meant by their place in the sheet's columns. A personal column, and one of free text,
is never along, never a split, never kept to: only its different values can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dashboard.text import Text

Form = Literal["lines", "columns", "bars", "heat", "points"]
How = Literal["rows", "sum", "mean", "median", "distinct"]
Step = Literal["day", "week", "month", "quarter", "year", "school_year"]
Order = Literal["most", "least", "name"]
Unit = Literal["number", "yuan", "ratio"]
Kept = tuple[tuple[int, tuple[str | None, ...]], ...]

TOP = 12  # names along or series beside one another, before the rest is one


@dataclass(frozen=True, slots=True)
class Recipe:
    """One chart as its pick lists say it.

    by       along: days, months and years in steps; categories; of a distribution or of points
             the first measure
    measure  what is summed, averaged, counted by its different values; of points the second
             measure; None where rows are counted
    split    a second category (or yes and no): series, or the rows of a heat map
    kept     (column, values): only rows with one of these values; None among them is an empty cell
    """

    form: Form
    by: int
    how: How = "rows"
    measure: int | None = None
    split: int | None = None
    step: Step = "month"
    top: int = TOP
    order: Order = "most"
    kept: Kept = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chart that was chosen by a rule, and the reason in words."""

    recipe: Recipe
    reason: Text


@dataclass(frozen=True, slots=True)
class Amount:
    """One mark: exact, None where there is nothing to tell, and from how many rows."""

    value: Fraction | None
    rows: int


@dataclass(frozen=True, slots=True)
class Name:
    """What stands along, or a series' name. `value` is what a click keeps to (as in Recipe.kept);
    `rest` marks the tail that was made one, which cannot be kept to.
    """

    text: Text
    value: str | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A recipe carried out.

    title     of the chart: 各部门金额合计
    along     the column's label; what stands along are `names`
    series    each as long as `names`; of points none
    dots      of points: (first measure, second measure), at most as many as are drawn; the first
              is in `along_unit` and `along_suffix`, the second in `unit` and `suffix`
    unit      yuan are in yuan whatever the column's own unit; ratio is a share of one
    suffix    the unit's own word where it is neither (人, 小时)
    measured  how the values are called: 金额合计
    used      the rows that are counted in it; `empty` and `unfit` are those that are not, because a
              cell is empty, or is not what its column holds; `kept_out` are those not kept to
    people    whether a row of the table may be a person: then no mark of less than five rows is
              shown on a wall
    """

    recipe: Recipe
    title: Text
    along: Text
    names: tuple[Name, ...]
    series: tuple[tuple[Name, tuple[Amount, ...]], ...]
    unit: Unit
    measured: Text
    suffix: str = ""
    dots: tuple[tuple[Fraction, Fraction], ...] = ()
    used: int = 0
    empty: int = 0
    unfit: int = 0
    kept_out: int = 0
    people: bool = False
    along_unit: Unit = "number"
    along_suffix: str = ""
