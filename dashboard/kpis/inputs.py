"""What there is to read a figure from on a day, and how its absence is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from dashboard.dimensions import DIMENSIONS
from dashboard.filters import Filters
from dashboard.kpis.model import Kpi
from dashboard.text import Text

MISSING = Text("缺少{name}", "No {name}")
MISSING_UNTIL = Text("缺少{day}之前的{name}", "No {name} up to {day}")
UNTIL = Text("{day}之后暂无记录", "No records after {day}")
NOT_BY = Text("不按{name}统计", "Not kept by {name}")

# What is missed, by its row in the mart `inputs`.
NAMES: dict[str, Text] = {
    "staff": Text("职工名册", "staff roster"),
    "members": Text("会员名册", "member roster"),
    "moves": Text("前后两期会员名册", "two member rosters to compare"),
    "recent_members": Text("近一年的会员名册", "member roster of the last year"),
    "cards": Text("办卡信息", "service card information"),
    "activities": Text("活动台账", "activity register"),
    "held": Text("活动台账", "activity register"),
    "attendance": Text("活动签到", "attendance lists"),
    "turnout": Text("活动签到", "attendance lists"),
    "costs": Text("活动费用", "what activities cost"),
    "ledger": Text("经费收支明细", "ledger"),
    "budget": Text("预算", "budget"),
    "proposals": Text("提案登记", "proposal register"),
    "votes": Text("教代会表决记录", "record of congress votes"),
}


class Reads(Protocol):
    """A warehouse, or one moment of it."""

    def read(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]: ...


def not_by(dimension: str) -> Text:
    """`不按部门统计`."""
    label = DIMENSIONS[dimension].label
    return NOT_BY.format(name=Text(label.zh, label.en.lower()))


UNSPLIT = frozenset(not_by(name) for name in DIMENSIONS)  # what no upload would mend


@dataclass(frozen=True, slots=True)
class Inputs:
    """The stretches of days (first, day after the last) for which each input is there."""

    stretches: Mapping[str, tuple[tuple[date, date], ...]]

    @classmethod
    def read(cls, reader: Reads) -> Inputs:
        found: dict[str, tuple[tuple[date, date], ...]] = {}
        for row in reader.read("select input, valid_from, valid_to from inputs order by all"):
            stretch = (row["valid_from"], row["valid_to"])
            found[row["input"]] = (*found.get(row["input"], ()), stretch)
        return cls(found)

    def missing(self, kpi: Kpi, day: date, filters: Filters) -> Text | None:
        """What is not there for this figure on a day, the first thing asked for; None if all is."""
        for name, _ in filters.chosen:
            if name not in kpi.by:
                return not_by(name)
        told = (self._missing(name, day) for name in kpi.inputs or kpi.needs)
        return next((text for text in told if text), None)

    def _missing(self, name: str, day: date) -> Text | None:
        stretches = self.stretches.get(name, ())
        if any(first <= day < after for first, after in stretches):
            return None
        is_later = bool(stretches) and day < stretches[0][0]
        text = MISSING_UNTIL if is_later else MISSING
        return text.format(name=NAMES[name], day=day)
