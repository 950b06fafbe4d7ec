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

    A stretch is written as its first and last day. What has no time of its own, or one whose days
    are not known (第5周), is planned for all of the plan's year or term; the note keeps its words.
    Where the plan names no year either, they stand in its place, and the import lists them.
    """
    return [
        (item.item, _KINDS.get(item.kind or "", ""), _planned(item), item.owner or "", _note(item))
        for item in items
    ]


def _planned(item: Item) -> str:
    start, end = (item.start, item.end) if item.end else item.within
    if end is None:
        return item.period or ""
    return end.isoformat() if start in (None, end) else f"{start}至{end}"


def _note(item: Item) -> str:
    place = f"计划第{item.line}行" if item.line else "手工添加"
    target = f"目标：{item.target}；" if item.target else ""
    unknown = item.period if item.end is None and item.within[1] else None
    return f"{target}{f'时间：{unknown}；' if unknown else ''}{place}"
