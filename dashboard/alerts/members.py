"""People the registers leave in doubt."""

from __future__ import annotations

from dashboard.alerts.listed import Listed
from dashboard.alerts.model import Rule
from dashboard.text import Text

RULES = (
    Rule(
        id="members_not_on_staff",
        label=Text("会员不在教职工名册", "Members not on the staff roster"),
        severity="notice",
        reason=Text(
            "{n} 名会员不在当日的教职工名册中，不计入入会率，请核对",
            "Members not on the staff roster of the day, so not in the enrolment rate: {n};"
            " please check",
        ),
        page="upload",
        source=Listed("members_not_on_staff"),
    ),
    Rule(
        id="ambiguous_people",
        label=Text("人员无法区分", "People who cannot be told apart"),
        severity="notice",
        reason=Text(
            "{n} 行人员可能对应不同的人，没有合并，请补填工号或部门",
            "Rows that could be several people and were merged with none: {n}; please add the"
            " staff number or department",
        ),
        page="upload",
        source=Listed("ambiguous_people", since="on_day"),
    ),
)
