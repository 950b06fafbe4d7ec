"""Spending above a limit, or worded in a way that asks for a look: what the rules over the ledger
find.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.alerts.model import Alert, Look, Rows, Rule
from dashboard.provenance import opens
from dashboard.roles import Role
from dashboard.rules import reading
from dashboard.rules.listing import FINDINGS, findings
from dashboard.rules.model import Severity
from dashboard.text import Text, number


@dataclass(frozen=True, slots=True)
class Ceilings:
    """One alert for all findings of one degree of certainty."""

    severity: Severity

    def find(self, rule: Rule, look: Look) -> list[Alert] | None:
        if "ledger" not in look.datasets or look.filters.chosen:
            return None
        found = [
            (one.first_on, row)
            for checked in look.ceilings
            for one, row in zip(checked.findings, findings([checked], look.lang), strict=True)
            if one.severity == self.severity
        ]
        if not found:
            return []
        found.sort(key=lambda pair: pair[0])
        since = found[0][0]
        rows = tuple(row for _, row in found)
        return [
            Alert(
                id=rule.id,
                rule=rule,
                reason=rule.reason.format(n=number(len(rows))),
                count=len(rows),
                rows=Rows(FINDINGS, rows, "ledger", tuple(row["row_keys"] for row in rows)),
                since=since,
                days=(look.filters.as_of - since).days,
            )
        ]

    def is_for(self, role: Role) -> bool:
        return opens(role, reading())


RULES = (
    Rule(
        id="above_ceiling",
        label=Text("超过设定上限的支出", "Spending above a ceiling"),
        severity="attention",
        reason=Text(
            "{n} 项支出超过设定上限，请核对", "Spending above a ceiling set: {n}; please check"
        ),
        page="funds",
        source=Ceilings("hard"),
    ),
    Rule(
        id="worded_like_banned",
        label=Text("摘要需留意的支出", "Spending to be looked at"),
        severity="notice",
        reason=Text(
            "{n} 项支出的摘要或金额需要留意，请核对",
            "Spending to be looked at for its words or amount: {n}; please check",
        ),
        page="funds",
        source=Ceilings("soft"),
    ),
)
