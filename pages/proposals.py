from dashboard.layout import EVERYBODY, Breakdown, Funnel, Page, Table, Tiles, Years
from dashboard.text import Text

PAGE = Page(
    path="proposals",
    order=50,
    title=Text("提案", "Proposals"),
    question=Text("职工的意见办得怎么样？", "What became of what staff proposed?"),
    icon=":material/how_to_vote:",
    group="board",
    rows=(
        (Tiles(("filing_rate", "reply_rate", "on_time_rate", "overdue_open")),),
        (Tiles(("follow_up_rate", "resolution_rate", "satisfaction_rate", "open_cases")),),
        (
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
            Breakdown(
                "open_cases",
                Text("未答复提案已等待", "How long open cases have waited"),
                Text("自交办起，含往期", "since they were assigned"),
                "waiting",
            ),
        ),
        (
            Table(
                "proposals_overdue",
                Text("逾期未办", "Overdue without an answer"),
                Text("期限在数据截至日或之前，含往期", "due on or before the as-of date"),
            ),
        ),
        (
            Table(
                "proposals_due_soon",
                Text("即将到期", "Due soon"),
                Text("提前多少天可在设置中修改", "how soon is a setting"),
            ),
        ),
        (
            Table(
                "proposal_leads",
                Text("各主办部门", "By lead office"),
                Text(
                    "本期征集的；中位天数把未答复的按仍在办理计",
                    "those of the period; medians count open cases as running",
                ),
            ),
        ),
        (
            Breakdown(
                "proposals_submitted",
                Text("提案类别", "Kinds of proposal"),
                Text("征集件数", "handed in"),
                "proposal_kind",
            ),
            Breakdown(
                "follow_up_rate",
                Text("各部门提案落实率", "Follow-up by department"),
                Text("按提案人部门", "by the proposer's department"),
            ),
        ),
        (
            Years(
                "proposals_submitted",
                Text("征集件数：与往年同期比", "Proposals beside earlier years"),
                projected=True,
            ),
        ),
        (
            Table(
                "proposal_sessions",
                Text("各届次对比", "Sessions side by side"),
                Text("不限所选时间段", "whatever the period chosen"),
            ),
        ),
        (Table("proposals_open", Text("全部未答复", "All that wait for an answer")),),
        (
            Table(
                "proposals_reopened",
                Text("重新办理与不满意", "Reopened, or found unsatisfactory"),
            ),
        ),
    ),
    seen_by=EVERYBODY,
)
