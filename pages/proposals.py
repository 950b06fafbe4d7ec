from dashboard.layout import Breakdown, Funnel, Page, Table, Tiles
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
        (Tiles(("follow_up_rate", "resolution_rate", "satisfaction_rate")),),
        (
            Breakdown(
                "follow_up_rate",
                Text("各部门提案落实率", "Follow-up by department"),
                Text("按提案人部门", "by the proposer's department"),
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
        (
            Table(
                "proposals_overdue",
                Text("逾期未办", "Overdue without an answer"),
                Text("期限在数据截至日或之前", "due on or before the as-of date"),
            ),
            Breakdown(
                "proposals_submitted",
                Text("提案类别", "Kinds of proposal"),
                by="proposal_kind",
            ),
        ),
    ),
)
