"""Money that is not where the budget or the book says."""

from __future__ import annotations

from dashboard.alerts.listed import Listed
from dashboard.alerts.model import Rule
from dashboard.text import Text

RULES = (
    Rule(
        id="over_budget",
        label=Text("支出超预算", "Spending over budget"),
        severity="urgent",
        reason=Text(
            "{n} 个科目超预算，请核对；超出最多的是“{account}”：支出 {spent}，预算 {approved}",
            "Accounts over budget: {n}; please check. Most of all '{account}':"
            " {spent} of {approved}",
        ),
        page="funds",
        source=Listed("accounts_to_check", state="over", since="since"),
    ),
    Rule(
        id="without_budget",
        label=Text("支出无预算", "Spending without budget"),
        severity="attention",
        reason=Text(
            "{n} 个科目有支出而无预算，请核对；金额最大的是“{account}”，{spent}",
            "Accounts without a budget: {n}; please check. Most of all '{account}': {spent}",
        ),
        page="funds",
        source=Listed("accounts_to_check", state="without", since="since"),
    ),
    Rule(
        id="budget_nearly_used",
        label=Text("预算将用完", "Budget nearly used up"),
        severity="notice",
        reason=Text(
            "{n} 个科目的支出已达预算的 {budget_warning_percent}%，最多的是“{account}”（{rate}）",
            "Accounts that have used {budget_warning_percent}% of their budget: {n}, most of all"
            " '{account}' ({rate})",
        ),
        page="funds",
        source=Listed("accounts_to_check", state="nearly", since="since"),
    ),
    Rule(
        id="budget_twice",
        label=Text("预算重复", "Budget counted twice"),
        severity="attention",
        reason=Text(
            "{n} 个科目在两份预算表里都有，现在相加计算；如果是重新下发的预算，请到“上传”撤销到"
            "前一份为止，再只上传新的一份：“{account}”合计 {approved}（{files}）",
            "Subjects that two budget sheets hold, added up now: {n}. If the budget was issued"
            " again, undo back to the earlier one on the page Upload and upload the new one"
            " alone: '{account}' {approved} in all ({files})",
        ),
        page="upload",
        source=Listed("budget_twice", since="imported_on"),
    ),
    Rule(
        id="balance_breaks",
        label=Text("账面余额衔接", "Chain of balances"),
        severity="attention",
        reason=Text(
            "{n} 行账面余额与上行余额、收支对不上，请核对；最早的是 {spent_on}",
            "Lines whose balance does not follow from the one before: {n}; please check. The"
            " first is of {spent_on}",
        ),
        page="funds",
        source=Listed("balance_breaks", since="spent_on"),
    ),
)
