"""What a recipe may ask of which column, and why it is refused."""

from __future__ import annotations

from dashboard.exploring.charting import axes, keeping, roles
from dashboard.exploring.charting.recipe import How, Recipe, Step
from dashboard.exploring.charting.steps import STEPS
from dashboard.importing.loose.model import LooseSheet
from dashboard.text import Text

LARGEST_TOP = 100
NO_COLUMN = Text("没有这一列", "there is no such column")
NO_AXIS = Text("“{column}”不能作为这种图的分类", "'{column}' cannot stand along such a chart")
NO_STEP = Text("“{column}”不能按这个时间单位分", "'{column}' cannot be told in these steps")
NO_SPLIT = Text("这种图不能这样再分组", "such a chart cannot be split so")
NO_MEASURE = Text("选的列不能这样计算", "the chosen column cannot be counted in this way")
NO_TOP = Text("前几项应为 1 到 100", "the number of names must be 1 to 100")
NO_KEPT = Text("筛选用的列或值不可用", "it is kept to a column or a value that cannot be kept to")


def fault(sheet: LooseSheet, recipe: Recipe) -> Text | None:
    """Why the columns do not allow it; None where they do."""
    asked = [recipe.by, recipe.measure, recipe.split]
    if any(place is not None and not 0 <= place < len(sheet.columns) for place in asked):
        return NO_COLUMN
    faults = {
        NO_AXIS: not along(sheet, recipe.form, recipe.by),
        NO_STEP: roles.is_time(sheet, recipe.by) and recipe.step not in steps(sheet, recipe.by),
        NO_MEASURE: recipe.how not in hows(sheet, recipe)
        or recipe.measure not in measures(sheet, recipe),
        NO_SPLIT: recipe.split not in splits(sheet, recipe),
        NO_TOP: not 1 <= recipe.top <= LARGEST_TOP,
        NO_KEPT: any(keeping.fault(sheet, *one) for one in recipe.kept),
    }
    column = sheet.columns[recipe.by].label
    return next((said.format(column=column) for said, wrong in faults.items() if wrong), None)


def along(sheet: LooseSheet, form: str, place: int) -> bool:
    """Whether the column may stand along: times of lines and columns, categories of columns, bars
    and heat maps (and times of these), numbers of columns and points.
    """
    if sheet.table is None:
        return False
    allowed = {
        "lines": (roles.is_time,),
        "columns": (roles.is_time, roles.is_category, roles.is_measure),
        "bars": (roles.is_category,),
        "heat": (roles.is_time, roles.is_category),
        "points": (roles.is_measure,),
    }.get(form, ())
    return any(test(sheet, place) for test in allowed)


def steps(sheet: LooseSheet, place: int) -> tuple[Step, ...]:
    """In which steps a column of times may stand along; of all others none."""
    kind = sheet.columns[place].kind
    if not roles.is_time(sheet, place):
        return ()
    if kind == "year":
        return ("year",)
    months: tuple[Step, ...] = ("month", "quarter", "year", "school_year")
    if kind == "month":
        months = months[:2] if axes.is_lone(sheet, place) else months
    known = STEPS if kind == "date" else months
    found = axes.found_steps(sheet, place, known)
    return tuple(step for step in known if found[step] <= axes.MOST_STEPS)


def hows(sheet: LooseSheet, recipe: Recipe) -> tuple[How, ...]:
    """What may be counted; of points and of a distribution the rows only."""
    if recipe.form == "points" or roles.is_measure(sheet, recipe.by):
        return ("rows",)
    known: tuple[How, ...] = ("rows", "sum", "mean", "median", "distinct")
    return tuple(how for how in known if how == "rows" or _measured(sheet, how))


def measures(sheet: LooseSheet, recipe: Recipe) -> tuple[int | None, ...]:
    """Which columns may be measured so; None where rows are counted."""
    if recipe.form == "points":
        places = _measured(sheet, "mean")
        return tuple(place for place in places if place != recipe.by)
    return (None,) if recipe.how == "rows" else _measured(sheet, recipe.how)


def splits(sheet: LooseSheet, recipe: Recipe) -> tuple[int | None, ...]:
    """By which columns it may be split; of a heat map by one always."""
    if recipe.form == "points" or roles.is_measure(sheet, recipe.by):
        return (None,)
    places = range(len(sheet.columns))
    known = [place for place in places if place != recipe.by and roles.is_category(sheet, place)]
    return tuple(known) if recipe.form == "heat" else (None, *known)


def _measured(sheet: LooseSheet, how: How) -> tuple[int, ...]:
    test = {"sum": roles.is_summed, "distinct": roles.is_told_apart}.get(how, roles.is_measure)
    return tuple(place for place in range(len(sheet.columns)) if test(sheet, place))
