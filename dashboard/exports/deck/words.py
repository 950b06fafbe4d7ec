"""What the slides say of themselves."""

from __future__ import annotations

from dashboard.exhibits.model import Meeting
from dashboard.text import Text, day

AGENDA = Text("议程", "Agenda")
NAMES = {
    "hidden": Text("已隐去个人信息", "Personal details hidden"),
    "shown": Text("含个人信息", "Contains personal details"),
}
DEMO = Text("演示数据", "Demonstration data")
AS_OF = Text("数据截至 {day}", "as of {day}")
PART = Text("{title}（{part}/{parts}）", "{title} ({part}/{parts})")
REST = Text(
    "共 {all} 行，这里列出前 {shown} 行，其余见工作簿",
    "the first {shown} of {all} rows; the rest is in the workbook",
)
COLUMNS = Text("其余 {n} 列见工作簿", "{n} more columns are in the workbook")
WAY = Text("口径：{way}", "{way}")
UNIT = Text("单位：{unit}", "in {unit}")
UNSAID = Text("未显示：{list}", "Not shown: {list}")
SCOPE = Text("范围：{caption}", "Scope: {caption}")
FILES = Text("来源文件：{list}", "Source files: {list}")
NUMBERS = Text("数据（{name}）：{list}", "Numbers ({name}): {list}")
IN_FULL = Text("全称：{name}", "In full: {name}")
FLOWS = Text("来自", "From"), Text("用于", "To"), Text("金额", "Amount")
BETWEEN = Text("；", "; ")


def marks(meeting: Meeting) -> list[str]:
    """What every slide says beside its number."""
    found = [DEMO(meeting.lang)] if meeting.is_demo else []
    return [*found, NAMES[meeting.names](meeting.lang)]


def caption(meeting: Meeting) -> str:
    """The filter line; the day of the data is always in it."""
    if day(meeting.as_of) in meeting.caption:
        return meeting.caption
    told = AS_OF.format(day=day(meeting.as_of))(meeting.lang)
    return " · ".join(part for part in (meeting.caption, told) if part)
