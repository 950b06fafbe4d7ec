"""A plan's items as rows of the activity register, to be reviewed and imported like any file."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.contracts.activities import DATASET
from dashboard.contracts.codes import ACTIVITY_KIND
from dashboard.plans.model import Item

FIELDS = ("name", "kind", "planned", "owner", "note")
HEADER = tuple(
    next(column.label.zh for column in DATASET.columns if column.name == field) for field in FIELDS
)
_KINDS = {code.value: code.label.zh for code in ACTIVITY_KIND.codes}


def to_rows(items: Sequence[Item]) -> list[tuple[str, ...]]:
    """One row an item, its cells as HEADER names them; the note says the target and the place.

    A stretch is written as its first and last day; where no days are known, in the plan's words,
    which the import completes or lists as an issue. What has no time of its own is planned for
    all of the plan's year or term.
    """
    return [
        (item.item, _KINDS.get(item.kind or "", ""), _planned(item), item.owner or "", _note(item))
        for item in items
    ]


def _planned(item: Item) -> str:
    if item.period and item.end is None:
        return item.period
    start, end = (item.start, item.end) if item.end else item.within
    if end is None:
        return ""
    return end.isoformat() if start in (None, end) else f"{start}至{end}"


def _note(item: Item) -> str:
    place = f"计划第{item.line}行"
    return f"目标：{item.target}；{place}" if item.target else place
