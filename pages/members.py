from dashboard.layout import EVERYBODY, Breakdown, Moves, Page, Table, Tiles, Trend, Unmet
from dashboard.text import Text

PAGE = Page(
    path="members",
    order=20,
    title=Text("会员", "Members"),
    question=Text("谁入了会，谁还没有？", "Who has joined, and who has not?"),
    icon=":material/group:",
    group="board",
    rows=(
        (Tiles(("enrollment_rate", "service_card_rate", "members_joined", "members_left")),),
        (
            Breakdown(
                "enrollment_rate",
                Text("入会率", "Enrolment"),
                Text("虚线为目标，点一条看名单", "click a bar for its people"),
                choices=("department", "employment_type", "sex", "age_band"),
            ),
            Unmet("enrollment_rate", Text("入职早的在前", "longest here first")),
        ),
        (
            Moves(
                "members_joined",
                "members_left",
                "member_moves_by_roster",
                Text("会员进出", "Joined and left"),
                Text("每期名册与上一期相比", "roster by roster"),
            ),
            Table(
                "member_moves_list",
                Text("本期变动名单", "Who joined, left, moved"),
                Text("近的在前", "latest first"),
            ),
        ),
        (Tiles(("member_total", "staff_total", "female_share")),),
        (
            Trend(
                ("member_total", "staff_total"),
                Text("会员数与职工数", "Members and staff"),
                Text("近十二个月月末", "at each month's end"),
            ),
            Breakdown(
                "member_total",
                Text("会员构成", "Who the members are"),
                choices=("department", "employment_type", "sex", "age_band"),
            ),
        ),
        (
            Unmet("service_card_rate", Text("新入会的在前", "newest members first")),
            Breakdown(
                "service_card_rate",
                Text("服务卡办卡率", "Service cards"),
                Text("按用工类型", "by employment"),
                "employment_type",
            ),
        ),
        (
            Table(
                "birthdays",
                Text("生日名单", "Birthdays"),
                Text(
                    "数据截至日的当月和下月；2 月 29 日出生的，平年列 2 月 28 日",
                    "by the as-of day; 29 Feb stands under 28 Feb in common years",
                ),
            ),
        ),
    ),
    seen_by=EVERYBODY,
)
