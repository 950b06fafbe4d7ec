"""What is said of a proposal's clock: how long it has waited, how it stands, why it comes again."""

from __future__ import annotations

from dashboard.contracts.model import Code, CodeList
from dashboard.text import Text

WAITING = CodeList(
    "waiting",
    (
        Code("7", Text("7 天以内", "up to 7 days")),
        Code("15", Text("8–15 天", "8–15 days")),
        Code("30", Text("16–30 天", "16–30 days")),
        Code("60", Text("31–60 天", "31–60 days")),
        Code("61", Text("60 天以上", "over 60 days")),
    ),
)
PROPOSAL_STATE = CodeList(
    "proposal_state",
    (
        Code("overdue", Text("已逾期", "Overdue")),
        Code("due_soon", Text("即将到期", "Due soon")),
        Code("unassigned", Text("待交办", "Not assigned")),
        Code("no_due_day", Text("未定期限", "No due day")),
        Code("in_hand", Text("办理中", "In hand")),
    ),
)
PROPOSAL_AGAIN = CodeList(
    "proposal_again",
    (
        Code("reopened", Text("重新办理", "Handled anew")),
        Code("unsatisfied", Text("提案人不满意，请核对", "Proposer not satisfied: check")),
    ),
)
