"""What the school set itself (data/rules/targets.toml), and whether a reading meets it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

from dashboard.errors import BadDefinition
from dashboard.kpis.model import Compare, Reading, Status, Target
from dashboard.school import School
from dashboard.settings import RULES
from dashboard.text import Text


def load(path: Path = RULES / "targets.toml") -> tuple[Target, ...]:
    """Every target of the file; raises BadDefinition for one that says too little."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("target", [])
    return tuple(_target(entry, path.name) for entry in entries)


def of(school: School) -> tuple[Target, ...]:
    """The school's own targets, else those of the file. One that no longer fits is left out: what
    it asks for was checked when it was set.
    """
    if school.targets is None:
        return load()
    found = []
    for entry in school.targets:
        with suppress(BadDefinition, TypeError, ValueError):
            found.append(_target(_dated(entry), "settings"))
    return tuple(found)


def _dated(entry: Mapping[str, Any]) -> dict[str, Any]:
    """As it was stored: days as text."""
    days = {name: entry.get(name) for name in ("since", "until")}
    return dict(entry) | {n: date.fromisoformat(day) if day else None for n, day in days.items()}


def _target(entry: Mapping[str, Any], file: str) -> Target:
    compare: dict[str, Compare] = {word: word for word in get_args(Compare)}
    try:
        target = Target(
            kpi=entry["kpi"],
            compare=compare[entry["compare"]],
            value=Fraction(entry["value"]) if "value" in entry else None,
            source=Text(entry["source"]["zh"], entry["source"]["en"]),
            since=entry.get("since"),
            until=entry.get("until"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadDefinition(f"{file}: target {entry.get('kpi', '?')}: {error}") from error
    if (target.value is None) != (target.compare == "above_previous"):
        raise BadDefinition(f"{file}: target {target.kpi}: {target.compare} and its value")
    return target


def holding(targets: Iterable[Target], kpi: str, day: date) -> Target | None:
    """The target of a figure on a day; the last one written wins."""
    found = [
        target
        for target in targets
        if target.kpi == kpi and (target.since or date.min) <= day <= (target.until or date.max)
    ]
    return found[-1] if found else None


def bar(target: Target | None, before: Reading) -> Fraction | None:
    """The number the target asks for; None where the year before has none to surpass."""
    if target is None:
        return None
    return before.value if target.compare == "above_previous" else target.value


def status(target: Target | None, bar: Fraction | None, now: Reading) -> Status:
    """`no_target` also where a target's bar is not known."""
    if now.missing:
        return "missing"
    if now.value is None:
        return "no_value"
    if target is None or bar is None:
        return "no_target"
    met = {
        "at_least": now.value >= bar,
        "at_most": now.value <= bar,
        "above_previous": now.value > bar,
    }
    return "met" if met[target.compare] else "not_met"
