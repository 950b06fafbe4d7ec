"""One filled row of any register, invented: what the officer sees before writing her own.

Everyday words by field name; a field nobody thought of takes its type's. An empty word leaves the
cell empty, as it would be in that row. The people and the events are fictional.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.contracts.model import Column
from dashboard.exports.neutral import Value
from dashboard.text import Lang

AS_OF = date(2026, 9, 1)
_BY_TYPE = {
    "id": "0012",
    "name": "张三",
    "date": "2026-03-12",
    "period": "2026年10月",
    "money": "1200.50",
    "count": "1",
}
_BY_CODES = {"activity_status": "done", "proposal_status": "closed"}
_WORDS = {
    # people
    "birth_date": "1985-06-15",
    "department": "语文组",
    "union_group": "第一工会小组",
    "post": "语文教师",
    "nation": "汉族",
    "education": "本科",
    "working_since": "2008-07-01",
    "hired_on": "2010-09-01",
    "left_on": "",
    "joined_on": "2010-10-01",
    "union_post": "小组长",
    "dues_base": "6000",
    # activities and sign-in
    "activity_no": "HD-01",
    "activity": "教职工秋季运动会",
    "school_year": "2026-2027学年",
    "held_on": "2026-10-16",
    "place": "学校操场",
    "owner": "李四",
    "audience": "全体教职工",
    "expected": "120",
    "attended": "116",
    "budget": "8000",
    "cost": "7650.50",
    "evidence": "照片、签到表",
    "signed_at": "13:05",
    # money
    "spent_on": "2026-10-20",
    "voucher_no": "记-15",
    "summary": "购买秋季运动会奖品",
    "subject": "职工活动支出",
    "income": "",
    "balance": "35800",
    "handler": "李四",
    "approver": "王五",
    "beneficiary": "",
    "fund_source": "工会经费",
    "year": "2026",
    "subject_code": "50301",
    "approved": "60000",
    "adjusted": "",
    "settled": "58200",
    "last_settled": "55000",
    # proposals
    "proposal_no": "2026-03",
    "session": "第六届",
    "meeting": "第二次",
    "seconders": "李四、王五",
    "kind": "教学条件",
    "title": "关于增加教师备课室的提案",
    "grounds": "现有备课室座位不足",
    "suggestion": "把二楼空教室改作备课室",
    "merged_into": "",
    "filed_on": "2026-03-20",
    "lead": "总务处",
    "support": "教务处",
    "assigned_on": "2026-03-23",
    "due_on": "2026-05-31",
    "replied_on": "2026-05-10",
    "reply": "暑期改造，九月启用",
    "implemented_on": "2026-09-01",
    # votes
    "motion": "教职工绩效工资分配方案",
    "due": "60",
    "present": "57",
    "observers": "6",
    "issued": "57",
    "returned": "57",
    "valid": "56",
    "in_favour": "51",
    "against": "2",
    "abstained": "3",
}


def cell(column: Column, lang: Lang) -> Value:
    """A word as an officer would write it, typed as a spreadsheet would hold it."""
    if column.codes:
        codes = column.codes
        return codes.label(_BY_CODES.get(codes.name, codes.codes[0].value))(lang)
    text = _text(column)
    if column.type == "date" and text:
        return date.fromisoformat(text)
    return Decimal(text) if column.type in ("money", "count") and text else text or None


def _text(column: Column) -> str:
    if column.name == "name" and column.type != "name":  # an activity's
        return _WORDS["activity"]
    return _WORDS.get(column.name, _BY_TYPE.get(column.type, ""))
