from dashboard.layout import EVERYBODY, Alerts, Breakdown, Funnel, Page, Tiles, Trend
from dashboard.text import Text

PAGE = Page(
    path="overview",
    order=10,
    title=Text("总览", "Overview"),
    question=Text("工会工作总体怎么样？", "How is the union doing?"),
    icon=":material/dashboard:",
    group="board",
    rows=(
        (
            Tiles(
                (
                    "enrollment_rate",
                    "participation_rate",
                    "budget_execution_rate",
                    "follow_up_rate",
                )
            ),
        ),
        (Alerts(),),
        (
            Breakdown(
                "enrollment_rate",
                Text("各部门入会率", "Enrolment by department"),
                Text("虚线为目标", "the dotted line is the target"),
            ),
            Trend(
                ("participation_rate",),
                Text("活动参与率", "Participation"),
                Text("近十二个月，缺口为当月无活动", "a gap: a month without any"),
            ),
        ),
        (
            Breakdown(
                "spending_total",
                Text("支出构成", "Spending by subject"),
                Text("按明细科目", "by account"),
                "subject_part",
            ),
            Funnel(
                (
                    "proposals_submitted",
                    "proposals_filed",
                    "proposals_assigned",
                    "proposals_replied",
                    "proposals_followed_up",
                ),
                Text("提案办理", "Proposals, step by step"),
                Text("占提交件数的比例", "share of those submitted"),
            ),
        ),
    ),
    seen_by=EVERYBODY,
)
