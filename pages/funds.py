from dashboard.layout import Breakdown, Page, Table, Tiles, Trend
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
            Table(
                "budget_by_subject",
                Text("预算与执行", "Budget and spending"),
                hint=Text("超预算或无预算的科目在前", "over or without budget first"),
            ),
        ),
    ),
)
