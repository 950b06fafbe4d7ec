"""Words about money that no register writes: what a budget line came to, where money flows."""

from __future__ import annotations

from dashboard.contracts.model import Code, CodeList
from dashboard.text import Text

BUDGET_STATE = CodeList(
    "budget_state",
    (
        Code("without", Text("无预算", "No budget")),
        Code("over", Text("超预算", "Over budget")),
        Code("unspent", Text("未执行", "Unspent")),
        Code("within", Text("预算内", "Within budget")),
    ),
)

# Beside these, a place is a subject or an activity, by its own name.
FUND_PLACE = CodeList(
    "fund_place",
    (
        Code("opening", Text("期初结余", "Opening balance")),
        Code("restated", Text("账面调整", "Balance restated")),
        Code("funds", Text("工会经费", "Union funds")),
        Code("left", Text("期末结余", "Closing balance")),
        Code("未归类", Text("未归类", "Unclassified")),
    ),
)
