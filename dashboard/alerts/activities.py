"""The year's plan that was not kept."""

from __future__ import annotations

from dashboard.alerts.listed import Listed
from dashboard.alerts.model import Rule
from dashboard.text import Text

RULES = (
    Rule(
        id="plan_items_late",
        label=Text("计划未开展", "Plan not kept"),
        severity="attention",
        reason=Text(
            "{n} 项计划已到期未开展，最早的是“{name}”（{due_on}）",
            "Items of the plan due and not held: {n}, the first is '{name}' ({due_on})",
        ),
        page="activities",
        source=Listed("plan_items_late", since="due_on"),
    ),
)
