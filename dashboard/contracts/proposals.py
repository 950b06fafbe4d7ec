"""提案登记: a proposal of the staff congress, from hand-in to the proposer's verdict."""

from __future__ import annotations

from dashboard.contracts import codes
from dashboard.contracts.model import Column, Dataset, Row, Surroundings
from dashboard.contracts.people import NOTE
from dashboard.contracts.spelling import plain, plain_number
from dashboard.text import Text

_ORDER = (
    ("filed_on", "submitted_on"),
    ("assigned_on", "submitted_on"),
    ("replied_on", "assigned_on"),
    ("replied_on", "submitted_on"),
)
# A row with none of them is no case: 一、立案提案（2件） over its cases, a remark below them.
_CASE = (
    *("title", "proposer", "grounds", "suggestion", "lead", "review", "outcome", "submitted_on"),
    *("reply", "replied_on", "satisfaction", "status"),
)
# The number in 2, 第2号, 并入2号, 与3号并案, 并案（A-7号）; there is none in 第三次会议立案.
_NUMBER = (
    r"(?:^|第|[入与與和同到至於于]|[并並合]案[(:]?)"
    r"((?:[A-Za-z]{1,4}-?)?\d[0-9A-Za-z\-]*)(?:[号號]|$)"
)


def key(row: Row) -> str:
    """Numbers start anew with each session, so session and year of hand-in join the number."""
    day = row.get("submitted_on")
    what = plain_number(row.get("proposal_no")) or plain(row.get("title") or "")
    session = plain(f"{row.get('session') or ''}{row.get('meeting') or ''}")
    return f"{session}|{what}|{day.year if day else ''}"


def finish(row: Row, around: Surroundings) -> list[tuple[str, str]]:
    """A case with a filing day or an outcome was filed; days must follow one another.

    Without a day of hand-in the case's own first day, else the title's, says which year it is of.
    """
    if not any(row.get(name) for name in _CASE):
        return [("required_empty", "title")]
    flaws: list[tuple[str, str]] = []
    if row.get("review") is None and (row.get("filed_on") or row.get("outcome")):
        row["review"] = "filed"
    if row.get("submitted_on") is None:
        row["submitted_on"] = row.get("filed_on") or row.get("assigned_on") or around.start
        if row["submitted_on"] is None:
            return [("required_empty", "submitted_on")]
        flaws.append(("day_assumed", "submitted_on"))
    return flaws + [
        ("wrong_order", later)
        for later, earlier in _ORDER
        if row.get(later) and row.get(earlier) and row[later] < row[earlier]
    ]


def _day(name: str, zh: str, en: str, *headers: str, strict: bool = False) -> Column:
    return Column(name, Text(zh, en), "date", headers, strict=strict)


DATASET = Dataset(
    name="proposals",
    label=Text("提案登记", "Proposals"),
    shape="record",
    on_delete="unname",
    key=key,
    titles=(
        "提案",
        "提案登记",
        "提案汇总",
        "提案办理",
        "教代会提案",
        "议案",
        "proposals",
    ),
    finish=finish,
    dated=("submitted_on",),
    evidence=("review", "title", "outcome", "lead", "proposer"),
    columns=(
        Column(
            "proposal_no",
            Text("提案编号", "Proposal number"),
            "id",
            ("编号", "提案号", "案号", "proposal id", "no"),
        ),
        Column(
            "session",
            Text("届次", "Session"),
            "label",
            ("届", "会议届次", "教代会届次", "届别"),
        ),
        Column("meeting", Text("次", "Meeting"), "label", ("次数", "会次")),
        Column(
            "occasion",
            Text("会议或平时", "Occasion"),
            "code",
            ("会上平时", "提出场合"),
            codes=codes.OCCASION,
        ),
        _day(
            "submitted_on",
            "征集日期",
            "Submitted on",
            "提出时间",
            "提案时间",
            "提出日期",
            "提案日期",
            "提交日期",
            "提交时间",
            "征集时间",
            "收到日期",
            "date submitted",
            strict=True,
        ),
        Column(
            "proposer",
            Text("提案人", "Proposer"),
            "name",
            ("提出人", "领衔人", "第一提案人", "提案者", "proposed by"),
            several="joined",
        ),
        Column(
            "seconders",
            Text("附议人", "Seconders"),
            "name",
            ("附议", "联名人", "复议人", "联署人"),
            several="joined",
        ),
        Column(
            "department",
            Text("部门", "Department"),
            "label",
            (
                "代表团",
                "部门代表团",
                "提案部门",
                "所在部门",
                "所属部门",
                "提案人部门",
                "代表组",
            ),
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            "label",
            ("提案类别", "类型", "提案类型", "分类", "category"),
        ),
        Column(
            "title",
            Text("案由", "Title"),
            "text",
            (
                "提案标题",
                "案名",
                "题目",
                "提案名称",
                "提案题目",
                "提案案由",
                "提案内容",
                "标题",
                "subject",
            ),
        ),
        Column("grounds", Text("理由", "Grounds"), "text", ("提案理由", "情况分析")),
        Column(
            "suggestion",
            Text("建议", "Suggestion"),
            "text",
            ("建议措施", "措施", "建议和措施", "具体建议"),
        ),
        Column(
            "review",
            Text("审查结果", "Review"),
            "code",
            (
                "立案情况",
                "是否立案",
                "审查意见",
                "立案审查",
                "立案结果",
                "审查情况",
                "处理结果",
                "立案与否",
            ),
            codes=codes.REVIEW,
            also=("merged_into",),
        ),
        Column(
            "merged_into",
            Text("并入编号", "Merged into"),
            "id",
            ("并入", "并案编号", "并入提案编号"),
            within=_NUMBER,
        ),
        _day("filed_on", "立案日期", "Filed on", "立案时间"),
        Column(
            "lead",
            Text("主办部门", "Lead office"),
            "label",
            (
                "主办",
                "承办部门",
                "执行单位",
                "责任部门",
                "承办单位",
                "主办单位",
                "承办",
                "办理部门",
            ),
        ),
        Column(
            "handling",
            Text("办理类型", "Handling"),
            "code",
            ("办理方式", "承办方式"),
            codes=codes.HANDLING,
        ),
        Column(
            "support",
            Text("协办部门", "Supporting office"),
            "label",
            ("协办", "协办单位"),
        ),
        _day("assigned_on", "交办日期", "Assigned on", "交办时间"),
        _day(
            "due_on",
            "要求办结日期",
            "Due on",
            "办结期限",
            "答复期限",
            "要求答复日期",
            "要求答复时间",
            "主办时限",
            "办理期限",
            "要求办结时间",
            "应办结日期",
            "限办日期",
            "截止日期",
            "due date",
        ),
        _day(
            "replied_on",
            "答复日期",
            "Replied on",
            "答复时间",
            "办复日期",
            "回复日期",
            "实际办结日期",
            "办结日期",
            "办复时间",
            "办结时间",
            "reply date",
        ),
        Column(
            "reply",
            Text("答复意见", "Reply"),
            "text",
            ("处理意见", "复文摘要", "答复内容", "办理情况"),
        ),
        Column(
            "outcome",
            Text("办理结果", "Outcome"),
            "code",
            (
                "解决程度",
                "落实情况",
                "办理结果类别",
                "答复类别",
                "办理类别",
                "办理程度",
                "结果",
            ),
            codes=codes.OUTCOME,
        ),
        Column(
            "satisfaction",
            Text("满意度", "Satisfaction"),
            "code",
            ("提案人意见", "满意程度", "反馈意见", "评价", "满意度评价", "满意情况"),
            codes=codes.SATISFACTION,
        ),
        _day("implemented_on", "落实日期", "Carried out on", "落实时间"),
        Column(
            "status",
            Text("状态", "Status"),
            "code",
            ("办理状态", "提案状态", "进度"),
            codes=codes.PROPOSAL_STATUS,
        ),
        NOTE,
    ),
)
