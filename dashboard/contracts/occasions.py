"""What activities are told by: whom for, how the plan stands, where a cost is known from."""

from __future__ import annotations

from dashboard.contracts.model import Code, CodeList
from dashboard.text import Text

AUDIENCE = CodeList(
    "audience",
    (
        Code("all", Text("全体", "Everyone")),
        Code("female", Text("女教职工", "Women")),
        Code("male", Text("男教职工", "Men")),
        Code("young", Text("青年", "The young")),
        Code("department", Text("某一部门", "One department")),
        Code("other", Text("其他", "Others")),
    ),
)
PLAN_STATE = CodeList(
    "plan_state",
    (
        Code("held", Text("已开展", "Held")),
        Code("not_held", Text("未开展", "Due, not held")),
        Code("cancelled", Text("已取消", "Cancelled")),
        Code("unplanned", Text("计划外", "Outside the plan")),
        Code("not_due", Text("未到期", "Not due yet")),
    ),
)
COST_FROM = CodeList(
    "cost_from",
    (
        Code("ledger", Text("经费账", "Ledger")),
        Code("register", Text("活动台账", "Activity register")),
    ),
)
SPENDING_DOUBT = CodeList(
    "spending_doubt",
    (
        Code("unknown", Text("当年没有这个活动，请核对", "No such activity that year: check")),
        Code(
            "several", Text("当年有几个同名活动，请核对", "Several of this name that year: check")
        ),
    ),
)
TIMES_SEEN = CodeList(
    "times_seen",
    (
        Code("0", Text("从未参加", "Never")),
        Code("1", Text("1 次", "Once")),
        Code("2", Text("2 次", "Twice")),
        Code("3", Text("3 次", "3 times")),
        Code("4", Text("4–9 次", "4–9 times")),
        Code("10", Text("10 次及以上", "10 times or more")),
    ),
)
