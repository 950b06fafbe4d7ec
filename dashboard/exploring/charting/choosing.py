"""Which charts a table is shown in first, chosen by a stated rule and never by looking at it.

The rule, from the kinds of the columns:

1. Measures are the columns of numbers: money before counts, counts before rates, rates before other
   numbers, a column called a total before its like, balances after all others. A column is none
   that is filled in fewer than three cells of ten, holds one value only, numbers its rows, or
   repeats an earlier measure. What can be added up is summed; rates, prices, balances, ages,
   grades and scores are averaged. Without a measure, rows are counted.
2. Times are the days, months and years that hold more than one value; days of birth are none. They
   are told by day where nearly all lie within 31 days, by month where within three years, else by
   year.
3. Categories are the words that stand again and again, 2 to 12 different ones before 13 to 50,
   answers of yes and no last; never people, numbers that are codes, or free text.
4. Best first: a measure over time; the measure by category; rows by category; two categories beside
   each other; two measures against each other; the measure's distribution; then the same with the
   next measures and categories. Eight at most, and no two that say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dashboard.exploring.charting import axes, naming, roles, validity
from dashboard.exploring.charting.ranking import (
    categories,
    how_of,
    measures,
    says_the_other,
    stands_once,
    step_of,
    times,
)
from dashboard.exploring.charting.recipe import TOP, Chosen, Order, Recipe
from dashboard.exploring.profile import Profile
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text

MOST = 8
LEAST_DOTS = 8  # rows, for two measures or a distribution to show anything
RULE = Text(
    "按各列的内容自动选图，最多八张：先看数值随时间的变化，再看各类别的数值、各类别的行数、两个类别的交叉、"
    "两个数值的关系、数值的分布。数值依次优先金额、个数、比率、其他；比率、单价、余额、年龄、分数取平均，不求和。"
    "填写不足三成、全部相同或只是序号的列不用；姓名、电话、证件、编号和自由文字从不作为分类。",
    "Charts are chosen by the columns' kinds, eight at most: a measure over time, by category, rows"
    " by category, two categories, two measures, a distribution. Money comes first, then counts,"
    " rates and other numbers; rates, prices, balances, ages and scores are averaged, never summed."
    " Columns filled in fewer than three cells of ten, with one value only or mere row numbers are"
    " not used; names, phones, identities, codes and free text never stand along.",
)
OVER_TIME = Text(
    "“{by}”是时间，“{measure}”是{kind}，看变化", "'{by}' is a time and '{measure}' {kind}"
)
ROWS_OVER_TIME = Text("“{by}”是时间，看每段的{rows}", "'{by}' is a time: how many {rows} when")
BY_CATEGORY = Text(
    "“{by}”是类别，“{measure}”是{kind}，作比较", "'{by}' is a category and '{measure}' {kind}"
)
ROWS_BY = Text("“{by}”有 {n} 种，看各自的{rows}", "'{by}' has {n} values: how many {rows} each")
TWO_CATEGORIES = Text(
    "“{by}”与“{split}”都是类别，看怎样交叉", "'{by}' and '{split}' are categories: how they meet"
)
TWO_MEASURES = Text(
    "“{by}”与“{measure}”都是数值，看是否有关",
    "'{by}' and '{measure}' are numbers: do they go along",
)
SPREAD = Text("“{by}”是{kind}，看怎样分布", "'{by}' is {kind}: how its values are spread")
_KINDS = {
    "money": Text("金额", "money"),
    "count": Text("个数", "a count"),
    "ratio": Text("比率", "a rate"),
    "number": Text("数值", "a number"),
}


def chosen(sheet: LooseSheet, found: Profile) -> list[Chosen]:
    """The charts of a table, best first; none of one that has fewer than two rows."""
    if sheet.table is None or found.rows < 2:
        return []
    told = (Chosen(recipe, reason(sheet, recipe)) for recipe in _recipes(sheet))
    return list(islice(_different(told), MOST))


def _different(told: Iterator[Chosen]) -> Iterator[Chosen]:
    seen: set[tuple[object, ...]] = set()
    for one in told:
        recipe = one.recipe
        columns = (recipe.by, recipe.measure if recipe.form == "points" else recipe.split)
        says = (frozenset(columns), recipe.measure if recipe.how != "rows" else None, recipe.how)
        if says not in seen:
            seen.add(says)
            yield one


def reason(sheet: LooseSheet, recipe: Recipe) -> Text:
    """Why a chart is shown: what its columns hold."""
    by, measure = sheet.columns[recipe.by], recipe.measure
    told: dict[str, object] = {"by": by.label, "n": by.distinct}
    told["rows"] = naming.counted_rows(sheet)
    told["split"] = sheet.columns[recipe.split].label if recipe.split is not None else ""
    told["measure"] = sheet.columns[measure].label if measure is not None else ""
    spoken = by if measure is None else sheet.columns[measure]
    told["kind"] = _KINDS.get(spoken.kind, _KINDS["number"])
    return _said(sheet, recipe).format(**told)


def _said(sheet: LooseSheet, recipe: Recipe) -> Text:
    if recipe.form == "points":
        return TWO_MEASURES
    if roles.is_measure(sheet, recipe.by):
        return SPREAD
    if recipe.split is not None:
        return TWO_CATEGORIES
    if roles.is_time(sheet, recipe.by):
        return ROWS_OVER_TIME if recipe.measure is None else OVER_TIME
    return ROWS_BY if recipe.measure is None else BY_CATEGORY


# -- the charts --------------------------------------------------------------------------------


def _recipes(sheet: LooseSheet) -> Iterator[Recipe]:
    """The best of each sort first, then the next ones."""
    numbers, whens, words = (rank(sheet) for rank in (measures, times, categories))
    for at in range(max(len(numbers), len(words), len(whens))):
        number, word, when = (_at(some, at) for some in (numbers, words, whens))
        first = _at(numbers, 0)
        if at == 0 or number is not None:
            yield from _over_time(sheet, _at(whens, 0), number)
        yield from _by_category(sheet, word, first)
        yield from _by_category(sheet, word, None)
        yield from _beside(sheet, words, at)
        yield from _against(sheet, first, _at(numbers, at + 1))
        yield from _spread(sheet, number)
        if at and number is not None:
            yield from _by_category(sheet, _at(words, 0), number)
        if at and when is not None:
            yield from _over_time(sheet, when, first)


def _at(places: list[int], at: int) -> int | None:
    return places[at] if at < len(places) else None


def _over_time(sheet: LooseSheet, by: int | None, measure: int | None) -> Iterator[Recipe]:
    if by is not None:
        step = step_of(sheet, by)
        many = axes.found_steps(sheet, by, (step,))[step] > 2
        yield Recipe("lines" if many else "columns", by, how_of(sheet, measure), measure, step=step)


def _by_category(sheet: LooseSheet, by: int | None, measure: int | None) -> Iterator[Recipe]:
    """Ordered words stand in their order, all of them."""
    if by is None or (measure is None and stands_once(sheet, by)):
        return
    top, order = _ordered(sheet, by)
    in_order = order == "name" and sheet.columns[by].kind != "yes_no"
    how = how_of(sheet, measure)
    if in_order:
        yield Recipe("columns", by, how, measure, top=top, order=order)
    else:
        yield Recipe("bars", by, how, measure)


def _ordered(sheet: LooseSheet, by: int) -> tuple[int, Order]:
    """(how many names are shown, in which order)."""
    axis = axes.axis(sheet, by, "month")
    every = max(TOP, min(len(axis.names), validity.LARGEST_TOP))
    return (every, "name") if axis.known else (TOP, "most")


def _beside(sheet: LooseSheet, words: list[int], at: int) -> Iterator[Recipe]:
    """With the next category that says something else."""
    by = _at(words, at)
    if by is None or stands_once(sheet, by):
        return
    others = (one for one in words[at + 1 :] if not stands_once(sheet, one))
    split = next((one for one in others if not says_the_other(sheet, by, one)), None)
    if split is not None:
        top, order = _ordered(sheet, by)
        yield Recipe("heat", by, split=split, top=top, order=order)


def _against(sheet: LooseSheet, by: int | None, measure: int | None) -> Iterator[Recipe]:
    if by is not None and measure is not None:
        both = [axes.whole(sheet, place).codes == 0 for place in (by, measure)]
        if int((both[0] & both[1]).sum()) >= LEAST_DOTS:
            yield Recipe("points", by, measure=measure)


def _spread(sheet: LooseSheet, by: int | None) -> Iterator[Recipe]:
    if by is not None:
        values = axes.column(sheet, by)
        if len(values) - values.null_count >= LEAST_DOTS and axes.several(values, 3):
            yield Recipe("columns", by)
