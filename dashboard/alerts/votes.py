"""Votes of the congress whose result, as written, is not what their numbers make."""

from __future__ import annotations

from dashboard.alerts.listed import Listed
from dashboard.alerts.model import Rule
from dashboard.text import Text

RULES = (
    Rule(
        id="votes_disagree",
        label=Text("表决结果核对", "Results of votes"),
        severity="attention",
        reason=Text(
            "{n} 项议题的登记结果与所用表决规则不一致，请核对；最近的是“{motion}”（{held_on}）",
            "Motions whose result is not what the rule in force makes of their votes: {n};"
            " please check. The latest is '{motion}' ({held_on})",
        ),
        page="congress",
        source=Listed("votes_disagree", since="held_on"),
    ),
)
