"""What is said of people between two rosters, and of their birthdays; no register writes these."""

from __future__ import annotations

from dashboard.contracts.model import Code, CodeList
from dashboard.text import Text

MEMBER_MOVE = CodeList(
    "member_move",
    (
        Code("joined", Text("新入会", "Joined")),
        Code("returned", Text("重新列入", "Back again")),
        Code("moved", Text("转部门", "Moved")),
        Code("left", Text("减少", "Left")),
    ),
)
MOVE_REASON = CodeList(
    "move_reason",
    (
        Code("retired", Text("退休", "Retired")),
        Code("moved", Text("会籍转出", "Membership transferred")),
        Code("retained", Text("保留会籍", "Membership retained")),
        Code("left", Text("退会", "Left the union")),
        Code("quit", Text("离职", "Left the school")),
        Code("ended", Text("已过离职日期", "Last day is past")),
        Code("deceased", Text("去世", "Deceased")),
        Code("rehired", Text("返聘", "Re-hired")),
        Code("intern", Text("实习生", "Intern")),
        Code("applying", Text("申请中", "Applying")),
        Code("off_staff", Text("已不在职工名册", "No longer on the staff roster")),
        Code("unlisted", Text("名册未再列入，请核对", "No longer listed: check")),
        Code("unsure", Text("同名难分，请核对", "One of several namesakes: check")),
    ),
)
BIRTHDAY = CodeList(
    "birthday",
    (
        Code("this", Text("当月", "This month")),
        Code("next", Text("下月", "Next month")),
        Code("unknown", Text("未填出生日期", "No date of birth")),
    ),
)
