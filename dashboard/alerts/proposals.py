"""Proposals that wait: past their due day, or soon."""

from __future__ import annotations

from dashboard.alerts.listed import Listed
from dashboard.alerts.model import Rule
from dashboard.text import Text

RULES = (
    Rule(
        id="proposals_overdue",
        label=Text("提案逾期", "Proposals overdue"),
        severity="urgent",
        reason=Text(
            "{n} 件提案已到要求办结日期仍未答复，最早的是 {due_on}",
            "Proposals due and not answered: {n}, the first was due on {due_on}",
        ),
        page="proposals",
        source=Listed("proposals_open", state="overdue", since="due_on"),
    ),
    Rule(
        id="proposals_due_soon",
        label=Text("提案即将到期", "Proposals due soon"),
        severity="attention",
        reason=Text(
            "{n} 件提案将在 {due_soon_days} 天内到期，最早的是 {due_on}",
            "Proposals due within {due_soon_days} days: {n}, the first on {due_on}",
        ),
        page="proposals",
        source=Listed("proposals_open", state="due_soon"),
    ),
)
