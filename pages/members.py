from dashboard.layout import Breakdown, Page, Tiles, Trend, Unmet
from dashboard.text import Text

PAGE = Page(
    path="members",
    order=20,
    title=Text("会员", "Members"),
    question=Text("谁入了会，谁还没有？", "Who has joined, and who has not?"),
    icon=":material/group:",
    group="board",
    rows=(
        (Tiles(("enrollment_rate", "service_card_rate", "member_total", "staff_total")),),
        (
            Breakdown(
                "enrollment_rate",
                Text("各部门入会率", "Enrolment by department"),
                Text("虚线为目标", "the dotted line is the target"),
            ),
            Trend(
                ("member_total", "staff_total"),
                Text("会员数与职工数", "Members and staff"),
                Text("近十二个月月末", "at each month's end"),
            ),
        ),
        (
            Breakdown(
                "enrollment_rate",
                Text("用工类型与入会", "Membership by kind of employment"),
                Text("会员占该类职工的比例", "members' share of that staff"),
                "employment_type",
            ),
            Unmet("enrollment_rate", Text("按入职先后", "by date of hire")),
        ),
    ),
)
