from dashboard.layout import (
    EVERYBODY,
    Breakdown,
    CalendarHeat,
    Page,
    Table,
    Tiles,
    Trend,
    Unmet,
    Years,
)
from dashboard.text import Text

PAGE = Page(
    path="activities",
    order=30,
    title=Text("活动", "Activities"),
    question=Text(
        "办了哪些活动，谁来参加，计划落下了什么？",
        "What was held, who came, and what of the plan is late?",
    ),
    icon=":material/sports_tennis:",
    group="board",
    rows=(
        (
            Tiles(
                ("participation_rate", "coverage_rate", "activities_held", "plan_completion_rate")
            ),
        ),
        (
            CalendarHeat(
                "activity_calendar",
                Text("活动日历", "Calendar of activities"),
                Text("近十二个月，点一格看活动", "twelve months; choose a cell"),
            ),
            Breakdown(
                "plan_and_beyond",
                Text("计划与实际", "Plan and reality"),
                Text("到期的计划与计划外活动", "items due, and beyond"),
                "plan_state",
            ),
        ),
        (
            Table(
                "plan_against_held",
                Text("计划落实情况", "The plan, item by item"),
                Text("未开展的在最前", "what was not held comes first"),
            ),
        ),
        (
            Trend(
                ("participation_rate",),
                Text("活动参与率", "Participation"),
                Text("近十二个月，缺口为当月无活动", "a gap: a month without any"),
            ),
            Breakdown(
                "participation_rate",
                Text("谁来参加", "Who came"),
                Text("实到 ÷ 应到", "attended ÷ invited"),
                choices=("activity_kind", "audience", "department"),
            ),
        ),
        (
            Years(
                "participation_rate",
                Text("参与率：与往年同期比", "Participation beside earlier years"),
                projected=True,
            ),
        ),
        (
            Breakdown(
                "members_by_times",
                Text("会员参加了几次", "How often members came"),
                Text("按期内签到的活动数", "by activities signed in at"),
                "times_seen",
            ),
            Breakdown(
                "coverage_rate",
                Text("各部门参与覆盖率", "Coverage by department"),
                Text("至少参加过一次", "at least once"),
            ),
        ),
        (Unmet("coverage_rate", Text("期内没有签到记录", "no sign-in within the period")),),
        (
            Table(
                "activities_list",
                Text("活动清单", "List of activities"),
                Text(
                    "点一行看台账原文、签到表和支出", "a row opens its register, sign-ins, spending"
                ),
            ),
        ),
        (
            Breakdown(
                "cost_per_participant",
                Text("各类活动人均费用", "Cost per participant by kind"),
                Text("费用 ÷ 参加人数", "cost ÷ people who took part"),
                "activity_kind",
            ),
            Table(
                "activity_spending_doubts",
                Text("对不上活动的支出", "Spending that fits no activity"),
                Text(
                    "账上写了活动名称，台账里找不到或不止一个",
                    "named in the ledger, not known here",
                ),
            ),
        ),
    ),
    seen_by=EVERYBODY,
)
