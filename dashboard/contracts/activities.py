"""活动台账 / 计划: what was planned, for whom, and what was held."""

from __future__ import annotations

import re

from dashboard.contracts import codes
from dashboard.contracts.model import Column, Dataset, Row, Surroundings
from dashboard.contracts.people import DEPARTMENT, NOTE
from dashboard.contracts.seen import Seen
from dashboard.contracts.spelling import plain
from dashboard.text import Text

# A day and a name alone make no activity: purchases, trips and candidates have both.
_TELLING = frozenset(
    ("planned", "school_year", "place", "owner", "audience", "expected", "attended", "status")
)
_ABOUT = re.compile(
    r"活动|活動|计划|計劃|安排|大事记|工作(?![表簿])|activit|event|\bplan", re.IGNORECASE
)


def against(seen: Seen) -> bool:
    """Neither a column of its own nor a word speaks of activities."""
    spoken = _ABOUT.search(seen.words) is not None or seen.names(_ABOUT) > 0
    return not spoken and not _TELLING & seen.fields


def key(row: Row) -> str:
    """The number with its year, for numbers start anew; else the name and when it is planned (a
    monthly meeting is planned many times), or held.
    """
    what = f"{plain(row.get('activity_no') or '')}|{plain(row.get('name') or '')}"
    day = row.get("planned_from") or row.get("held_on")
    if row.get("activity_no"):
        return f"{what}|{day.year if day else ''}"
    return f"{what}|{day}"


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """Counts must make sense together; a line with no time at all cannot be placed."""
    flaws: list[tuple[str, str]] = []
    expected, attended = row.get("expected"), row.get("attended")
    if expected is not None and attended is not None and attended > expected:
        flaws.append(("more_than_expected", "attended"))
    if row.get("planned_to") is None and row.get("held_on") is None:
        flaws.append(("no_time", "held_on"))
    return flaws


DATASET = Dataset(
    name="activities",
    label=Text("活动台账", "Activity register"),
    shape="record",
    on_delete="unname",
    key=key,
    titles=(
        "活动台账",
        "活动计划",
        "活动安排",
        "工作计划",
        "活动登记",
        "活动一览",
        "活动汇总",
        "工作安排",
        "活动记录",
        "activities",
        "activity plan",
    ),
    finish=finish,
    against=against,
    identifier="activity_no",
    apart=("department", "owner", "place"),
    dated=("planned_from", "held_on"),
    evidence=("held_on", "planned"),
    columns=(
        Column(
            "activity_no",
            Text("活动编号", "Activity number"),
            "id",
            ("编号", "活动id", "activity id", "no"),
        ),
        Column(
            "name",
            Text("活动名称", "Activity"),
            "label",
            (
                "名称",
                "活动",
                "活动内容",
                "活动主题",
                "事项",
                "项目",
                "主题",
                "工作内容",
                "工作事项",
                "活动项目",
                "内容",
                "activity name",
                "event",
                "title",
            ),
            required=True,
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            "code",
            ("活动类别", "类型", "活动类型", "分类", "category", "type"),
            codes=codes.ACTIVITY_KIND,
        ),
        Column(
            "planned",
            Text("计划时间", "Planned for"),
            "period",
            (
                "计划月份",
                "月份",
                "计划日期",
                "拟定时间",
                "预定时间",
                "期间",
                "月份期间",
                "计划开展时间",
                "计划期间",
                "planned month",
                "planned date",
            ),
        ),
        Column(
            "school_year",
            Text("学年", "School year"),
            "label",
            ("年度", "学年度"),
            dates=True,
        ),
        Column(
            "held_on",
            Text("实际日期", "Held on"),
            "date",
            (
                "日期",
                "活动日期",
                "活动时间",
                "时间",
                "开展日期",
                "举办时间",
                "实际时间",
                "开展时间",
                "举办日期",
                "实际开展日期",
                "完成日期",
                "date",
                "held date",
                "actual date",
            ),
        ),
        Column(
            "place",
            Text("地点", "Place"),
            "label",
            ("活动地点", "场地", "venue", "location"),
        ),
        Column(
            "owner",
            Text("负责人", "In charge"),
            "name",
            (
                "责任人",
                "组织者",
                "牵头人",
                "主办人",
                "活动负责人",
                "organizer",
                "organiser",
            ),
            several="joined",
        ),
        Column(
            "audience",
            Text("对象", "For whom"),
            "label",
            (
                "参加对象",
                "参与对象",
                "活动对象",
                "参加范围",
                "参加人员",
                "audience",
                "target group",
            ),
        ),
        Column(
            "expected",
            Text("应到", "Invited"),
            "count",
            (
                "应到人数",
                "应参加人数",
                "应参加",
                "应到数",
                "计划人数",
                "invited",
                "expected count",
            ),
        ),
        Column(
            "attended",
            Text("实到", "Attended"),
            "count",
            (
                "实到人数",
                "参加人数",
                "参与人数",
                "实际参加人数",
                "实到数",
                "人数",
                "present",
                "attendees",
            ),
        ),
        Column(
            "budget",
            Text("预算", "Budget"),
            "money",
            ("预算金额", "活动预算", "预算经费", "经费预算"),
        ),
        Column(
            "cost",
            Text("决算", "Cost"),
            "money",
            (
                "决算金额",
                "实际支出",
                "实际费用",
                "费用",
                "活动经费",
                "花费",
                "actual cost",
            ),
        ),
        Column(
            "status",
            Text("状态", "Status"),
            "code",
            ("完成情况", "活动状态", "开展情况", "是否完成", "落实情况", "完成状态"),
            codes=codes.ACTIVITY_STATUS,
        ),
        DEPARTMENT,
        Column("evidence", Text("佐证", "Evidence"), "text", ("佐证材料", "资料", "附件")),
        NOTE,
    ),
)
