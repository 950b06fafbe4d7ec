from dashboard.layout import (
    EVERYBODY,
    Breakdown,
    Ceilings,
    Page,
    Sankey,
    Table,
    Tiles,
    Trend,
    Years,
)
from dashboard.text import Text

PAGE = Page(
    path="funds",
    order=40,
    title=Text("经费", "Funds"),
    question=Text("经费从哪里来，用到哪里去？", "Where does the money come from, and go?"),
    icon=":material/payments:",
    group="board",
    rows=(
        (Tiles(("income_total", "spending_total", "balance")),),
        (Tiles(("budget_execution_rate", "member_spending_share", "spending_per_member")),),
        (
            Trend(
                ("income_total", "spending_total"),
                Text("每月收支", "Income and spending by month"),
                Text("近十二个月", "twelve months"),
                "bar",
            ),
            Breakdown(
                "spending_total",
                Text("支出构成", "Spending by subject"),
                Text("按明细科目", "by account"),
                "subject_part",
            ),
        ),
        (
            Years(
                "spending_total",
                Text("支出：与往年同期比", "Spending beside earlier years"),
                projected=True,
            ),
        ),
        (
            Sankey(
                "fund_flows",
                Text("经费流向", "Where the money goes"),
                Text("从收入到科目再到活动", "from income to subject to activity"),
            ),
        ),
        (
            Table(
                "budget_by_subject",
                Text("预算与执行", "Budget and spending"),
                hint=Text("超预算或无预算的科目在前", "over or without budget first"),
            ),
        ),
        (
            Table(
                "budget_by_subject",
                Text("未执行的预算科目", "Budget not used at all"),
                Text("有预算而尚无支出", "approved, and nothing spent so far"),
                ("state", "unspent"),
            ),
        ),
        (
            Table(
                "budget_months",
                Text("预算逐月执行", "Budget, month by month"),
                Text("累计支出", "spending so far"),
            ),
        ),
        (Ceilings(),),
        (
            Table(
                "balance_by_year",
                Text("各年收支与结余", "Each year's balance"),
                Text("期初＋收入−支出＝期末", "opening + income − spending = closing"),
            ),
            Table(
                "balance_breaks",
                Text("余额对不上的行", "Lines that break the balance"),
                Text("没有则为空", "none: empty"),
            ),
        ),
    ),
    seen_by=EVERYBODY,
)
