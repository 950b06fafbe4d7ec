"""需要关注: rules, one file per subject, and what they find in a view; a new one is found by its
folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from dashboard.alerts.model import SEVERITIES, Alert, Attention, Look, ProofOf, Rule
from dashboard.errors import BadDefinition
from dashboard.filters import Filters
from dashboard.kpis import KPIS
from dashboard.kpis.model import Result
from dashboard.proving import provable
from dashboard.reports import Reads
from dashboard.roles import Role
from dashboard.school import School
from dashboard.text import Lang

__all__ = ["RULES", "alerts", "watches"]


def _found() -> dict[str, Rule]:
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    found: list[Rule] = [rule for module in modules for rule in getattr(module, "RULES", ())]
    if twice := sorted(name for name, n in Counter(rule.id for rule in found).items() if n > 1):
        raise BadDefinition(f"alerts: {', '.join(twice)} is used twice")
    places = {severity: place for place, severity in enumerate(SEVERITIES)}
    return {rule.id: rule for rule in sorted(found, key=lambda rule: places[rule.severity])}


RULES: dict[str, Rule] = _found()


def alerts(
    reader: Reads,
    filters: Filters,
    school: School,
    lang: Lang,
    results: Mapping[str, Result] | None = None,
    role: Role = Role.OFFICER,
) -> Attention:
    """Everything that calls for attention and whose rows the role reads; the most urgent first, and
    of those the oldest.

    `results` are figures already read for this view. A school without data is told nothing.
    """
    look = Look(reader, filters, school, lang, results or {})
    theirs = {name: rule for name, rule in RULES.items() if rule.source.is_for(role)}
    found = {name: _find(rule, look) for name, rule in theirs.items()}
    every = [one for some in found.values() for one in some or () if _is_for(one, role)]
    return Attention(
        alerts=tuple(sorted(every, key=_place)),
        checked=tuple(RULES[name] for name, some in found.items() if some is not None),
        unchecked=tuple(RULES[name] for name, some in found.items() if some is None),
    )


def watches(role: Role) -> bool:
    """Whether anything at all is looked for on behalf of a role."""
    return any(rule.source.is_for(role) for rule in RULES.values())


def _is_for(alert: Alert, role: Role) -> bool:
    rows = alert.rows
    return not isinstance(rows, ProofOf) or provable(role, KPIS[rows.kpi])


def _find(rule: Rule, look: Look) -> list[Alert] | None:
    return rule.source.find(rule, look) if look.datasets else None


def _place(alert: Alert) -> tuple[int, int]:
    """Sorting is stable: what has no age stays in the order of the rules, after what has one."""
    days = -1 if alert.days is None else alert.days
    return list(SEVERITIES).index(alert.rule.severity), -days
