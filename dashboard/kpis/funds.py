"""经费: where the money comes from and goes. The cash book knows no departments."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dashboard.kpis.model import Kpi, Measure
from dashboard.text import Text

_SPENT_THEN = "spent_on between span.start and span.as_of"
_YUAN = Text("元", "yuan")
_SPENDING = Measure("ledger_lines", "ledger", _SPENT_THEN, "expense", "expense <> 0")
_Fund = partial(Kpi, subject="funds")

KPIS = (
    _Fund(
        id="income_total",
        by=("subject", "subject_part"),
        order=90,
        label=Text("收入", "Income"),
        why=Text("一年有多少钱可用，从哪里来。", "How much there is to use, and from where."),
        formula=Text(
            "期内各笔收入之和，不含上年结余", "the sum of all income; opening balances are none"
        ),
        unit="yuan",
        numerator=Measure("ledger_lines", "ledger", _SPENT_THEN, "income", "income <> 0"),
        needs=("ledger",),
        source=Text(
            "工会经费的来源：工会法第四十三条；汇总方法：通行口径",
            "Sources of union funds: Trade Union Law art. 43; how they are summed: practice",
        ),
        counted=_YUAN,
    ),
    _Fund(
        id="spending_total",
        by=("subject", "subject_part"),
        order=100,
        label=Text("支出", "Spending"),
        why=Text("钱用了多少。", "How much was spent."),
        formula=Text(
            "期内各笔支出之和，未归类的科目同样计入",
            "the sum of all spending, unclassified subjects included",
        ),
        unit="yuan",
        numerator=_SPENDING,
        needs=("ledger",),
        source=Text(
            "经费独立核算：工会法第四十五条；汇总方法：通行口径",
            "Separate accounts: Trade Union Law art. 45; how it is summed: practice",
        ),
        counted=_YUAN,
    ),
    _Fund(
        id="balance",
        order=110,
        label=Text("结余", "Balance"),
        why=Text("账上还有多少钱。", "How much is left in the book."),
        formula=Text(
            "上年结余 + 收入 − 支出，截至当日；账内每一处结余行重新核定余额",
            "opening balance + income − spending up to that day; every opening row in the book"
            " sets the balance anew",
        ),
        unit="yuan",
        numerator=Measure("cash_book", "ledger", "spent_on <= span.as_of", "change"),
        needs=("ledger",),
        source=Text("经费收支明细账的余额栏：通行口径", "The cash book's own balance: practice"),
        counted=_YUAN,
    ),
    _Fund(
        id="budget_execution_rate",
        by=("subject",),
        order=120,
        label=Text("预算执行率", "Budget execution rate"),
        why=Text(
            "钱是否按批准的预算用：过低是没有办事，超过100%是超预算。",
            "Whether money is used as approved: too low is work undone, over 100% is overspending.",
        ),
        formula=Text(
            "当年截至当日的支出 ÷ 当年核定的支出预算（有调整的按调整后）；"
            "一级科目有数时不再加其明细",
            "spending of the calendar year up to that day ÷ that year's approved spending budget"
            " (as adjusted); parts are not added where their level-1 subject has an amount",
        ),
        unit="ratio",
        numerator=Measure(
            "ledger_lines",
            "ledger",
            "year(spent_on) = year(span.as_of) and spent_on <= span.as_of",
            "expense",
            "expense <> 0",
        ),
        denominator=Measure(
            "budget_lines", "budget", "in_year = year(span.as_of)", "amount", "kind = 'expense'"
        ),
        needs=("ledger", "budget"),
        source=Text(
            "工会法第四十五条（预算、决算）；预决算表“完成预算%”栏：通行口径",
            "Trade Union Law art. 45 (budget and accounts); the form's column '% of budget':"
            " practice",
        ),
        counted=_YUAN,
    ),
    _Fund(
        id="member_spending_share",
        order=130,
        label=Text("职工活动支出占比", "Share spent on members' activities"),
        why=Text(
            "经费有多少直接用在职工活动上。", "How much of the money goes to members' activities."
        ),
        formula=Text(
            "一级科目“职工活动支出”的支出 ÷ 全部支出",
            "spending on the level-1 subject 职工活动支出 ÷ all spending",
        ),
        unit="ratio",
        numerator=replace(_SPENDING, of="expense <> 0 and level1 = '职工活动支出'"),
        denominator=_SPENDING,
        needs=("ledger",),
        source=Text(
            "科目名称按工会会计科目（data/rules/subjects.toml）；比率：通行口径",
            "Subjects as in the chart of accounts (data/rules/subjects.toml); the ratio: practice",
        ),
        trend="rolling",
        counted=_YUAN,
    ),
    _Fund(
        id="spending_per_member",
        order=140,
        label=Text("人均支出", "Spending per member"),
        why=Text(
            "便于与上年比较，不受会员人数变化的影响。",
            "Comparable with the year before, whatever the number of members.",
        ),
        formula=Text("期内支出 ÷ 期末会员数", "spending ÷ members at the end of the period"),
        unit="yuan_per_person",
        numerator=_SPENDING,
        denominator=Measure(
            "member_spells", "member", "span.as_of >= valid_from and span.as_of < valid_to"
        ),
        needs=("ledger", "members"),
        source=Text("通行口径", "Practice"),
        trend="rolling",
        counted=Text("元/人", "yuan per member"),
    ),
)
