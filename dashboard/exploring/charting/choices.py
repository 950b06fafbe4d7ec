"""What the pick lists of a chart may hold, so that no choice can lead to a refusal.

The picks are ranked: the form, what stands along, how it is counted, the measure, the split, the
step. Each list holds what the picks before it allow; a pick may change those after it, never those
before. Whoever picks sets the one field and asks `repaired` for the whole recipe.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from dashboard.exploring.charting import keeping, ranking, roles, validity
from dashboard.exploring.charting.recipe import Form, How, Order, Recipe, Step
from dashboard.importing.loose.model import LooseSheet

FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Offered:
    """Columns by their places; None among measures counts rows, among splits it is no split.
    `steps` is empty where no time stands along; `keeps` are the columns rows may be kept by.
    """

    forms: tuple[Form, ...]
    by: tuple[int, ...]
    hows: tuple[How, ...]
    measures: tuple[int | None, ...]
    splits: tuple[int | None, ...]
    steps: tuple[Step, ...]
    orders: tuple[Order, ...]
    keeps: tuple[int, ...]


def offered(sheet: LooseSheet, recipe: Recipe) -> Offered:
    """What may be picked next to a recipe that is valid."""
    places = range(len(sheet.columns))
    forms = tuple(form for form in FORMS if _along(sheet, form))
    return Offered(
        forms, _along(sheet, recipe.form), validity.hows(sheet, recipe),
        validity.measures(sheet, recipe), validity.splits(sheet, recipe),
        validity.steps(sheet, recipe.by), _orders(sheet, recipe),
        tuple(place for place in places if not keeping.fault(sheet, place, ())),
    )  # fmt: skip


def repaired(sheet: LooseSheet, recipe: Recipe) -> Recipe:
    """The nearest recipe that the columns allow; where they allow no chart at all, as it was."""
    forms = [form for form in (recipe.form, *FORMS) if _along(sheet, form)]
    if not forms:
        return recipe
    found = replace(recipe, form=forms[0])
    if found.by not in _along(sheet, found.form):
        found = replace(found, by=_best_along(sheet, found.form))
    if found.how not in validity.hows(sheet, found):
        found = replace(found, how="rows")
    if found.measure not in validity.measures(sheet, found):
        found = replace(found, measure=_best_measure(sheet, found))
    if found.split not in (splits := validity.splits(sheet, found)):
        found = replace(found, split=splits[0])
    if (steps := validity.steps(sheet, found.by)) and found.step not in steps:
        found = replace(found, step=ranking.step_of(sheet, found.by))
    top = min(max(found.top, 1), validity.LARGEST_TOP)
    kept = tuple(one for one in found.kept if not keeping.fault(sheet, *one))
    return replace(found, top=top, kept=kept)


def _best_along(sheet: LooseSheet, form: Form) -> int:
    """What the charts chosen for the table would begin with."""
    allowed = _along(sheet, form)
    ranked = [*ranking.times(sheet), *ranking.categories(sheet), *ranking.measures(sheet)]
    return next((place for place in ranked if place in allowed), allowed[0])


def _best_measure(sheet: LooseSheet, recipe: Recipe) -> int | None:
    allowed = validity.measures(sheet, recipe)
    ranked = ranking.measures(sheet)
    return next((place for place in ranked if place in allowed), allowed[0])


def _along(sheet: LooseSheet, form: Form) -> tuple[int, ...]:
    """The columns that can stand along such a chart, if it can be made of them."""
    places = [at for at in range(len(sheet.columns)) if validity.along(sheet, form, at)]
    return tuple(place for place in places if _is_whole(sheet, form, place))


def _is_whole(sheet: LooseSheet, form: Form, place: int) -> bool:
    """Whether there are a second measure and a split where one is needed."""
    recipe = Recipe(form, place)
    return bool(validity.measures(sheet, recipe) and validity.splits(sheet, recipe))


def _orders(sheet: LooseSheet, recipe: Recipe) -> tuple[Order, ...]:
    """Only categories are put into an order of choice: along, or beside one another."""
    worded = roles.is_category(sheet, recipe.by) or recipe.split is not None
    return get_args(Order) if worded else ()
