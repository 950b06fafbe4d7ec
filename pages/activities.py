from dashboard.layout import Breakdown, Page, Table, Tiles, Trend
from dashboard.text import Text

PAGE = Page(
    path="activities",
    order=30,
    title=Text("活动", "Activities"),
    question=Text("办了哪些活动，谁来参加？", "What was held, and who came?"),
    icon=":material/sports_tennis:",
    group="board",
    rows=(
        (
            Tiles(
                ("participation_rate", "coverage_rate", "activities_held", "plan_completion_rate")
            ),
        ),
        (
            Trend(
                ("participation_rate",),
                Text("活动参与率", "Participation"),
                Text("近十二个月，缺口为当月无活动", "a gap: a month without any"),
            ),
            Breakdown(
                "activities_held",
                Text("活动类别", "Kinds of activity"),
                Text("已开展场次", "activities held"),
                "activity_kind",
            ),
        ),
        (
            Breakdown(
                "coverage_rate",
                Text("各部门参与覆盖率", "Coverage by department"),
                Text("至少参加过一次的会员", "members seen at least once"),
            ),
        ),
        (Table("activities_list", Text("活动清单", "List of activities")),),
    ),
)
