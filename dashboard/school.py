"""What a school sets itself: its name, its calendars, targets, ways of counting, thresholds.

Every setting is a value here, with its bounds and its words; the settings page is drawn from them.
What a school has not set stands in data/rules/. What it has set lies in its own database, one JSON
text per section, so that a figure and the setting it was counted by are always of one moment.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dashboard.contracts.spelling import visible
from dashboard.errors import BadDefinition, RefusedRequest
from dashboard.periods import USUAL, Calendars
from dashboard.settings import RULES
from dashboard.text import Text

Section = Literal["profile", "calendars", "rules", "variants", "targets", "caps", "holidays"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number a school may change, within bounds, both included."""

    name: str
    label: Text
    help: Text
    unit: Text
    low: float
    high: float

    def check(self, value: object) -> float:
        """The number; raises RefusedRequest "bad_setting" for what lies outside, or is none."""
        number = value if type(value) in (int, float) else None
        if isinstance(number, int | float) and self.low <= number <= self.high:
            return float(number)
        raise RefusedRequest(
            "bad_setting", name=self.label, low=f"{self.low:g}", high=f"{self.high:g}"
        )


_DAYS, _MONTHS = Text("天", "days"), Text("个月", "months")
THRESHOLDS = (
    Threshold(
        "young_until_age",
        Text("青年教师年龄上限", "Young up to the age of"),
        Text("对象为“青年”的活动按此年龄计算应到，含当岁。", "For activities meant for the young."),
        Text("岁", "years"),
        20,
        60,
    ),
    Threshold(
        "due_soon_days",
        Text("提案到期前提醒", "Tell of a proposal before its due day"),
        Text("距要求办结日期不超过这么多天时列入“需要关注”。", "Calendar days before it is due."),
        _DAYS,
        0,
        90,
    ),
    Threshold(
        "roster_months",
        Text("名册更新提醒", "Tell of a roster that is old"),
        Text("超过这么多个月没有新名册时提醒。", "Months without a newer roster."),
        _MONTHS,
        1,
        36,
    ),
    Threshold(
        "register_months",
        Text("台账更新提醒", "Tell of a register that is old"),
        Text(
            "活动、签到、经费台账超过这么多个月没有新记录时提醒。", "Months without a newer line."
        ),
        _MONTHS,
        1,
        24,
    ),
    Threshold(
        "budget_warning_percent",
        Text("预算将用完提醒", "Tell of a budget nearly used up"),
        Text("科目支出达到核定预算的这一比例时提醒。", "Share of a subject's budget."),
        Text("%", "%"),
        50,
        100,
    ),
    Threshold(
        "plan_grace_days",
        Text("计划逾期宽限", "Grace for the work plan"),
        Text("计划时间过后这么多天仍未开展的，列为逾期。", "Days after the planned time."),
        _DAYS,
        0,
        60,
    ),
)


@dataclass(frozen=True, slots=True)
class Change:
    """When a section was last set or taken back, in local time, and by whom."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class School:
    """The settings in force.

    name, place  as the school writes them; empty where it has said nothing
    rules        every threshold by name
    variants     figure -> the way it is counted, where the school chose one
    targets      entries as in data/rules/targets.toml; None where it keeps the file's
    caps         spending ceilings it filled in: entries as in data/rules/ceilings.toml
    holidays     its own days off (False) and on (True), above the public calendar
    own          the sections it has set; the others stand as given
    changes      the last change of each section that was ever touched
    """

    name: str = ""
    place: str = ""
    calendars: Calendars = USUAL
    rules: Mapping[str, float] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[Mapping[str, Any], ...] | None = None
    caps: tuple[Mapping[str, Any], ...] = ()
    holidays: Mapping[date, bool] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    changes: Mapping[str, Change] = field(default_factory=dict)


def school(
    raw: Mapping[str, Any],
    given: Mapping[str, float] | None = None,
    changes: Mapping[str, Change] | None = None,
) -> School:
    """From what is stored, by section; `given` are the thresholds of a school that set none.

    A value that no longer fits falls back to the default:
    a school must not be locked out of its figures by an old setting.
    """
    profile = _named(raw, "profile")
    return School(
        name=visible(str(profile.get("name", ""))),
        place=visible(str(profile.get("place", ""))),
        calendars=_calendars(_named(raw, "calendars")),
        rules=_rules(_named(raw, "rules"), defaults() if given is None else given),
        variants={str(kpi): str(way) for kpi, way in _named(raw, "variants").items()},
        targets=_listed(raw, "targets"),
        caps=_listed(raw, "caps") or (),
        holidays=_holidays(_named(raw, "holidays")),
        own=frozenset(raw),
        changes=changes or {},
    )


def _named(raw: Mapping[str, Any], section: Section) -> Mapping[str, Any]:
    found = raw.get(section)
    return found if isinstance(found, Mapping) else {}


def _listed(raw: Mapping[str, Any], section: Section) -> tuple[Mapping[str, Any], ...] | None:
    found = raw.get(section)
    if not isinstance(found, list | tuple):
        return None
    return tuple(entry for entry in found if isinstance(entry, Mapping))


def _rules(chosen: Mapping[str, Any], given: Mapping[str, float]) -> dict[str, float]:
    found = dict(given)
    for threshold in THRESHOLDS:
        if threshold.name in chosen:
            try:
                found[threshold.name] = threshold.check(chosen[threshold.name])
            except RefusedRequest:
                continue
    return found


def _calendars(chosen: Mapping[str, Any]) -> Calendars:
    try:
        month, day = chosen.get("second_term", USUAL.second_term)
        return Calendars(
            int(chosen.get("school_year_month", USUAL.school_year_month)),
            (int(month), int(day)),
            int(chosen.get("statistical_month", USUAL.statistical_month)),
        )
    except (RefusedRequest, TypeError, ValueError):
        return USUAL


def _holidays(chosen: Mapping[str, Any]) -> dict[date, bool]:
    found: dict[date, bool] = {}
    for day, works in chosen.items():
        try:
            found[date.fromisoformat(day)] = bool(works)
        except ValueError:
            continue
    return found


@cache
def defaults(path: Path = RULES / "school.toml") -> Mapping[str, float]:
    """data/rules/school.toml; raises BadDefinition unless it holds every threshold and no other."""
    rules = tomllib.loads(path.read_text(encoding="utf-8"))
    wrong = {name for name, value in rules.items() if type(value) not in (int, float)}
    wrong |= rules.keys() ^ {threshold.name for threshold in THRESHOLDS}
    if wrong:
        raise BadDefinition(f"{path.name}: {', '.join(sorted(wrong))}")
    return {name: float(value) for name, value in rules.items()}
