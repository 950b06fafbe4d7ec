"""教代会表决: a motion put to the vote at a session of the staff congress, and its count."""

from __future__ import annotations

import re

from dashboard.contracts import ballots
from dashboard.contracts.model import Column, Dataset, Row, Surroundings
from dashboard.contracts.people import NOTE
from dashboard.contracts.spelling import folded, plain
from dashboard.text import Text

# 应到代表 42 人, 实到：40: a sheet says once, above its table, how many came.
_TOLD = {
    "due": re.compile(r"[应應](?:到|出席)[^\d实實列]{0,8}?(\d{1,5})(?!\d)"),
    "present": re.compile(r"[实實](?:到|[际際]出席)[^\d应應列]{0,8}?(\d{1,5})(?!\d)"),
    "observers": re.compile(r"列席[^\d应應实實]{0,8}?(\d{1,5})(?!\d)"),
}
_COUNTING = r"[一二三四五六七八九十\d]{1,3}"
_SESSION = re.compile(rf"第?({_COUNTING})[届屆]\s*第?({_COUNTING})次")


def key(row: Row) -> str:
    """A motion is voted on once a day."""
    motion = row.get("motion") or ""
    return f"{row.get('held_on')}|{plain(motion) or motion}"


def session_in(text: str) -> str | None:
    """七届二次 in 第七届第二次教职工代表大会; None where no session is named."""
    found = _SESSION.search(text)
    return f"{found[1]}届{found[2]}次" if found else None


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """What stands once above the table holds for its rows; the counts must make sense together."""
    for name, told in _TOLD.items():
        if row.get(name) is None and (found := told.search(folded(around.title))):
            row[name] = int(found[1])
    if row.get("session") is None:
        row["session"] = session_in(f"{row.get('meeting') or ''} {around.words}")
    flaws = ballots.flaws(row)
    if row.get("held_on") is None:
        row["held_on"] = around.day or around.start
        if row["held_on"] is None:
            return [("required_empty", "held_on")]
        if around.day is None:
            flaws.append(("day_of_title", "held_on"))
    return flaws


def _count(name: str, zh: str, en: str, headers: str, *english: str) -> Column:
    return Column(name, Text(zh, en), "count", (*headers.split(), *english))


DATASET = Dataset(
    name="votes",
    label=Text("教代会表决", "Congress votes"),
    shape="record",
    on_delete="unname",
    key=key,
    titles=("表决", "计票结果", "congress votes", "voting record"),
    finish=finish,
    concludes=("session", *_TOLD),
    dated=("held_on",),
    evidence=("in_favour", "against", "abstained", "method"),
    columns=(
        Column(
            "session",
            Text("届次", "Session"),
            "label",
            ("届", "会议届次", "教代会届次", "届别"),
        ),
        Column(
            "meeting",
            Text("会议名称", "Meeting"),
            "label",
            ("会议", "大会名称", "会议名", "meeting name"),
        ),
        Column(
            "held_on",
            Text("日期", "Date"),
            "date",
            (
                "会议日期",
                "表决日期",
                "召开日期",
                "会议时间",
                "表决时间",
                "召开时间",
                "投票日期",
                "投票时间",
                "时间",
                "held on",
                "vote date",
                "meeting date",
            ),
            strict=True,
        ),
        Column(
            "motion",
            Text("议题", "Motion"),
            "text",
            (
                "议案",
                "议题名称",
                "议案名称",
                "议题内容",
                "议案内容",
                "表决事项",
                "表决议题",
                "表决议案",
                "表决内容",
                "表决项目",
                "审议事项",
                "审议议题",
                "审议内容",
                "提请表决事项",
                "议程",
                "事项",
                "resolution",
                "agenda item",
            ),
            required=True,
        ),
        Column(
            "method",
            Text("表决方式", "Method"),
            "code",
            ("表决形式", "投票方式", "投票形式", "通过方式", "voting method"),
            codes=ballots.VOTE_METHOD,
        ),
        _count(
            "due",
            "应到",
            "Delegates",
            "应到代表 应到人数 应到数 应到代表数 应到代表人数 应到会人数 应到会代表 "
            "应出席 应出席人数 应出席代表 应出席代表数 代表总数 代表人数 全体代表 "
            "全体代表数 正式代表 正式代表数",
            "delegates due",
            "total delegates",
        ),
        _count(
            "present",
            "实到",
            "Present",
            "实到代表 实到人数 实到数 实到代表数 实到代表人数 实到会人数 实到会代表 "
            "到会人数 到会代表 出席 出席人数 出席代表 出席代表数 实际出席 实际出席人数",
            "delegates present",
            "attended",
        ),
        _count(
            "observers",
            "列席",
            "Observers",
            "列席人数 列席代表 列席代表数",
        ),
        _count(
            "issued",
            "发出",
            "Ballots issued",
            "发出票数 发出选票 发出表决票 发出张数 发放票数 发放表决票 发票数 发放",
            "issued",
        ),
        _count(
            "returned",
            "收回",
            "Ballots returned",
            "收回票数 收回选票 收回表决票 收回张数 回收 回收票数 回收表决票",
            "returned",
        ),
        _count(
            "valid",
            "有效",
            "Valid",
            "有效票 有效票数 有效表决票",
            "valid ballots",
        ),
        _count(
            "void",
            "废票",
            "Void",
            "废票数 无效 无效票 无效票数 作废 作废票",
            "void ballots",
            "invalid",
            "spoilt",
        ),
        _count(
            "in_favour",
            "赞成",
            "In favour",
            "赞成票 赞成票数 赞成人数 同意 同意票 同意票数 同意人数",
            "in favor",
            "votes for",
            "for",
        ),
        _count(
            "against",
            "反对",
            "Against",
            "反对票 反对票数 反对人数 不同意 不同意票 不同意票数 不同意人数 不赞成",
            "votes against",
        ),
        _count(
            "abstained",
            "弃权",
            "Abstained",
            "弃权票 弃权票数 弃权人数",
            "abstain",
            "abstentions",
        ),
        Column(
            "result",
            Text("结果", "Result"),
            "code",
            (
                "表决结果",
                "是否通过",
                "通过情况",
                "审议结果",
                "投票结果",
                "决议",
                "outcome",
            ),
            codes=ballots.VOTE_RESULT,
        ),
        NOTE,
    ),
)
